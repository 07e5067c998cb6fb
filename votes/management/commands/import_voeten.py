"""Import Voeten's voting data, and match it to the UN Library's."""

from votes.importing.datasets import VOETEN
from votes.importing.run import Importer
from votes.management.importing import ImportCommand
from votes.readers.rollcalls import Layout


class Command(ImportCommand):
    help = (
        "Import Voeten's United Nations General Assembly Voting Data (layouts of 2016 and 2021); "
        "what the UN Digital Library brought stands, and differences are kept beside it."
    )
    importer = Importer("import_voeten", VOETEN, (Layout.VOETEN_2021, Layout.VOETEN_2016))

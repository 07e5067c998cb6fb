"""Import how each resolution was adopted, from the UN Library's outcomes."""

from votes.importing.datasets import OUTCOMES
from votes.importing.run import Importer
from votes.management.importing import ImportCommand
from votes.readers.rollcalls import Layout


class Command(ImportCommand):
    help = (
        "Import outcomes of General Assembly resolutions of the UN Digital Library: every "
        "resolution, with or without a vote."
    )
    importer = Importer("import_undl_outcomes", OUTCOMES, (Layout.UNDL_OUTCOMES,))

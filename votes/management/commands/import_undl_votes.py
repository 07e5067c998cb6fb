"""Import who voted how, from the UN Library's voting data."""

from votes.importing.datasets import VOTES
from votes.importing.run import Importer
from votes.management.importing import ImportCommand
from votes.readers.rollcalls import Layout


class Command(ImportCommand):
    help = (
        "Import General Assembly voting data of the UN Digital Library, versions 1 to 5 or with "
        "one column per member, as it is, as .gz or as .zip."
    )
    importer = Importer(
        "import_undl_votes",
        VOTES,
        (Layout.UNDL_V1, Layout.UNDL_V2, Layout.UNDL_V3, Layout.UNDL_WIDE),
    )

"""Import voting records of the UN Library, one or many in a file."""

from votes.importing.datasets import RECORDS
from votes.importing.run import Importer
from votes.management.importing import ImportCommand
from votes.readers.rollcalls import Layout


class Command(ImportCommand):
    help = "Import voting records of the UN Digital Library that were saved as MARCXML."
    importer = Importer("import_undl_marcxml", RECORDS, (Layout.UNDL_MARCXML,))

"""Make the search index and everything else that lists are made of anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from resolutions.versioning import public_change
from votes.search.cards import rebuild


class Command(BaseCommand):
    help = "Make the search index and the cards of all lists anew from the rows."

    def handle(self, *args: Any, **options: Any) -> None:
        with public_change():
            made = rebuild()
        told = ngettext("%(made)d card was made.", "%(made)d cards were made.", made)
        self.stdout.write(told % {"made": made})

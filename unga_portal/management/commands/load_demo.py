"""Fill an empty database with the shipped record."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from votes.models import MemberState

FIXTURES = ["member_states", "sessions", "articles", "record"]


class Command(BaseCommand):
    help = "Load the shipped member states, sessions, articles and record into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        if MemberState.objects.exists():
            self.stdout.write("The database has its record already; nothing was loaded.")
            return
        # One call is one transaction: all of it or nothing.
        call_command("loaddata", *FIXTURES, stdout=self.stdout, verbosity=options["verbosity"])

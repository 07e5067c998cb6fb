"""Check every rule that reaches across tables."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from votes.checks import check_everything
from votes.models import VoteEvent


class Command(BaseCommand):
    help = "Check all votes, symbols, names, groups and citations; fail if anything is wrong."

    def handle(self, **options: Any) -> None:
        findings = list(check_everything())
        errors = [finding for finding in findings if finding.is_error]
        for finding in findings:
            word = "error" if finding.is_error else "note"
            self.stdout.write(f"{word} {finding.code} {finding}")
        self.stdout.write(
            f"{VoteEvent.objects.count()} vote events checked: "
            f"{len(errors)} errors, {len(findings) - len(errors)} notes."
        )
        if errors:
            raise CommandError(f"{len(errors)} errors were found.")

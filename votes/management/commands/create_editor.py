"""Make a person who works in the admin."""

import getpass
import os
import sys
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from votes import roles


class Command(BaseCommand):
    help = (
        "Make a person with a role in the admin; the password is asked for, "
        "or taken from EDITOR_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the name to sign in with")
        parser.add_argument("--role", choices=roles.ROLES, default=roles.EDITOR)

    def handle(self, *, name: str, role: str, **options: Any) -> None:
        users = get_user_model()
        if users.objects.filter(username=name).exists():
            raise CommandError(f"There is a person called {name} already.")
        person = users(username=name, is_staff=True)
        person.set_password(self.checked_password(person))
        person.save()
        person.groups.add(Group.objects.get(name=role))
        self.stdout.write(f"{name} can sign in at /admin/ as {role}.")

    def checked_password(self, person: Any) -> str:
        password = os.environ.get("EDITOR_PASSWORD") or ask_twice()
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password


def ask_twice() -> str:
    if not sys.stdin.isatty():
        raise CommandError("Set EDITOR_PASSWORD, or run this where it can ask for a password.")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Password again: ") != password:
        raise CommandError("The two passwords differ.")
    return password

"""Whom a portal made from a pack names: accounts with which nobody can sign in."""

from typing import Any

from django.contrib.auth import get_user_model

ENTERED, REVIEWED = "pack-entered-by", "pack-reviewed-by"
MADE = "pack-made-by-{}"


class People:
    """The pack names who made a change where the page does, and nobody else.

    Entries of editors need somebody who entered and somebody who reviewed them: two accounts stand
    for all of those.
    """

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def called(self, name: str) -> int:
        if name not in self.known:
            self.known[name] = _account(MADE.format(len(self.known) + 1), name)
        return self.known[name]

    def of_entry(self, origin: str) -> dict[str, int]:
        if origin != "editor":
            return {}
        if ENTERED not in self.known:
            self.known[ENTERED] = _account(ENTERED, "Entered in another portal")
            self.known[REVIEWED] = _account(REVIEWED, "Reviewed in another portal")
        return {"entered_by_id": self.known[ENTERED], "reviewed_by_id": self.known[REVIEWED]}


def _account(username: str, name: str) -> int:
    first, _space, last = name.partition(" ")
    users: Any = get_user_model()
    account, is_new = users.objects.get_or_create(
        username=username,
        defaults={"first_name": first[:150], "last_name": last[:150], "is_active": False},
    )
    if is_new:
        account.set_unusable_password()
        account.save()
    return int(account.pk)

"""The groups of people who work in the admin, with the least rights that each needs."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

EDITOR = "editor"
REVIEWER = "reviewer"
ADMINISTRATOR = "administrator"
ROLES = (EDITOR, REVIEWER, ADMINISTRATOR)
ROOMS = ("resolutions", "votes")
OTHERS = ("admin", "auth", "axes")

# What an entry consists of. Editors change these while the entry is a draft.
ENTERED = {
    "resolution", "documentsymbol", "subject", "timelineevent", "timelinelink", "source",
    "citation", "voteevent", "vote", "statedintention", "sponsorship", "eventmember",
}  # fmt: skip
# Rows that hang on a draft may be taken out of it again.
REMOVED_FROM_DRAFTS = {
    "documentsymbol", "timelinelink", "citation", "vote", "statedintention", "sponsorship",
    "eventmember",
}  # fmt: skip
# Reference data is corrected by those who also publish.
REFERENCE = {
    "session", "memberstate", "statename", "seatgap", "stategroup", "groupmembership",
    "discrepancy",
}  # fmt: skip
PUBLISHABLE = {"resolution", "timelineevent", "voteevent"}
# Whoever answers for what is public may read who changed what.
HISTORY = {"view_logentry"}
PEOPLE = {"add_user", "change_user", "view_user", "view_accessfailurelog"}
BESIDE_ENTRIES: dict[str, set[str]] = {
    EDITOR: set(),
    REVIEWER: HISTORY,
    ADMINISTRATOR: HISTORY | PEOPLE,
}


def codenames(actions: tuple[str, ...], models: set[str]) -> set[str]:
    return {f"{action}_{model}" for action in actions for model in models}


def rights_of(role: str) -> set[str]:
    """Return the permission codenames of a role, without those to view, which all have."""
    rights = codenames(("add", "change"), ENTERED) | codenames(("delete",), REMOVED_FROM_DRAFTS)
    if role != EDITOR:
        rights |= codenames(("publish",), PUBLISHABLE) | codenames(("add", "change"), REFERENCE)
    return rights


def create_roles() -> None:
    """Create the groups, or add what they lack; what was added by hand stays."""
    for app in (*ROOMS, *OTHERS):
        create_permissions(apps.get_app_config(app), verbosity=0)
    ours = Permission.objects.filter(content_type__app_label__in=ROOMS)
    others = Permission.objects.filter(content_type__app_label__in=OTHERS)
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(
            *ours.filter(codename__in=rights_of(role)),
            *ours.filter(codename__startswith="view_"),
            *others.filter(codename__in=BESIDE_ENTRIES[role]),
        )


def create_roles_after_migrate(**kwargs: Any) -> None:
    create_roles()

"""The groups of people who work in the admin, with the least rights that each needs."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

EDITOR = "editor"
REVIEWER = "reviewer"
ROOMS = ("resolutions", "votes")

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


def codenames(actions: tuple[str, ...], models: set[str]) -> set[str]:
    return {f"{action}_{model}" for action in actions for model in models}


def rights_of(role: str) -> set[str]:
    """Return the permission codenames of a role, without those to view, which all have."""
    rights = codenames(("add", "change"), ENTERED) | codenames(("delete",), REMOVED_FROM_DRAFTS)
    if role == REVIEWER:
        rights |= codenames(("publish",), PUBLISHABLE) | codenames(("add", "change"), REFERENCE)
    return rights


def create_roles() -> None:
    """Create the groups, or add what they lack; what an administrator added stays."""
    for room in (*ROOMS, "admin"):
        create_permissions(apps.get_app_config(room), verbosity=0)
    ours = Permission.objects.filter(content_type__app_label__in=ROOMS)
    # Whoever answers for what is public may read who changed what.
    log = Permission.objects.filter(codename="view_logentry")
    for role in (EDITOR, REVIEWER):
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(
            *ours.filter(codename__in=rights_of(role)),
            *ours.filter(codename__startswith="view_"),
            *(log if role == REVIEWER else ()),
        )


def create_roles_after_migrate(**kwargs: Any) -> None:
    create_roles()

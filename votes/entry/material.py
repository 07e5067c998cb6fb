"""What editors bring along: kept as it came, and read anew whenever it is looked at."""

import datetime
import hashlib

from django.contrib.auth.models import User
from django.db import transaction

from votes.entry.files import read_file
from votes.entry.pastes import read_paste
from votes.entry.proposal import Contents, Proposal
from votes.models import Material, MaterialKind, VoteEvent
from votes.reference import reference

LARGEST_TEXT = 2 * 1024 * 1024  # bytes, as the reader of texts has it
LARGEST_FILE = 5 * 1024 * 1024


def keep_text(text: str, person: User) -> Material:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Material.objects.create(
        kind=MaterialKind.TEXT, text=text, sha256=digest, added_by=person
    )


def keep_file(name: str, content: bytes, person: User) -> Material:
    return Material.objects.create(
        kind=MaterialKind.FILE,
        name=name[-200:],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=person,
    )


def contents_of(material: Material, date: datetime.date | None = None) -> Contents:
    """Return what the material says; `date`, where known, tells names apart that changed hands."""
    if material.kind == MaterialKind.FILE:
        return read_file(bytes(material.content))
    return read_paste(material.text, material.read_as, date)


def proposal_for(event: VoteEvent, material: Material, place: int) -> Proposal | None:
    """Return what the material says of the event, members in no list among it."""
    votes = contents_of(material, event.date).votes
    if place >= len(votes):
        return None
    return votes[place].among([member.code for member in reference().seated_on(event.date)])


def decide(material: Material, text: str, code: str) -> None:
    """Keep a person's decision that a printed name means this member."""
    with transaction.atomic():
        row = Material.objects.select_for_update().get(pk=material.pk)
        row.read_as = {**row.read_as, text: code}
        row.save(update_fields=["read_as"])

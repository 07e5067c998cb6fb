"""What states did: one noun per file."""

from votes.models.card import Card, Word
from votes.models.entry import Explanation, Material, MaterialKind, Reading
from votes.models.event import Method, Outcome, Question, Rule, Venue, VoteEvent
from votes.models.group import GroupKind, GroupMembership, StateGroup
from votes.models.mark import ImportMark
from votes.models.position import (
    Differing,
    Discrepancy,
    Position,
    Revision,
    StatedIntention,
    Vote,
)
from votes.models.role import EventMember, Sponsorship
from votes.models.state import MemberState, SeatGap, StateName

__all__ = [
    "Card",
    "Differing",
    "Discrepancy",
    "EventMember",
    "Explanation",
    "GroupKind",
    "GroupMembership",
    "ImportMark",
    "Material",
    "MaterialKind",
    "MemberState",
    "Method",
    "Outcome",
    "Position",
    "Question",
    "Reading",
    "Revision",
    "Rule",
    "SeatGap",
    "Sponsorship",
    "StateGroup",
    "StateName",
    "StatedIntention",
    "Venue",
    "Vote",
    "VoteEvent",
    "Word",
]

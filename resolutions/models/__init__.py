"""What the Assembly said, and where each fact comes from: one noun per file."""

from resolutions.models.change import Action, Change
from resolutions.models.provenance import Citation, Fact, ImportRun, Source
from resolutions.models.publication import Origin, Publishable, PublishableQuerySet, State
from resolutions.models.session import Session
from resolutions.models.text import DocumentSymbol, Resolution, Subject
from resolutions.models.timeline import TimelineEvent, TimelineLink
from resolutions.models.version import DataVersion, LoadedRow

__all__ = [
    "Action",
    "Change",
    "Citation",
    "DataVersion",
    "DocumentSymbol",
    "Fact",
    "ImportRun",
    "LoadedRow",
    "Origin",
    "Publishable",
    "PublishableQuerySet",
    "Resolution",
    "Session",
    "Source",
    "State",
    "Subject",
    "TimelineEvent",
    "TimelineLink",
]

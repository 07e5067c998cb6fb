"""What the API tells of the portal itself."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from votes.opendata.columns import column


@dataclass(frozen=True)
class PortalRow:
    """What the portal holds at present."""

    version: str = column(_("The version of the API."))
    description: str = column(_("The address of its description, an OpenAPI document."))
    documentation: str = column(_("The address of its page."))
    data_version: int = column(_("A number that rises with every change of the data."))
    changed_at: datetime.datetime | None = column(_("When the data were changed last."))
    texts: int = column(_("How many texts the portal holds."))
    votes: int = column(_("How many votes and adoptions without a vote it holds."))
    recorded_votes: int = column(_("How many votes of the plenary it holds with positions."))
    members: int = column(_("How many members it knows, former ones too."))
    earliest: datetime.date | None = column(_("The day of the earliest vote."))
    latest: datetime.date | None = column(_("The day of the latest vote."))

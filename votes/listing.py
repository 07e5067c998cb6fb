"""The filters of the timeline, with the names the address uses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from resolutions.models.timeline import Standing
from votes.search.filters import any_of


class TimelineFilters(forms.Form):
    """The filters of the timeline."""

    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2999)
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=any_of(Standing.choices, _("any standing"))
    )
    text = forms.CharField(label=_("Text"), required=False, max_length=200)

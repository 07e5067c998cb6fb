"""The forms that take what an editor brings along."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from votes.entry.files import Unfit, read_file
from votes.entry.material import LARGEST_FILE, LARGEST_TEXT, keep_file, keep_text
from votes.models import Material

MEGABYTE = 1024 * 1024


class PasteForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_(
            "A verbatim record with “In favour:”, “Against:” and “Abstaining:”, a press release or "
            "its annex, or a table with a member and its vote on each line."
        ),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        size = len(text.encode("utf-8", "surrogatepass"))
        if size > LARGEST_TEXT:
            # It isn't sent back either: the browser still has it, one step back.
            self.data = {}
            raise ValidationError(
                _(
                    "The text has %(size).1f MB; at most %(most)d MB are read. Nothing was kept: "
                    "paste the pages of one meeting."
                ),
                params={"size": size / MEGABYTE, "most": LARGEST_TEXT // MEGABYTE},
            )
        return text

    def keep(self, person: Any) -> Material:
        return keep_text(self.cleaned_data["text"], person)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Voting data of the UN Digital Library as CSV (also packed with gzip or zip), or a "
            "record as MARCXML, with one vote or several."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(
                _("The file has %(size).1f MB; at most %(most)d MB are taken here. Import it."),
                params={"size": file.size / MEGABYTE, "most": LARGEST_FILE // MEGABYTE},
            )
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if file := values.get("file"):
            self.content = file.read()
            try:
                read_file(self.content)
            except Unfit as error:
                self.add_error("file", str(error))
        return values

    def keep(self, person: Any) -> Material:
        return keep_file(self.cleaned_data["file"].name, self.content, person)

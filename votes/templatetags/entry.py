"""What the templates of the admin ask for."""

from typing import Any

from django import template
from django.urls import reverse

from votes.entry.desk import Desk, desk_of

register = template.Library()


@register.simple_tag
def desk(person: Any) -> Desk:
    return desk_of(person)


@register.filter
def admin_address(row: Any) -> str:
    """Return the address of a row's page in the admin."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])

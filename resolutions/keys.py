"""Stable keys, made from symbols and words."""

import re

from django.db.models import Model
from django.utils.text import slugify


def slug(symbol: str) -> str:
    """Return a symbol as a part of a key: A/RES/377(V)[A] becomes A-RES-377-V-A."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", symbol).strip("-.")


def words_of(text: str, most: int = 4) -> str:
    return "-".join(slugify(text).split("-")[:most])


def free_key(model: type[Model], stem: str) -> str:
    """Return `stem`, or the first of stem-2, stem-3 … that no row of `model` has."""
    field = model._meta.get_field("key")
    stem = stem[: (getattr(field, "max_length", None) or 60) - 4].strip("-.")
    taken = set(model._default_manager.filter(key__startswith=stem).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key

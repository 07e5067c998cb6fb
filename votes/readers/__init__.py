"""Readers of voting records: bytes and pasted text in, frozen dataclasses out."""

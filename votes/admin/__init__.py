"""The door for editors: vote events, single positions, and the states."""

from votes.admin import events, materials, parts, positions, states

__all__ = ["events", "materials", "parts", "positions", "states"]

"""The door for editors: vote events, single positions, and the states."""

from votes.admin import events, parts, positions, states

__all__ = ["events", "parts", "positions", "states"]

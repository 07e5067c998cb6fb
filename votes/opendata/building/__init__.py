"""Rows built from what the pages show: cards, roll-calls, members, stories and their sources."""

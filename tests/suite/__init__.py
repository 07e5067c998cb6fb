"""The whole suite: every supported interpreter, both databases, and what could not run."""

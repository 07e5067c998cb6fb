"""The door for entering a vote: its own pages under the admin of vote events."""

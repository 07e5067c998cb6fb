"""The screens through which a vote is entered."""

"""The tables described, for people and for programs, from the columns that write them."""

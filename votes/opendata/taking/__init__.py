"""What each page gives as data: the rows of its table, and the whole of it for JSON."""

"""The API under /api/v1/: rows, filters and answers as a program asks for them."""

"""Finding: words, filters and orders over the cards of all votes and texts."""

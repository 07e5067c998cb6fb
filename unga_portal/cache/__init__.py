"""Public pages kept in memory, and sent for as long as nothing was published."""

"""Everything shown as data: rows with described columns, and the forms in which they leave."""

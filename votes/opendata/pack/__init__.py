"""The data pack: everything that the public sees, as files that can be taken away.

    fields      a field of a model → a described column
    tables      which tables there are, and which rows of each the public sees
    told        tables that no single model holds: changes, withdrawals, memory of imports
    snapshot    one state of the database for the whole pack
    forms       CSV, JSON Lines, SQLite, Parquet, XLSX
    layouts     the same votes in the columns of the UN Library, of Voeten and of unvotes
    describing  data dictionary, CSVW, Frictionless, JSON Schema, from the same columns
    words       what the pack says of itself: how to use it, licence, attribution
    manifest    which files there are, with their checksums
    writing     a whole pack, or none
    shelf       the packs that lie in a directory
    loading     a pack → an empty database

A pack is in English, whoever takes it: its columns have English names, too.
"""

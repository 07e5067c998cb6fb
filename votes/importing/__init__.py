"""From the roll-calls that a reader yields to rows: told, matched, merged, written.

    datasets    what each data set is, and how it is cited
    members     codes of a day → members, and who was seated that day
    told        what one record says, in the words of our models
    matching    which votes of two data sets are the same vote
    pairing     the same of a file and the database, and which votes name one text
    merging     what a record said before, says now, and what the database holds
    writing     batches of what was told → rows
    run         one file from end to end

Everything of a file happens in one transaction, so that it is there as a whole or not at all.
"""

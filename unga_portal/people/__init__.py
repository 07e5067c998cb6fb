"""Who works in the admin: how they sign in, what they may do, and how they are kept on record."""

"""The database: tables, one writer, and a store for each kind of thing."""

"""The relay: one port between customers, representatives and the database."""

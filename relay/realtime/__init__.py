"""Sockets: doors, lanes, and the hub that carries decisions out."""

"""Pure: values in, decisions out. No clock, no socket, no SQL."""

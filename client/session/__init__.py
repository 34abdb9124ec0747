"""What the client decides: inputs in, a new state and effects out. No I/O, no clock, no Qt."""

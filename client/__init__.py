"""The customer's program: a Qt window, a network thread and a capture thread."""

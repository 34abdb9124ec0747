"""The network thread: one asyncio loop, one socket, and the few HTTPS calls before it."""

"""The demo's cast: a relay, a customer at a real window, a representative in a browser."""

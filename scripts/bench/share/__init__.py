"""Our screen beside noVNC's: one scripted desktop, two ways into the same browser."""

"""What only the Windows build needs."""

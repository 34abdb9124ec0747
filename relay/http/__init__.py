"""Routes, pages and what guards them; thin."""

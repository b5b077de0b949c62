"""The staff pages: who waits, what they agreed to share, and the same thread."""

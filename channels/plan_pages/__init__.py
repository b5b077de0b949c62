"""The young person's own plan pages, and the page of someone they share it with."""

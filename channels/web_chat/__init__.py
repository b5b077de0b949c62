"""The web chat: a page that works on an old phone, and the JSON door behind it."""

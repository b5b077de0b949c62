"""One question after a conversation, and the month read together."""

"""What the assistant says, as keys and values; the words are in `bot/domain/`."""

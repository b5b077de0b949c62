"""Finding help: one desk for every door, a step in the conversation, reminders."""

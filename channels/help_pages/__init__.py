"""Public pages of who can help now, without a chat or scripts; and our open feed."""

"""Every text on one local page, for whoever looks after the words."""

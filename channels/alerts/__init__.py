"""The ways an alert reaches staff: text, e-mail, signed webhook. None holds content."""

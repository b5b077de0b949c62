"""The doors that people come through: text messages, the chat page, the staff pages."""

"""Asking Rasa with a deadline, and what still works when it is away."""

"""Warm handover: consent, waiting, alerts, and who holds the conversation."""

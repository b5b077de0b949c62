"""The text-message door: what Twilio sends us, and what we send through it."""

"""What is recorded of staff, their sign-ins, shifts and work."""

"""One message from phone to phone: `pipeline.py` is the page to read first."""

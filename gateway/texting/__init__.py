"""Texts: shaped, timed, kept from shared phones, sent at least once."""

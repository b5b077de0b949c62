"""The tests; this file makes sure that `tests` means these and no library's."""

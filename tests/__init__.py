"""The tests; a package, because installed libraries bring a `tests` of their own."""

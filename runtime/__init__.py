"""Settings, wiring and processes: the one room that knows all the others."""

"""What every room shares: ids, the clock, what is said, and how long a text is."""

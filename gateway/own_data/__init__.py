"""What is kept of a person: theirs to see, join, and have wiped."""

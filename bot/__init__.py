"""What the assistant says and knows: words, understanding, and its actions."""

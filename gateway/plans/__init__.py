"""The plan by command word, on its pages, shared, and looked at again."""

"""Every part put together: `house.py` is the whole, the others one room each."""

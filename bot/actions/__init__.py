"""What Rasa asks us to do: each action calls one care package and names a response."""

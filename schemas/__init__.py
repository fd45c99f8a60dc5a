"""The declared tables and what must hold in them; knows nothing of how a value was read."""

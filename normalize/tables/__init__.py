"""Grids of consecutive pages joined into logical tables."""

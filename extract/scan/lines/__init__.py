"""Rulings of a page's picture, and the walls between cells that it shows in part."""

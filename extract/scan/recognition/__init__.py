"""Crops of a page's picture to words: engines, second looks, and what neither engine is sure of."""

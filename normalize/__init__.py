"""Grids in, logical tables of typed records out; knows nothing of PDFs or Excel."""

"""A PDF page in, grids of cells out; knows nothing of Renja."""

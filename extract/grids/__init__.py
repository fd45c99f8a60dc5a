"""Words and rulings to grids of cells, one algorithm for digital and scanned pages."""

"""Rulings and words to grids of cells.

:mod:`~extract.grids.tables` finds all tables of a page. Drawn ones go through ``rulings`` (few long segments),
``grid_regions`` (one region a table), ``grid_lattice`` (cells and their spans) and ``grid_shading`` (edges that only
shading shows); :mod:`~extract.grids.grid` joins these steps and :mod:`~extract.grids.cells` fills the cells with words.
"""

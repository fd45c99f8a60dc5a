"""Tables that white space, shading or a numbering line shows, not rulings.

Two families, both asked by :mod:`extract.grids.tables`: tables whose head shows the columns
(:mod:`~extract.unruled.headed`, by a numbering line or by fills like tiles), and tables that only columns of white show
(:mod:`~extract.unruled.borderless`).
"""

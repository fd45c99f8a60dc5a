"""Picture of a page to the same words and rulings.

:mod:`~extract.scan.raster` is the order of the work:

1. :mod:`~extract.scan.image`: render, turn and straighten the page, and clear it of what is no print.
2. :mod:`~extract.scan.lines`: find the rulings and the walls between cells.
3. :mod:`~extract.scan.cell_text` cuts the cells into crops of one line, :mod:`~extract.scan.recognition` has the
   engines (:mod:`~extract.scan.engine`) read them, settles what they read, and doubts what is doubtful.
"""

"""Picture of a page to the same words and rulings.

:mod:`~extract.scan.raster` is the order of the work: render, turn and straighten the page (``render``, ``upright``,
``deskew``), find its rulings and clean its ink (``picture_*``), cut its cells into lines (``cell_*``), and have an
engine (``ppocr``, ``tesseract``) read them; the ``recognise_*`` modules settle what it read and doubt what is
doubtful.
"""

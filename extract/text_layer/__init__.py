"""The text layer of a page to words and rulings.

:mod:`~extract.text_layer.pdfium_reader` brings together what the other modules do: the ``pdfium_*`` modules ask PDFium
for glyphs and paths, :mod:`~extract.text_layer.word_assembly` makes words of the glyphs,
:mod:`~extract.text_layer.ruling_shapes` and :mod:`~extract.text_layer.ruling_pieces` make rulings of the paths.
:mod:`~extract.text_layer.pdfplumber_reader` reads the same page by other means: reference and second opinion.
"""

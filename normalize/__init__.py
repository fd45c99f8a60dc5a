"""Grids in, logical tables of typed records out; knows nothing of PDFs or Excel.

:func:`normalize.document.build_document` is the order of the work:

1. Recognise: :mod:`normalize.header` reads the header of a grid, :mod:`normalize.captions` its title,
   :mod:`normalize.identify` and :mod:`normalize.match` say which declared form (:mod:`normalize.form`) and which of
   its columns they are; ``misread_labels``, ``titled_form`` and ``columns_by_place`` help where a scan garbled them.
2. Stitch: :mod:`normalize.stitch` joins the grids of following pages into one table; ``alignment``, ``side_by_side``,
   ``continuation`` and ``part_columns`` decide what belongs together.
3. Join rows: :mod:`normalize.rows` makes logical rows of printed ones; ``page_break``, ``typed_together`` and
   ``level_rows`` part or join what the print did not.
4. Type values: :mod:`normalize.draft_row` reads the texts, :mod:`normalize.values` the figures, by the strict grammar
   of ``numbers*``, ``quantity`` and ``codes``; ``recognised*`` and ``lost_separators`` weigh what a recogniser read.
5. Give levels (:mod:`normalize.levels`) and name the doubts (:mod:`normalize.structure_findings`,
   :mod:`normalize.column_doubts`).

The records that leave are those of :mod:`normalize.model`.
"""

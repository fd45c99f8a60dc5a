"""Grids in, logical tables of typed records out; knows nothing of PDFs or Excel.

:func:`normalize.document.build_document` is the order of the work:

1. :mod:`normalize.headers`: header rows, captions and numbering rows say which declared form (:mod:`normalize.form`)
   a grid is and which of its columns the printed columns are.
2. :mod:`normalize.tables`: the grids of following pages are joined into one table.
3. :mod:`normalize.rows`: printed rows become logical rows, cut ones joined and typed-together ones parted; texts are
   read by :mod:`normalize.text`, figures by the strict grammar of :mod:`normalize.numbers`.
4. :mod:`normalize.levels` gives each record its level, :mod:`normalize.structure_findings` and
   :mod:`normalize.tables.column_doubts` name the doubts.

The records that leave are those of :mod:`normalize.model`.
"""

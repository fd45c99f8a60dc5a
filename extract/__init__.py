"""A PDF page in, grids of cells out; knows nothing of Renja.

The order of the work, one page at a time:

1. :mod:`extract.opening` opens the file; :mod:`extract.pages` goes through its pages and :mod:`extract.triage` decides
   where the words of each are to be read.
2. :mod:`extract.text_layer` reads a digital page, :mod:`extract.scan` recognises the picture of a scanned one. Both
   give the same :class:`extract.model.Page`: words and rulings, upright, in points.
3. :mod:`extract.grids` finds the tables that are drawn (:func:`extract.grids.tables.find_tables`) and asks
   :mod:`extract.unruled` for those that are not; :mod:`extract.grids.cells` puts every word into a cell or a loose
   line, which makes the :class:`extract.model.PageContent`.

Doubts on the way are :mod:`extract.findings`, worded in :mod:`extract.finding_codes`; errors are
:mod:`extract.errors`. What waits for the rest of a long document waits on disk (:mod:`extract.shelf`,
:mod:`extract.page_shelf`). :mod:`extract.raw`, :mod:`extract.debug` and :mod:`extract.picture` show people what was
read.
"""

"""Our own workbooks and folders read back, also after people worked in them.

:mod:`~export.reading.workbook_reader` and :mod:`~export.reading.folder_reader` give the same document.
"""

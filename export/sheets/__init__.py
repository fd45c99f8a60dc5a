"""The workbook, sheet by sheet.

:mod:`~export.sheets.workbook` writes the sheets in their order, each by its ``*_sheet`` module.
:mod:`~export.sheets.sheet_layout` settles first where everything stands, so that sheets can link to each other's cells.
"""

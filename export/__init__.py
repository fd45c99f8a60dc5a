"""Workbook, CSV and data package out; knows nothing of how a value was checked.

:mod:`export.outputs` writes everything one document gives: its workbook (:mod:`export.sheets`), its CSVs
(:mod:`export.table_csv`) with their data package, the manifest and the review page (:mod:`export.review`).
:mod:`export.previous` guards outputs that people edited. :mod:`export.reading` reads outputs back, and
:mod:`export.rekap` makes one workbook of many.
"""

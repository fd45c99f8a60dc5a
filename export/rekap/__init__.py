"""Many agencies' plans in one workbook.

:mod:`~export.rekap.build` stacks the rows of all outputs (``rows``, ``names``), sums and checks them (``totals``,
``checks``); :mod:`~export.rekap.workbook` writes the sheets.
"""

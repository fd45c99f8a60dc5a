"""Workbook, CSV and data package out; knows nothing of how a value was checked."""

"""The words of a cell: wraps closed, cut words mended, misread words told."""

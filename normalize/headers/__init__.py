"""Header rows: which table it is, and which declared column each printed column is."""

"""Inputs and outputs that lie behind a URL, through fsspec; nothing of it is imported for local folders."""

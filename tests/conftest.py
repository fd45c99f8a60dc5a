"""Settings of every test."""

from __future__ import annotations

from hypothesis import settings

# How long one example takes tells of the machine's load, not of the code.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

"""Make the shared helpers importable whatever way pytest was started, and give them as fixtures."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import runs


@pytest.fixture(scope="session")
def page() -> bytes:
    """Return a one-page PDF with a table."""
    return runs.pages_of(runs.SAMPLE, [-1])

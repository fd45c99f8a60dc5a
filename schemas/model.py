"""The declared table kinds as records: how a form looks in print and what must hold in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from normalize.form import TableForm
from schemas.rules import Rules


@dataclass(frozen=True, slots=True)
class Schema:
    """One declared table kind."""

    form: TableForm
    source: Path
    """The YAML file it was read from."""
    rules: Rules = field(default_factory=Rules)
    """What must hold between its figures and those of other tables."""

    @property
    def key(self) -> str:
        """The table key, such as ``iii_1``."""
        return self.form.key

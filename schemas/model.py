"""The declared table kinds as records: how a form looks in print and what must hold in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from normalize.form import TableForm
from schemas.rules import Rules


class SchemaError(ValueError):
    """A schema file that cannot be used; the text names the file and the key, :attr:`remedy` what to do."""

    def __init__(self, source: Path, path: str, problem: str, remedy: str) -> None:
        """Compose the message: file, path of the key in it, what is wrong; ``remedy`` is told apart."""
        super().__init__(": ".join(part for part in (str(source), path, problem) if part))
        self.source = source
        self.path = path
        self.remedy = f"{remedy[:1].upper()}{remedy[1:]}."


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


class NomenclatureError(ValueError):
    """A workbook that holds no nomenclature list; the text names the file and the remedy."""

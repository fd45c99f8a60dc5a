"""What can be wrong with a file of table kinds or a nomenclature list; each error says what to do."""

from __future__ import annotations

from pathlib import Path


class SchemaError(ValueError):
    """A schema file that cannot be used; the text names the file and the key, :attr:`remedy` what to do."""

    def __init__(self, source: Path, path: str, problem: str, remedy: str) -> None:
        """Compose the message: file, path of the key in it, what is wrong; ``remedy`` is told apart."""
        super().__init__(": ".join(part for part in (str(source), path, problem) if part))
        self.source = source
        self.path = path
        self.remedy = f"{remedy[:1].upper()}{remedy[1:]}."


class NomenclatureError(ValueError):
    """A workbook that holds no nomenclature list; the text names the file and the remedy."""

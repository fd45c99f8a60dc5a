"""A place in a YAML file that knows its own path, so that every complaint can name it.

Scalars stay text (``yaml.BaseLoader``): YAML 1.1 would read the column name ``no`` as *false* and ``12`` as a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from schemas.errors import SchemaError

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The C reader is ten times as fast; wheels without libyaml lack it."""

_TRUE = frozenset({"true", "ya", "yes"})
_FALSE = frozenset({"false", "tidak", "no"})


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the file with the path that leads to it (``fields[3].headers[0]``)."""

    value: Plain
    source: Path
    path: str = ""

    def error(self, problem: str, remedy: str) -> SchemaError:
        """Build the error that points here."""
        return SchemaError(self.source, self.path, problem, remedy)

    def child(self, key: str) -> Node | None:
        """Return the node under ``key`` of a mapping, None when the key is absent."""
        mapping = self.mapping()
        if key not in mapping:
            return None
        return Node(mapping[key], self.source, f"{self.path}.{key}" if self.path else key)

    def need(self, key: str) -> Node:
        """Return the node under ``key``; raise SchemaError when the key is absent."""
        node = self.child(key)
        if node is None:
            raise self.error(f"the key '{key}' is missing", f"add '{key}: ...'")
        return node

    def mapping(self) -> dict[str, Plain]:
        """Return the value as a mapping."""
        if not isinstance(self.value, dict):
            raise self.error("expected keys with values", "write 'key: value' lines, indented alike")
        return self.value

    def allow(self, *keys: str) -> None:
        """Raise SchemaError when the mapping has a key that means nothing here."""
        unknown = sorted(set(self.mapping()) - set(keys))
        if unknown:
            raise self.error(f"unknown key '{unknown[0]}'", f"remove it, or use one of: {', '.join(sorted(keys))}")

    def items(self) -> tuple[Node, ...]:
        """Return the elements of a list."""
        if not isinstance(self.value, list):
            raise self.error("expected a list", "write one '- ' line for each element, or [a, b]")
        return tuple(Node(value, self.source, f"{self.path}[{index}]") for index, value in enumerate(self.value))

    def text(self) -> str:
        """Return the value as text without outer white space; raise SchemaError when it is empty."""
        if not isinstance(self.value, str):
            raise self.error("expected a single text", "put the text on this line, in quotes when it holds ': '")
        if not self.value.strip():
            raise self.error("the text is empty", "write a value or remove the key")
        return self.value.strip()

    def flag(self) -> bool:
        """Return a true/false value."""
        word = self.text().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        raise self.error(f"'{word}' is neither true nor false", "write true or false")

    def text_of(self, key: str, default: str = "") -> str:
        """Return the text under an optional key."""
        node = self.child(key)
        return default if node is None else node.text()

    def flag_of(self, key: str) -> bool:
        """Return the flag under an optional key, false when absent."""
        node = self.child(key)
        return node is not None and node.flag()

    def texts_of(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under an optional key."""
        node = self.child(key)
        return () if node is None else tuple(item.text() for item in node.items())

    def nodes_of(self, key: str) -> tuple[Node, ...]:
        """Return the elements of the list under an optional key."""
        node = self.child(key)
        return () if node is None else node.items()


def read_yaml(source: Path) -> Node:
    """Read one YAML file as text scalars, lists and mappings; raise SchemaError when it cannot be read."""
    try:
        content = source.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SchemaError(
            source, "", f"the file cannot be read ({error.strerror})", "check its name and rights"
        ) from error
    except UnicodeDecodeError as error:
        raise SchemaError(source, "", "the file is not UTF-8 text", "save it again as UTF-8") from error
    try:
        value = yaml.load(content, Loader=_LOADER)  # noqa: S506 - BaseLoader builds text, lists and maps only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise SchemaError(source, place, f"not valid YAML ({error.problem})", "correct that line") from error
    except yaml.YAMLError as error:
        raise SchemaError(source, "", f"not valid YAML ({error})", "correct the file") from error
    if not isinstance(value, dict):
        raise SchemaError(source, "", "expected keys with values", "start with 'name: ...' as the bundled files do")
    return Node(value, source)

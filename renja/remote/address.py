"""What a URL names, told without its credentials; needs no library."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
"""Two letters at least: ``C:`` is a drive."""
_WEB = frozenset({"http", "https"})
_LOCAL = "file"
MAX_NAME_BYTES = 200
"""Longest file name of a private copy."""


@dataclass(frozen=True, slots=True)
class RemoteAddress:
    """A file or folder behind a URL; its text is the URL without credentials and query, fit for reports."""

    url: str = field(repr=False)

    @property
    def is_web(self) -> bool:
        """Whether it is read by HTTP, which knows no folders."""
        return urlsplit(self.url).scheme.lower() in _WEB

    @property
    def name(self) -> str:
        """The last part of the path, as a file would be called."""
        path = unquote(urlsplit(self.url).path) if self.is_web else self.url.rstrip("/")
        return PurePosixPath(path).name.replace("\0", "\ufffd")

    @property
    def private_name(self) -> str:
        """The name under which a private copy is kept."""
        name = self.name.replace("\\", "_")
        if name in {"", ".", ".."}:
            return "dokumen.pdf"
        if len(name.encode("utf-8", "surrogateescape")) <= MAX_NAME_BYTES:
            return name
        suffix = PurePosixPath(name).suffix[:8]
        return name.encode("utf-8", "replace")[: MAX_NAME_BYTES - len(suffix)].decode("utf-8", "ignore") + suffix

    def __fspath__(self) -> str:
        """Return the text for messages, so that an address stands where paths are listed."""
        return str(self)

    def __str__(self) -> str:
        """Return the URL without what may be secret: user, password, and the query, where signatures stand."""
        scheme, rest = self.url.split("://", 1)
        if self.is_web:
            rest = rest.split("?", 1)[0].split("#", 1)[0]
        host, slash, path = rest.partition("/")
        return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


Location: TypeAlias = Path | RemoteAddress


def location(text: str) -> Location:
    """Return what a user named: a path, or the address of a URL; ``file://`` is a path."""
    match = _SCHEME.match(text)
    if match is None:
        return Path(text)
    if match[1].lower() == _LOCAL:
        from urllib.request import url2pathname  # noqa: PLC0415 - brings a client for HTTP along

        return Path(url2pathname(text[match.end() :] if text[match.end() :].startswith("/") else urlsplit(text).path))
    return RemoteAddress(text)

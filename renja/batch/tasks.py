"""The pieces of work a worker process does; plain records, so that they travel to another process or machine.

Nothing is imported for its types alone: a supervisor starts its workers before it loads what these records hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from renja.batch.outcome import Outcome

if TYPE_CHECKING:
    from export.options import OutputOptions
    from export.previous import Target
    from export.provenance import SourceFile
    from extract.page_image import PageImage, PagePose
    from renja.remote.address import RemoteAddress
    from renja.settings import Settings


@dataclass(frozen=True, slots=True)
class ConvertTask:
    """Convert one document and write its outputs."""

    path: Path
    source: SourceFile
    target: Target
    settings: Settings
    options: OutputOptions
    state: Path
    """The folder of journals and records."""
    key: str
    """Of settings and versions."""
    journal: Path
    """Folder of this document's page results."""
    review: bool = False
    origin: RemoteAddress | None = None
    """Where the PDF comes from; whoever does not have ``path`` fetches it."""
    publish: RemoteAddress | None = None
    """Where the outputs go; ``target.root`` is then a folder of the machine that works."""
    given_up: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FetchTask:
    """Find out what a remote PDF is, by its content."""

    origin: RemoteAddress
    path: Path
    """Where its private copy is, or would be."""
    keep: bool
    """Leave the copy there."""


@dataclass(frozen=True, slots=True)
class CountTask:
    """Find out which pages a document has."""

    path: Path
    settings: Settings
    given_up: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PagesTask:
    """Read some pages of a document into its journal."""

    path: Path
    settings: Settings
    pages: tuple[int, ...]
    journal: Path
    given_up: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InspectTask:
    """List what is in a document, and draw its pages when a folder is named."""

    path: Path
    settings: Settings
    debug: Path | None = None
    given_up: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PicturesTask:
    """Draw pages for a review, as they stood when they were read."""

    path: Path
    poses: tuple[PagePose, ...]
    password: str = field(default="", repr=False)
    given_up: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inspected:
    """The answer to an :class:`InspectTask`."""

    listing: tuple[str, ...]
    pages: int
    tables: int
    unread: tuple[tuple[int, str], ...]
    """Pages that could not be read, with the reason."""
    drawn: int


@dataclass(frozen=True, slots=True)
class Pictures:
    """The answer to a :class:`PicturesTask`; pages that cannot be drawn are missing."""

    images: tuple[PageImage, ...]


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """The answer to a :class:`CountTask`."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PagesRead:
    """The answer to a :class:`PagesTask`: the pages are in the journal."""

    given_up: Mapping[int, str] = field(default_factory=dict)
    """Pages that ended the worker each time they were read."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer to a :class:`FetchTask`."""

    source: SourceFile


WorkerTask: TypeAlias = ConvertTask | CountTask | PagesTask | InspectTask | PicturesTask
"""What a worker process is given; fetching and publishing are its supervisor's, who reads no PDF."""
WorkerAnswer: TypeAlias = Outcome | PageNumbers | PagesRead | Inspected | Pictures
Task: TypeAlias = WorkerTask | FetchTask
Answer: TypeAlias = WorkerAnswer | Fetched

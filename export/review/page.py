"""``periksa.html``: one file without server or network in which a person compares, corrects and exports."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from export.json_bytes import Json
from export.review.corrections import CorrectionSet
from export.review.data import review_data
from export.review.record_file import Reading
from extract.page_image import PageImage

SCRIPTS = (
    "review_numbers.js",
    "review_state.js",
    "review_picture.js",
    "review_table.js",
    "review_list.js",
    "review.js",
)
"""Parts of the page's script, in the order they need each other."""
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def render_review(reading: Reading, pictures: Sequence[PageImage], applied: CorrectionSet | None = None) -> bytes:
    """Return the review page of a reading as bytes, the same for the same input."""
    return b"".join(review_chunks(reading, pictures, applied))


def review_chunks(
    reading: Reading, pictures: Sequence[PageImage], applied: CorrectionSet | None = None
) -> Iterator[bytes]:
    """Yield the review page as :func:`render_review` renders it, a picture at a time."""
    style, script = _packaged("review.css"), "\n".join(_packaged(name) for name in SCRIPTS)
    parts: dict[str, Callable[[], Iterable[str]]] = {
        "policy": lambda: [_policy(style, script)],
        "title": lambda: [html.escape(reading.document.name)],
        "style": lambda: [style],
        "data": lambda: [embedded_json(review_data(reading, pictures, applied))],
        "pictures": lambda: _picture_blocks(pictures),
        "script": lambda: [script],
    }
    # One pass, so that a text of the document that looks like a place is left alone.
    for number, text in enumerate(_PLACE.split(_packaged("review.html"))):
        yield from (part.encode() for part in (parts[text]() if number % 2 else [text]))


def embedded_json(data: Mapping[str, Json]) -> str:
    """Return JSON that no text in it can end early or turn into markup inside a ``<script>`` element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _picture_blocks(pictures: Sequence[PageImage]) -> Iterator[str]:
    """Yield one inert block a page, a line each; the browser decodes it only when the page is shown."""
    for position, picture in enumerate(pictures):
        data = base64.b64encode(picture.webp).decode()
        block = f'<script type="application/octet-stream;base64" id="gambar-{picture.number}">{data}</script>'
        yield f"\n{block}" if position else block


def _policy(style: str, script: str) -> str:
    """Return a content security policy that runs our own script alone and reaches no network."""
    return (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _packaged(name: str) -> str:
    return files("export.review").joinpath(name).read_text(encoding="utf-8")

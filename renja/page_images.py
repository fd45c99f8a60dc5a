"""The page pictures a review needs: pages with tables or findings, as they stood when they were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from export.review.data import pages_to_show
from extract.findings import Finding
from extract.page_image import PageImage, PagePose
from extract.picture import render_page_images
from normalize.model import Document


def page_images(
    path: Path, document: Document, findings: Iterable[Finding], poses: Iterable[PagePose], password: str
) -> Iterator[PageImage]:
    """Yield the pictures; a page that was not read is shown as it lies."""
    known = {pose.number: pose for pose in poses}
    wanted = (known.get(number, PagePose(number)) for number in pages_to_show(document, findings))
    yield from render_page_images(path, wanted, password=password)

"""The page pictures a review needs: pages with tables or findings, as they stood when they were read."""

from __future__ import annotations

from collections.abc import Iterable

from export.review.data import pages_to_show
from extract.findings import Finding
from extract.page_image import PagePose
from normalize.model import Document


def poses_to_show(document: Document, findings: Iterable[Finding], poses: Iterable[PagePose]) -> tuple[PagePose, ...]:
    """Return how to draw each page; one that was not read is shown as it lies."""
    known = {pose.number: pose for pose in poses}
    return tuple(known.get(number, PagePose(number)) for number in pages_to_show(document, findings))

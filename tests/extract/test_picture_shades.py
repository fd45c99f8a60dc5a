"""Zebra rows show their edges, a plain page and a stripe cut short show none."""

from __future__ import annotations

import cv2
import numpy as np

from extract.model import RulingKind
from extract.scan.engine import Picture
from extract.scan.image.deskew import Skew
from extract.scan.lines.shades import shade_edges

DPI = 150.0
STRAIGHT = Skew(0.0, 0.0)
ROW = 40


def zebra(shade: int, rows: int = 8) -> Picture:
    page = np.full((800, 1000), 250, np.uint8)
    for row in range(0, rows, 2):
        page[200 + row * ROW : 200 + (row + 1) * ROW, 100:900] = shade
    noise = np.random.default_rng(1).normal(0, 6, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def heights(grey: Picture) -> list[int]:
    edges = shade_edges(grey, np.zeros_like(grey), STRAIGHT, DPI)
    assert all(edge.kind is RulingKind.FILL_EDGE for edge in edges)
    return [round(edge.position) for edge in edges]


def test_every_edge_of_a_pale_zebra_is_found_where_it_is() -> None:
    found = heights(zebra(235))
    wanted = [200 + row * ROW for row in range(8)]
    assert len(found) == len(wanted)
    assert all(abs(one - other) <= 3 for one, other in zip(found, wanted, strict=True))


def test_a_page_without_shading_has_no_edges() -> None:
    assert heights(zebra(250)) == []


def test_a_stamp_over_an_edge_does_not_hide_it() -> None:
    grey = zebra(235)
    cv2.circle(grey, (700, 280), 70, (120,), 12)
    assert len(heights(grey)) == 8


def test_a_zebra_with_a_hidden_edge_has_none() -> None:
    grey = zebra(235, rows=12)
    grey[200 + 5 * ROW - 8 : 200 + 5 * ROW + 8] = 20
    ink = (grey < 100).astype(np.uint8) * 255
    assert shade_edges(grey, ink, STRAIGHT, DPI) == ()

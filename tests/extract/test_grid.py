"""Synthetic tables drawn as rulings come back as the cells they were drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.grids.grid import find_grids_from_rulings
from extract.model import BBox, Grid, Orientation, Ruling, RulingKind, Word

H, V = Orientation.HORIZONTAL, Orientation.VERTICAL
PAGE = (842.0, 595.0)
ORIGIN = (60.0, 70.0)


@dataclass(frozen=True)
class Drawn:
    """Column widths, row heights and the spans (row, column, row_span, column_span) that tile them."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    spans: tuple[tuple[int, int, int, int], ...]

    def edges(self) -> tuple[list[float], list[float]]:
        xs, ys = [ORIGIN[0]], [ORIGIN[1]]
        for width in self.widths:
            xs.append(xs[-1] + width)
        for height in self.heights:
            ys.append(ys[-1] + height)
        return xs, ys

    def rulings(self) -> list[Ruling]:
        """One ruling a cell side, as office programs draw them."""
        xs, ys = self.edges()
        drawn = []
        for row, column, rows, columns in self.spans:
            left, right, top, bottom = xs[column], xs[column + columns], ys[row], ys[row + rows]
            drawn += [Ruling(H, top, left, right), Ruling(H, bottom, left, right)]
            drawn += [Ruling(V, left, top, bottom), Ruling(V, right, top, bottom)]
        return drawn


@st.composite
def tables(draw: st.DrawFn) -> Drawn:
    rows, columns = draw(st.integers(2, 7)), draw(st.integers(2, 7))
    widths = tuple(draw(st.lists(st.integers(12, 90), min_size=columns, max_size=columns)))
    heights = tuple(draw(st.lists(st.integers(9, 60), min_size=rows, max_size=rows)))
    taken: set[tuple[int, int]] = set()
    spans = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            height = draw(st.integers(1, min(3, rows - row)))
            width = draw(st.integers(1, min(3, columns - column)))
            while any((row, column + step) in taken for step in range(width)):
                width -= 1
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            spans.append((row, column, height, width))
    return _without_unused_edges(Drawn(widths, heights, tuple(spans)))


def _without_unused_edges(drawn: Drawn) -> Drawn:
    """Merge columns and rows that no cell boundary tells apart: nothing in the picture shows them."""
    used_x = sorted({s[1] for s in drawn.spans} | {s[1] + s[3] for s in drawn.spans})
    used_y = sorted({s[0] for s in drawn.spans} | {s[0] + s[2] for s in drawn.spans})
    widths = tuple(float(sum(drawn.widths[a:b])) for a, b in pairwise(used_x))
    heights = tuple(float(sum(drawn.heights[a:b])) for a, b in pairwise(used_y))
    spans = tuple(
        (
            used_y.index(r),
            used_x.index(c),
            used_y.index(r + h) - used_y.index(r),
            used_x.index(c + w) - used_x.index(c),
        )
        for r, c, h, w in drawn.spans
    )
    return Drawn(widths, heights, spans)


def is_table(drawn: Drawn) -> bool:
    return len(drawn.spans) >= 4 and len(drawn.widths) >= 2


def spans_of(grid: Grid) -> tuple[tuple[int, int, int, int], ...]:
    return tuple((cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells)


def find(rulings: list[Ruling]) -> tuple[Grid, ...]:
    return find_grids_from_rulings(rulings, *PAGE)


def plain(rows: int, columns: int) -> Drawn:
    spans = tuple((row, column, 1, 1) for row in range(rows) for column in range(columns))
    return Drawn((40.0,) * columns, (20.0,) * rows, spans)


@given(tables().filter(is_table))
def test_random_spans_are_recovered_exactly(drawn: Drawn) -> None:
    (grid,) = find(drawn.rulings())
    assert spans_of(grid) == tuple(sorted(drawn.spans))
    assert grid.x_edges == pytest.approx(drawn.edges()[0])
    assert grid.y_edges == pytest.approx(drawn.edges()[1])


LOW_ROWS = Drawn(
    (12.0,) * 3,
    (9.0, 9.0, 22.0, 9.0),
    ((0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 1, 3), (2, 0, 1, 3), (3, 0, 1, 2), (3, 2, 1, 1)),
)


@pytest.mark.parametrize("overshoot", [0.5, 0.9])
def test_a_short_ruling_that_overshoots_its_low_row_is_no_letter(overshoot: float) -> None:
    longer = [Ruling(r.orientation, r.position, r.start - overshoot, r.end + overshoot) for r in LOW_ROWS.rulings()]
    (grid,) = find(longer)
    assert spans_of(grid) == tuple(sorted(LOW_ROWS.spans))


@settings(max_examples=60)
@given(tables().filter(is_table), st.randoms(use_true_random=False))
def test_jitter_and_gaps_change_nothing(drawn: Drawn, random: object) -> None:
    shaken = []
    for ruling in drawn.rulings():
        jitter, cut = random.uniform(-0.4, 0.4), random.uniform(0, 1)  # type: ignore[attr-defined]
        position = ruling.position + jitter
        if cut < 0.3 and ruling.length > 20:
            middle = (ruling.start + ruling.end) / 2
            shaken.append(Ruling(ruling.orientation, position, ruling.start, middle - 1))
            shaken.append(Ruling(ruling.orientation, position, middle + 1, ruling.end))
        else:
            shaken.append(Ruling(ruling.orientation, position, ruling.start - 0.5, ruling.end + 0.5))
    (grid,) = find(shaken)
    assert spans_of(grid) == tuple(sorted(drawn.spans))


@pytest.mark.parametrize("side", ["top", "bottom", "left", "right"])
def test_a_missing_outer_border_is_closed_where_the_rulings_end(side: str) -> None:
    drawn = plain(5, 4)
    xs, ys = drawn.edges()
    lost = {"top": (H, ys[0]), "bottom": (H, ys[-1]), "left": (V, xs[0]), "right": (V, xs[-1])}[side]
    rulings = [ruling for ruling in drawn.rulings() if (ruling.orientation, ruling.position) != lost]
    (grid,) = find(rulings)
    assert spans_of(grid) == drawn.spans
    assert (grid.open_top, grid.open_bottom) == (side == "top", side == "bottom")


def test_tables_side_by_side_and_below_each_other_stay_apart() -> None:
    rulings = plain(3, 3).rulings()
    beside = [
        Ruling(r.orientation, r.position + 300 * (r.orientation is V), *_moved(r, 300 * (r.orientation is H)))
        for r in rulings
    ]
    below = [
        Ruling(r.orientation, r.position + 200 * (r.orientation is H), *_moved(r, 200 * (r.orientation is V)))
        for r in rulings
    ]
    grids = find(rulings + beside + below)
    assert [(grid.rows, grid.columns) for grid in grids] == [(3, 3)] * 3


def _moved(ruling: Ruling, by: float) -> tuple[float, float]:
    return ruling.start + by, ruling.end + by


def test_a_page_frame_does_not_swallow_the_table_inside_it() -> None:
    frame = [Ruling(H, 20, 20, 820), Ruling(H, 575, 20, 820), Ruling(V, 20, 20, 575), Ruling(V, 820, 20, 575)]
    (grid,) = find(frame + plain(4, 3).rulings())
    assert (grid.rows, grid.columns) == (4, 3)


def test_boxes_joined_by_connectors_are_no_table() -> None:
    def box(x: float, y: float) -> list[Ruling]:
        return [
            Ruling(H, y, x, x + 80),
            Ruling(H, y + 30, x, x + 80),
            Ruling(V, x, y, y + 30),
            Ruling(V, x + 80, y, y + 30),
        ]

    chart = box(300, 100) + box(100, 200) + box(300, 200) + box(500, 200)
    chart += [Ruling(V, 340, 130, 200), Ruling(H, 165, 140, 540), Ruling(V, 140, 165, 200), Ruling(V, 540, 165, 200)]
    assert find(chart) == ()


def test_double_lines_make_no_phantom_columns_or_rows() -> None:
    drawn = plain(4, 3)
    doubled = drawn.rulings() + [Ruling(r.orientation, r.position + 2, r.start, r.end) for r in drawn.rulings()]
    (grid,) = find(doubled)
    assert (grid.rows, grid.columns) == (4, 3)


def test_dotted_rules_separate_like_drawn_ones() -> None:
    dotted = [
        Ruling(r.orientation, r.position, r.start + step, min(r.start + step + 1, r.end))
        for r in plain(3, 3).rulings()
        for step in range(0, int(r.length), 4)
    ]
    (grid,) = find(dotted)
    assert (grid.rows, grid.columns) == (3, 3)


def test_edges_of_shading_alone_show_a_table() -> None:
    shading = [
        Ruling(r.orientation, r.position, r.start, r.end, kind=RulingKind.FILL_EDGE) for r in plain(3, 3).rulings()
    ]
    (grid,) = find(shading)
    assert (grid.rows, grid.columns) == (3, 3)


def test_an_edge_shifted_from_row_to_row_is_one_edge() -> None:
    drawn = plain(4, 3)
    xs, ys = drawn.edges()
    shifted = [
        Ruling(V, r.position + 5, r.start, r.end)
        if r.orientation is V and r.position == xs[1] and r.start >= ys[2]
        else r
        for r in drawn.rulings()
    ]
    (grid,) = find(shifted)
    assert (grid.rows, grid.columns, len(grid.cells)) == (4, 3, 12)


def test_brackets_in_a_low_row_are_no_column_rules() -> None:
    spans = tuple((row, column, 1, 1) for row in range(6) for column in range(3))
    drawn = Drawn((60.0,) * 3, (20.0, 10.0, 30.0, 30.0, 30.0, 30.0), spans)
    xs, ys = drawn.edges()
    brackets = [Ruling(V, x + 30, ys[1] + 1.2, ys[1] + 8.8) for x in xs[:-1]]
    (grid,) = find(drawn.rulings() + brackets)
    assert spans_of(grid) == spans


def test_zebra_shading_without_column_rules_shows_the_columns() -> None:
    xs, ys = (60.0, 120.0, 260.0, 400.0), tuple(100.0 + 25 * row for row in range(7))
    rulings = [Ruling(H, y, xs[0], xs[-1]) for y in ys] + [Ruling(V, x, ys[0], ys[-1]) for x in (xs[0], xs[-1])]
    for row in range(0, 6, 2):
        for left, right in pairwise(xs):
            for inset in (0.0, 5.4):
                sides = {"kind": RulingKind.FILL_EDGE}
                rulings += [Ruling(V, x, ys[row], ys[row + 1], **sides) for x in (left + inset, right - inset)]
                rulings += [Ruling(H, y, left + inset, right - inset, **sides) for y in (ys[row], ys[row + 1])]
    words = [Word("Pagu", BBox(x + 8, y + 5, x + 30, y + 15)) for x in xs[:-1] for y in ys[:-1]]
    (grid,) = find_grids_from_rulings(rulings, *PAGE, words=words)
    assert (grid.rows, grid.columns, len(grid.cells)) == (6, 3, 18)
    assert grid.x_edges == pytest.approx(xs)


def test_the_white_row_below_the_last_shaded_one_belongs_to_the_table() -> None:
    xs, ys = (60.0, 120.0, 260.0, 400.0), tuple(100.0 + 25 * row for row in range(7))
    rulings = []
    for row in (0, 2, 4):
        for left, right in pairwise(xs):
            rulings += [Ruling(V, x, ys[row], ys[row + 1], kind=RulingKind.FILL_EDGE) for x in (left, right)]
            rulings += [Ruling(H, y, left, right, kind=RulingKind.FILL_EDGE) for y in (ys[row], ys[row + 1])]
    words = [Word("Pagu", BBox(x + 8, y + 5, x + 30, y + 15)) for x in xs[:-1] for y in ys[:-1]]
    prose = [Word("keterangan", BBox(60 + 60 * n, 265, 115 + 60 * n, 275)) for n in range(6)]
    (grid,) = find_grids_from_rulings(rulings, *PAGE, words=words + prose)
    assert (grid.rows, grid.columns) == (6, 3)


def test_column_rules_that_meet_no_row_rule_still_part_the_columns() -> None:
    drawn = plain(2, 4)
    xs, ys = drawn.edges()
    low = ys[-1] + 200
    frame = [Ruling(H, low, xs[0], xs[-1]), Ruling(V, xs[0], ys[0], low), Ruling(V, xs[-1], ys[0], low)]
    pieces = ((ys[-1], ys[-1] + 40), (ys[-1] + 52, ys[-1] + 120), (ys[-1] + 132, low))
    parted = [Ruling(V, x, *piece) for x in xs[1:-1] for piece in pieces]
    (grid,) = find(drawn.rulings() + frame + parted)
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 4, 12)

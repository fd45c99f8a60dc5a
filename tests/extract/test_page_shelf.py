from extract.line_codec import from_bytes, pack_cells, to_bytes, unpack_cells
from extract.model import Alternative, BBox, Cell, Grid, Line, PageContent, PageOrigin, Word
from extract.page_shelf import PageShelf


def words(text: str, left: float) -> tuple[Word, ...]:
    return tuple(Word(part, BBox(left + n, 0.1, left + n + 1, 8.3), 9.5) for n, part in enumerate(text.split()))


def page(number: int) -> PageContent:
    doubted = Word(
        "l0", BBox(1.5, 2.5, 3.5, 4.5), 0.0, confidence=0.7, alternatives=(Alternative("10", 0.6),), angle=90
    )
    cells = (
        Cell(0, 0, 1, 2, BBox(0, 0, 20, 10), (Line(words("Nama Program", 1), BBox(1, 0.1, 3, 8.3)),)),
        Cell(1, 0, 1, 1, BBox(0, 10, 10, 20)),
        Cell(
            1, 1, 1, 1, BBox(10, 10, 20, 20), (Line((doubted,), doubted.bbox), Line(words("a b", 3), BBox(3, 0, 5, 9)))
        ),
    )
    grid = Grid(number, BBox(0, 0, 20, 20), (0, 10, 20), (0, 10, 20), cells)
    loose = (Line(words(f"Halaman {number}", 4), BBox(4, 0.1, 6, 8.3)),)
    return PageContent(number, 100, 100, PageOrigin.RASTER, 0, (grid,), loose, discarded=(doubted,))


def test_cells_are_the_same_after_they_were_bytes():
    (grid,) = page(1).grids
    assert unpack_cells(from_bytes(to_bytes(pack_cells(grid.cells)))) == grid.cells


def test_a_page_on_the_shelf_holds_what_it_held_whether_it_was_put_on_disk_or_not():
    shelf = PageShelf(at_hand=2)
    shelved = [shelf.put(page(number)) for number in range(1, 8)]
    for number, light in enumerate(shelved, start=1):
        whole = page(number)
        assert tuple(light.loose) == whole.loose
        assert tuple(light.discarded) == whole.discarded
        (grid,) = light.grids
        assert tuple(grid.cells) == whole.grids[0].cells
        assert (len(grid.cells), grid.cells[-1]) == (3, whole.grids[0].cells[2])
        assert (light.number, grid.x_edges) == (number, (0, 10, 20))

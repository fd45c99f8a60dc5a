"""What each outside program is asked to do with a document; runs in the peers' environment, imports nothing of ours.

Every function takes the path of a PDF, does all the work, and returns how many tables it found. The library is imported
by ``prepare_*`` before the clock starts.
"""

from __future__ import annotations

from collections.abc import Callable

Work = Callable[[str], int]


def pdfplumber_tables() -> Work:
    """All ruled tables with their text, page by page; the cache of each page is dropped, as its manual advises."""
    import pdfplumber

    def work(path: str) -> int:
        tables = 0
        with pdfplumber.open(path) as document:
            for page in document.pages:
                tables += len(page.extract_tables())
                page.close()
        return tables

    return work


def camelot_raster() -> Work:
    """Lattice on rendered pages, the flavour's default."""
    import camelot

    return lambda path: len(camelot.read_pdf(path, pages="all", flavor="lattice"))


def camelot_vector() -> Work:
    """Lattice on the vector graphics of the pages."""
    import camelot

    return lambda path: len(camelot.read_pdf(path, pages="all", flavor="lattice", engine="vector"))


def tabula_lattice() -> Work:
    """Lattice in a Java machine inside the process; its start is not counted."""
    import jpype
    import tabula
    from tabula.backend import jar_path

    jpype.startJVM("-Djava.awt.headless=true", classpath=[jar_path()])
    return lambda path: len(tabula.read_pdf(path, pages="all", lattice=True, multiple_tables=True))


def img2table_ruled() -> Work:
    """Bordered tables; text from the PDF itself."""
    from img2table.document import PDF

    return lambda path: sum(len(tables) for tables in PDF(path).extract_tables().values())


def pymupdf_tables() -> Work:
    """All tables of ``find_tables`` with their text."""
    import pymupdf

    def work(path: str) -> int:
        tables = 0
        with pymupdf.open(path) as document:
            for page in document:
                for table in page.find_tables().tables:
                    table.extract()
                    tables += 1
        return tables

    return work

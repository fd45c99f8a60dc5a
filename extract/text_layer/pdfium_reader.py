"""One page of the text layer as a :class:`extract.model.Page`, read by PDFium."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pypdfium2

from extract.frame import Frame
from extract.model import BBox, Page, Word
from extract.text_layer.drawing import PagePaths
from extract.text_layer.glyphs import Fate, Flags, Glyphs
from extract.text_layer.pdfium_glyphs import read_glyphs
from extract.text_layer.pdfium_paths import read_paths
from extract.text_layer.word_assembly import assemble_words


def read_digital_page(pdf_page: pypdfium2.PdfPage, number: int) -> Page:
    """Read the words and rulings of one page, turned upright.

    Invisible glyphs, watermarks and glyphs off the page become :attr:`Page.discarded` words.
    Raises :class:`extract.errors.LimitExceeded` when the page draws too much.
    """
    found = read_glyphs(pdf_page)
    paths = read_paths(pdf_page, found.frame, found.text_objects)
    glyphs = hide_white_on_paper(found.glyphs, paths)
    return assemble_page(glyphs, paths, found.frame, number=number, turned=found.turned)


def hide_white_on_paper(glyphs: Glyphs, paths: PagePaths) -> Glyphs:
    """Mark white glyphs invisible unless a coloured fill or a picture lies under them."""
    white = np.flatnonzero(glyphs.white & (glyphs.fate == Fate.VISIBLE))
    if not len(white):
        return glyphs
    backs = np.array([(b.x0, b.top, b.x1, b.bottom) for b in (*paths.fills, *paths.images)]).reshape(-1, 4)
    x = (glyphs.x0[white] + glyphs.x1[white])[:, None] / 2
    y = (glyphs.top[white] + glyphs.bottom[white])[:, None] / 2
    backed = ((backs[:, 0] <= x) & (x <= backs[:, 2]) & (backs[:, 1] <= y) & (y <= backs[:, 3])).any(axis=1)
    fate = glyphs.fate.copy()
    fate[white[~backed]] = Fate.INVISIBLE
    return replace(glyphs, fate=fate)


def assemble_page(glyphs: Glyphs, paths: PagePaths, frame: Frame, *, number: int, turned: int) -> Page:
    """Assemble the page: visible words, and what was left out apart from them."""
    visible = glyphs.fate == Fate.VISIBLE
    slanted = glyphs.fate == Fate.WATERMARK
    left_out = ~visible & ~slanted & (glyphs.fate != Fate.DOUBLED)
    return Page(
        number=number,
        width=frame.width,
        height=frame.height,
        words=assemble_words(glyphs, paths.rulings, frame.width, frame.height, keep=visible),
        rulings=paths.rulings,
        turned=turned,
        discarded=(
            *assemble_words(glyphs, (), frame.width, frame.height, keep=left_out),
            *_watermarks(glyphs, slanted),
        ),
    )


def _watermarks(glyphs: Glyphs, chosen: Flags) -> list[Word]:
    """Make one word of each text object of a watermark; its slanted glyphs stand on no common line."""
    words = []
    for run in sorted(set(glyphs.run[chosen].tolist())):
        members = np.flatnonzero(chosen & (glyphs.run == run))
        text = "".join(glyphs.spelt(members)).strip()
        if text:
            box = BBox(
                float(glyphs.x0[members].min()),
                float(glyphs.top[members].min()),
                float(glyphs.x1[members].max()),
                float(glyphs.bottom[members].max()),
            )
            words.append(Word(text, box, size=round(float(glyphs.size[members[0]]), 2)))
    return words

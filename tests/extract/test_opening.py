"""Every kind of bad file becomes one named error with a remedy."""

from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extract import opening
from extract.errors import EmptyFile, EncryptedPdf, LimitExceeded, NotAPdf, PdfError, TruncatedPdf
from extract.opening import open_pdf


def make_pdf(path: Path, *, pages: int = 1, encrypt: StandardEncryption | None = None) -> Path:
    canvas = Canvas(str(path), encrypt=encrypt)
    for number in range(pages):
        canvas.drawString(72, 700, f"Halaman {number + 1}")
        canvas.showPage()
    canvas.save()
    return path


def opened(path: Path, password: str = "") -> None:
    with open_pdf(path, password=password):
        pass


def test_a_sound_file_opens_with_its_page_count(tmp_path):
    with open_pdf(make_pdf(tmp_path / "a.pdf", pages=3)) as pdf:
        assert (pdf.pages, pdf.restricted, pdf.repaired) == (3, False, False)


def test_a_long_document_is_opened_anew_and_reads_on(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "PAGES_PER_OPENING", 2)
    with open_pdf(make_pdf(tmp_path / "a.pdf", pages=5)) as pdf:
        first = pdf.document
        texts = []
        for number in range(1, 6):
            page = pdf.page(number)
            texts.append(page.get_textpage().get_text_bounded())
            page.close()
        last = pdf.document
    assert last is not first
    assert texts == [f"Halaman {number}" for number in range(1, 6)]
    assert last.raw is None or not last._finalizer.alive


def test_a_file_that_was_replaced_is_not_opened_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "PAGES_PER_OPENING", 1)
    path = make_pdf(tmp_path / "a.pdf", pages=2)
    with open_pdf(path) as pdf:
        first = pdf.document
        pdf.page(1).close()
        path.rename(tmp_path / "b.pdf")
        make_pdf(path, pages=4)
        pdf.page(2).close()
        assert pdf.document is first


def test_the_document_is_closed_afterwards(tmp_path):
    with open_pdf(make_pdf(tmp_path / "a.pdf")) as pdf:
        document = pdf.document
    assert document.raw is None or not document._finalizer.alive


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"PK\x03\x04 a spreadsheet", NotAPdf),
        (b"%PDF-1.7\nnothing else", TruncatedPdf),
    ],
)
def test_a_file_that_is_no_pdf_is_named_as_what_it_is(tmp_path, content, error):
    path = tmp_path / "buruk.pdf"
    path.write_bytes(content)
    with pytest.raises(error, match=r"buruk\.pdf: .+\. .+"):
        opened(path)


def test_a_missing_file_is_reported_with_its_name(tmp_path):
    with pytest.raises(NotAPdf, match=r"tidak-ada\.pdf"):
        opened(tmp_path / "tidak-ada.pdf")


def test_a_folder_is_reported_as_no_pdf(tmp_path):
    with pytest.raises(NotAPdf):
        opened(tmp_path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_off_anywhere_is_not_read_in_part(tmp_path, share):
    whole = make_pdf(tmp_path / "a.pdf", pages=20).read_bytes()
    cut = tmp_path / "potong.pdf"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(TruncatedPdf):
        opened(cut)


def test_a_user_password_is_asked_for_and_a_wrong_one_refused(tmp_path):
    path = make_pdf(tmp_path / "kunci.pdf", encrypt=StandardEncryption("rahasia", ownerPassword="pemilik"))
    with pytest.raises(EncryptedPdf, match="needs a password"):
        opened(path)
    with pytest.raises(EncryptedPdf, match="wrong"):
        opened(path, "salah")
    opened(path, "rahasia")


def test_an_owner_restriction_is_read_and_recorded(tmp_path):
    encryption = StandardEncryption("", ownerPassword="pemilik", canCopy=0)
    with open_pdf(make_pdf(tmp_path / "batas.pdf", encrypt=encryption)) as pdf:
        assert pdf.restricted


def test_caps_on_size_and_pages_are_errors(tmp_path, monkeypatch):
    path = make_pdf(tmp_path / "a.pdf", pages=3)
    monkeypatch.setattr(opening, "MAX_PAGES", 2)
    with pytest.raises(LimitExceeded, match="3 pages"):
        opened(path)
    monkeypatch.setattr(opening, "MAX_FILE_BYTES", 100)
    with pytest.raises(LimitExceeded, match="MB"):
        opened(path)


def test_a_document_without_pages_is_empty(tmp_path):
    path = tmp_path / "kosong.pdf"
    pypdfium2.PdfDocument.new().save(path)
    with pytest.raises((EmptyFile, TruncatedPdf)):
        opened(path)


def test_an_error_names_file_page_and_remedy():
    error = PdfError("cannot be read", "Print it again", path=Path("/x/renja.pdf"), page=7)
    assert str(error) == "renja.pdf: page 7: cannot be read. Print it again"

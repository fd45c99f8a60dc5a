"""Doubtful words: what a second engine confirms, disputes and may replace."""

from __future__ import annotations

from extract.scan.engine import Glyph, Reading
from extract.scan.recognition.texts import AGREED, is_doubtful_text, settle_text, sure_words


def reading(text: str, confidence: float = 0.7, **doubts: float) -> Reading:
    """Return a reading, ten pixels a character; ``doubts`` name characters with a confidence of their own."""
    return Reading(
        tuple(
            Glyph(character, 10.0 * at, 10.0 * at + 8, doubts.get(character, confidence))
            for at, character in enumerate(text)
        )
    )


def test_what_both_engines_read_is_surer() -> None:
    settled = settle_text(reading("Nilai Evaluasi", 0.5), reading("Nilai Evaluasi", 0.9), frozenset())
    assert settled.text == "Nilai Evaluasi"
    assert min(glyph.confidence for glyph in settled.glyphs if glyph.text != " ") == AGREED


def test_the_word_known_from_the_page_stands() -> None:
    first, second = reading("teriaksananya"), reading("terlaksananya", 0.72)
    assert settle_text(first, second, frozenset({"terlaksananya"})).text == "terlaksananya"
    assert settle_text(first, second, frozenset({"teriaksananya"})).text == "teriaksananya"


def test_a_clearly_surer_engine_is_believed_and_the_other_reading_kept() -> None:
    settled = settle_text(reading("llalang", 0.97, l=0.5), reading("Ilalang", 0.99), frozenset())
    assert settled.text == "Ilalang"
    assert settled.glyphs[0].confidence <= 0.6
    assert [other.text for other in settled.glyphs[0].alternatives] == ["l"]


def test_between_engines_equally_sure_the_first_stands_in_doubt() -> None:
    settled = settle_text(reading("Kegiatan", 0.8), reading("Kegietan", 0.9), frozenset())
    assert settled.text == "Kegiatan"
    assert settled.confidence == 0.6
    assert settled.glyphs[4].alternatives[0].text == "e"


def test_dropped_letters_come_back_when_the_page_knows_the_word() -> None:
    first, second = reading("Lembaga Pelathan", 0.8), reading("Lembaga Pelatihan", 0.9)
    assert settle_text(first, second, frozenset({"pelatihan"})).text == "Lembaga Pelatihan"


def test_digits_are_never_changed_by_the_engine_for_words() -> None:
    first = reading("Tahun 2025", 0.7)
    assert settle_text(first, reading("Tahun 2625", 0.99), frozenset()).text == "Tahun 2025"


def test_an_engine_that_lost_its_way_has_no_say() -> None:
    first = reading("Realisasi Target Kinerja", 0.7)
    assert settle_text(first, reading("gata", 0.99), frozenset()) is first


def test_short_labels_and_sure_lines_are_not_doubtful() -> None:
    assert not is_doubtful_text(reading("II", 0.3))
    assert not is_doubtful_text(reading("Sasaran", 0.99))
    assert is_doubtful_text(reading("Sasaran", 0.9))


def test_only_words_read_without_doubt_vouch_for_others() -> None:
    assert sure_words([reading("Jumlah Dokumen", 0.99, D=0.5), reading("dan", 0.99)]) == {"jumlah"}

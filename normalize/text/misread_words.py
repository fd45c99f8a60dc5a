"""Texts of recognised print with their misread words mended, each told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.model import Word
from normalize.text.vocabulary import MISREAD_PHRASES, SURE_WORD, WRITTEN_OTHERWISE, Vocabulary

NAME_COLUMNS = ("lokasi", "pengusul", "provinsi", "kab_kota", "penanggung_jawab")
"""Parts of the keys of columns that hold names of places, people and offices, which no vocabulary knows."""
AFTER_PLACE = 2
"""Words behind ``Kelurahan`` or ``Jalan`` that may be its name."""
TITLE_SHARE = 0.8
"""Share of long words with a capital from which a text is a title and a capital is no sign of a name."""
CAPITALS_SHARE = 0.5
"""Share of capital letters from which a text is printed in capitals, and they are no sign of an abbreviation."""

LONG_WORD = 4
"""Letters."""
_WORD = re.compile(r"(?<!\w)[^\W_]+(?!\w)")
_GLUED = re.compile(r"[A-Z]?[a-z]+[A-Z][a-z]+")
"""A capital inside a word is none of Indonesian: there a space was lost, however sure the recogniser was."""
_PLACE = re.compile(
    r"(?:kelurahan|kel|kecamatan|kec|desa|nagari|dusun|kampung|gampong|kota|kab|kabupaten|provinsi|jalan|jln?|pulau|"
    r"gunung|sungai|danau|waduk|bendungan|pasar|taman|gedung|stadion|yayasan|pt|cv|ud|bapak|ibu|sdr)",
    re.IGNORECASE,
)
_BEFORE_NO_NAME = r"(?=\W*$|[^\w ]| (?-i:[^\W\dA-Z]))"
_PAIRS = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(WRITTEN_OTHERWISE)}){_BEFORE_NO_NAME}|(?:{'|'.join(MISREAD_PHRASES)})(?!\w))",
    re.IGNORECASE,
)
"""Pairs of words that are another; a capital behind a place may begin its name (``Kabupaten Kota Baru``)."""
_STOP_FOR_COMMA = re.compile(r"(?<=[a-z]{5})(?:\.,?|,\.) (?=[a-z]{3})")
"""A full stop within a sentence: a comma whose tail is lost; an abbreviation is shorter."""
_DIGITS = str.maketrans("01", "ol")
_SMALL_IN_TITLES = frozenset(
    ["antar", "atau", "bagi", "dalam", "dari", "dengan", "kepada", "melalui", "oleh", "pada", "serta", "untuk", "yang"]
)


@dataclass(frozen=True, slots=True)
class MendedWord:
    """A word as it was read and as it stands now."""

    read: str
    meant: str


def mend_words(
    text: str, words: Sequence[Word], column: str, vocabulary: Vocabulary
) -> tuple[str, tuple[MendedWord, ...]]:
    """Return the text of a field with its misread words mended, and which those are.

    ``words`` are the recogniser's: one it was sure of is left unless a capital inside it shows that a space was lost,
    and so are names, abbreviations and whatever stands in a column of names.
    """
    if any(part in column for part in NAME_COLUMNS):
        return text, ()
    doubted = {run for word in words if word.confidence < SURE_WORD for run in _WORD.findall(word.text)}
    sure = {run for word in words if word.confidence >= SURE_WORD for run in _WORD.findall(word.text)} - doubted
    title = _is_title(text)
    text, mended = _with_plain_faults_mended(text)
    pieces, end = [], 0
    for match, named in _words_and_names(text):
        word = match.group()
        glued = _GLUED.fullmatch(word) is not None and " " in vocabulary.meant(word.casefold())
        if not glued and (word in sure or not any(run in word for run in doubted)):
            continue
        if not glued and (named or not _may_be_misread(word, text, match.start(), title=title)):
            continue
        spelled = word.casefold().translate(_DIGITS)
        digits_only = not word.isalpha() and spelled in vocabulary.targets
        meant = spelled if digits_only else vocabulary.meant(spelled)
        if meant:
            mended.append(MendedWord(word, _in_case_of(word, meant)))
            pieces += [text[end : match.start()], mended[-1].meant]
            end = match.end()
    return "".join((*pieces, text[end:])), tuple(mended)


def _with_plain_faults_mended(text: str) -> tuple[str, list[MendedWord]]:
    """Return a text with pairs of words that are another and stops that are commas mended, however sure they were."""
    mended: list[MendedWord] = []

    def pair_meant(match: re.Match[str]) -> str:
        pair = match.group()
        meant = (WRITTEN_OTHERWISE | MISREAD_PHRASES)[pair.casefold()]
        spelled = (
            old if old.casefold() == new else new.upper() if old.isupper() else new
            for old, new in zip(pair, meant, strict=True)
        )
        mended.append(MendedWord(pair, "".join(spelled)))
        return mended[-1].meant

    def comma_meant(match: re.Match[str]) -> str:
        word = text[: match.start()].split()[-1]
        mended.append(MendedWord(word + match.group().strip(), f"{word},"))
        return ", "

    text = _PAIRS.sub(pair_meant, text)
    return _STOP_FOR_COMMA.sub(comma_meant, text), mended


def _words_and_names(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield the words of a text, each with whether it stands where the name of a place would."""
    since = AFTER_PLACE + 1
    for match in _WORD.finditer(text):
        since += 1
        yield match, since <= AFTER_PLACE and match.group()[0].isupper()
        if _PLACE.fullmatch(match.group()):
            since = 0


def _may_be_misread(word: str, text: str, start: int, *, title: bool) -> bool:
    """Say whether a word is neither a code, an abbreviation nor, by its capital, a name."""
    letters = sum(map(str.isalpha, word))
    if any(character.isdigit() and character not in "01" for character in word) or len(word) - letters > 1:
        return False
    if word.isupper():
        return _mostly_capitals(text)
    opens = not text[:start].strip() or text[:start].rstrip()[-1] in "-.:;\n•/"
    return title or opens or not word[0].isupper()


def _is_title(text: str) -> bool:
    words: list[str] = [word for word in _WORD.findall(text) if len(word) >= LONG_WORD]
    content = [word for word in words if word not in _SMALL_IN_TITLES]
    return sum(word[0].isupper() for word in content) > TITLE_SHARE * len(content)


def _mostly_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(map(str.isupper, letters)) > CAPITALS_SHARE * len(letters)


def _in_case_of(word: str, meant: str) -> str:
    """Return what was meant in the capitals of what was read; a capital ``I`` is often read ``l``."""
    if word.isupper():
        return meant.upper()
    letters = iter(word)
    if "".join(filter(str.isalpha, meant)) == word.casefold():  # nothing but a lost space or slash
        return "".join(next(letters) if character.isalpha() else character for character in meant)
    if word[0].isupper() or (word[0] == "l" and meant[0] == "i"):
        return meant[0].upper() + meant[1:]
    return meant

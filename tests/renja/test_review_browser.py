"""The review page in a real browser, from a converted sample to a corrected workbook."""

import csv
import io
import json
import os
import shutil
import statistics
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from export.file_names import RECORD_FILE
from export.options import OutputOptions
from export.outputs import Conversion, reading_of
from export.review.page import render_review
from export.review.record_file import read_record
from extract.page_image import PageImage, PagePose
from extract.picture import render_page_images
from renja.cli import run
from renja.exit_codes import ExitCode

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "payakumbuh-digital.pdf"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
MANY_PAGES = 130
LOAD_SECONDS = 2.0
WINDOW = {"width": 1440, "height": 860}


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; name one with the variable CHROMIUM")
    with api.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def converted(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("keluaran")
    assert run(["convert", str(SAMPLE), "-o", str(out), "--review"]) == ExitCode.OK
    return out / SAMPLE.stem


@pytest.fixture
def folder(converted, tmp_path) -> Path:
    """Copy the outputs, so that a test may change them."""
    shutil.copytree(converted, tmp_path / converted.name)
    shutil.copy(converted.with_suffix(".xlsx"), tmp_path)
    return tmp_path / converted.name


@pytest.fixture
def page(browser, folder):
    context = browser.new_context(viewport=WINDOW, accept_downloads=True, reduced_motion="reduce")
    opened = context.new_page()
    trouble = []
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: trouble.append(request.url) if request.url.startswith("http") else None)
    opened.goto((folder / "periksa.html").as_uri())
    yield opened
    assert trouble == []
    context.close()


def current(page) -> str:
    return page.locator("#findings [aria-current=true]").inner_text()


def export(page, to: Path) -> dict:
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan koreksi").click()
    download.value.save_as(to)
    return json.loads(to.read_text())


def correct_chosen(page, typed: str) -> None:
    page.keyboard.press("Enter")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def rows_of(folder: Path, name: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text())))


def test_keys_step_through_the_work_list_and_the_picture_follows(page):
    first = current(page)
    page.keyboard.press("j")
    second = current(page)
    assert second != first
    page.keyboard.press("k")
    assert current(page) == first
    for _ in range(5):
        page.keyboard.press("j")
    shown = page.locator("#page").input_value()
    assert f"hal. {shown}" in current(page)
    assert page.evaluate("document.getElementById('image').decode().then(() => image.naturalWidth)") > 500
    assert page.locator("#boxes .chosen").count() >= 1


MIDDLE_OF_A_CELL = """() => {
    const shown = ({table, row, column}) => valueOf(table, row, column);
    const other = ({place}) => shown(place) && !samePlace(place, chosen.place);
    const cell = view.cells.find(other);
    const [x0, top, x1, bottom] = cell.box.map((edge) => edge * view.scale);
    return {place: cell.place, at: {x: (x0 + x1) / 2, y: (top + bottom) / 2}};
}"""


def test_a_click_on_the_picture_chooses_the_cell_printed_there_and_back(page):
    wanted = page.evaluate(MIDDLE_OF_A_CELL)
    page.locator("#picture").click(position=wanted["at"])
    assert page.evaluate("chosen.place") == wanted["place"]
    chosen = page.locator("#tables td[aria-selected=true]")
    assert {key: int(chosen.get_attribute(f"data-{key}")) for key in wanted["place"]} == wanted["place"]

    page.locator("#tables td.number:not(:empty)").last.click()
    box, frame = page.locator("#boxes .chosen").first.bounding_box(), page.locator("#picture").bounding_box()
    place = page.evaluate("chosen.place")
    assert place != wanted["place"]
    _, x0, top, *_ = page.evaluate("(place) => cellOf(place.table, place.row, place.column).at[0]", place)
    scale = page.evaluate("view.scale")
    assert box["x"] - frame["x"] == pytest.approx(x0 * scale, abs=1)
    assert box["y"] - frame["y"] == pytest.approx(top * scale, abs=1)


def test_filters_tell_severities_apart(page):
    shown = page.locator("#findings li")
    both = shown.count()
    page.get_by_role("checkbox", name="Peringatan").uncheck()
    errors = shown.count()
    page.get_by_role("checkbox", name="Info").check()
    assert 0 < errors < both
    assert shown.count() > errors


def test_what_is_no_number_is_refused_and_esc_leaves_the_value(page):
    page.keyboard.press("Enter")
    chosen = page.locator("#tables td[aria-selected=true]")
    page.keyboard.type("1,234,567")
    page.keyboard.press("Enter")
    assert "Tulis seperti" in chosen.locator(".reads").inner_text()
    page.keyboard.press("Escape")
    assert chosen.locator("textarea").count() == 0
    assert page.evaluate("state.corrections.size") == 0


def test_another_reading_is_taken_with_one_click_and_keeps_its_unit(page):
    place = page.evaluate("""() => {
        const finding = DATA.findings.find((f) => {
            const at = cellOfFinding(f);
            const quantity = at && columnOf(at.table, at.column).kind === "kuantitas";
            return quantity && cellOf(at.table, at.row, at.column).others;
        });
        const at = cellOfFinding(finding);
        Object.assign(cellOf(at.table, at.row, at.column), {v: "1,016 orang", others: ["1016"]});
        chooseFinding(finding);
        return at;
    }""")
    page.get_by_role("button", name="Pakai 1.016").click()
    assert page.evaluate("(at) => valueOf(at.table, at.row, at.column)", place) == "1.016 orang"


TYPED = {
    "1.234.567": "1234567",
    "Rp 1.234.567,50": "1234567.5",
    "1234567": "1234567",
    "-1.000": "-1000",
    "007": "7",
    "2.500.000,-": "2500000",
    "": "",
    "-": "",
    "99999999999999999": "99999999999999999",
}
REFUSED = ("1,234,567", "1.23.456", "1.234,567", "1,2,3", "12a", "1e9", "=1+1", "1.234.", "10%")


def test_typed_amounts_are_read_in_indonesian_notation_or_refused(page):
    read = "(texts) => texts.map((text) => readTyped(text, 'rupiah'))"
    assert page.evaluate(read, list(TYPED)) == [{"plain": plain} for plain in TYPED.values()]
    assert all(set(found) == {"problem"} for found in page.evaluate(read, list(REFUSED)))
    shown = [plain for plain in TYPED.values() if plain]
    assert page.evaluate("(plains) => plains.map((p) => readTyped(showNumber(p), 'rupiah').plain)", shown) == shown


def test_a_closed_tab_loses_nothing(page):
    correct_chosen(page, "1.234.567,5")
    page.keyboard.press("j")
    page.keyboard.press("b")
    before = page.locator("#progress").inner_text()
    page.reload()
    assert page.locator("#progress").inner_text() == before
    assert page.evaluate("[...state.corrections.values()].map((c) => c.after)") == ["1234567.5"]


def test_corrections_reach_workbook_and_csv_and_only_them(page, folder, tmp_path, capsys):
    before = {path.name: path.read_bytes() for path in folder.glob("tabel_*.csv")}
    page.get_by_label("Nama pemeriksa").fill("Siti Rahma")
    page.locator("#findings button").first.click()
    correct_chosen(page, "1.234.567,5")
    page.get_by_label("Alasan").fill("menurut DPA")
    page.get_by_label("Alasan").blur()
    page.locator("#findings button").nth(1).click()
    page.keyboard.press("b")
    file = tmp_path / "koreksi-unduhan.json"
    said = export(page, file)
    (made,) = said["corrections"]
    assert (made["after"], made["who"], made["why"]) == ("1234567.5", "Siti Rahma", "menurut DPA")

    assert run(["apply", str(file), str(folder)]) == ExitCode.OK
    assert "corrected values: 1, judged findings: 1" in capsys.readouterr().out
    name = f"tabel_{made['table']}.csv"
    changed = [
        (number, key, row[key])
        for number, (row, old) in enumerate(
            zip(rows_of(folder, name), csv.DictReader(io.StringIO(before[name].decode())), strict=True), start=1
        )
        for key in row
        if row[key] != old[key] and key != "keyakinan"
    ]
    assert changed == [(made["row"], made["column"], "1234567.5")]
    for other, data in before.items():
        assert other == name or (folder / other).read_bytes() == data

    reports = [row for row in rows_of(folder, "temuan.csv") if row["code"] == "RJ-FIX-004"]
    assert [(row["row"], row["value"]) for row in reports] == [(str(made["row"]), "1234567.5")]
    book = load_workbook(folder.with_suffix(".xlsx"))
    heads = [cell.value for cell in book["Periksa"][3]]
    listed = [dict(zip(heads, row, strict=True)) for row in book["Periksa"].iter_rows(min_row=4, values_only=True)]
    (corrected,) = (row for row in listed if row["Status"] == "Diperbaiki")
    assert (corrected["Oleh"], corrected["Alasan / catatan"]) == ("Siti Rahma", "menurut DPA")
    assert corrected["Waktu"][:2] == "20"
    assert sum(row["Status"] == "Benar" for row in listed) == 1
    sheet = {cell.value for row in book["II.1"].iter_rows() for cell in row}
    assert 1234567.5 in sheet

    once = {path.name: path.read_bytes() for path in folder.iterdir()} | {
        "xlsx": folder.with_suffix(".xlsx").read_bytes()
    }
    assert run(["apply", str(file), str(folder)]) == ExitCode.OK
    again = {path.name: path.read_bytes() for path in folder.iterdir()} | {
        "xlsx": folder.with_suffix(".xlsx").read_bytes()
    }
    assert again == once


def test_a_page_written_again_shows_the_corrections_already_made(page, folder, browser, tmp_path):
    page.get_by_label("Nama pemeriksa").fill("Siti")
    page.locator("#findings button").first.click()
    correct_chosen(page, "77")
    file = tmp_path / "koreksi.json"
    export(page, file)
    assert run(["apply", str(file), str(folder)]) == ExitCode.OK
    assert run(["review", str(folder), "--source", str(SAMPLE)]) == ExitCode.OK
    fresh = browser.new_page()
    fresh.goto((folder / "periksa.html").as_uri())
    assert "1 koreksi" in fresh.locator("#progress").inner_text()
    fresh.close()


def axe_script(tmp_path: Path) -> str:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed; axe-core is fetched with it")
    fetched = subprocess.run(["npm", "pack", "axe-core@4"], cwd=tmp_path, capture_output=True, timeout=120, check=False)
    if fetched.returncode:
        pytest.skip("axe-core cannot be fetched with npm here")
    shutil.unpack_archive(next(tmp_path.glob("axe-core-*.tgz")), tmp_path)
    return (tmp_path / "package" / "axe.min.js").read_text()


def test_axe_finds_nothing_serious(browser, folder, tmp_path):
    script = axe_script(tmp_path)
    # The page's own policy runs no foreign script, so the checker needs it lifted.
    context = browser.new_context(viewport=WINDOW, bypass_csp=True, reduced_motion="reduce")
    opened = context.new_page()
    opened.goto((folder / "periksa.html").as_uri())
    opened.evaluate(script)
    steps = {
        "start": lambda: None,
        "all findings": lambda: opened.get_by_role("checkbox", name="Info").check(),
        "corrected": lambda: (opened.locator("#findings button").first.click(), correct_chosen(opened, "77")),
        "editing": lambda: (opened.locator("#findings button").nth(1).click(), opened.keyboard.press("Enter")),
        "help": lambda: (opened.keyboard.press("Escape"), opened.keyboard.press("?")),
    }
    serious = {}
    for name, act in steps.items():
        act()
        for found in opened.evaluate("axe.run()")["violations"]:
            if found["impact"] in ("serious", "critical"):
                serious[name, found["id"]] = [node["html"][:200] for node in found["nodes"][:3]]
    context.close()
    assert serious == {}


def many_pages(converted: Path) -> bytes:
    """Repeat the sample's tables and pictures until they fill :data:`MANY_PAGES` pages."""
    reading = read_record(converted / RECORD_FILE)
    document = reading.document
    last = max(page.number for page in document.pages)
    tables, findings, images = [], [], []
    pictures = list(render_page_images(SAMPLE, (PagePose(number) for number in range(1, last + 1))))
    for copy in range(-(-MANY_PAGES // last)):
        shift = copy * last
        images += [replace(picture, number=picture.number + shift) for picture in pictures]
        tables += [replace(shifted(table, shift), ordinal=copy + 1) for table in document.tables]
        findings += [replace(f, page=f.page + shift if f.page else None) for f in reading.findings]
    whole = replace(document, tables=tuple(tables))
    conversion = Conversion(whole, tuple(findings), reading.source, reading.run)
    kept: list[PageImage] = [image for image in images if image.number <= MANY_PAGES]
    return render_review(reading_of(conversion, OutputOptions()), kept)


def shifted(table, pages: int):
    def moved(value):
        return replace(value, sources=tuple(replace(source, page=source.page + pages) for source in value.sources))

    records = tuple(
        replace(r, page=r.page + pages, values={key: moved(value) for key, value in r.values.items()})
        for r in table.records
    )
    return replace(table, records=records, pages=tuple(page + pages for page in table.pages))


def test_a_hundred_and_thirty_pages_load_in_two_seconds(browser, converted, tmp_path):
    path = tmp_path / "periksa.html"
    path.write_bytes(many_pages(converted))
    loads, steps = [], []
    for _ in range(3):
        opened = browser.new_page(viewport=WINDOW)
        started = time.perf_counter()
        opened.goto(path.as_uri())
        opened.evaluate("document.getElementById('image').decode()")
        loads.append(time.perf_counter() - started)
        for _ in range(10):
            started = time.perf_counter()
            opened.keyboard.press("j")
            opened.evaluate("document.getElementById('image').decode()")
            steps.append(time.perf_counter() - started)
        opened.close()
    assert statistics.median(loads) < LOAD_SECONDS
    assert statistics.median(steps) < LOAD_SECONDS / 4

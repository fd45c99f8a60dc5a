"""The review page is one inert file that says exactly what was read."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from decimal import Decimal

from documents import conversion, document, finding, plan_records, plan_table, record, text
from hypothesis import given
from hypothesis import strategies as st

from export.file_names import RECORD_FILE
from export.options import OutputOptions
from export.outputs import reading_of, render_outputs
from export.review.data import pages_to_show, review_data
from export.review.page import embedded_json, render_review
from export.review.record_file import Reading, read_record, record_chunks
from extract.page_image import PageImage
from normalize.model import Tingkat, Value

PICTURE = PageImage(3, 612.0, 936.0, b"RIFF-a-picture")


def reading(*tables, findings=()) -> Reading:
    return reading_of(conversion(*tables, findings=findings), OutputOptions())


def data_of(page: bytes):
    return json.loads(
        re.search(r'<script type="application/json" id="data">(.*?)</script>', page.decode(), re.DOTALL)[1]
    )


@given(st.text())
def test_no_text_ends_the_data_block_and_all_of_it_comes_back(said):
    block = embedded_json({"said": said})
    assert not set("<>&") & set(block)
    assert json.loads(block)["said"] == re.sub("[\ud800-\udfff]", "\ufffd", said)


def test_hostile_texts_stay_texts():
    hostile = "</script><script>alert(1)</script> {{script}} <!-- =HYPERLINK(1)"
    page = render_review(reading(plan_table((record(Tingkat.PROGRAM, hostile),))), [PICTURE])
    assert data_of(page)["tables"][0]["records"][0]["cells"][2]["v"] == hostile
    assert page.decode().count("</script>") == 3  # data, picture, script


def test_the_page_names_no_other_file_and_runs_only_its_own_script():
    page = render_review(reading(), [PICTURE]).decode()
    assert not re.search(r'(?:src|href)="(?!data:)|https?://|@import|url\(', page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_every_value_its_print_and_its_boxes_are_on_the_page():
    table = data_of(render_review(reading(), [PICTURE]))["tables"][0]
    assert len(table["records"]) == len(plan_records())
    first = table["records"][0]["cells"]
    assert first[4] == {"v": "300.5", "raw": "300,5", "at": [[3, 10.0, 20.0, 110.0, 32.5]]}
    assert first[0] == 0


def test_a_finding_points_at_its_cell_and_pages_with_findings_are_shown():
    doubt = finding(page=5, bbox=None)
    (shown,) = data_of(render_review(reading(findings=(doubt,)), [PICTURE]))["findings"]
    assert (shown["table"], shown["row"], shown["column"]) == (0, 1, 6)
    assert pages_to_show(document(), (doubt,)) == (3, 4, 5)


def test_the_picture_is_carried_as_it_was_given():
    page = render_review(reading(), [PICTURE]).decode()
    block = re.search(r'<script type="application/octet-stream;base64" id="gambar-3">(.*?)</script>', page)[1]
    assert base64.b64decode(block) == PICTURE.webp


def test_equal_readings_give_equal_pages():
    assert render_review(reading(), [PICTURE]) == render_review(reading(), [PICTURE])


def test_pictures_make_a_review_page_among_the_outputs():
    files = render_outputs(replace(conversion(), pictures=(PICTURE,)), "renja", OutputOptions())
    assert "renja/periksa.html" in json.loads(files["renja/manifest.json"])["files"]
    assert "renja/periksa.html" not in render_outputs(conversion(), "renja", OutputOptions())


def test_a_record_comes_back_as_it_was_written(tmp_path):
    doubted = Value("66,1", "66,1", Decimal("66.1"), confidence=0.5, alternatives=(Decimal(66100),))
    records = (*plan_records(), record(Tingkat.PROGRAM, "P", pagu_indikatif=doubted, kode=text("1.02")))
    written = reading(plan_table(records), plan_table(ordinal=2), findings=(finding(), finding(bbox=None, row=None)))
    path = tmp_path / RECORD_FILE
    path.write_bytes(b"".join(record_chunks(written)))
    again = read_record(path)
    assert again.fingerprint == written.fingerprint
    assert list(record_chunks(again)) == list(record_chunks(written))
    assert review_data(again, [PICTURE]) == review_data(written, [PICTURE])
    assert again.document.tables[0].records[-1].values == records[-1].values | {
        key: replace(value, sources=again.document.tables[0].records[-1].get(key).sources)
        for key, value in records[-1].values.items()
    }

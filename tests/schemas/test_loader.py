"""The bundled table kinds, and what the loader says about files it cannot use."""

import re
from pathlib import Path

import pytest

from normalize.form import Kind
from schemas.errors import SchemaError
from schemas.loader import BUNDLED, load_schema, load_schemas
from schemas.render import render_schema, render_schema_list

# The output contract: '#' number, '~' quantity, others text.
CONTRACT = {
    "ii_1": """sasaran no uraian indikator_kinerja target_renstra_k~ target_renstra_satuan target_renstra_rp#
        realisasi_renstra_k~ realisasi_renstra_rp# target_renja_k~ target_renja_rp# triwulan_1_k~ triwulan_1_rp#
        triwulan_2_k~ triwulan_2_rp# triwulan_3_k~ triwulan_3_rp# triwulan_4_k~ triwulan_4_rp# realisasi_renja_k~
        realisasi_renja_rp# realisasi_renstra_akhir_k~ realisasi_renstra_akhir_rp# tingkat_capaian_k#
        tingkat_capaian_rp# penanggung_jawab""",
    "ii_1_tc29": """kode uraian indikator_kinerja target_renstra~ realisasi_sd_tahun_lalu~ target_renja~
        realisasi_renja~ tingkat_realisasi# target_renja_berjalan~ perkiraan_realisasi~ perkiraan_tingkat_capaian#""",
    "ii_2": """no indikator spm_standar_nasional ikk iku satuan target_{tahun}~ realisasi_{tahun}~ proyeksi_{tahun}~
        catatan_analisis""",
    "ii_3": """no awal_uraian awal_lokasi awal_indikator awal_target~ awal_pagu# hasil_uraian hasil_lokasi
        hasil_indikator hasil_target~ hasil_kebutuhan_dana# catatan_penting""",
    "ii_4a_1": """no kegiatan_prioritas lokasi indikator_kinerja volume~ kegiatan_renja pagu_indikatif#
        catatan_penting""",
    "ii_4a_2": """no kegiatan_prioritas pengusul_lokasi indikator_kinerja volume~ kegiatan_renja pagu_indikatif#
        catatan_penting""",
    "ii_4b": "no uraian lokasi indikator_kinerja besaran_volume~ catatan",
    "iii_1": """no kode uraian indikator_kinerja lokasi target_capaian~ satuan pagu_indikatif# sumber_dana
        catatan_penting prakiraan_target~ prakiraan_pagu#""",
    "iv_1": """kode_rekening uraian prioritas_daerah capaian_program_tolok_ukur capaian_program_target~
        keluaran_tolok_ukur keluaran_target~ hasil_tolok_ukur hasil_target~ dana_indikatif# prakiraan_maju#""",
    "iv_2": """no prioritas_nasional proyek_prioritas output_kl program_kl kegiatan_kl target usulan_pagu# provinsi
        kab_kota keterangan""",
    "lampiran": """no kode uraian indikator target_akhir_renstra realisasi_{tahun} prakiraan_{tahun} target_{tahun}~
        pagu_indikatif# lokasi sumber_dana prioritas_nasional prioritas_daerah kelompok_sasaran prakiraan_target~
        prakiraan_pagu# penanggung_jawab""",
}

MINIMAL = """
name: sumber_dana
title: Rekapitulasi Sumber Dana
captions: ['\\brekapitulasi sumber dana\\b']
number_column: no
fields:
  - name: no
    title: No
    kind: teks
    headers: [No]
  - name: nama
    title: Nama
    kind: teks
    headers: [Program, [Uraian, [Nama, Uraian]]]
  - name: pagu
    title: Pagu (Rp)
    type: number
    kind: rupiah
    headers: [Pagu]
"""


def _mark(kind: Kind) -> str:
    return "#" if kind.is_number else "~" if kind is Kind.KUANTITAS else ""


CHANGED_PLAN = {"target_sebelum", "pagu_sebelum", "selisih_pagu", "dana_sebelum"}
"""Columns beyond the contract that only a Perubahan Renja prints."""


@pytest.mark.parametrize("key", CONTRACT)
def test_each_kind_declares_the_contract_columns_in_order(key: str) -> None:
    columns = [column for column in load_schemas()[key].form.columns if column.key not in CHANGED_PLAN]
    declared = [column.key + _mark(column.kind) for column in columns]
    assert declared == CONTRACT[key].split()


def test_no_kind_is_bundled_beyond_the_contract() -> None:
    assert set(load_schemas()) == set(CONTRACT)


def test_columns_that_only_some_prints_of_t_c_33_have_are_optional() -> None:
    optional = {column.key for column in load_schemas()["iii_1"].form.columns if column.optional}
    assert optional == {"kode", "satuan", "catatan_penting", "prakiraan_target", "prakiraan_pagu"} | CHANGED_PLAN - {
        "dana_sebelum"
    }


@pytest.mark.parametrize(
    ("caption", "keys"),
    [
        ("tabel ii.1", {"ii_1", "ii_1_tc29"}),
        ("tabel 2.1 evaluasi hasil renja", {"ii_1", "ii_1_tc29"}),
        ("formulir e.81", {"ii_1"}),
        ("tabel e. 81", {"ii_1"}),
        ("tabel t-c.29", {"ii_1_tc29"}),
        ("tabel t-c. 29.", {"ii_1_tc29"}),
        ("tabel t-c 30", {"ii_2"}),
        ("tabel. t-c. 31.", {"ii_3"}),
        ("tabel ii.4.a.1", {"ii_4a_1"}),
        ("tabel ii.4a.2", {"ii_4a_2"}),
        ("tabel ii.4.b", {"ii_4b"}),
        ("tabel ii.4b", {"ii_4b"}),
        ("tabel t-c.33", {"iii_1"}),
        ("lanjutan tabel iii.1", {"iii_1"}),
        ("tabel 3.1", {"iii_1"}),
        ("tabel iv. 2", {"iv_2"}),
        ("penetapan rencana kerja organisasi perangkat daerah (renja opd)", {"lampiran"}),
        ("tabel 2.1.1", set()),
        ("tabel t-c. 23.", set()),
        ("tabel ii.14", set()),
    ],
)
def test_a_caption_points_to_its_kinds(caption: str, keys: set[str]) -> None:
    found = {
        key
        for key, schema in load_schemas().items()
        if any(re.search(pattern, caption) for pattern in schema.form.captions)
    }
    assert found == keys


def test_e_81_headers_cover_the_split_of_volume_and_satuan() -> None:
    columns = {column.key: column for column in load_schemas()["ii_1"].form.columns}
    leaves = {path[-1] for path in columns["target_renstra_k"].headers}
    assert {"K", "Volume"} <= leaves
    assert columns["target_renstra_satuan"].unlabelled_after == "target_renstra_k"
    assert ("Realisasi Kinerja Pada Triwulan", "II", "Rp") in columns["triwulan_2_rp"].headers


def test_a_kind_is_added_by_a_yaml_file_alone(tmp_path: Path) -> None:
    (tmp_path / "sumber_dana.yaml").write_text(MINIMAL, encoding="utf-8")
    schemas = load_schemas(tmp_path)
    form = schemas["sumber_dana"].form
    assert [column.key for column in form.columns] == ["no", "nama", "pagu"]
    assert form.columns[1].headers == (("Program",), ("Uraian", "Nama"), ("Uraian", "Uraian"))
    assert set(CONTRACT) < set(schemas)


def test_a_users_file_replaces_the_bundled_kind_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(MINIMAL.replace("name: sumber_dana", "name: iii_1"), encoding="utf-8")
    schemas = load_schemas(tmp_path)
    assert schemas["iii_1"].source == tmp_path / "mine.yaml"
    assert len(schemas) == len(CONTRACT)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "bom.yaml").write_bytes(b"\xef\xbb\xbf" + MINIMAL.encode())
    assert load_schema(tmp_path / "bom.yaml").key == "sumber_dana"


@pytest.mark.parametrize(
    ("old", "new", "path", "remedy"),
    [
        ("kind: rupiah", "kind: rupia", "fields[2].kind", "rupiah, persen"),
        ("type: number", "type: string", "fields[2].type", "type: number"),
        ("headers: [Pagu]", "header: [Pagu]", "fields[2]", "headers"),
        ("headers: [Pagu]", "headers: Pagu", "fields[2].headers", "list"),
        ("headers: [Pagu]", "headers: [[]]", "fields[2].headers[0]", "outermost first"),
        ("    headers: [Pagu]\n", "", "fields[2]", "add 'headers:'"),
        ("name: pagu", "name: no", "fields[2].name", "rename"),
        ("name: pagu", "name: Pagu Indikatif", "fields[2].name", "lower-case"),
        ("name: pagu", "name: x_pagu", "fields[2].name", "another column name"),
        ("name: pagu", "name: tingkat", "fields[2].name", "another column name"),
        ("name: sumber_dana", "name: Sumber", "name", "lower-case"),
        ("title: Rekapitulasi Sumber Dana\n", "", "title", "add 'title: ...'"),
        ("number_column: no", "number_column: nomor", "number_column", "name a column"),
        ("'\\brekapitulasi sumber dana\\b'", "'(rekap'", "captions[0]", "correct the pattern"),
        ("kind: teks", "kind: teks\n    optional: maybe", "fields[0].optional", "true or false"),
        ("fields:", "columns:", "columns", "fields"),
        ("title: No", "title: [No", "line", "correct that line"),
    ],
)
def test_a_malformed_file_is_refused_with_file_place_and_remedy(
    tmp_path: Path, old: str, new: str, path: str, remedy: str
) -> None:
    assert old in MINIMAL
    source = tmp_path / "salah.yaml"
    source.write_text(MINIMAL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schemas(tmp_path)
    message = str(caught.value)
    assert str(source) in message
    assert path in message
    assert remedy in f"{message} {caught.value.remedy}".lower()


def test_two_files_with_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yml"):
        (tmp_path / name).write_text(MINIMAL, encoding="utf-8")
    with pytest.raises(SchemaError, match=r"b\.yml: name: 'sumber_dana' is already declared in a\.yaml"):
        load_schemas(tmp_path)


@pytest.mark.parametrize(
    ("content", "problem"), [(b"- satu\n", "expected keys"), (b"\xff\xfe\x00", "not UTF-8"), (b"", "expected keys")]
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    with pytest.raises(SchemaError, match=problem):
        load_schemas(tmp_path)


def test_a_missing_schema_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="does not exist"):
        load_schemas(tmp_path / "tiada")


def test_every_bundled_file_is_loaded() -> None:
    assert {schema.source for schema in load_schemas().values()} == set(BUNDLED.glob("*.yaml"))


def test_the_list_names_every_kind_and_show_names_every_column() -> None:
    schemas = load_schemas()
    listed = render_schema_list(schemas)
    assert [line.split()[0] for line in listed.splitlines()] == list(schemas)
    for schema in schemas.values():
        shown = render_schema(schema)
        assert all(column.key in shown for column in schema.form.columns)
    assert "realisasi_renja_rp = triwulan_1_rp + triwulan_2_rp" in render_schema(schemas["ii_1"])
    assert "rows equal table iv_1: pagu_indikatif = dana_indikatif" in render_schema(schemas["iii_1"])


def test_the_example_of_the_readme_is_a_usable_schema(tmp_path: Path) -> None:
    example = (BUNDLED / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (tmp_path / "contoh.yaml").write_text(example, encoding="utf-8")
    schema = load_schemas(tmp_path)["sumber_dana"]
    assert ("Sumber Dana", "DAU Bebas") in schema.form.columns[3].headers
    assert str(schema.rules.formulas[0].formula) == "pagu = dau + dak"

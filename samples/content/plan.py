"""A fictitious agency's annual plan: the hierarchy of the nomenclature with money that adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

NOMENKLATUR = Path(__file__).with_name("nomenklatur.yaml")

URUSAN_NAMES = {
    "1": "URUSAN PEMERINTAHAN WAJIB YANG BERKAITAN DENGAN PELAYANAN DASAR",
    "2": "URUSAN PEMERINTAHAN WAJIB YANG TIDAK BERKAITAN DENGAN PELAYANAN DASAR",
    "3": "URUSAN PEMERINTAHAN PILIHAN",
    "5": "UNSUR PENUNJANG URUSAN PEMERINTAHAN",
    "7": "UNSUR KEWILAYAHAN",
}

REGIONS = (
    "Kabupaten Sukamaju",
    "Kota Tirtasari",
    "Kabupaten Harapan Jaya",
    "Kota Bumirejo",
    "Kabupaten Lembah Hijau",
    "Kabupaten Pulau Senja",
)
"""Invented: no such kabupaten or kota exists."""

DISTRICTS = ("Cempaka", "Melati Timur", "Sumber Rejeki", "Karang Indah", "Batu Putih", "Rawa Kencana")
VILLAGES = ("Sukaresmi", "Padang Ilalang", "Tegal Asri", "Muara Bening", "Bukit Damar", "Kampung Lama")

AGENCIES = {
    "pendidikan": ("1.01", "Dinas Pendidikan"),
    "kesehatan": ("1.02", "Dinas Kesehatan"),
    "satpol": ("1.05", "Satuan Polisi Pamong Praja"),
    "lingkungan": ("2.11", "Dinas Lingkungan Hidup"),
    "pertanian": ("3.27", "Dinas Pertanian"),
    "bappeda": ("5.01", "Badan Perencanaan Pembangunan Daerah"),
    "kecamatan": ("7.01", "Kecamatan Cempaka"),
}
"""Kinds of agency with the code of their bidang urusan."""

FUNDS = ("DAU", "DAU Bebas", "PAD", "DAK Nonfisik", "DBH CHT", "Insentif Fiskal")
SMALLEST_PAGU = 4_000_000
LARGEST_PAGU = 900_000_000
SALARY_PAGU = 6_400_000_000
GROWTH_PERCENT = (105, 110, 112)
"""Usual growth of the forward estimate over the plan year."""


@dataclass(frozen=True, slots=True)
class Indikator:
    """An indicator with its target, as printed."""

    nama: str
    target: str
    target_maju: str


@dataclass(frozen=True, slots=True)
class SubKegiatan:
    """The lowest level; money in whole rupiah."""

    kode: str
    nama: str
    indikator: Indikator
    volume: int
    satuan: str
    pagu: int
    pagu_maju: int
    sumber_dana: str
    lokasi: str


@dataclass(frozen=True, slots=True)
class Kegiatan:
    """A kegiatan; its money is the sum of its sub kegiatan."""

    kode: str
    nama: str
    indikator: Indikator
    sub: tuple[SubKegiatan, ...]

    @property
    def pagu(self) -> int:
        """Plan year, rupiah."""
        return sum(item.pagu for item in self.sub)

    @property
    def pagu_maju(self) -> int:
        """Year after, rupiah."""
        return sum(item.pagu_maju for item in self.sub)


@dataclass(frozen=True, slots=True)
class Program:
    """A program with one or two outcome indicators."""

    kode: str
    nama: str
    indikator: tuple[Indikator, ...]
    kegiatan: tuple[Kegiatan, ...]

    @property
    def pagu(self) -> int:
        """Plan year, rupiah."""
        return sum(item.pagu for item in self.kegiatan)

    @property
    def pagu_maju(self) -> int:
        """Year after, rupiah."""
        return sum(item.pagu_maju for item in self.kegiatan)


@dataclass(frozen=True, slots=True)
class Plan:
    """One agency, one year."""

    perangkat_daerah: str
    daerah: str
    tahun: int
    kode_urusan: str
    nama_urusan: str
    kode_bidang: str
    nama_bidang: str
    program: tuple[Program, ...]

    @property
    def pagu(self) -> int:
        """Plan year, rupiah."""
        return sum(item.pagu for item in self.program)

    @property
    def pagu_maju(self) -> int:
        """Year after, rupiah."""
        return sum(item.pagu_maju for item in self.program)

    def sub_kegiatan(self) -> Iterator[SubKegiatan]:
        """Yield every sub kegiatan in order."""
        for program in self.program:
            for kegiatan in program.kegiatan:
                yield from kegiatan.sub


def make_plan(random: Random, agency: str, tahun: int, *, programs: int = 3, kegiatan: int = 2, sub: int = 2) -> Plan:
    """Draw a plan of at most so many programs, kegiatan a program and sub kegiatan a kegiatan."""
    kode_bidang, nama = AGENCIES[agency]
    urusan, bidang = kode_bidang.split(".")
    penunjang, own = _nomenclature("X", "XX"), _nomenclature(urusan, bidang)
    chosen = [*penunjang["program"], *own["program"]][:programs]
    daerah = random.choice(REGIONS)
    return Plan(
        perangkat_daerah=nama,
        daerah=daerah,
        tahun=tahun,
        kode_urusan=urusan,
        nama_urusan=URUSAN_NAMES[urusan],
        kode_bidang=kode_bidang,
        nama_bidang=_clean_bidang(own["nama"]),
        program=tuple(_program(random, kode_bidang, raw, kegiatan, sub, nama, daerah) for raw in chosen),
    )


@cache
def _load() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(NOMENKLATUR.read_text(encoding="utf-8"))
    return loaded


def _nomenclature(urusan: str, bidang: str) -> dict[str, Any]:
    return next(entry for entry in _load() if entry["urusan"] == urusan and entry["bidang"] == bidang)


def _clean_bidang(name: str) -> str:
    return name if name.startswith("URUSAN") else f"UNSUR {name}"


def _program(
    random: Random, bidang: str, raw: dict[str, Any], kegiatan: int, sub: int, agency: str, daerah: str
) -> Program:
    kode = f"{bidang}.{raw['kode']:02d}"
    support = raw["kode"] == 1
    indicators = [("Nilai Evaluasi AKIP oleh Inspektorat", "BB", "A")] if support else []
    if support and random.random() < 0.6:
        indicators.append(("Nilai Indeks Kepuasan Masyarakat (IKM)", "86,5", "87"))
    if not support:
        topic = raw["nama"].removeprefix("PROGRAM ").capitalize()
        first = random.randint(55, 90)
        indicators.append((f"Persentase capaian sasaran {topic.lower()}", f"{first}%", f"{first + 2}%"))
        if random.random() < 0.35:
            second = random.randint(101, 999) / 100
            indicators.append(
                ("Tingkat kepuasan penerima layanan", f"{second:.2f}%".replace(".", ","), f"{int(second) + 1}%")
            )
    chosen = (
        raw["kegiatan"][:kegiatan] if support else random.sample(raw["kegiatan"], min(kegiatan, len(raw["kegiatan"])))
    )
    chosen.sort(key=lambda entry: entry["kode"])
    return Program(
        kode=kode,
        nama=raw["nama"],
        indikator=tuple(Indikator(*entry) for entry in indicators),
        kegiatan=tuple(_kegiatan(random, kode, entry, sub, agency, daerah) for entry in chosen),
    )


def _kegiatan(random: Random, program: str, raw: dict[str, Any], sub: int, agency: str, daerah: str) -> Kegiatan:
    kode = f"{program}.{raw['kode']}"
    target = random.choice(("80%", "100%", "92,5%", "75 persen"))
    return Kegiatan(
        kode=kode,
        nama=raw["nama"],
        indikator=Indikator(f"Persentase terlaksananya {raw['nama'].lower()}", target, "100%"),
        sub=tuple(
            _sub_kegiatan(random, kode, entry, agency, daerah) for entry in raw["sub"][: max(1, random.randint(1, sub))]
        ),
    )


def _sub_kegiatan(random: Random, kegiatan: str, raw: dict[str, Any], agency: str, daerah: str) -> SubKegiatan:
    volume = random.choice((1, 2, 3, 4, 8, 12, 15, 24, 37, 120, 1250))
    satuan = raw["satuan"].lower()
    if "Gaji" in raw["nama"]:
        pagu = random.randint(SALARY_PAGU // 4, SALARY_PAGU)
    else:
        pagu = random.randint(SMALLEST_PAGU, LARGEST_PAGU) // 50 * 50
        if random.random() < 0.06:
            pagu = 0
    maju = pagu * random.choice(GROWTH_PERCENT) // 100 if pagu else random.randint(1, 90) * 500_000
    printed = f"{volume:,}".replace(",", ".")
    return SubKegiatan(
        kode=f"{kegiatan}.{raw['kode']:04d}",
        nama=raw["nama"],
        indikator=Indikator(raw["indikator"], f"{printed} {satuan}", f"{printed} {satuan}"),
        volume=volume,
        satuan=satuan,
        pagu=pagu,
        pagu_maju=maju,
        sumber_dana=random.choice(FUNDS),
        lokasi=random.choice(
            (agency, daerah, f"Kecamatan {random.choice(DISTRICTS)}", f"Desa {random.choice(VILLAGES)}")
        ),
    )

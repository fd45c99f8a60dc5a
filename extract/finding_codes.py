"""The catalogue of findings: for every code how much it matters, what it says and what a planner should do.

Codes are stable: a code is never given another meaning, a dropped one is never used again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from extract.findings import Finding, Severity
from extract.model import BBox

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

_COMPARE = "Bandingkan dengan PDF"
_KEPT = "Cocokkan dengan dokumen asli; nilai tercetak dipertahankan"
_ALIGN = "Samakan kedua tabel pada dokumen asli"
_NOTHING = "Tidak perlu tindakan"


@dataclass(frozen=True, slots=True)
class FindingCode:
    """One entry of the catalogue; title and remedy are Indonesian, for planners."""

    code: str
    severity: Severity
    title: str
    remedy: str


_ENTRIES = (
    # Files and pages.
    FindingCode("RJ-PDF-001", _E, "Halaman gagal dibaca", "Buka halaman itu di PDF dan salin datanya secara manual"),
    FindingCode("RJ-PDF-002", _E, "Halaman melampaui batas aman", "Naikkan batasnya bila berkas ini tepercaya"),
    FindingCode("RJ-PDF-003", _W, "Lapisan teks halaman tidak dapat dipercaya", "Periksa hasil pengenalan gambarnya"),
    FindingCode("RJ-PDF-004", _W, "Berkas dibatasi oleh pemiliknya", "Pastikan Anda berhak menyalin isinya"),
    FindingCode("RJ-PDF-005", _I, "Teks tak terlihat atau tanda air diabaikan", _NOTHING),
    FindingCode("RJ-PDF-006", _I, "Huruf ganda (tebal semu) digabung", _NOTHING),
    FindingCode("RJ-PDF-007", _W, "Pembaca PDF kedua melihat isi lain pada sel ini", _COMPARE),
    # Recognition of scans.
    FindingCode("RJ-OCR-001", _W, "Teks hasil pindai kurang jelas terbaca", "Bandingkan dengan gambar halaman"),
    FindingCode("RJ-OCR-002", _E, "Sel bertinta tetapi tidak terbaca", "Isi dari gambar halaman"),
    FindingCode(
        "RJ-OCR-004", _W, "Pemisah angka hasil pindai tidak terbaca jelas; angkanya dipertahankan", _COMPARE
    ),
    FindingCode("RJ-OCR-003", _E, "Mesin pengenal teks tidak tersedia", "Pasang tambahan 'ocr', lalu ulangi"),
    # Structure of tables.
    FindingCode("RJ-TAB-001", _W, "Kolom tercetak tidak dikenal", "Isinya ada di kolom berawalan x_; periksa artinya"),
    FindingCode("RJ-TAB-002", _W, "Sambungan tabel antarhalaman meragukan", "Periksa baris di sekitar batas halaman"),
    FindingCode("RJ-TAB-003", _W, "Jenis tabel belum pasti", "Periksa judul dan kepala tabel"),
    FindingCode("RJ-TAB-004", _W, "Kolom baku tidak ditemukan di PDF", "Periksa kepala tabel di PDF"),
    FindingCode("RJ-TAB-005", _W, "Arti kepala kolom belum pasti", "Periksa apakah isi kolom sesuai judulnya"),
    FindingCode("RJ-TAB-006", _W, "Penggabungan baris antarhalaman belum pasti", "Periksa kedua bagian baris"),
    FindingCode("RJ-TAB-007", _I, "Tabel tidak termasuk jenis yang dikenal", "Lihat daftar tabel lain"),
    FindingCode("RJ-TAB-008", _W, "Kata pada halaman tabel tidak masuk sel mana pun", "Lihat sisa.csv"),
    FindingCode("RJ-TAB-009", _W, "Tingkat baris belum pasti", "Periksa tingkat baris itu"),
    FindingCode("RJ-TAB-010", _W, "Kepala kolom salah terbaca, artinya ditebak", "Bandingkan judul kolom dengan PDF"),
    FindingCode("RJ-TAB-011", _W, "Kolom baku kosong, kolom tak dikenal berisi angka", "Pindahkan isinya bila sesuai"),
    FindingCode("RJ-TAB-012", _W, "Kolom mungkin tertukar: judulnya tidak terbukti", "Bandingkan judul dengan PDF"),
    # Texts.
    FindingCode("RJ-TXT-001", _I, "Kata yang terpotong pindah baris disambung", _NOTHING),
    FindingCode("RJ-TXT-002", _W, "Sambungan kata meragukan", _COMPARE),
    FindingCode("RJ-TXT-003", _W, "Kata hasil pindai salah terbaca dan diperbaiki", "Bandingkan dengan gambar halaman"),
    # Numbers.
    FindingCode("RJ-NUM-001", _E, "Angka terpotong atau pemisahnya salah tempat", "Isi dari dokumen asli"),
    FindingCode("RJ-NUM-002", _E, "Lebih dari satu angka dalam satu sel", "Tentukan dari dokumen asli"),
    FindingCode("RJ-NUM-003", _E, "Teks di tempat angka", "Isi angkanya dari dokumen asli"),
    FindingCode("RJ-NUM-004", _E, "Satuan tidak cocok dengan kolom", "Periksa apakah angka itu milik kolom lain"),
    FindingCode("RJ-NUM-005", _W, "Pemisah ribuan dan desimal bercampur", _COMPARE),
    FindingCode("RJ-NUM-006", _W, "Angka dapat dibaca dua cara", "Pastikan tanda itu pemisah ribuan atau desimal"),
    FindingCode("RJ-NUM-007", _W, "Desimal tidak sesuai cara tulis kolom", _COMPARE),
    FindingCode("RJ-NUM-008", _W, "Angka mungkin terpotong", _COMPARE),
    FindingCode("RJ-NUM-009", _W, "Angka yang terpotong pindah baris disambung", _COMPARE),
    FindingCode("RJ-NUM-010", _W, "Tanda hubung: minus, butir, atau nihil", "Pastikan artinya di dokumen asli"),
    FindingCode("RJ-NUM-011", _W, "Ada kata di samping angka", "Pastikan kata itu tidak mengubah arti angka"),
    FindingCode("RJ-NUM-012", _W, "Angka catatan kaki dipisahkan dari nilai", _COMPARE),
    # Codes.
    FindingCode("RJ-CODE-001", _W, "Kode kegiatan ditulis dengan nol tambahan", "Tulis 2.01, bukan 02.01"),
    FindingCode("RJ-CODE-002", _W, "Ruas kode tercetak terpisah dan disambung", _COMPARE),
    FindingCode("RJ-CODE-003", _W, "Nol di depan ruas kode hilang dan dikembalikan", "Bandingkan dengan nomenklatur"),
    FindingCode("RJ-CODE-004", _E, "Kode tidak ada dalam nomenklatur", "Periksa kode pada daftar nomenklatur resmi"),
    FindingCode("RJ-CODE-005", _W, "Kode edisi lama", "Ganti dengan kode edisi nomenklatur yang berlaku"),
    FindingCode("RJ-CODE-006", _W, "Nama berbeda dari nomenklatur", "Sesuaikan nama, atau periksa kodenya"),
    FindingCode("RJ-CODE-007", _W, "Susunan kode tidak baku", "Periksa penulisan kode"),
    FindingCode("RJ-CODE-008", _W, "Kode tidak berada di bawah kode induknya", "Periksa kode baris itu dan induknya"),
    FindingCode("RJ-CODE-009", _I, "Kode hasil pindai dipulihkan dari susunan kode", _COMPARE),
    # What must hold between figures.
    FindingCode("RJ-CEK-001", _E, "Rumus kolom tidak terpenuhi", _KEPT),
    FindingCode("RJ-CEK-002", _E, "Jumlah rincian tidak sama dengan induknya", _KEPT),
    FindingCode("RJ-CEK-003", _E, "Baris total tidak sama dengan jumlah rinciannya", _KEPT),
    FindingCode("RJ-CEK-004", _E, "Angka yang sama berbeda di dua tabel", _ALIGN),
    FindingCode("RJ-CEK-005", _E, "Total berbeda di dua tabel", _ALIGN),
    FindingCode("RJ-CEK-006", _W, "Baris hanya ada di salah satu tabel", "Pastikan memang tidak dianggarkan"),
    FindingCode("RJ-CEK-007", _W, "Target berbeda di dua tabel", "Samakan target pada dokumen asli"),
    FindingCode("RJ-CEK-008", _W, "Dua belahan tabel memuat nama yang berbeda", "Pastikan perubahannya disengaja"),
    FindingCode("RJ-CEK-009", _W, "Rincian sumber dana tidak sama dengan pagu", "Periksa pembagian sumber dana"),
    FindingCode("RJ-CEK-010", _W, "Rincian target tidak sama dengan targetnya", "Periksa pembagian target"),
    FindingCode("RJ-CEK-011", _W, "Angka dalam narasi berbeda dari tabel", "Samakan narasi dengan tabel"),
    FindingCode("RJ-CEK-012", _W, "Persentase dalam narasi tidak sesuai angkanya", "Hitung ulang persentasenya"),
    FindingCode("RJ-CEK-013", _W, "Jumlah program/kegiatan dalam narasi berbeda", "Samakan narasi dengan tabel"),
    FindingCode("RJ-CEK-014", _I, "Rumus kolom kinerja tidak terpenuhi", "Wajar bila satuannya tidak terjumlahkan"),
    FindingCode("RJ-CEK-015", _W, "Persentase tidak sesuai rumus kolom", "Hitung ulang persentase pada dokumen asli"),
    FindingCode("RJ-CEK-016", _I, "Tabel tercetak dua kali", "Hitung sekali saja saat menjumlahkan"),
    FindingCode("RJ-CEK-017", _W, "Induk kosong padahal rinciannya berisi", "Isi nilai induk pada dokumen asli"),
    FindingCode("RJ-CEK-018", _W, "Pagu berbeda dari sub kegiatan yang ditunjuk", "Periksa pagu pada tabel rencana"),
    FindingCode("RJ-CEK-019", _I, "Angka cocok hanya setelah pembulatan", _NOTHING),
    # Readings settled by arithmetic.
    FindingCode("RJ-FIX-001", _W, "Bacaan meragukan diperbaiki lewat perhitungan", _COMPARE),
    FindingCode("RJ-FIX-002", _I, "Bacaan meragukan dipastikan lewat perhitungan", _NOTHING),
    FindingCode("RJ-FIX-003", _W, "Bacaan meragukan tidak dapat dipastikan", _COMPARE),
    FindingCode("RJ-FIX-004", _I, "Nilai dikoreksi oleh pemeriksa", _NOTHING),
    # Writing files.
    FindingCode("RJ-EXPORT-001", _W, "Angka melebihi ketelitian Excel dan ditulis sebagai teks", "Pakai nilai di CSV"),
    FindingCode("RJ-EXPORT-002", _W, "Teks melebihi batas sel Excel", "Teks lengkap ada di CSV"),
    FindingCode("RJ-EXPORT-003", _I, "Karakter kendali dibuang dari teks", _NOTHING),
    # Reading our own files back, after people worked in them.
    FindingCode("RJ-BACA-001", _E, "Isi sel tidak dapat dibaca sebagai angka", "Ketik angkanya, tanpa huruf"),
    FindingCode("RJ-BACA-002", _W, "Angka disimpan sebagai teks", "Ubah menjadi angka agar ikut terjumlah"),
    FindingCode("RJ-BACA-003", _W, "Tingkat baris kosong atau tidak dikenal", "Isi kolom Tingkat baris itu"),
    FindingCode("RJ-BACA-004", _E, "Rumus tanpa hasil tersimpan", "Buka di Excel atau LibreOffice, lalu simpan"),
    FindingCode("RJ-BACA-005", _W, "Teks berubah menjadi tanggal", "Ketik ulang dengan tanda ' di depannya"),
    FindingCode("RJ-BACA-006", _W, "Kode disimpan sebagai angka", "Ketik ulang sebagai teks; nol di ujung bisa hilang"),
    FindingCode("RJ-BACA-007", _W, "Kolom dihapus dari lembar", "Kembalikan kolom itu bila tidak disengaja"),
    FindingCode("RJ-BACA-008", _E, "Lembar tabel dihapus", "Ambil kembali lembar itu dari hasil konversi"),
    # Plans of several agencies side by side.
    FindingCode("RJ-REKAP-001", _E, "Dua keluaran untuk satu perangkat daerah", "Sisakan satu, atau ubah Dihitung"),
    FindingCode("RJ-REKAP-002", _W, "Perangkat daerah belum ada keluarannya", "Minta dokumennya, lalu konversikan"),
    FindingCode("RJ-REKAP-003", _I, "Nama perangkat daerah tidak persis ada dalam daftar", "Periksa ejaannya"),
    FindingCode("RJ-REKAP-004", _W, "Kode sama, nama berbeda", "Samakan dengan nomenklatur"),
    FindingCode("RJ-REKAP-005", _W, "Bagian yang sama tercetak dua kali, dihitung sekali", "Pastikan memang sama"),
    FindingCode("RJ-REKAP-006", _E, "Jumlah baris tidak sama dengan total dokumen", "Periksa keluarannya"),
    FindingCode("RJ-REKAP-007", _W, "Nama perangkat daerah tidak ditemukan di dokumen", "Isi pada lembar Ringkasan"),
    FindingCode("RJ-REKAP-008", _W, "Tahun rencana tidak sama", "Pastikan tahun dokumennya"),
    FindingCode("RJ-REKAP-009", _E, "Tidak ada tabel rencana (III.1, IV.1, lampiran)", "Periksa dokumennya"),
    FindingCode("RJ-REKAP-010", _E, "Pagu tidak terbaca dan tidak ikut dijumlah", "Isi pada keluarannya, lalu ulangi"),
)  # fmt: skip

CATALOGUE: dict[str, FindingCode] = {entry.code: entry for entry in _ENTRIES}
"""Every code a room may report."""


class Place(TypedDict, total=False):
    """Where a finding is and what stood there: the fields of :class:`Finding` of the same names."""

    page: int | None
    bbox: BBox | None
    table: str
    row: int | None
    column: str
    printed: str
    value: str


def finding(code: str, detail: str = "", *, severity: Severity | None = None, **place: Unpack[Place]) -> Finding:
    """Build a finding from its catalogue entry.

    ``detail`` (Indonesian) says what is particular to this place; ``severity`` replaces the catalogue's. Raises
    ValueError for a code that is not in the catalogue.
    """
    entry = CATALOGUE.get(code)
    if entry is None:
        raise ValueError(f"finding code {code} is not in the catalogue; add it to extract/finding_codes.py")
    said = f"{entry.title}: {detail}" if detail else entry.title
    return Finding(code=code, severity=severity or entry.severity, message=f"{said}. {entry.remedy}.", **place)

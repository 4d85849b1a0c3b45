"""Steps, documents and statements of a lease of Indonesian state property.

Source: PMK 115/PMK.06/2020 and KMK 213/KM.6/2021, as cited in each line.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.domain.fields import Words

STEPS: Final[tuple[Words, ...]] = (
    (
        "Kuasa Pengguna Barang proposes to Pengguna Barang",
        "Kuasa Pengguna Barang mengusulkan kepada Pengguna Barang",
    ),
    (
        (
            "Pengguna Barang proposes to Pengelola Barang: tenant's kind, total and leased area, "
            "period; a study if over five years"
        ),
        (
            "Pengguna Barang mengusulkan kepada Pengelola Barang: kelompok penyewa, luas total dan "
            "luas disewakan, jangka waktu; kajian bila lebih dari lima tahun"
        ),
    ),
    (
        (
            "Pengelola Barang (DJKN, Kanwil or KPKNL) examines, has the rent appraised by a "
            "Penilai, approves"
        ),
        "Pengelola Barang (DJKN, Kanwil atau KPKNL) meneliti, menugaskan Penilai, menyetujui",
    ),
    (
        "Rent is paid before signing (art. 24); signed within 3 months or void (art. 25)",
        (
            "Sewa dibayar sebelum tanda tangan (ps. 24); ditandatangani paling lama 3 bulan, "
            "bila tidak batal demi hukum (ps. 25)"
        ),
    ),
    (
        "A copy goes to Pengelola Barang within 7 working days",
        "Salinan disampaikan kepada Pengelola Barang paling lama 7 hari kerja",
    ),
    (
        "An extension is asked at least 3 months before the end (KMK 213/KM.6/2021)",
        "Perpanjangan diajukan paling lambat 3 bulan sebelum berakhir (KMK 213/KM.6/2021)",
    ),
)

DOCUMENTS: Final[tuple[Words, ...]] = (
    ("Decision on the status of use (art. 3(4))", "Keputusan status penggunaan (ps. 3(4))"),
    ("Drawing with total and leased area (art. 11(3))", "Gambar luas total dan disewa (ps. 11(3))"),
    (
        "Statement that duties are not disturbed (art. 3(1))",
        "Pernyataan tidak mengganggu tugas dan fungsi (ps. 3(1))",
    ),
    (
        "Appraisal of the fair rent, or the yearly tariff list (art. 17)",
        "Laporan penilaian nilai wajar atas sewa, atau daftar tarif tahunan (ps. 17)",
    ),
)

_COOPERATIVE: Final[tuple[Words, ...]] = (("Deed of the cooperative", "Akta pendirian koperasi"),)

ATTACHED: Final[Mapping[str, tuple[Words, ...]]] = MappingProxyType(
    {
        "secondary_cooperative": _COOPERATIVE,
        "primary_cooperative": _COOPERATIVE,
        "small_business": (("Certificate of a micro or small business", "Keterangan UMKM"),),
        "duty_support": (
            ("Statement that the use supports duties", "Pernyataan satker menunjang tugas"),
        ),
    }
)

STATEMENTS: Final[tuple[Words, ...]] = (
    (
        (
            "The lease does not disturb the owner's duties (art. 3(1)) and the space is not needed "
            "before the lease ends."
        ),
        (
            "Sewa tidak mengganggu tugas dan fungsi (ps. 3(1)) dan ruang tidak dibutuhkan sebelum "
            "sewa berakhir."
        ),
    ),
    (
        (
            "All rent is paid to the state treasury before signing (arts 3(7) and 24); the agency "
            "keeps none and saves its running cost."
        ),
        (
            "Seluruh sewa disetor ke Kas Umum Negara sebelum tanda tangan (ps. 3(7) dan 24); "
            "satker tidak menerima sewa dan menghemat biaya operasi."
        ),
    ),
    (
        (
            "The tenant bears maintenance, security and the costs of the lease (art. 3(6)) and "
            "restores what it altered (art. 9(4))."
        ),
        (
            "Pemeliharaan, pengamanan, dan biaya pelaksanaan ditanggung penyewa (ps. 3(6)); "
            "perubahan dikembalikan seperti semula (ps. 9(4))."
        ),
    ),
    (
        "The rent here is an estimate for a proposal; only the appraisal sets the fair rent.",
        "Sewa di sini adalah perkiraan usulan; nilai wajar hanya ditetapkan oleh Penilai.",
    ),
    (
        (
            "A building that is emptied as a whole is handed to Pengelola Barang first (UU 1/2004 "
            "art. 49(3)); no premium is counted for it."
        ),
        (
            "Gedung yang kosong seluruhnya diserahkan dahulu kepada Pengelola Barang (UU 1/2004 "
            "ps. 49(3)); premi tidak dihitung."
        ),
    ),
)

"""Attendance codes as HR sheets write them: at a desk, away, or a day off."""

from typing import Final, Literal

Standing = Literal["present", "away", "closed"]

_PRESENT: Final = frozenset(
    {"p", "h", "hadir", "wfo", "o", "onsite", "on-site", "office", "kantor", "present", "1",
     "y", "ya", "yes", "✓", "√", "v", "m", "masuk", "t", "late", "terlambat", "hd", "p/2",
     "hp", "hsl",
     "hpl", "hcl", "hwfh", "half", "½", "0.5", "fhd", "shd", "hwfo", "hadir penuh", "tepat waktu",
     "hadir terlambat", "pc", "psw"}
)  # fmt: skip
_AWAY: Final = frozenset(
    {"a", "absent", "wfh", "wfa", "r", "remote", "sl", "pl", "cl", "ml", "al", "el", "lop",
     "lwp", "bl", "brl", "l", "leave", "s", "sakit", "i",
     "izin", "c", "cuti", "dl", "dinas", "tb", "tk", "alpa", "0", "n", "no", "tidak", "bt",
     "training", "diklat", "absen", "absensi", "tidak hadir", "wfh/wfa", "dinas luar",
     "tugas luar", "tugas belajar", "tl", "ct", "cs", "cm", "sick", "off-site",
     "annual leave", "cuti tahunan"}
)  # fmt: skip
_CLOSED: Final = frozenset(
    {"wo", "off", "ho", "libur", "holiday", "ph", "hl", "cb", "weekend", "w",
     "libur nasional", "cuti bersama", "lb", "ln"}
)  # fmt: skip
WEEKDAY_NAMES: Final = frozenset(
    {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "sen", "sel", "rab", "kam", "jum",
     "sab", "min", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
     "sunday", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "jum'at"}
)  # fmt: skip


def standing_of(code: str) -> Standing | None:
    """Return what a code in lower case means, None where nobody knows.

    Half a day in the office needs a desk too.

    >>> standing_of("wfo"), standing_of("cuti"), standing_of("libur"), standing_of("qq")
    ('present', 'away', 'closed', None)
    """
    if code in _PRESENT:
        return "present"
    if code in _AWAY:
        return "away"
    return "closed" if code in _CLOSED else None

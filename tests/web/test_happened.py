"""What the history of an estate says is said in the reader's language."""

import pytest

from planner.i18n import speech_of
from planner.web.show.happened import change_words


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("create", "Dibuat"),
        ("estate", "Portofolio"),
        ("teams: SEK-01", "Tim: SEK-01"),
        ("teams: SEK-01 deleted", "Tim: SEK-01 dihapus"),
        ("teams: 1200 rows pasted", "Tim: 1.200 baris ditempel"),
        ("floor A1: unit Wing: west", "Lantai A1: unit Wing: west"),
        ("scale of floor A1: 0.01250 m a pixel", "Skala gambar lantai A1 ditetapkan"),
        ("workbook kota.xlsx", "Buku kerja kota.xlsx"),
        ("written by an older version, differently", "written by an older version, differently"),
    ],
)
def test_a_change_is_told_in_indonesian(what: str, said: str) -> None:
    assert change_words(what, speech_of("id")) == said

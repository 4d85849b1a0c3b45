"""What a room serves for, from classification codes or from words in several languages."""

from __future__ import annotations

import re
from typing import Final

from planner.domain.records.kinds import Category  # noqa: TC001  part of the public shape

# OmniClass table 13 (2012), spaces by function: the groups that occur in office models
_OMNICLASS: Final[tuple[tuple[str, Category], ...]] = (
    ("13-15 11 34 17", "open_office"),
    ("13-15 11 34", "office"),
    ("13-15 11", "office"),
    ("13-25 31 13", "stairs"),
    ("13-25 11", "stairs"),
    ("13-25 13 11", "elevator"),
    ("13-25", "corridor"),
    ("13-85 11", "corridor"),
    ("13-85", "corridor"),
    ("13-63 13", "kitchen"),
    ("13-71 15", "storage"),
)

# first match wins; words or beginnings of words in English, Indonesian, German, French, Spanish,
# Chinese and Japanese
_WORDS: Final[tuple[tuple[Category, str], ...]] = (
    (
        "open_office",
        (
            r"open[ -]?(plan )?office|open[ -]?plan|open[ -]?space|großraum|grossraum|"
            r"ruang kerja (terbuka|bersama)|开放办公|敞开|開放辦公|cubicle|bullpen"
        ),
    ),
    (
        "restroom",
        (
            r"toilet|rest ?room|\bwc\b|lavator|wash ?room|\bmen'?s\b|\bwomen'?s\b|\bbath|sanit|"
            r"kamar mandi|kamar kecil|waschraum|dusche|shower|km/wc|baño|\baseos?\b|卫生间|厕所|"
            r"洗手间|便所|トイレ|手洗|locker"
        ),
    ),
    ("stairs", r"\bstair|\bstw\b|treppe|tangga|escalier|escalera|楼梯|階段|樓梯"),
    ("elevator", r"elevator|\blift|aufzug|ascens|电梯|電梯|エレベ"),
    (
        "shaft",
        r"shaft|schacht|\brisers?\b|\bchase\b|\bvoid\b|\bluftraum|\bgaine|管井|竖井|吹抜|\bshaf\b",
    ),
    (
        "server",
        (
            r"server|data cent|data ?room|\bit room|telecom|\bidf\b|\bmdf\b|\bedv\b|"
            r"ruang server|\blan\b|服务器|弱电|机房网络|サーバ"
        ),
    ),
    (
        "mechanical",
        (
            r"mech|electr|\belekt|technik|technique|\bplant ?room|\bplant\b|boiler|hvac|\bahu\b|"
            r"ruang mesin|panel|pumpe|\bpompa|genset|utility|heiz|trafo|機械|机房|"
            r"设备间|配电|電気室"
        ),
    ),
    (
        "kitchen",
        (
            r"kitchen|pantr|break ?room|küche|kueche|teek|dapur|\bcaf(e|é)|canteen|kantin|cuisine|"
            r"cocina|cafeter|kitchenette|coffee|茶水|厨房|給湯|餐厅"
        ),
    ),
    (
        "storage",
        (
            r"\bstor(age|e)|stockage|archiv|gudang|arsip|\blager|closet|janitor|abstell|\bcopy|"
            r"\bfiles?\b|filing|putz|suppl(y|ies)|rangement|almac(e|é)n|kopier|\bprint|库房|仓库|储藏|"
            r"档案|倉庫"
        ),
    ),
    (
        "meeting",
        (
            r"meeting|confer|besprech|seminar|sitzung|\brapat|sidang|training|board ?room|"
            r"r(é|e)union|\baula\b|auditor|会议|會議|会議|schulung|konferenz"
        ),
    ),
    ("phone", r"phone|telefon"),
    ("focus", r"focus|quiet|huddle|fokus"),
    (
        "reception",
        (
            r"recep|lobby counter|waiting|empfang|loket|penerimaan|front ?desk|foyer|warte|accueil|"
            r"tunggu|\btamu\b|前台|接待|受付"
        ),
    ),
    (
        "corridor",
        (
            r"corrid|\bhall(way)?s?\b|lobby|\blobi\b|circul|vestib|flur|gang\b|(k|c)orr?idor|selasar|"
            r"couloir|entr(y|ance)|pasillo|passage|walkway|windfang|diele|走廊|走道|过道|廊下|通路|大堂"
        ),
    ),
    ("lab", r"\blab(s|or\w*)?\b|实验"),
    ("parking", r"\bpark(ing|ir|plat|haus|deck)|garage|garasi|停车|駐車"),
    ("terrace", r"terra(c|ss?e|za)|\bteras\b|balcon|balkon|patio|\bdeck\b|露台|阳台"),
    (
        "office",
        (
            r"office|büro|buero|kantor|ruang kerja|bureau|oficina|kepala|director|direktur|manager|"
            r"sekretari|arbeits|work ?(room|area|space|station)|\bstaff?\b|办公|辦公|事務|執務"
        ),
    ),
)
_BROAD: Final = frozenset({"corridor", "office"})
_NARROW: Final = frozenset({"stairs", "elevator", "shaft", "restroom", "meeting", "server"})
"""A code that only says circulation or office gives way to a name that says more."""
_PATTERNS: Final = tuple((category, re.compile(words, re.IGNORECASE)) for category, words in _WORDS)


def category_of(name: str, code: str = "") -> Category:
    """Return what a room serves for; `unspecified` where neither code nor name tells.

    Source:
        OmniClass Table 13, Spaces by Function (CSI, 2012), for `code`.

    >>> category_of("SCIF", "13-15 11 34 17: Open Office Space")
    'open_office'
    >>> category_of("Treppenhaus")
    'stairs'
    """
    by_code = next((found for prefix, found in _OMNICLASS if code.startswith(prefix)), None)
    by_name = next((found for found, pattern in _PATTERNS if pattern.search(name)), None)
    if by_code in _BROAD and by_name in _NARROW:
        return by_name
    if by_code or by_name:
        return by_code or by_name or "unspecified"
    if ":" in code and (words := code.split(":", 1)[1].strip()) != name:
        return category_of(words)
    return "unspecified"

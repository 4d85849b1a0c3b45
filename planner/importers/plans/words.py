"""Words by which files of several languages call workplaces, rooms and floor outlines."""

from __future__ import annotations

import re
from typing import Final

DESKS: Final = re.compile(
    (
        r"desk|schreibtisch|arbeitsplatz|arbeitspl\b|arbeitstisch|work ?-?_?station|wkst|"
        r"meja[ _-]?kerja|meja[ _-]?staf|poste[ _-]?de[ _-]?travail|bureau[ _-]?(droit|plan)|"
        r"escritorio|bureautafel|工位|办公桌|辦公桌|デスク"
    ),
    re.IGNORECASE,
)
"""Names of furniture at which one person works."""

ROOM_LAYERS: Final = re.compile(
    (
        r"room|r(a|ä|ae)um|ruang|(^|[^a-z])rm([^a-z]|$)|space|spazi|locale|locaux|pi(e|è)ce|"
        r"zimmer|fl(ae|ä|a)che|area|(^|[^a-z])zone|units?([^a-z]|$)|polygon|nutzung|sala|"
        r"房间|房間|空间|面积|部屋|室"
    ),
    re.IGNORECASE,
)
"""Layers that are likely to hold outlines of rooms."""

GROSS_LAYERS: Final = re.compile(
    (
        r"gros|outline|bgf|brutto|geschoss|luas.?kotor|footprint|exterior|(^|[^a-z])g[ei]a"
        r"([^a-z]|$)|umri(ss|ß)|contour|emprise|floor.?(area|plate|boundary)|batas.?lantai|"
        r"外轮廓|建筑轮廓"
    ),
    re.IGNORECASE,
)
"""Layers that are likely to hold the outer line of a floor."""

SURELY_ROOMS: Final = re.compile(
    r"room|r(a|ä|ae)um|ruang|spazi|pi(e|è)ce|zimmer|房间|房間|部屋", re.IGNORECASE
)
"""Layers of rooms even where their name also speaks of outlines."""

STAIR_LAYERS: Final = re.compile(r"stair|treppe|tangga|escalier", re.IGNORECASE)
"""Layers of steps, or of stairs as rooms with a label."""

OTHER_LAYERS: Final = re.compile(
    (
        r"wall|wand|w(ae|ä)nde|mauer|dinding|tembok|(^|[^a-z])mur|door|t(ue|ü)r|pintu|porte|"
        r"window|fenster|jendela|fen(e|ê)tre|glaz|furn|m(oe|ö)bel|mebel|perabot|mobilier|"
        r"col(umn)?s?([^a-z]|$)|st(ue|ü)tze|kolom|poteau|grid|achse|dim|bema(ss|ß)|ukuran|cota|"
        r"title|rahmen|plankopf|border|viewport|vport|defpoint|fixt|eqpm|equip|sanit|plumb|"
        r"stair|treppe|tangga|escalier|roof|dach|ceil|slab|beam|found|foot|header|opening|legend|"
        r"hatch|schraffur|墙|门|窗|柱|轴|家具|标注"
    ),
    re.IGNORECASE,
)
"""Layers that hold something else, whatever closed shapes lie on them."""

"""What is made, not kept: compiled messages and the front-end files of others.

The build back end runs this for a wheel; `setup.sh` runs it as a program for a source tree.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Package of node_modules -> its files that the site serves; all else of it is left behind.
VENDOR = {
    "@geoman-io/leaflet-geoman-free": (
        "dist/leaflet-geoman.css",
        "dist/leaflet-geoman.min.js",
    ),
    "htmx.org": ("dist/htmx.min.js",),
    "leaflet": ("dist/leaflet.css", "dist/leaflet.js", "dist/images"),
    "sortablejs": ("Sortable.min.js",),
    "vega": ("build/vega.min.js",),
    "vega-embed": ("build/vega-embed.min.js",),
    "vega-lite": ("build/vega-lite.min.js",),
}
# Family name, package, weights.
FONTS = (
    ("IBM Plex Sans", "@fontsource/ibm-plex-sans", (400, 500, 600, 700)),
    ("IBM Plex Sans Condensed", "@fontsource/ibm-plex-sans-condensed", (400, 500, 600)),
)
SUBSETS = ("latin-ext", "latin")
# For documents: family, package, weights, scripts; none takes every slice that there is. They
# are unpacked here, once: a document would do it each time, and date the font by the clock.
PRINT = (
    (
        "IBM Plex Sans",
        "@fontsource/ibm-plex-sans",
        (400, 500, 600),
        ("latin", "latin-ext", "vietnamese", "greek", "cyrillic", "cyrillic-ext"),
    ),
    (
        "IBM Plex Sans Condensed",
        "@fontsource/ibm-plex-sans-condensed",
        (400, 500, 600),
        ("latin", "latin-ext", "vietnamese"),
    ),
    ("Noto Sans Arabic", "@fontsource/noto-sans-arabic", (400, 600), ("arabic",)),
    ("Noto Sans SC", "@fontsource/noto-sans-sc", (400,), None),
)
POINTERS = ("//# sourceMappingURL=", "/*# sourceMappingURL=")


class MakeFiles(BuildHookInterface):  # type: ignore[type-arg]
    """Complete the tree before it is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile messages; put templates and documentation into a wheel, not an editable install.

        An editable install would get a copy of them that nobody brings up to date.

        Raises:
            FileNotFoundError: a wheel without the front-end files would not work.
        """
        root = Path(self.root)
        compile_messages(root)
        if version == "editable":
            return
        missing = [name for name in ("vendor", "fonts") if not _made(root, name).is_dir()]
        if missing:
            message = (
                f"planner/static has no {' and no '.join(missing)}: "
                "run `sh setup.sh` first, it brings the front-end files."
            )
            raise FileNotFoundError(message)
        if self.target_name == "wheel":
            for folder in ("templates", "docs"):
                build_data["force_include"][folder] = f"planner/{folder}"


def compile_messages(root: Path) -> list[Path]:
    """Write the `.mo` file beside every `.po` file of the planner; return those written."""
    written = []
    for source in sorted(root.glob("planner/translations/*/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalog = read_po(lines, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        with target.open("wb") as out:
            write_mo(out, catalog)
        written.append(target)
    return written


def copy_front_end(root: Path) -> None:
    """Bring scripts, styles and fonts from `node_modules` to `planner/static`, with licences.

    Each folder is made anew beside the old one and then takes its place, so a broken copy
    never stands where a whole one stood.
    """
    modules = root / "node_modules"
    for name, fill in (("vendor", _fill_vendor), ("fonts", _fill_fonts)):
        target = _made(root, name)
        fresh = target.with_name(f"{name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        fill(modules, fresh)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def plain_lock(root: Path) -> None:
    """Take from `package-lock.json` what npm never reads again: pages that ask for funds."""
    path = root / "package-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _made(root: Path, name: str) -> Path:
    return root / "planner" / "static" / name


def _fill_vendor(modules: Path, target: Path) -> None:
    for package, files in VENDOR.items():
        for file in files:
            source = modules / package / file
            if source.is_dir():
                shutil.copytree(source, target / source.name)
            else:
                _copy_without_map(source, target / source.name)
        _copy_licence(modules / package, target)


def _copy_without_map(source: Path, target: Path) -> None:
    """Copy a script or style less the pointer to its source map, which is not served."""
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(POINTERS)]
    target.write_text("".join(kept), encoding="utf-8")


def _fill_fonts(modules: Path, target: Path) -> None:
    faces = []
    for family, package, weights in FONTS:
        ranges = json.loads((modules / package / "unicode.json").read_text(encoding="utf-8"))
        for weight in weights:
            for subset in SUBSETS:
                name = f"{package.rsplit('/', 1)[-1]}-{subset}-{weight}-normal.woff2"
                shutil.copyfile(modules / package / "files" / name, target / name)
                faces.append(_face(family, weight, name, ranges[subset]))
        _copy_licence(modules / package, target)
    (target / "fonts.css").write_text("\n".join(faces) + "\n", encoding="utf-8")
    _fill_print(modules, target)


def _fill_print(modules: Path, target: Path) -> None:
    """Bring the fonts of documents, and a list of which letters each file holds."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  only set-up has it, for WeasyPrint

    folder = target / "print"
    folder.mkdir()
    listed = []
    for family, package, weights, scripts in PRINT:
        ranges = json.loads((modules / package / "unicode.json").read_text(encoding="utf-8"))
        for script in scripts or ranges:
            for weight in weights:
                name = f"{package.rsplit('/', 1)[-1]}-{script.strip('[]')}-{weight}-normal"
                packed = modules / package / "files" / f"{name}.woff"
                font = TTFont(packed, recalcTimestamp=False)
                font.flavor = None
                font.save(folder / f"{name}.ttf")
                listed.append(
                    {
                        "family": family,
                        "script": script.strip("[]"),
                        "weight": weight,
                        "file": f"{name}.ttf",
                        "letters": ranges[script],
                    }
                )
        _copy_licence(modules / package, target)
    (folder / "faces.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


def _face(family: str, weight: int, file: str, characters: str) -> str:
    return (
        f'@font-face{{font-family:"{family}";font-style:normal;font-weight:{weight};'
        f'font-display:swap;src:url({file}) format("woff2");unicode-range:{characters}}}'
    )


def _copy_licence(package: Path, target: Path) -> None:
    folder = target / "licences"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(package / "LICENSE", folder / f"{package.name}.txt")


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    steps = {"messages": compile_messages, "front-end": copy_front_end, "plain-lock": plain_lock}
    for step in sys.argv[1:]:
        steps[step](here)

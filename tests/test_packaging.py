"""What a user installs holds what the source tree holds."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from planner.errors import IncompleteInstallation
from planner.paths import static_dir, templates_dir

ROOT = Path(__file__).resolve().parent.parent
NOT_PACKED = {"__pycache__", ".gitkeep", ".DS_Store"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this tree, with the back end that is installed here."""
    if not (ROOT / "planner" / "static" / "vendor").is_dir():
        pytest.skip("the front-end files are not here: `sh setup.sh` brings them")
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the wheel out as an installer does: beside the dependencies, away from the tree."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def built(target: str, tree: Path, folder: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (result,) = folder.iterdir()
    return result


def contents(folder: Path, prefix: str = "") -> dict[str, bytes]:
    return {
        prefix + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not NOT_PACKED.intersection(path.relative_to(folder).parts)
    }


def packed(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def inside(installed: Path, code: str) -> str:
    """Run code with the installed copy; `-I` keeps the source tree out of sight."""
    start = f"import sys; sys.path.insert(0, {str(installed)!r}); "
    done = subprocess.run(
        [sys.executable, "-I", "-c", start + code],
        cwd=installed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_wheel_holds_what_the_tree_holds(wheel: Path) -> None:
    tree = {
        **contents(ROOT / "planner", "planner/"),
        **contents(ROOT / "solver", "solver/"),
        **contents(ROOT / "templates", "planner/templates/"),
        **contents(ROOT / "docs", "planner/docs/"),
    }
    archive = {name: data for name, data in packed(wheel).items() if ".dist-info/" not in name}
    assert sorted(archive) == sorted(tree)
    assert [name for name in tree if archive[name] != tree[name]] == []


@pytest.mark.parametrize(
    "name",
    [
        "planner/static/fonts/fonts.css",
        "planner/static/fonts/licences/ibm-plex-sans.txt",
        "planner/static/vendor/htmx.min.js",
        "planner/static/vendor/images/layers.png",
        "planner/static/vendor/licences/vega.txt",
        "planner/static/vendor/vega-embed.min.js",
    ],
)
def test_the_wheel_holds_what_was_made_at_set_up(wheel: Path, name: str) -> None:
    assert packed(wheel)[name]


def test_every_catalogue_is_compiled_in_the_wheel(wheel: Path) -> None:
    names = set(packed(wheel))
    sources = [name for name in names if name.endswith(".po")]
    assert [name for name in sources if name.removesuffix(".po") + ".mo" not in names] == []


def test_the_wheel_lays_nothing_bare_beside_other_packages(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in packed(wheel) if ".dist-info/" not in name}
    assert tops == {"planner", "solver"}


def test_an_installed_wheel_finds_its_own_files(installed: Path) -> None:
    found = inside(
        installed,
        "from planner import paths; "
        "print(paths.templates_dir(), paths.static_dir(), paths.translations_dir(), "
        "paths.docs_dir())",
    )
    package = installed / "planner"
    wanted = f"{package / 'templates'} {package / 'static'} {package / 'translations'} "
    wanted += str(package / "docs")
    assert found == wanted


def test_an_installed_wheel_answers_on_the_command_line(installed: Path) -> None:
    said = inside(installed, "from planner.cli import main; sys.exit(main(['--help']) or 0)")
    assert "demo" in said


def test_a_source_archive_builds_the_same_wheel(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    archive = built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))
    unpacked = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["tar", "-xzf", archive, "-C", unpacked], check=True)
    (tree,) = unpacked.iterdir()
    again = built("wheel", tree, tmp_path_factory.mktemp("again"))
    assert packed(again).keys() == packed(wheel).keys()


def test_a_tree_shows_its_own_templates_not_an_old_copy(tmp_path: Path) -> None:
    # Seen in 2026-11: an editable install had copied templates into the package.
    package = tmp_path / "planner"
    (package / "templates").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert templates_dir(package) == tmp_path / "templates"


def test_an_installed_package_ignores_a_folder_of_somebody_else(tmp_path: Path) -> None:
    package = tmp_path / "planner"
    (package / "templates").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    assert templates_dir(package) == package / "templates"


def test_a_missing_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IncompleteInstallation, match=r"static .* run `sh setup\.sh`"):
        static_dir(tmp_path / "planner")


def test_an_editable_install_copies_no_templates() -> None:
    copies = [p for p in sys.path if (Path(p) / "planner" / "templates").is_dir()]
    assert copies == []

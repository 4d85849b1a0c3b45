"""The tree keeps its own rules; each test names the files that do not."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_MODULE = 400
LOCKS = ("package-lock.json", "requirements.lock", "requirements-test.lock", "requirements-uv.lock")
# Written in two halves, so that this file does not break its own rule.
REGISTRIES = re.compile(
    "|".join(
        re.escape(left + right)
        for left, right in (
            ("pypi.", "org"),
            ("pythonhosted.", "org"),
            ("registry.npmjs.", "org"),
            ("registry.yarnpkg.", "com"),
            ("deb.debian.", "org"),
            ("archive.ubuntu.", "com"),
            ("unpkg.", "com"),
            ("jsdelivr.", "net"),
            ("cdnjs.", "cloudflare"),
        )
    )
)
MACHINE_PATHS = re.compile("|".join(("/" + "work/", "/" + "root/", "/" + r"home/\w")))
# An address that is a name, not a place to download from: licences, formats, citations.
HOST = re.compile(r"https?://")


def listed(*options: str) -> list[str]:
    """Return names that git lists; where there is no git, nothing says what belongs here."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git work tree, or no git here: nothing says which files belong")
    git = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", *options],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [name for name in git.stdout.split("\0") if name]


def tracked_files() -> list[Path]:
    """Return the files under version control, and new ones that would be."""
    names = listed("--cached", "--others", "--exclude-standard")
    return [path for name in names if (path := ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Return name and content of every tracked text file."""
    found = []
    for path in tracked_files():
        try:
            found.append((str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # a picture or a workbook
    return found


def modules() -> list[Path]:
    return [*ROOT.glob("planner/**/*.py"), *ROOT.glob("solver/**/*.py")]


def lines_matching(pattern: re.Pattern[str], names: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name}:{number}"
        for name, text in texts()
        if not names or name in names
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_module_is_longer_than_one_reads_in_a_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in [*modules(), *ROOT.glob("tests/**/*.py"), ROOT / "hatch_build.py"]
        if "versions" not in path.parts  # a migration is written once and never read again
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if not path.match("**/migrations/versions/*")
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_every_folder_of_modules_is_a_package() -> None:
    # Without __init__.py a folder works here but import contracts and type checks pass it by.
    folders = {path.parent for path in modules()}
    bare = [
        str(folder.relative_to(ROOT))
        for folder in folders
        if not (folder / "__init__.py").is_file() and "migrations" not in folder.parts
    ]
    assert bare == []


def test_no_file_names_a_registry() -> None:
    assert lines_matching(REGISTRIES) == []


def test_no_file_holds_a_path_of_one_machine() -> None:
    assert lines_matching(MACHINE_PATHS) == []


def test_lock_files_name_no_host() -> None:
    # `sh setup.sh lock` writes them so.
    assert lines_matching(HOST, LOCKS) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    if lock.endswith(".json"):
        assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
        return
    blocks = re.split(r"\n(?=\S)", text)
    unhashed = [b.split()[0] for b in blocks if "==" in b and "--hash=sha256:" not in b]
    assert unhashed == []


def test_a_run_and_the_tests_lock_the_same_versions() -> None:
    run, tests = (
        set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-test.lock")
    )
    assert run - tests == set()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["setup"], *extras["test"]]
    locked = (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
    names = [re.split(r"[\[<>=~; ]", line)[0].lower().replace("_", "-") for line in wanted]
    assert [name for name in names if f"\n{name}==" not in locked] == []


def test_what_is_made_is_not_kept() -> None:
    made = re.compile(r"^(planner/static/(vendor|fonts)/|node_modules/|out/|var/|.*\.mo$)")
    assert [name for name in listed() if made.match(name)] == []


def test_solver_reads_nothing_of_the_planner() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in ROOT.glob("solver/**/*.py")
        for name in imported(path)
        if name.split(".")[0] in {"planner", "flask", "sqlmodel", "sqlalchemy", "weasyprint"}
    ]
    assert guilty == []


def imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names


def test_every_link_between_the_files_of_the_documentation_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []

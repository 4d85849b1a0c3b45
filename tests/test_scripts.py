"""The two commands and their set-up, tried in a small tree where every program is a stand-in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("setup.sh", "run.sh", "test.sh", "requirements-uv.lock", "requirements.lock")
COPIED += ("requirements-test.lock", "pyproject.toml", "package-lock.json", "hatch_build.py")

# Answers the search for missing libraries, makes a stand-in environment, notes all other calls.
PYTHON = f"""#!/bin/sh
case "$*" in
-) cat >/dev/null; cat "$STAGE/missing" 2>/dev/null ;;
"-m venv .venv")
    echo "venv" >>"$STAGE/calls"
    mkdir -p .venv/bin && cp "$STAGE"/env/* .venv/bin/ ;;
*) exec {sys.executable} "$@" ;;
esac
"""
# Stands for python, uv, npm and planner of the environment: notes the call; may be told to fail.
TOOL = """#!/bin/sh
name=$(basename "$0")
case "$name $*" in
"python -c "*) exit 0 ;;
"python -m pip config"*) exit 0 ;;
"python hatch_build.py front-end") mkdir -p planner/static/vendor planner/static/fonts ;;
esac
echo "$name $*" >>"$STAGE/calls"
[ ! -e "$STAGE/fail-$name" ] || { echo "$name failed" >&2; exit 7; }
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$STAGE/calls"
[ "$1" = update ] || rm -f "$STAGE/missing"
"""


@dataclass(frozen=True)
class Stage:
    """A tree with stand-ins beside it."""

    folder: Path

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    def says(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def run(self, *command: str, where: str = "tree") -> subprocess.CompletedProcess[str]:
        env = {
            "PATH": f"{self.folder / 'bin'}:/usr/bin:/bin",
            "STAGE": str(self.folder),
            "PLANNER_CHROMIUM": "a-browser",
            "SSL_CERT_FILE": "a-bundle",
        }
        return subprocess.run(
            ["sh", *command],
            cwd=self.folder / where,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        """Return the calls noted since the last look."""
        noted = self.folder / "calls"
        lines = noted.read_text().splitlines() if noted.exists() else []
        noted.unlink(missing_ok=True)
        return lines


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    stage = Stage(tmp_path)
    stage.tree.mkdir()
    for name in COPIED:
        shutil.copy(ROOT / name, stage.tree / name)
    stage.says("bin/python3", PYTHON)
    stage.says("bin/apt-get", APT)
    stage.says("bin/id", "#!/bin/sh\necho 0\n")
    for tool in ("python", "uv", "npm", "planner"):
        stage.says(f"env/{tool}", TOOL)
    return stage


@pytest.mark.parametrize("script", ["setup.sh", "run.sh", "test.sh"])
def test_scripts_are_plain_sh(script: str) -> None:
    assert subprocess.run(["sh", "-n", ROOT / script], check=False).returncode == 0


def test_a_first_set_up_takes_every_step_in_order(stage: Stage) -> None:
    assert stage.run("setup.sh").returncode == 0
    starts = ["venv", "python -m pip install", "uv pip install", "uv pip install", "npm ci"]
    starts += ["python hatch_build.py front-end"]
    calls = stage.calls()
    assert [call.startswith(start) for call, start in zip(calls, starts, strict=False)] == (
        [True] * len(starts)
    )
    assert "--require-hashes" in calls[1]
    assert "--require-hashes" in calls[2]
    assert "--ignore-scripts" in calls[4]


def test_a_second_set_up_does_nothing_and_says_nothing(stage: Stage) -> None:
    stage.run("setup.sh")
    stage.calls()
    second = stage.run("setup.sh")
    assert (second.returncode, second.stdout, second.stderr, stage.calls()) == (0, "", "", [])


def test_a_changed_lock_brings_only_the_packages_again(stage: Stage) -> None:
    stage.run("setup.sh")
    stage.calls()
    with (stage.tree / "requirements.lock").open("a") as lock:
        lock.write("# another version\n")
    stage.run("setup.sh")
    assert [call.split(" --")[0] for call in stage.calls()] == ["uv pip install"]


def test_a_step_that_failed_is_taken_again(stage: Stage) -> None:
    stage.says("fail-npm", "")
    first = stage.run("setup.sh")
    assert first.returncode != 0
    assert "npm failed" in first.stderr
    stage.calls()
    (stage.folder / "fail-npm").unlink()
    assert stage.run("setup.sh").returncode == 0
    assert [call.split()[0] for call in stage.calls()][:2] == ["npm", "python"]


def test_pip_takes_over_where_uv_finds_no_way(stage: Stage) -> None:
    stage.says("fail-uv", "")
    stage.run("setup.sh")
    pip = [call for call in stage.calls() if "requirements.lock" in call and "-m pip" in call]
    assert len(pip) == 1
    assert "--require-hashes" in pip[0]


def test_a_tree_that_moved_gets_a_new_environment(stage: Stage) -> None:
    stage.run("setup.sh")
    stage.calls()
    stage.tree.rename(stage.folder / "elsewhere")
    stage.run("setup.sh", where="elsewhere")
    assert stage.calls()[0] == "venv"


def test_a_run_keeps_the_environment_of_the_tests(stage: Stage) -> None:
    stage.run("setup.sh", "test")
    stage.calls()
    stage.run("setup.sh", "run")
    assert stage.calls() == []


def test_a_host_gets_everything_compiled_after_the_rest(stage: Stage) -> None:
    assert stage.run("setup.sh", "host").returncode == 0
    assert stage.calls()[-1] == "python -m compileall -q -j 0 .venv/lib planner solver"


def test_root_gets_the_missing_system_packages(stage: Stage) -> None:
    stage.says("missing", "libpango-1.0-0\npython3-venv\n")
    assert stage.run("setup.sh").returncode == 0
    assert stage.calls()[:2] == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends libpango-1.0-0 python3-venv",
    ]


def test_others_get_the_exact_command_and_nothing_is_done(stage: Stage) -> None:
    stage.says("missing", "libpango-1.0-0\npython3-venv\n")
    stage.says("bin/id", "#!/bin/sh\necho 1000\n")
    refused = stage.run("setup.sh")
    assert refused.returncode == 1
    assert (
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends "
        "libpango-1.0-0 python3-venv\n"
    ) in refused.stderr
    assert stage.calls() == []


def test_what_an_installation_did_not_bring_is_named(stage: Stage) -> None:
    stage.says("missing", "libpango-1.0-0\n")
    stage.says("bin/apt-get", "#!/bin/sh\n")
    refused = stage.run("setup.sh")
    assert refused.returncode == 1
    assert "still missing after the installation: libpango-1.0-0" in refused.stderr


def test_a_python_too_old_is_refused(stage: Stage) -> None:
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        stage.says(f"bin/{name}", "#!/bin/sh\nexit 1\n")
    refused = stage.run("setup.sh")
    assert refused.returncode == 1
    assert "Python 3.11 or newer" in refused.stderr


def test_an_unknown_level_is_unusable_input(stage: Stage) -> None:
    assert stage.run("setup.sh", "tset").returncode == 2


@pytest.mark.parametrize(
    ("given", "passed"),
    [([], "planner demo"), (["demo", "--out", "a b"], "planner demo --out a b")],
)
def test_run_passes_its_arguments_or_shows_the_demo(
    stage: Stage, given: list[str], passed: str
) -> None:
    assert stage.run("run.sh", *given).returncode == 0
    assert stage.calls()[-1] == passed


def test_the_exit_status_is_that_of_the_planner(stage: Stage) -> None:
    stage.says("fail-planner", "")
    assert stage.run("run.sh", "check").returncode == 7


def test_test_passes_its_arguments_to_pytest_after_its_own(stage: Stage) -> None:
    stage.run("test.sh", "-k", "stack")
    own = "-n auto --maxprocesses 8 --dist loadfile"
    assert stage.calls()[-1] == f"python -m pytest {own} -k stack"


def test_a_file_named_by_the_caller_is_sought_where_the_caller_stands(stage: Stage) -> None:
    stage.says("env/planner", '#!/bin/sh\npwd >>"$STAGE/calls"\n')
    (stage.tree / "work").mkdir()
    stage.run("../run.sh", "plan", "estate.xlsx", where="tree/work")
    assert stage.calls()[-1] == str(stage.tree / "work")

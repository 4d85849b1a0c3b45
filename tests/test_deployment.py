"""What the guide for operators copies onto a host is valid, and the guide names what there is."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from planner.settings import PREFIX, Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/how-to/deploy.md"
FILES = ROOT / "docs/how-to/deploy"
UNITS = [*sorted(path.name for path in FILES.glob("*.service")), "planner-backup.timer"]
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_guide_names_no_setting_that_there_is_not() -> None:
    texts = [GUIDE.read_text(), *(path.read_text() for path in FILES.iterdir())]
    assert {name for text in texts for name in re.findall(r"PLANNER_\w+", text)} <= SETTINGS


def test_the_reference_holds_every_setting_with_its_own_default() -> None:
    text = (ROOT / "docs/reference/settings.md").read_text()
    rows = dict(re.findall(r"^\| `(PLANNER_\w+)` \| ([^|]*) \|", text, re.MULTILINE))
    assert set(rows) == SETTINGS
    for name, field in Settings.model_fields.items():
        if field.default not in ("", None):
            said = rows[PREFIX + name.upper()].strip("`")
            assert said == str(field.default).lower(), name


def test_the_guides_environment_holds_in_production_with_letters(tmp_path: Path) -> None:
    (block,) = re.findall(
        r"^cat > /etc/planner/environment <<END\n(.*?)^END",
        GUIDE.read_text(),
        re.MULTILINE | re.DOTALL,
    )
    given = dict(line.split("=", 1) for line in block.splitlines())
    given = {name: "k" * 64 if "$(" in value else value for name, value in given.items()}
    mail = {"PLANNER_SMTP_HOST": "mail", "PLANNER_SMTP_SENDER": "planner@example.go.id"}
    settings = load_settings(given | mail | {"PLANNER_DATA_DIR": str(tmp_path)})
    assert settings.production
    named = set(re.findall(r"server_name (.*);", (FILES / "nginx.conf").read_text()))
    assert named == {settings.hosts}


def test_the_guide_shows_every_file_it_copies() -> None:
    guide = GUIDE.read_text()
    for path in FILES.iterdir():
        assert path.name in guide or f"*{path.suffix}" in guide, path.name


@pytest.mark.parametrize(
    "number", range(len(re.findall("^```sh", GUIDE.read_text(), re.MULTILINE)))
)
def test_each_block_of_the_guide_is_shell(number: int) -> None:
    block = re.findall(r"^```sh\n(.*?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL)[number]
    assert subprocess.run(["sh", "-n"], input=block.encode(), check=False).returncode == 0


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_every_line_of_a_unit(tmp_path: Path, unit: str) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    for name in UNITS:
        text = (FILES / name).read_text()
        (tmp_path / name).write_text(text.replace("/opt/planner/.venv/bin/planner", "/bin/true"))
    said = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / unit], capture_output=True, text=True, check=False
    )
    about_it = [line for line in said.stderr.splitlines() if str(tmp_path) in line or unit in line]
    assert (said.returncode, about_it) == (0, [])


@pytest.mark.parametrize("unit", ["planner-web.service", "planner-worker.service"])
def test_a_unit_starts_again_for_ever_and_may_write_to_its_own_folder_alone(unit: str) -> None:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(FILES / unit)
    service = read["Service"]
    assert read["Unit"]["StartLimitIntervalSec"] == "0"
    assert (service["Restart"], service["KillMode"]) == ("always", "mixed")
    assert (service["ProtectSystem"], service["StateDirectory"]) == ("strict", "planner")
    assert (service["StateDirectoryMode"], service["UMask"]) == ("0700", "0077")
    assert service["CapabilityBoundingSet"] == ""
    assert "ReadWritePaths" not in service


def test_nginx_understands_its_file(tmp_path: Path) -> None:
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        pytest.skip("no nginx or openssl here")
    key, certificate = tmp_path / "planner.key", tmp_path / "planner.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=x", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (FILES / "nginx.conf").read_text()
    text = text.replace("/etc/ssl/certs/planner.pem", str(certificate))
    text = text.replace("/etc/ssl/private/planner.key", str(key))
    whole = tmp_path / "whole.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}}\n"
        f"http {{ access_log off;\n{text} }}\n"
    )
    command = ["nginx", "-t", "-c", whole, "-e", tmp_path / "log"]
    said = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr

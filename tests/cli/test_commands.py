"""The command line itself."""

import subprocess
import sys
from importlib import import_module

from planner.cli import main

HEAVY = ("numpy", "ortools", "pydantic", "sqlalchemy", "flask", "weasyprint")


def test_the_help_waits_for_nothing_that_only_a_command_needs():
    code = (
        "import sys; from planner.cli.main import parser; parser().format_help();"
        f"print(sorted(set({HEAVY}) & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_an_interrupt_while_the_commands_are_loaded_is_one_line(monkeypatch, capsys):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(import_module("planner.cli.main"), "parser", interrupted)
    assert main([]) == 130
    assert capsys.readouterr().err == "planner: stopped\n"

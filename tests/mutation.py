"""Changes one sign, month or factor of the money at a time and names each that no test notices.

Run it by hand: `python tests/mutation.py [--quick] [MODULE ...]`; it is no test itself, as it takes
half an hour. `--quick` leaves the property tests out, so it names some changes that they notice.
Each change is made in memory, in a forked process of its own; no file is touched.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.util
import io
import os
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis  # noqa: F401  imported once here, not in every fork
import numpy as np  # noqa: F401
import pytest
import pyxirr  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "planner" / "finance"
PASSES = ("not slow and not hypothesis", "not slow")
LONGEST = 240
SWAPS: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


class Change(ast.NodeTransformer):
    """Makes the change of a number, or counts how many changes there are."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.count = 0
        self.said = ""

    def _hit(self, node: ast.AST, said: str) -> bool:
        self.count += 1
        if self.count - 1 != self.wanted:
            return False
        self.said = f"{getattr(node, 'lineno', 0)}: {said}"
        return True

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        other = SWAPS.get(type(node.op))
        texts = isinstance(node.left, ast.JoinedStr) or isinstance(node.right, ast.JoinedStr)
        if other and not texts and self._hit(node, ast.unparse(node)):
            node.op = other()
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if self._hit(node, ast.unparse(node)):
            node.op = SWAPS[type(node.op)]()
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        other = SWAPS.get(type(node.ops[0]))
        if other and self._hit(node, ast.unparse(node)):
            node.ops[0] = other()
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        if isinstance(node.op, ast.USub) and self._hit(node, ast.unparse(node)):
            return node.operand
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) is int and self._hit(node, f"{node.value} becomes {node.value + 1}"):
            return ast.copy_location(ast.Constant(node.value + 1), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Change the text inside Decimal(...), a factor of law or of arithmetic."""
        first = node.args[0] if node.args else None
        named = isinstance(node.func, ast.Name) and node.func.id == "Decimal"
        text = first.value if isinstance(first, ast.Constant) else None
        if named and isinstance(text, str) and self._hit(node, f"Decimal({text!r}) times 1.1"):
            node.args[0] = ast.Constant(str(float(text) * 1.1))
            return node
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(part) for part in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value:
            node.value = self.visit(node.value)
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return node
        return self.generic_visit(node)


class Mutant(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name, _path=None, _target=None):
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def get_source(self, _name: str) -> str:
        return self.path.read_text(encoding="utf-8")

    def exec_module(self, module):
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)  # noqa: S102


def changes(path: Path) -> Iterator[tuple[str, ast.Module]]:
    """Yield every change of a module with its place."""
    source = path.read_text(encoding="utf-8")
    counter = Change()
    counter.visit(ast.parse(source))
    for number in range(counter.count):
        change = Change(number)
        tree = ast.fix_missing_locations(change.visit(ast.parse(source)))
        yield f"{path.relative_to(ROOT)}:{change.said}", tree


def survives(name: str, path: Path, tree: ast.Module, marks: str) -> bool:
    """Say whether all tests pass with a change; a run that never ends counts as noticed."""
    child = os.fork()
    if child == 0:
        sys.meta_path.insert(0, Mutant(name, path, tree))
        quiet = io.StringIO()
        with redirect_stdout(quiet), redirect_stderr(quiet):
            status = pytest.main(
                [
                    "-xq",
                    "-pno:cacheprovider",
                    "-pno:schemathesis",
                    "-Wignore",
                    "-m",
                    marks,
                    str(ROOT / "tests/finance"),
                ]
            )
        os._exit(int(status))
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.05)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False


def main(wanted: list[str]) -> int:
    """Print each change that no test notices; exit 1 if there are any."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    import planner.domain.assumptions  # noqa: F401, PLC0415  slow to import, never changed

    if not survives("", FOLDER, ast.Module([], []), PASSES[0]):
        sys.stderr.write("the tests fail without any change; mend that first\n")
        return 2
    passes = PASSES[:1] if "--quick" in wanted else PASSES
    wanted = [name for name in wanted if name != "--quick"]
    tried = kept = 0
    for path in sorted(FOLDER.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if path.name == "__init__.py" or (wanted and path.stem not in wanted):
            continue
        for place, tree in changes(path):
            tried += 1
            if all(survives(name, path, tree, marks) for marks in passes):
                kept += 1
                sys.stdout.write(f"{place}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{kept} of {tried} changes went unnoticed\n")
    return 1 if kept else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

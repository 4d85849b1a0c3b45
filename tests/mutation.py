"""Changes one sign, month or factor of the money at a time and names each that no test notices.

Run it by hand: `python tests/mutation.py [MODULE ...]`; it is no test itself,
as it takes some minutes. The tests are collected once; each change is made in memory, in a forked
process, in which the tests that noticed earlier changes run first. A change that goes unnoticed
there is tried again in a new interpreter that never saw the unchanged module. No file is touched.
"""

from __future__ import annotations

import ast
import gc
import importlib.abc
import importlib.util
import io
import os
import resource
import subprocess
import sys
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (ROOT / "planner/finance", ROOT / "planner/domain/money.py")
ARGUMENTS = (
    *("-xq", "-pno:cacheprovider", "-pno:schemathesis", "-Wignore", "-mnot slow"),
    str(ROOT / "tests/finance"),
    str(ROOT / "tests/optimise/test_waves.py"),
)
CPU_SECONDS = 40
"""Of one run; a change that makes it longer, most likely for ever, has been noticed."""
SANE = 20
"""Tests run with each module put in its own place unchanged, to see that this works."""

HOLDERS = (FunctionType, _lru_cache_wrapper)
_HELD: list[object] = []
"""Functions and caches there are before any change; what is frozen, `gc` no longer names."""
PLAIN = (int, float, str, bytes, tuple, frozenset, dict)
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
        self.depth = 0
        self.inner = False

    def _hit(self, node: ast.AST, said: str) -> bool:
        self.count += 1
        if self.count - 1 != self.wanted:
            return False
        self.said = f"{getattr(node, 'lineno', 0)}: {said}"
        self.inner = self.depth > 0
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
        self.depth += 1
        node.body = [self.visit(part) for part in node.body]
        self.depth -= 1
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


def changes(path: Path) -> Iterator[tuple[str, ast.Module, bool]]:
    """Yield every change of a module with its place, and whether it lies in a function."""
    source = path.read_text(encoding="utf-8")
    counter = Change()
    counter.visit(ast.parse(source))
    for number in range(counter.count):
        change = Change(number)
        tree = ast.fix_missing_locations(change.visit(ast.parse(source)))
        yield f"{path.relative_to(ROOT)}:{change.said}", tree, change.inner


class Fast:
    """Runs the collected tests once for each change, in a fork of this process."""

    def __init__(self, wanted: list[str]) -> None:
        self.wanted = wanted
        self.tried = 0
        self.kept: list[str] = []
        self.noticed: Counter[int] = Counter()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Stand in for the one run of the tests."""
        settings.register_profile(
            "changes",
            deadline=None,
            derandomize=True,
            database=None,
            max_examples=25,
            suppress_health_check=list(HealthCheck),  # a busy machine is no fault of a test
        )
        settings.load_profile("changes")
        session.items.sort(key=lambda item: item.get_closest_marker("hypothesis") is not None)
        _HELD.extend(one for one in gc.get_objects() if isinstance(one, HOLDERS))
        gc.freeze()
        if self._noticing(session, "", ROOT, ast.Module([], [])) is not None:
            say("the tests fail without any change; mend that first")
            return True
        for path in modules(self.wanted):
            name, before, start = dotted(path), len(self.kept), self.tried
            plain = ast.parse(path.read_text(encoding="utf-8"))
            if self._noticing(session, name, path, plain, SANE) is not None:
                say(f"{name} cannot be put in its own place; mend that first")
                return True
            for number, (place, tree, inner) in enumerate(changes(path)):
                self.tried += 1
                by = self._noticing(session, name, path, tree)
                if by is not None:
                    self.noticed[by] += 1
                elif inner or alone(name, number):
                    self.kept.append(place)
                    say(place)
            say(f"{name}: {len(self.kept) - before} of {self.tried - start}")
        say(f"{len(self.kept)} of {self.tried} changes went unnoticed")
        return True

    def _noticing(
        self,
        session: pytest.Session,
        name: str,
        path: Path,
        tree: ast.Module,
        most: int | None = None,
    ) -> int | None:
        """Return which test fails with a change, None if none does; `most` are run at most."""
        order = sorted(range(len(session.items)), key=lambda at: -self.noticed[at])[:most]
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            _limited()
            found = _failing(session, order, name, path, tree)
            os.write(writer, str(-1 if found is None else found).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            said = pipe.read()
        os.waitpid(child, 0)
        return int(said) if said and said != "-1" else (None if said else order[0])


def _failing(
    session: pytest.Session, order: list[int], name: str, path: Path, tree: ast.Module
) -> int | None:
    """Run the tests until one fails; whatever breaks outside a test counts as the first."""
    quiet = io.StringIO()
    with redirect_stdout(quiet), redirect_stderr(quiet):
        try:
            if name:
                _change(sys.modules[name], path, tree)
            for at in order:
                item = session.items[at]
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                if session.testsfailed:
                    return at
        except BaseException:  # noqa: BLE001  a change may break anything
            return order[0]
    return None


def _change(module: object, path: Path, tree: ast.Module) -> None:
    """Put changed code and constants in the place of those that others hold already."""
    code = compile(tree, str(path), "exec")
    fresh = importlib.util.module_from_spec(importlib.util.spec_from_loader("changed", None))
    fresh.__dict__.update(__name__=module.__name__, __package__=module.__package__)
    sys.modules[module.__name__] = fresh  # dataclasses look their module up
    exec(code, fresh.__dict__)  # noqa: S102
    sys.modules[module.__name__] = module
    codes = dict(_codes(code))
    for function in [one for one in _HELD if isinstance(one, FunctionType)]:
        new = codes.get((function.__qualname__, function.__code__.co_firstlineno))
        if function.__module__ == module.__name__ and new:
            function.__code__ = new
    for cache in [one for one in _HELD if isinstance(one, _lru_cache_wrapper)]:
        cache.cache_clear()
    for key, old in list(vars(module).items()):
        new = vars(fresh).get(key)
        if isinstance(old, type) and old.__module__ == module.__name__:
            _change_class(old, new)
        elif not key.startswith("__") and type(old) is type(new) and old != new:
            for holder in [one for one in sys.modules.values() if vars(one).get(key) is old]:
                setattr(holder, key, new)


def _change_class(old: type, new: type) -> None:
    for key, value in vars(new).items():
        if not key.startswith("__") and isinstance(value, PLAIN) and vars(old).get(key) != value:
            setattr(old, key, value)
    if isinstance(old.__init__, FunctionType):
        old.__init__.__defaults__ = new.__init__.__defaults__


def _codes(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield (const.co_qualname, const.co_firstlineno), const
            yield from _codes(const)


def _limited() -> None:
    """Let this process end when it has used its time, however busy the machine is."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def alone(name: str, number: int) -> bool:
    """Say whether all tests pass in a new interpreter that loads the changed module."""
    command = [sys.executable, __file__, "--alone", name, str(number)]
    ended = subprocess.run(command, capture_output=True, check=False, preexec_fn=_limited)
    return ended.returncode == 0


def modules(wanted: list[str]) -> list[Path]:
    """Return the modules to change, all unless some are named."""
    found = [
        path
        for folder in FOLDERS
        for path in ([folder] if folder.is_file() else sorted(folder.rglob("*.py")))
    ]
    return [
        path for path in found if path.name != "__init__.py" and (not wanted or path.stem in wanted)
    ]


def dotted(path: Path) -> str:
    """Return a module's name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def say(line: str) -> None:
    """Print a line at once, whatever catches the output of tests."""
    os.write(3, f"{line}\n".encode())


def main(wanted: list[str]) -> int:
    """Print each change that no test notices; exit 1 if there are any."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    if wanted[:1] == ["--alone"]:
        name, number = wanted[1], int(wanted[2])
        path = ROOT / (name.replace(".", "/") + ".py")
        tree = list(changes(path))[number][1]
        sys.meta_path.insert(0, Mutant(name, path, tree))
        return int(pytest.main(list(ARGUMENTS)))
    os.dup2(1, 3)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    fast = Fast(wanted)
    pytest.main([*ARGUMENTS, "-s"], plugins=[fast])
    return 1 if fast.kept or not fast.tried else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

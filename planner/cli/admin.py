"""`planner db`, `planner user` and `planner worker`: looking after an installation."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InvalidInput

if TYPE_CHECKING:
    from planner.db.store import Store

_MOST_PROCESSES = 64
_ROLES = ("administrator", "planner", "finance", "viewer")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `db`, `user` and `worker`."""
    database = commands.add_parser("db", help="upgrade, back up or restore the database")
    tasks = database.add_subparsers(title="tasks", required=True, metavar="TASK")
    upgrade = tasks.add_parser("upgrade", help="bring the tables to what this program expects")
    upgrade.set_defaults(func=run_upgrade)
    backup = tasks.add_parser("backup", help="write everything into one file")
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.set_defaults(func=run_backup)
    restore = tasks.add_parser("restore", help="fill an empty database from a backup")
    restore.add_argument("file", metavar="FILE", type=Path)
    restore.add_argument(
        "--replace", action="store_true", help="delete what is in the database first"
    )
    restore.set_defaults(func=run_restore)
    check = tasks.add_parser("check", help="re-read everything and name what does not hold")
    check.add_argument("--deep", action="store_true", help="re-check every plan as well")
    check.set_defaults(func=run_check)
    user = commands.add_parser("user", help="add users")
    tasks = user.add_subparsers(title="tasks", required=True, metavar="TASK")
    add = tasks.add_parser(
        "add", help="add a user; the password is asked for, or read from the input stream"
    )
    add.add_argument("email")
    add.add_argument("--owner", required=True, help="name of the owner; made if there is none")
    add.add_argument("--role", action="append", choices=_ROLES, help="may be given several times")
    add.add_argument("--name", default="")
    add.set_defaults(func=run_user_add)
    worker = commands.add_parser("worker", help="work on the queue until stopped")
    worker.add_argument(
        "--processes", type=int, default=1, metavar="N",
        help="work on so many runs at once; of several, one is kept free for plans (1)",
    )  # fmt: skip
    worker.add_argument("--beside", type=int, metavar="PID", help=argparse.SUPPRESS)
    worker.set_defaults(func=run_worker)


def run_upgrade(_arguments: argparse.Namespace) -> int:
    """Bring the tables up to date."""
    from planner.db.engine import open_engine
    from planner.db.migrate import revision_of, upgrade
    from planner.settings import load_settings

    engine = open_engine(load_settings().database_url)
    upgrade(engine)
    sys.stdout.write(f"The database has revision {revision_of(engine)}.\n")
    engine.dispose()
    return 0


def run_backup(arguments: argparse.Namespace) -> int:
    """Write a backup; the file appears when it is complete."""
    from planner.db.backup import back_up

    store = _store()
    rows = back_up(store.engine, arguments.file)
    sys.stdout.write(f"{rows} rows written to {arguments.file}.\n")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Restore a backup, all of it or nothing."""
    from planner.db.backup import restore

    store = _store()
    rows = restore(store.engine, arguments.file, replace=arguments.replace)
    sys.stdout.write(f"{rows} rows restored from {arguments.file}.\n")
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Name whatever does not hold, a line each; the status is 1 if there is anything."""
    from planner.services.soundness import unsound

    found = list(unsound(_store(), deep=arguments.deep))
    for problem in found:
        sys.stdout.write(f"{problem}\n")
    if not found:
        sys.stdout.write("The database holds together.\n")
    return 1 if found else 0


def run_user_add(arguments: argparse.Namespace) -> int:
    """Add a user to an owner; the first user of a new owner is its administrator."""
    from planner.services.accounts import add_user_as_operator

    actor = add_user_as_operator(
        _store(),
        arguments.owner,
        arguments.email,
        _password(),
        roles=arguments.role or (),
        name=arguments.name,
    )
    sys.stdout.write(f"{actor.email} may sign in as {', '.join(sorted(actor.roles))}.\n")
    return 0


def run_worker(arguments: argparse.Namespace) -> int:
    """Work until asked to end.

    Raises:
        InvalidInput: no process, or more than can be meant.
    """
    if not 1 <= arguments.processes <= _MOST_PROCESSES:
        raise InvalidInput(f"--processes {arguments.processes}: enter 1 to {_MOST_PROCESSES}")
    from planner.settings import load_settings
    from planner.worker import supervise

    return supervise(load_settings(), arguments.processes, arguments.beside)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise InvalidInput("The two passwords differ; run the command again")
    return password


def _store() -> Store:
    from planner.db.store import open_store
    from planner.settings import load_settings

    return open_store(load_settings().database_url)

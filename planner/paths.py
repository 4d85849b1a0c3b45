"""Where the planner's own files lie, in a source tree and in an installed wheel.

The wheel carries `templates/` inside the package; the source tree keeps it beside the package.
The tree wins, because an editable install may leave an old copy in the environment.
"""

from __future__ import annotations

from pathlib import Path

from planner.errors import IncompleteInstallation

_PACKAGE = Path(__file__).resolve().parent


def templates_dir(package: Path = _PACKAGE) -> Path:
    """Return the folder of the Jinja templates, for web pages and documents alike.

    Args:
        package: folder of the `planner` package; another one only in tests.

    Returns:
        The folder, which exists.

    Raises:
        IncompleteInstallation: neither the source tree nor the package has templates.
    """
    tree = package.parent
    if (tree / "pyproject.toml").is_file():
        return _existing(tree / "templates")
    return _existing(package / "templates")


def docs_dir(package: Path = _PACKAGE) -> Path:
    """Return the folder of the documentation, which the site serves.

    Raises:
        IncompleteInstallation: neither the source tree nor the package has it.
    """
    tree = package.parent
    if (tree / "pyproject.toml").is_file():
        return _existing(tree / "docs")
    return _existing(package / "docs")


def static_dir(package: Path = _PACKAGE) -> Path:
    """Return the folder of the files that the site serves as they are.

    Its folders `vendor` and `fonts` are made at set-up and not kept under version control.

    Raises:
        IncompleteInstallation: the folder is not there.
    """
    return _existing(package / "static")


def translations_dir(package: Path = _PACKAGE) -> Path:
    """Return the folder of the gettext catalogues, one folder a language.

    Raises:
        IncompleteInstallation: the folder is not there.
    """
    return _existing(package / "translations")


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        message = (
            f"The folder {folder} of the planner itself is missing. In a source tree run "
            "`sh setup.sh`; otherwise install the package again."
        )
        raise IncompleteInstallation(message)
    return folder

"""The names that a package shows, imported when they are first used.

`trialstats` and its namespaces list their names once, in their stubs (``__init__.pyi``), one import a name. Type
checkers and editors read that list; at run time it is read here, at the first use of any name, so that importing
such a package costs next to nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as type checkers understand it, without the 15 ms that importing typing takes
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def face(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return ``__getattr__`` and ``__dir__`` of the package with this ``__name__``, whose names stand in its stub.

    Examples
    --------
    >>> import trialstats.designs
    >>> "simon_designs" in dir(trialstats.designs)
    True
    >>> trialstats.simon_designs
    Traceback (most recent call last):
        ...
    AttributeError: module 'trialstats' has no attribute 'simon_designs': it is trialstats.designs.simon_designs
    """
    module = sys.modules[package]
    homes: dict[str, str] = {}

    def names() -> dict[str, str]:
        if not homes:
            homes.update(_listed(package))
        return homes

    def find(name: str) -> Any:
        found: Any
        if name == "__all__":
            found = sorted(names())
        elif name not in names():
            raise AttributeError(f"module {package!r} has no attribute {name!r}{_elsewhere(package, names(), name)}")
        elif names()[name] == package:
            found = import_module(f"{package}.{name}")
        else:
            found = getattr(import_module(names()[name]), name)
        setattr(module, name, found)  # the next look-up does not come here
        return found

    return find, lambda: sorted(names())


def _listed(package: str) -> dict[str, str]:
    """Return every name that a package's stub imports, and the module that it comes from."""
    import ast  # these two take longer than all of `import trialstats`
    from pathlib import Path

    stub = Path(str(sys.modules[package].__file__)).with_suffix(".pyi").read_text(encoding="utf-8")
    imports = [node for node in ast.parse(stub).body if isinstance(node, ast.ImportFrom)]
    return {alias.name: str(node.module) for node in imports for alias in node.names}


def _elsewhere(package: str, names: dict[str, str], name: str) -> str:
    """Say which namespace of a package holds a name that the package itself does not show."""
    namespaces = [f"{package}.{one}" for one, home in names.items() if home == package and not name.startswith("_")]
    return next((f": it is {one}.{name}" for one in namespaces if name in import_module(one).__all__), "")

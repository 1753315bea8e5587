"""Pages on the public names of trialstats: one for what stands at the top, one for each namespace."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType

import trialstats
from generate.writing import write_folder

__all__ = ["NAMESPACES", "documented", "write_api"]

NAMESPACES: tuple[ModuleType, ...] = (
    trialstats,
    *(one for one in map(trialstats.__getattr__, trialstats.__all__) if isinstance(one, ModuleType)),
)


def documented(namespace: ModuleType) -> list[str]:
    """Return the names of a page in its order: functions, classes, then menus and other values."""
    names = {name: getattr(namespace, name) for name in namespace.__all__ if not name.startswith("_")}
    values = {name: value for name, value in names.items() if not isinstance(value, ModuleType)}
    return sorted(values, key=lambda name: (_rank(values[name]), name))


def write_api(folder: Path) -> None:
    """Write a page for the top and each namespace, and their index."""
    pages = {f"{one.__name__}.md": _page(one) for one in NAMESPACES}
    summary = "\n".join(
        f"- [{one.__name__}]({one.__name__}.md): {', '.join(f'`{name}`' for name in documented(one))}"
        for one in NAMESPACES
    )
    toctree = "```{toctree}\n:hidden:\n\n" + "\n".join(one.__name__ for one in NAMESPACES) + "\n```\n"
    index = f"# API\n\nEverything that `import trialstats as ts` offers.\n\n{summary}\n\n{toctree}"
    write_folder(folder, pages | {"index.md": index})


def _rank(value: object) -> int:
    return 0 if inspect.isroutine(value) else 1 if isinstance(value, type) else 2


def _page(namespace: ModuleType) -> str:
    parts = [f"# {namespace.__name__}\n", _rst(inspect.getdoc(namespace) or "")]
    parts += [f"## {name}\n\n{_rst(_directive(namespace, name))}" for name in documented(namespace)]
    return "\n".join(parts)


def _rst(text: str) -> str:
    return f"```{{eval-rst}}\n{text}\n```\n"


def _directive(namespace: ModuleType, name: str) -> str:
    value, path = getattr(namespace, name), f"{namespace.__name__}.{name}"
    if inspect.isroutine(value):
        return f".. autofunction:: {path}"
    if isinstance(value, type):
        return f".. {'autoexception' if issubclass(value, Exception) else 'autoclass'}:: {path}"
    kind = "A read-only mapping: " if isinstance(value, Mapping) else ""
    shown = value if isinstance(value, (Mapping, tuple)) else sorted(value) if isinstance(value, Iterable) else [value]
    return f".. py:data:: {path}\n\n   {kind}{', '.join(f'``{one}``' for one in shown)}."

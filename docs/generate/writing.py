"""Write generated pages, and remove those that are no longer made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

__all__ = ["cell", "table", "write_folder", "write_page"]


def write_page(path: Path, text: str) -> None:
    """Write a page if it differs from what is there, so that Sphinx reads only what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def write_folder(folder: Path, pages: Mapping[str, str]) -> None:
    """Write a folder of generated pages; what else lies in it is left over from another build."""
    for name, text in pages.items():
        write_page(folder / name, text)
    for old in folder.iterdir():
        if old.is_file() and old.name not in pages:
            old.unlink()


def cell(text: object) -> str:
    """Return text fit for a cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell(one) for one in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"

"""A text that is rather the name of a file: read as a text, nothing in it would be questioned."""

from __future__ import annotations

import re
from pathlib import Path

from trialstats.errors import InputError

_SUFFIXES = "txt|text|csv|tsv|jsonl?|ndjson|toml|pdf|n?xml|html?|docx?|xlsx?|odt|ods|md|rtf|tex|gz|zip|parquet|nbib|ris"
_FILE_NAME = re.compile(
    rf"\S+\.(?:{_SUFFIXES})|(?:(?:\.{{1,2}}|~)[/\\]|[a-z]:\\|/[\w.-]+/)\S+"
    rf"|(?:\.{{0,2}}[/\\]|~[/\\]|[a-z]:\\).*\.(?:{_SUFFIXES})",
    re.IGNORECASE,
)
_LONGEST_NAME = 4096
_LONGEST_PART = 255
"""Characters of a file's or folder's name, on every usual system."""


def refuse_file_name(text: str) -> None:
    """Refuse a text of one line that looks like the name of a file, or is that of one."""
    name = text.strip()
    if not name or len(name) > _LONGEST_NAME or "\n" in name:
        return
    if _FILE_NAME.fullmatch(name):
        looks = "looks like the name of a file"
    elif _is_file(name):
        looks = "is the name of a file"
    else:
        return
    raise InputError(f"{name!r} {looks}; give Path({name!r}) to read the file, or the text itself.")


def _is_file(name: str) -> bool:
    if any(len(part) > _LONGEST_PART for part in name.split("/")):
        return False  # without asking the disk: most texts are no names
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # too long, or with characters that no name can have
        return False

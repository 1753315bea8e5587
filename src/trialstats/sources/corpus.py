"""A corpus: JSON lines, one {"id", "text"} a line, read one at a time."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from trialstats.errors import InputError
from trialstats.sources.source import Source


class _Document(msgspec.Struct, frozen=True):
    id: str | int
    text: str


_decode = msgspec.json.Decoder(_Document).decode
_PROBLEMS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def is_document(line: bytes) -> bool:
    """Whether a line is one text of a corpus."""
    try:
        _decode(line)
    except _PROBLEMS:
        return False
    return True


def documents(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of each line; blank lines are passed over, the first that is no document is refused."""
    for number, line in enumerate(source.lines(), start=1):
        if line.strip():
            try:
                read = _decode(line)
            except _PROBLEMS as problem:
                raise InputError(
                    f'{source.name}, line {number}: not a document {{"id", "text"}} ({problem}).'
                ) from None
            yield str(read.id), read.text

"""What is given to be read: its name, its first line, its lines one at a time, its bytes, its text."""

from __future__ import annotations

import hashlib
import io
import os
import zlib
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, TypeAlias

from trialstats.errors import InputError

Stream: TypeAlias = BinaryIO | io.BufferedIOBase
"""An open binary stream; that of a compressed file is only the second."""
_UNREADABLE = (OSError, EOFError, ValueError, zlib.error)
"""A file that may not be read, a stream that is closed, or compressed and damaged."""
_BOM = b"\xef\xbb\xbf"
_LONGEST_LINE = 1 << 26
"""Bytes of a first line that are looked at: more than any text on one line, fewer than an endless device has."""


class Source:
    """A file, bytes, a text or an open binary stream; nothing is opened or read before it is asked for.

    ``name`` is what messages call it, ``file`` the file it is, as the user named it, and ``id`` what its paper is to be
    called: by default the name of the file without its suffix.
    """

    def __init__(self, given: Path | bytes | str | Stream, id: str | None = None) -> None:  # noqa: A002
        self._given = given
        self._opened: BinaryIO | None = None
        self.file = _file(given)
        named = "the text" if isinstance(given, str) else "the bytes" if isinstance(given, bytes) else "the stream"
        self.name = self.file or ("standard input" if getattr(given, "name", None) == "<stdin>" else named)
        self.id = id if id is not None or self.file is None else Path(self.file).stem

    @property
    def is_text(self) -> bool:
        """Whether a text was given as such, which may be empty: one of many in a frame."""
        return isinstance(self._given, str)

    @property
    def suffix(self) -> str:
        """The suffix of the file's name, in small letters; nothing where there is no file."""
        return Path(self.file).suffix.lower() if self.file else ""

    @cached_property
    def start(self) -> bytes:
        """All up to the end of the first line that is not blank; the rest of a stream is left where it is."""
        lines = []
        try:
            while line := self._stream.readline(_LONGEST_LINE):
                if not isinstance(line, bytes):
                    raise InputError(f"{self.name}: is open as text; open it as bytes: open(path, 'rb').")
                lines.append(line)
                if line.removeprefix(_BOM).strip() or b"\x00" in line:
                    break
        except _UNREADABLE as problem:
            self.close()
            raise self._unreadable(problem) from None
        return b"".join(lines)

    @property
    def first_line(self) -> bytes:
        """The first line that is not blank, without a byte order mark and white space around it."""
        return self.start.removeprefix(_BOM).strip()

    def lines(self) -> Iterator[bytes]:
        """Yield the lines one at a time, then close the file; to be asked for once, and not after `content`."""
        try:
            yield from io.BytesIO(self.start.removeprefix(_BOM))
            yield from self._stream
        except _UNREADABLE as problem:
            raise self._unreadable(problem) from None
        finally:
            self.close()

    @cached_property
    def content(self) -> bytes:
        """All bytes."""
        try:
            return self.start + self._stream.read()
        except _UNREADABLE as problem:
            raise self._unreadable(problem) from None
        finally:
            self.close()

    @cached_property
    def text(self) -> str:
        """The text, without a byte order mark; `undecodable` must be None."""
        return self._given if isinstance(self._given, str) else self.content.decode("utf-8-sig")

    @cached_property
    def undecodable(self) -> str | None:
        """Where the bytes are no text in UTF-8, in words; None if they are."""
        try:
            _ = self.text
        except UnicodeDecodeError as problem:
            data = problem.object
            return f"line {data.count(10, 0, problem.start) + 1}, byte 0x{data[problem.start]:02x}"
        return None

    @cached_property
    def sha256(self) -> str | None:
        """The digest of the bytes; a text given as such has none."""
        return None if isinstance(self._given, str) else hashlib.sha256(self.content).hexdigest()

    def close(self) -> None:
        """Close the file; a stream that was given stays open, for it is the giver's."""
        if self._opened is not None:
            self._opened.close()

    @cached_property
    def _stream(self) -> Stream:
        given = self._given
        if isinstance(given, Path):
            self._opened = given.open("rb")
            return self._opened
        if isinstance(given, str):
            return io.BytesIO(given.encode("utf-8", "surrogatepass"))
        return io.BytesIO(given) if isinstance(given, bytes) else given

    def _unreadable(self, problem: Exception) -> InputError:
        if isinstance(problem, InputError):
            return problem
        if isinstance(problem, FileNotFoundError) and self.file is not None:
            return missing(self.file)
        if isinstance(problem, IsADirectoryError):
            return InputError(f"{self.name}: is a directory; give the files in it.")
        return InputError(f"{self.name}: cannot be read ({getattr(problem, 'strerror', None) or problem}).")


def missing(name: str) -> InputError:
    """Return what to say of a file that is not there: the nearest file beside it is suggested."""
    path = Path(name)
    beside = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
    near = get_close_matches(path.name, beside, n=1, cutoff=0.6)
    hint = f" Did you mean {str(path.parent / near[0])!r}?" if near else ""
    return InputError(f"{name}: no such file or directory.{hint}")


def _file(given: object) -> str | None:
    if isinstance(given, Path):
        return os.fspath(given)
    name = getattr(given, "name", None)  # of an open file; standard input's is "<stdin>", a temporary file's a number
    return name if isinstance(name, str) and name and not name.startswith("<") else None

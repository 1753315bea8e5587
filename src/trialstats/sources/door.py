"""The one door: any source in, its papers out, one at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from trialstats.claims.model import Paper
from trialstats.errors import InputError
from trialstats.sources.file_names import refuse_file_name
from trialstats.sources.kinds import TABLE, Kind, kind_of
from trialstats.sources.source import Source, Stream

if TYPE_CHECKING:
    import pandas as pd


class Papers(Iterator[Paper]):
    """The papers of a source, one at a time; what kind of source it is may be asked before.

    Nothing is opened or read before the first paper, or the kind, is asked for.
    """

    def __init__(self, source: Source, kind: Kind | None = None, papers: Iterator[Paper] | None = None) -> None:
        self._source, self._kind, self._papers = source, kind, papers

    @property
    def kind(self) -> Kind:
        """What the source is, by its content: one of `trialstats.sources.kinds.KINDS`."""
        if self._kind is None:
            self._kind = kind_of(self._source)
        return self._kind

    def __next__(self) -> Paper:
        if self._papers is None:
            assert self.kind.papers is not None  # else kind_of had refused it
            self._papers = self.kind.papers(self._source)
        return next(self._papers)

    def close(self) -> None:
        """Close the file, if that was opened here; after the last paper it is closed anyway."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_source(source: Path | bytes | str | Stream | pd.DataFrame, *, id: str | None = None) -> Papers:  # noqa: A002
    r"""Return the papers of any source, one at a time.

    What a source is, is found by its content: a text, a trial file (TOML), a table (CSV, TSV) or a corpus (JSON lines
    of {"id", "text"}). A corpus is read line by line, so that it may be as long as it likes.

    Parameters
    ----------
    source : Path, bytes, str, open binary stream or DataFrame
        A file, its bytes or its text; or a frame whose cells are text. The name of a file is no text: give a `Path`.
    id : str, optional
        What to call the paper of a text or a table; by default the name of the file without its suffix, or ``text`` or
        ``table``. Trial files and corpora name their papers themselves.

    Returns
    -------
    Papers
        An iterator of `Paper` that knows its ``kind``. Nothing is read before either is asked for.

    Raises
    ------
    InputError
        If a text is rather the name of a file, or ``source`` is none of these; and, once it is read, if it is a file
        of a kind that cannot be read, or a damaged one: what it is, and what to do instead.

    Examples
    --------
    >>> (paper,) = open_source("Response was 25% (8 of 32; 95% CI, 12 to 43).")
    >>> paper.id, paper.claims[0].value.text
    ('text', '25%')
    >>> table = open_source(b"study,HR,lower,upper\nA,0.54,0.36,0.81\n")
    >>> table.kind.name, next(table).claims[0].measure
    ('a table', 'hazard-ratio')
    >>> open_source("abstract.txt")
    Traceback (most recent call last):
    ...
    trialstats.errors.InputError: 'abstract.txt' looks like the name of a file; give Path('abstract.txt') to read the
    file, or the text itself.
    """
    given: Any = source
    if isinstance(given, str):
        refuse_file_name(given)
    elif isinstance(given, os.PathLike):
        given = Path(given)
    elif hasattr(given, "itertuples"):
        return Papers(Source(b""), TABLE, _papers_of_frame(given, id))
    elif not isinstance(given, bytes) and not hasattr(given, "readline"):
        raise InputError(
            f"A source is a text, Path, bytes, open binary stream, DataFrame or Paper, got {type(given).__name__}."
        )
    return Papers(Source(given, id))


def _papers_of_frame(frame: pd.DataFrame, name: str | None) -> Iterator[Paper]:
    from trialstats.sources.table import read_table

    yield read_table(frame, paper_id=name)

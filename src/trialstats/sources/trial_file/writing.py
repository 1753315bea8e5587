"""Writing a trial file: byte for byte where nothing changed, else only what differs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trialstats.claims.model import Paper
from trialstats.errors import InputError, TrialFileError
from trialstats.sources.trial_file.layout import document_of, laid_out, toml_value
from trialstats.sources.trial_file.reading import Trial, parse_trial


def write_trial(trial: Paper, path: str | os.PathLike[str]) -> None:
    """Write a trial file; a trial that was read and not changed is written byte for byte.

    Parameters
    ----------
    trial : Paper
        A trial, or any paper.
    path : str or path-like
        The file to write.

    Raises
    ------
    TrialFileError
        If it cannot be written there, or would not be accepted when read again.
    """
    data = dump_trial(trial).encode("utf-8")
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise TrialFileError(f"it cannot be written: {error.strerror}.", file=os.fspath(path)) from None


def dump_trial(trial: Paper) -> str:
    """Return the text of a trial file.

    An unchanged trial gives the text it was read from. In a changed one only the rows and keys that
    differ are written anew, comments and layout of all others stay. A paper that came from
    elsewhere is laid out afresh.

    Parameters
    ----------
    trial : Paper
        A trial, or any paper. Places in a text, ambiguous readings and the digest are not kept.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If it would not be accepted when read again, as bounds swapped without ``sic``.

    Examples
    --------
    >>> from trialstats.sources.trial_file import load_trial
    >>> trial = load_trial("desmoid")
    >>> dump_trial(trial) == trial.toml
    True
    """
    wanted = document_of(trial)
    text = trial.toml if isinstance(trial, Trial) else None
    if text is not None:
        before = document_of(parse_trial(text))
        if before == wanted:
            return text
        changed = _changed(text, before, wanted)
        if changed is not None:
            return changed
    fresh = laid_out(wanted)
    if document_of(parse_trial(fresh, f"<{trial.id}>")) != wanted:
        raise InputError(f"The paper {trial.id!r} holds something that a trial file cannot say.")
    return fresh


def _changed(text: str, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> str | None:
    """Return the text with only what differs written anew; None where that cannot be done in place."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    mark = "\ufeff" if text.startswith("\ufeff") else ""
    try:
        document: Any = tomlkit.parse(text.removeprefix(mark))
        _change_table(document["trial"], before["trial"], wanted["trial"])
        if before["order"] != wanted["order"] and wanted["order"]:
            document["trial"]["experimental"] = wanted["order"][0]
        if before["arms"] != wanted["arms"]:
            _change_table(document["arms"], before["arms"], wanted["arms"])
        _change_rows(document["rows"], before["rows"], wanted["rows"])
        changed = mark + tomlkit.dumps(document)
        return changed if document_of(parse_trial(changed)) == wanted else None
    except (TOMLKitError, TrialFileError, KeyError, IndexError):
        return None


def _change_table(table: Any, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    import tomlkit

    for key in before.keys() - wanted.keys():
        del table[key]
    for key, value in wanted.items():
        old = before.get(key)
        if old == value:
            continue
        if isinstance(old, dict) and isinstance(value, dict):
            _change_table(table[key], old, value)
        else:
            table[key] = tomlkit.value(toml_value(value))


def _change_rows(table: Any, before: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> None:
    import tomlkit

    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in wanted}
    for index in reversed(range(len(before))):
        if before[index]["id"] not in new:
            del table[index]
    for index, (row_id, row) in enumerate(new.items()):
        if row_id in old:
            _change_table(table[index], old[row_id], row)
        else:
            fresh = tomlkit.table()
            for key, value in row.items():
                fresh.add(key, tomlkit.value(toml_value(value)))
            fresh.add(tomlkit.nl())
            table.insert(index, fresh)

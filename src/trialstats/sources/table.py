"""A table of reported results, one row each, read as text: a systematic reviewer's spreadsheet.

Columns are found by name: estimate, lower, upper, level, p, x, n, measure, and id, outcome, arm, unit
where present; other columns are left alone. Every cell is a printed number or empty.

The usual headings do as well: HR, OR or RR for the estimate (and its measure), LCL and UCL, lower CI and upper CI,
95% CI for both bounds in one cell (0.36-0.81; the level is that of the heading), events and total.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trialstats.claims.model import MEASURES, Basis, Estimate, Paper, Place, PValue, Spread
from trialstats.errors import InputError, NotTextError, UnknownNameError
from trialstats.reported import Reported

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("id", "measure", "estimate", "lower", "upper", "level", "p", "x", "n", "unit", "outcome", "arm")
_BOTH = "ci"
"""What a column with both bounds in one cell is called here."""
_OF_NUMBERS = frozenset({"estimate", "lower", "upper", "x", "p", _BOTH})
"""Without one of these columns nothing is reported."""
_SYNONYMS: Mapping[str, str] = {
    "value": "estimate", "effect": "estimate", "effect_size": "estimate", "point_estimate": "estimate",
    "lo": "lower", "low": "lower", "lcl": "lower", "ll": "lower", "lci": "lower", "lb": "lower",
    "hi": "upper", "high": "upper", "ucl": "upper", "ul": "upper", "uci": "upper", "ub": "upper",
    "conf_low": "lower", "conf_high": "upper",
    "pvalue": "p", "p_value": "p", "pval": "p", "events": "x", "event": "x", "count": "x", "n_events": "x",
    "cases": "x", "total": "n", "sample_size": "n", "patients": "n", "participants": "n",
    "conf_level": "level", "confidence_level": "level", "type": "measure", "endpoint": "outcome", "group": "arm",
    "study": "id", "confidence_interval": _BOTH, "cis": _BOTH,
}  # fmt: skip
# "Lower 95% CI", "95% CI upper", "lower_limit", "CI_low"
_BOUND_HEADING = re.compile(
    r"(?:(?:conf_)?(?:ci|cl|limit|bound|confidence_(?:limit|interval))_?)?(?P<side>low(?:er)?|upp(?:er)?|high)"
    r"(?:_?(?:ci|cl|limit|bound|confidence_(?:limit|interval)|of_ci))?"
)
_LEVEL_HEADING = re.compile(r"_?(?P<level>[0-9]{2}(?:\.[0-9])?)_?%?_?(?=ci|cl|conf|lower|upper|limit|$)")
_MEASURE_HEADINGS: Mapping[str, str] = {
    "hr": "HR", "hazard_ratio": "HR", "ahr": "HR", "or": "OR", "odds_ratio": "OR", "aor": "OR",
    "rr": "RR", "risk_ratio": "RR", "relative_risk": "RR", "md": "MD", "mean_difference": "MD",
}  # fmt: skip
_NUMBER = r"[-+\u2212]?(?:[0-9][0-9.,\u00b7]*?|\.[0-9]+)%?|N[ERA]|not (?:reached|estimable)|inf(?:inity)?|\u221e"
_BOUNDS = re.compile(
    rf"[(\[]?\s*(?P<lower>{_NUMBER})\s*(?:to|and|[-\u2013\u2014,;:])\s*(?P<upper>{_NUMBER})\s*[)\]]?", re.IGNORECASE
)
_LONGEST_HEADING = 60
"""Characters; what is longer is no heading known here, and mostly a piece of a sentence."""
_MOST_NAMED = 20
"""Bad cells that a message names one by one."""
_MEASURE_NAMES: Mapping[str, str] = {
    "hr": "hazard-ratio", "or": "odds-ratio", "rr": "risk-ratio", "rate": "proportion", "percentage": "proportion",
    "percent": "proportion", "%": "proportion", "md": "difference", "rd": "difference", "risk difference": "difference",
    "mean difference": "difference",
}  # fmt: skip


def read_table(source: str | Path | io.StringIO | pd.DataFrame, *, paper_id: str | None = None) -> Paper:
    r"""Return the claims of a table, one for each row that prints a number.

    Parameters
    ----------
    source : str, Path, StringIO or DataFrame
        A CSV file (comma, semicolon or tab) or its text in a StringIO, or a frame whose cells are text.
    paper_id : str, optional
        By default the file's name.

    Returns
    -------
    Paper
        Claims bear the ``id`` of their row, or ``row-2`` for the line of the file.

    Raises
    ------
    InputError
        If the file cannot be read, no column is known, two columns say the same, or cells are no printed numbers:
        with file, and line and column of each.
    NotTextError
        If a cell of a frame is a number: it has lost its trailing zeros.

    Examples
    --------
    >>> import io
    >>> paper = read_table(io.StringIO("measure,estimate,lower,upper\nHR,0.54,0.36,0.81\n"))
    >>> paper.claims[0].measure, paper.claims[0].value.text
    ('hazard-ratio', '0.54')
    >>> usual = read_table(io.StringIO("Study;HR;95% CI\nA;0.54;0.36-0.81\n")).claims[0]
    >>> usual.measure, usual.interval.lower.text, usual.interval.upper.text, usual.interval.level.text
    ('hazard-ratio', '0.36', '0.81', '95')
    """
    if isinstance(source, (str, Path)):
        name = str(source)
        try:
            raw = Path(source).read_bytes()
            text = raw.decode("utf-8-sig")
        except OSError as problem:
            raise InputError(f"{name}: cannot be read ({problem.strerror or problem}).") from None
        except UnicodeDecodeError:
            raise InputError(f"{name}: is not UTF-8 text; save the table as CSV in UTF-8.") from None
        paper = parse_table(text, source=name, paper_id=paper_id or Path(source).stem)
        return replace(paper, source=name, sha256=hashlib.sha256(raw).hexdigest())
    if isinstance(source, io.StringIO):
        return parse_table(source.getvalue(), paper_id=paper_id)
    if not hasattr(source, "itertuples"):
        raise InputError(f"A table is a file (its name or Path) or a DataFrame, got {type(source).__name__}.")
    header = [str(column) for column in source.columns]
    rows = [(k + 2, [_cell_of_frame(cell, header[j], k) for j, cell in enumerate(row)])
            for k, row in enumerate(source.itertuples(index=False))]  # fmt: skip
    return Paper(id=paper_id or "table", claims=tuple(_claims(header, rows, "the table")), basis=Basis.STRUCTURED)


def parse_table(text: str, *, source: str = "the table", paper_id: str | None = None) -> Paper:
    """Return the claims of the text of a table, which messages call ``source``, or refuse it as `read_table` does."""
    header, rows = _csv(text, source)
    return Paper(id=paper_id or "table", claims=tuple(_claims(header, rows, source)), basis=Basis.STRUCTURED)


def looks_like_table(text: str) -> bool:
    """Whether a text is a table without saying so: its first line names columns, one of them of printed numbers."""
    first, _, rest = text.removeprefix("\ufeff").lstrip().partition("\n")
    delimiter = _delimiter(first)
    cells = (cell.strip().strip('"') for cell in first.split(delimiter))
    known = {_known(cell) for cell in cells if len(cell) <= _LONGEST_HEADING} & {*COLUMNS, _BOTH}
    second = rest.lstrip("\r\n").partition("\n")[0]
    return len(known) >= 2 and not known.isdisjoint(_OF_NUMBERS) and (delimiter in second or not second)


def _cell_of_frame(cell: Any, column: str, row: int) -> str:
    if cell is None or cell != cell:  # NaN is the one value that differs from itself
        return ""
    if not isinstance(cell, str) and _known(column) in ("estimate", "lower", "upper", "level", "p", "x", "n"):
        raise NotTextError(
            f"The table, row {row + 1}, column {column!r}: {cell!r} is a number and has lost its trailing zeros; "
            "read the table as text (dtype=str)."
        )
    return str(cell)


def _csv(text: str, name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.lstrip().partition("\n")[0]))
    try:
        header = next(row for row in reader if any(cell.strip() for cell in row))
        rows = [(reader.line_num, row) for row in reader]
    except StopIteration:
        raise InputError(f"{name}: the table is empty; its first line must name the columns.") from None
    except csv.Error as problem:
        raise InputError(f"{name}, line {reader.line_num}: not a CSV table ({problem}).") from None
    return header, rows


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _known(column: str) -> str:
    return _heading(column)[0]


def _heading(column: str) -> tuple[str, str, str]:
    """Return what a heading stands for here, and the measure and the level that it names, or nothing."""
    name = re.sub(r"[()\[\]]", "", column.strip().lower())
    name = re.sub(r"[\s_-]+|(?<![0-9])\.|\.(?![0-9])", "_", name).strip("_")
    if name in _MEASURE_HEADINGS:
        return "estimate", _MEASURE_HEADINGS[name], ""
    level = _LEVEL_HEADING.search(name) if "%" in name or "ci" in name or "cl" in name else None
    if level is not None:
        name = (name[: level.start()] + "_" + name[level.end() :]).strip("_") or _BOTH
    side = _BOUND_HEADING.fullmatch(name)
    if side is not None:
        name = "lower" if side["side"].startswith("low") else "upper"
    name = _SYNONYMS.get(name, name)
    return name, "", level["level"] if level is not None and name in ("lower", "upper", _BOTH) else ""


def _claims(header: Sequence[str], rows: Sequence[tuple[int, list[str]]], name: str) -> Iterator[Estimate]:
    headings = [_heading(column) for column in header]
    columns = _named_once([known for known, _, _ in headings], header)
    if _OF_NUMBERS.isdisjoint(columns):
        raise InputError(f"{name}: no column is known; accepted are {', '.join(COLUMNS)}, got {', '.join(header)}.")
    _refuse_twins(header, columns, name)
    said = {"measure": next((measure for _, measure, _ in headings if measure), ""),
            "level": next((level for _, _, level in headings if level), "")}  # fmt: skip
    as_headed = dict(zip(columns, header, strict=True))
    seen: set[str] = set()
    problems: list[str] = []
    found: list[Estimate] = []
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(columns):
            problems.append(f"line {line}: {len(row)} cells, but the first line names {len(columns)} columns.")
            continue
        cells = {column: cell.strip() for column, cell in zip(columns, row, strict=False)
                 if column in COLUMNS or column == _BOTH}  # fmt: skip
        claim_id = cells.get("id") or f"row-{line}"
        if claim_id in seen:
            claim_id = f"{claim_id}.{line}"
        seen.add(claim_id)
        slips: list[str] = []
        claim = _claim(claim_id, said | {k: v for k, v in cells.items() if v}, as_headed, line, slips)
        problems += slips
        if not slips and claim is not None:
            found.append(claim)
    if problems:
        raise InputError(_all_slips(name, problems))
    yield from found


_NAMES_OF_ROWS = ("id", "outcome", "arm", "unit")


def _named_once(columns: Sequence[str], header: Sequence[str]) -> list[str]:
    """Leave alone what would name a row twice ("study" beside "id"): its own name goes first, then the first column."""
    chosen = {
        name: next((k for k, heading in enumerate(header) if heading.strip().lower() == name), columns.index(name))
        for name in _NAMES_OF_ROWS
        if name in columns
    }
    return [column if chosen.get(column, k) == k else "" for k, column in enumerate(columns)]


def _refuse_twins(header: Sequence[str], columns: Sequence[str], name: str) -> None:
    """Refuse a table in which two columns say the same: nobody knows which is meant."""
    first: dict[str, str] = {}
    for heading, column in zip(header, columns, strict=True):
        if column not in COLUMNS and column != _BOTH:
            continue
        if column in first:
            raise InputError(
                f"{name}: the columns {first[column]!r} and {heading!r} both give the {column}; leave one."
            )
        first[column] = heading
    if _BOTH in first and {"lower", "upper"} & set(first):
        bound = first.get("lower") or first["upper"]
        raise InputError(f"{name}: the columns {first[_BOTH]!r} and {bound!r} both give a bound; leave one.")


def _all_slips(name: str, problems: Sequence[str]) -> str:
    if len(problems) == 1:
        return f"{name}, {problems[0]}"
    shown = [problem.rstrip(".") for problem in problems[:_MOST_NAMED]]
    more = f"; and {len(problems) - _MOST_NAMED} more" if len(problems) > _MOST_NAMED else ""
    return f"{name}: {len(problems)} cells cannot be read: {'; '.join(shown)}{more}."


def _claim(
    claim_id: str, cells: Mapping[str, str], as_headed: Mapping[str, str], line: int, slips: list[str]
) -> Estimate | None:
    """Return the claim of a row; what cannot be read is added to ``slips``."""

    def number(column: str, unit: str = "") -> Reported | None:
        text = cells.get(column, "")
        if not text:
            return None
        try:
            return Reported(text, unit)
        except InputError as problem:
            slips.append(f"line {line}, column {as_headed.get(column, column)!r}: {problem}")
            return None

    if cells.get(_BOTH):
        both = _BOUNDS.fullmatch(cells[_BOTH])
        if both is None:
            where = f"line {line}, column {as_headed[_BOTH]!r}"
            slips.append(f"{where}: {cells[_BOTH]!r} is not two printed numbers, such as 0.36-0.81.")
        else:
            as_headed = dict(as_headed) | {"lower": as_headed[_BOTH], "upper": as_headed[_BOTH]}
            cells = dict(cells) | {"lower": both["lower"], "upper": both["upper"]}
    written = cells.get("measure", "").lower()
    measure = _MEASURE_NAMES.get(written, written.replace(" ", "-")) or ("proportion" if cells.get("x") else "other")
    if measure not in MEASURES:
        problem = UnknownNameError("measure", cells["measure"], MEASURES)
        slips.append(f"line {line}, column 'measure': {problem}")
    value = number("estimate")
    unit = value.unit if value is not None else ""
    lower, upper, level, p = number("lower", unit), number("upper", unit), number("level"), number("p")
    x, n = number("x"), number("n")
    if slips:
        return None
    if level is not None and level.value > 1:
        level = level.with_unit("%")
    spread = Spread("confidence", lower, upper, level=level) if lower is not None or upper is not None else None
    return Estimate(
        id=claim_id,
        measure=measure,
        value=value,
        spread=spread,
        p=PValue(p) if p is not None else None,
        x=x,
        n=n,
        unit=cells.get("unit") or None,
        arms=(cells["arm"],) if cells.get("arm") else (),
        outcome=cells.get("outcome") or None,
        inferred=() if written else ("measure",),
        where=Place(line=line),
    )

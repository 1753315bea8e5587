"""Columns of arms as papers print them: "Drug (n=140)" over 21 (15.0), 21/140, 61.2 (9.8).

What such a cell holds is said by its own signs, by the label of its row ("Age, mean (SD)"), or by the size of the arm.
The column is read as one for each kind of number; a cell that may be of two kinds is left where it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trialstats.sources.table.headings import read_heading

_SIZED = re.compile(
    r"(?P<arm>[^\d\W][^=]{0,60}?)[\s,;:]*[(\[]?\s*n\s*=\s*(?P<n>\d[\d,]*)\s*[)\]]?(?:,? ?n[,.]? ?\(%\))?", re.I
)
_NUMBER = r"[-+\u2212\u2013]?\d+(?:\.\d+)?"
_OF = re.compile(r"(?P<x>\d[\d,]*)\s*/\s*(?P<n>\d[\d,]*)(?:\s*[(\[]?\s*(?P<share>\d+(?:\.\d+)?)\s*%?\s*[)\]]?)?")
_AROUND = re.compile(rf"(?P<mean>{_NUMBER})\s*(?:±|\+/-)\s*(?P<sd>\d+(?:\.\d+)?)")
_TWO_NUMBERS = re.compile(rf"(?P<first>{_NUMBER})\s*[(\[]\s*(?P<second>\d+(?:\.\d+)?)\s*(?P<sign>%?)\s*[)\]]")
_MEANS = re.compile(r"\bmeans?\b|\bs\.?d\.?\b|±", re.IGNORECASE)
_NO_MEANS = re.compile(
    r"\bs\.?e\.?m?\b|standard error|\biqr\b|quartile|range|median|\bci\b|change|least[- ]squares", re.IGNORECASE
)
_SHARES = re.compile(r"\bno\.|%|\bn\b|number|percent", re.IGNORECASE)
_NO_ARM = re.compile(r"(?:total|overall|all|both|everyone|whole|entire|combined)\b", re.IGNORECASE)
_KINDS = ("events", "n", "%", "mean", "SD")
_TWO = 2


@dataclass(frozen=True, slots=True)
class _Arm:
    at: int
    name: str
    n: str


def as_kinds(
    header: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the table with columns for the kinds of number of each arm, where it prints its arms as papers do.

    Examples
    --------
    >>> as_kinds(["outcome", "Zinc (n=60)", "Sugar (n=61)"], [(2, ["falls", "3 (5.0)", "9 (14.8)"])])[1][0][1][3:6]
    ['3', '60', '5.0']
    """
    arms = _arms(header, rows)
    if len(arms) < _TWO:
        return list(header), list(rows)
    wide = [f"{kind} {arm.name}" for arm in arms for kind in _KINDS]
    named = {arm.at: f"{arm.name} (n={arm.n})" if arm.n else arm.name for arm in arms}  # less "n (%)" behind it
    return [*(named.get(k, cell) for k, cell in enumerate(header)), *wide], [
        (line, _widened(cells, header, arms)) for line, cells in rows
    ]


def _arms(header: Sequence[str], rows: Sequence[tuple[int, list[str]]]) -> list[_Arm]:
    """Return the columns of arms: those with a size in the heading, or whose cells are all shares or means."""
    sized = [
        _Arm(k, _words(found["arm"]), found["n"].replace(",", "")) for k, cell in enumerate(header)
        if (found := _SIZED.fullmatch(cell.strip())) and not _NO_ARM.match(found["arm"])
    ]  # fmt: skip
    if not sized:
        plain = [k for k, cell in enumerate(header) if cell.strip() and not read_heading(cell).kind]
        sized = [_Arm(k, _words(header[k]), "") for k in plain if _speaks(k, rows) and not _NO_ARM.match(header[k])]
    names = {arm.name.lower() for arm in sized}
    read = [read_heading(f"events {arm.name}") for arm in sized]
    known = all(
        one.may_be_of_an_arm and one.arm.lower() == arm.name.lower() for one, arm in zip(read, sized, strict=True)
    )
    at = {arm.at for arm in sized}
    beside = {read_heading(cell).arm.lower() for k, cell in enumerate(header) if k not in at}
    known = known and names.isdisjoint(beside)
    return sized if known and "" not in names and len(names) == len(sized) else []


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text))


def _speaks(k: int, rows: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether the cells of a column say themselves what they are."""
    held = [cells[k].strip() for _, cells in rows if k < len(cells) and cells[k].strip()]
    return bool(held) and all(_OF.fullmatch(cell) or _AROUND.fullmatch(cell) for cell in held)


def _widened(cells: Sequence[str], header: Sequence[str], arms: Sequence[_Arm]) -> list[str]:
    """Return the cells of a row with those of the kinds of number behind them."""
    padded = [*cells, *[""] * (len(header) - len(cells))]
    if len(padded) > len(header):
        return padded
    at = {arm.at for arm in arms}
    label = " ".join(cell for k, cell in enumerate(padded) if k not in at and not re.match(r"[\d.<=>]", cell.strip()))
    texts = [padded[arm.at].strip() for arm in arms]
    told = [_told(text, label, arm, texts, [one.n for one in arms]) for text, arm in zip(texts, arms, strict=True)]
    if any(one is None for one, text in zip(told, texts, strict=True) if text):
        return padded + [""] * (len(_KINDS) * len(arms))
    others = [one for one in told if one and one["%"] and one["n"]]
    if len(others) > 1 and all(_is_of_others(one) for one in others):
        told = [one and one | {"n": ""} for one in told]  # percentages of fewer patients than the arm has
    for arm in arms:
        padded[arm.at] = ""
    return padded + [(one or {}).get(kind, "") for one in told for kind in _KINDS]


def _told(text: str, label: str, arm: _Arm, texts: Sequence[str], sizes: Sequence[str]) -> dict[str, str] | None:
    """Return the numbers of a cell by their kind; None where nobody knows of which kind they are."""
    none = dict.fromkeys(_KINDS, "")
    if found := _OF.fullmatch(text):
        if int(found["x"].replace(",", "")) > int(found["n"].replace(",", "")):
            return None  # a blood pressure
        return none | {"events": found["x"], "n": found["n"], "%": found["share"] or ""}
    if _NO_MEANS.search(label):
        return None
    if found := _AROUND.fullmatch(text):
        return none | {"mean": found["mean"], "SD": found["sd"], "n": arm.n}
    found = _TWO_NUMBERS.fullmatch(text)
    if found is None:
        return None
    if _is_share(label, texts, sizes) and found["first"].isdigit():
        return none | {"events": found["first"], "%": found["second"], "n": arm.n}
    if _MEANS.search(label) and not found["sign"]:
        return none | {"mean": found["first"], "SD": found["second"], "n": arm.n}
    return None


def _is_share(label: str, texts: Sequence[str], sizes: Sequence[str]) -> bool:
    """Whether the cells of a row are counts with percentages: by the label, or as those of an arm of this size."""
    pairs = [found for text in texts if (found := _TWO_NUMBERS.fullmatch(text)) is not None]
    if not all(one["first"].isdigit() for one in pairs) or _MEANS.search(label):
        return False
    signed = any(one["sign"] for one in pairs) or _SHARES.search(label) is not None
    if signed or not all(sizes):
        return signed
    held = [(found, n) for text, n in zip(texts, sizes, strict=True) if (found := _TWO_NUMBERS.fullmatch(text))]
    fits = [_prints(one, int(n)) for one, n in held]
    return any(fits) if all("." in one["second"] for one in pairs) else all(fits) and bool(fits)


def _prints(pair: re.Match[str], n: int) -> bool:
    """Whether the second of two numbers is the first as a percentage of some patients."""
    share, digits = pair["second"], len(pair["second"].partition(".")[2])
    return bool(n) and abs(100 * int(pair["first"]) / n - float(share)) <= 0.5001 * 10.0**-digits


def _is_of_others(one: dict[str, str]) -> bool:
    """Whether a percentage is not that of the size in the heading, but of fewer patients."""
    x, n, share = (float(one[key].replace(",", "")) for key in ("events", "n", "%"))
    step = 0.5 * 10.0 ** -len(one["%"].partition(".")[2])
    return bool(n) and 100 * x / n < share - step * 1.01

"""What the cheapest explanation of a printed proportion is worth, decided with plain numbers: the tier of verdicts.

A verdict asks only whether something prints the claim, and how ordinary the cheapest such thing is. Most printed
proportions answer that with one or two counts and the commonest methods. Here these are looked at one by one, with
scalars; a number within `_MARGIN` of the end of its range decides nothing, and what is left undecided goes to the
search (`CountSearch`), which looks at everything. So nothing is concluded here that the search would not conclude.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Protocol, TypeAlias

from scipy.special import betainccinv, betaincinv

from trialstats.catalogue import Catalogue, Convention
from trialstats.explanations import Block
from trialstats.reported import Reported, Span
from trialstats.search.counts.ranges import IntArray
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical

__all__ = ["Kind", "certain_kind", "cheapest_kind", "is_seen_to_print", "kind_of_share", "never_ordinary"]

_MARGIN = 1e-9
"""Far above the noise of any method and of the guard, far below what a printed digit stands for."""
_METHODS = frozenset({"clopper-pearson", "wald", "wilson"})
_SMALLEST, _LARGEST = 2, 10_000
_MOST_COUNTS = 8
_MOST_LOOKS = 48
_MOST_CONVENTIONS = 24
Kind: TypeAlias = tuple[bool, str | None]
"""Whether an explanation is ordinary, and the class of its denominator."""


class _Search(Protocol):
    """What is asked here of a `CountSearch`, which asks in turn whether something is seen to print the claim."""

    @property
    def printed(self) -> PrintedInterval: ...
    @property
    def allowed(self) -> Mapping[str, IntArray]: ...
    @property
    def x(self) -> int | None: ...
    @property
    def levels(self) -> tuple[float, ...]: ...
    @property
    def methods(self) -> tuple[str, ...]: ...
    @property
    def roundings(self) -> tuple[str, ...]: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def conventions(self) -> tuple[Convention, ...]: ...
    def prints_something(self) -> bool: ...
    def cheapest(self) -> Block | None: ...


def cheapest_kind(search: _Search) -> Kind | None:
    """Return whether the cheapest explanation is ordinary, and its class of n; None where nothing prints the claim.

    Parameters
    ----------
    search : CountSearch

    Examples
    --------
    >>> from trialstats.search.counts.ranges import Allowed
    >>> from trialstats.search.counts.search import CountSearch
    >>> from trialstats.search.printed import PrintedInterval
    >>> printed = PrintedInterval.of("61%", ("47%", "74%"), "a proportion")
    >>> cheapest_kind(CountSearch(printed, Allowed(stated=[54])))
    (True, 'stated')
    """
    kind = certain_kind(search)
    if kind is not None:
        return kind
    if len(search.allowed) == 1 and never_ordinary(search):
        return (False, next(iter(search.allowed))) if search.prints_something() else None
    block = search.cheapest()
    return None if block is None else (block.ordinary, block.allowed)


def certain_kind(search: _Search) -> Kind | None:
    """Return what `cheapest_kind` returns where that is plain to see; None where it takes the search.

    Parameters
    ----------
    search : CountSearch
    """
    if not _is_plain(search):
        return None
    if len(search.allowed) == 1 and never_ordinary(search):
        # Whatever prints it is worth the same: it is enough to find something.
        (name,) = search.allowed
        return (False, name) if _something_prints(search, name) else None
    for one in search.conventions:
        decided = _judge(search, one)
        if decided is None:
            return None
        if decided:
            return one.ordinary, one.allowed
    return None


def is_seen_to_print(search: _Search) -> bool:
    """Return whether one of the commonest ways is seen to print the claim; False where it takes the search to know.

    Parameters
    ----------
    search : CountSearch
    """
    common = islice(filter(_is_common, search.conventions), _MOST_CONVENTIONS)
    return _is_plain(search) and any(_judge(search, one) for one in common)


def _is_common(one: Convention) -> bool:
    return one.method in _METHODS and one.bounds == "direct" and one.point is None


def kind_of_share(x: int, n: int, printed: Reported, catalogue: Catalogue) -> Kind | None:
    """Return `cheapest_kind` of a percentage whose count and denominator are printed.

    Parameters
    ----------
    x, n : int
    printed : Reported
    catalogue : Catalogue

    Examples
    --------
    >>> from trialstats.catalogue import load_catalogue
    >>> [kind_of_share(317, 349, Reported(text), load_catalogue()) for text in ("91%", "92%")]
    [(True, 'stated'), None]
    """
    if not 0 <= x <= n:
        return None
    for rounding in catalogue.names("rounding"):  # cheapest first
        fits = _within(x / n, printed.float_range(rounding))
        if fits if fits is not None else Fraction(x, n) in printed.range(rounding):
            return catalogue.is_ordinary("allowed-n", "stated") and catalogue.is_ordinary(
                "rounding", rounding
            ), "stated"
    return None


def _is_plain(search: _Search) -> bool:
    """Whether an estimate and both bounds are printed, as numbers."""
    numbers = (search.printed.estimate, search.printed.lower, search.printed.upper)
    return all(number is not None and not number.is_missing and number.relation == "=" for number in numbers)


def never_ordinary(search: _Search) -> bool:
    """Return whether the text names none of the denominators, so that no explanation can be ordinary.

    Parameters
    ----------
    search : CountSearch
    """
    return all(not search.catalogue.is_ordinary("allowed-n", name) for name in search.allowed)


# ---- one convention at a time ---------------------------------------------------------------------------------------
def _judge(search: _Search, one: Convention) -> bool | None:
    """Return whether something prints the claim by a convention; None where that is not plain to see."""
    if not _is_common(one):
        return None
    assert one.rounding is not None and one.allowed is not None and one.method is not None and one.level is not None
    spans = _spans(search, one.rounding)
    sure: bool | None = False
    for x, n in _counts(search, one.allowed, spans[0]):
        if x < 0:
            return None
        fits = _prints(x, n, one.method, one.level, spans)
        if fits:
            return True
        if fits is None:
            sure = None
    return sure


def _spans(search: _Search, rounding: str) -> tuple[Span, Span, Span]:
    printed = search.printed
    assert printed.estimate is not None and printed.lower is not None and printed.upper is not None
    return (
        printed.estimate.float_range(rounding),
        printed.lower.float_range(rounding),
        printed.upper.float_range(rounding),
    )


def _counts(search: _Search, name: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the few counts of a class that may print the estimate; (-1, 0) where they are many."""
    sizes = search.allowed[name]
    low, high = span[0] - _MARGIN, span[1] + _MARGIN
    if search.x is not None:
        if low <= 0:
            yield -1, 0
            return
        x = search.x
        first, last = max(math.ceil(x / high), x), math.floor(x / low)
        least, most = (int(sizes[0]), int(sizes[-1])) if sizes[0] <= sizes[-1] else (int(sizes[-1]), int(sizes[0]))
        first, last = max(first, least), min(last, most)
        if last - first >= _MOST_COUNTS:
            yield -1, 0
            return
        for n in range(first, last + 1):
            if sizes.size == 1 or bool((sizes == n).any()):
                yield x, n
        return
    if sizes.size > 2:
        yield -1, 0
        return
    for n in sizes.tolist():
        first, last = max(math.ceil(low * n), 0), min(math.floor(high * n), n)
        if last - first >= _MOST_COUNTS:
            yield -1, 0
            return
        for x in range(first, last + 1):
            yield x, n


def _prints(x: int, n: int, method: str, level: float, spans: tuple[Span, Span, Span]) -> bool | None:
    """Return whether a count prints the claim; None for a number near the end of its range, or cut off at 0 or 1."""
    if not _SMALLEST <= n <= _LARGEST:
        return None
    inside: bool | None = _within(x / n, spans[0])
    if inside is False:
        return False
    if spans[1][0] <= _MARGIN or spans[2][1] >= 1 - _MARGIN:
        return None
    for limit, span in zip(_limits(x, n, method, level), spans[1:], strict=True):
        fits = _within(limit, span)
        if fits is False:
            return False
        if fits is None:
            inside = None
    return inside


def _within(value: float, span: Span) -> bool | None:
    if value < span[0] - _MARGIN or value > span[1] + _MARGIN:
        return False
    return True if span[0] + _MARGIN < value < span[1] - _MARGIN else None


@lru_cache(maxsize=1 << 12)
def _limits(x: int, n: int, method: str, level: float) -> Span:
    """Return the limits of a method at a count, unclipped."""
    if method == "clopper-pearson":
        tail = (1.0 - level) / 2.0
        return (
            float(betaincinv(float(x), n - x + 1.0, tail)) if x else 0.0,
            float(betainccinv(x + 1.0, float(n - x), tail)) if x < n else 1.0,
        )
    z, p = critical(level), x / n
    if method == "wald":
        half = z * math.sqrt(p * (1 - p) / n)
        return p - half, p + half
    centre, half = (x + z * z / 2) / (n + z * z), z * math.sqrt(n * p * (1 - p) + z * z / 4) / (n + z * z)
    return centre - half, centre + half


# ---- any number of patients -----------------------------------------------------------------------------------------
def _something_prints(search: _Search, name: str) -> bool:
    """Return whether one of the commonest methods is seen to print the claim at some n of a class."""
    spans = _spans(search, "nearest")
    (e0, e1), (l0, l1), (u0, u1) = spans
    p, width = (e0 + e1) / 2, (u0 + u1 - l0 - l1) / 2
    if not (0 < p < 1 and width > 0 and l0 > _MARGIN and u1 < 1 - _MARGIN):
        return False
    sizes = search.allowed[name]
    ends = int(sizes[0]), int(sizes[-1])
    least, most = max(min(ends), _SMALLEST), min(max(ends), _LARGEST)
    if sizes.size != max(ends) - min(ends) + 1 or "nearest" not in search.roundings:
        return False
    for level in search.levels[:2]:
        for method in ("clopper-pearson", "wald"):
            if method in search.methods and _some_n(search, method, level, p, width, least, most, spans):
                return True
    return False


def _some_n(
    search: _Search,
    method: str,
    level: float,
    p: float,
    width: float,
    least: int,
    most: int,
    spans: tuple[Span, Span, Span],
) -> bool:
    if search.x is not None:
        middle = search.x / p
    else:
        middle = 4 * critical(level) ** 2 * p * (1 - p) / width**2
        if method == "clopper-pearson" and middle < 2 * most:
            for _ in range(2):  # exact intervals are wider: where is theirs as wide as the printed one?
                n = max(round(middle), 1)
                low, high = _limits(min(max(round(n * p), 0), n), n, method, level)
                middle *= ((high - low) / width) ** 2
    for n in _outwards(round(middle), least, most):
        x = round(n * p) if search.x is None else search.x
        fits = 0 <= x <= n and spans[0][0] + _MARGIN < x / n < spans[0][1] - _MARGIN
        if fits and _prints(x, n, method, level, spans):
            return True
    return False


def _outwards(middle: int, least: int, most: int) -> Iterator[int]:
    for away in range(_MOST_LOOKS):
        for n in (middle - away, middle + away) if away else (middle,):
            if least <= n <= most:
                yield n

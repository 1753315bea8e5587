"""Read ratios that are printed without an interval: "hazard ratio, 0.62; P = .004"."""

from __future__ import annotations

import re

from trialstats.sources.text.measures.of_estimates import measure_of
from trialstats.sources.text.numbers.estimate_cost import named_ratio
from trialstats.sources.text.p_values.given import PToken
from trialstats.sources.text.tokens.document import Document, Interval

_RATIOS = frozenset(("hazard-ratio", "odds-ratio", "risk-ratio"))
_CANDIDATE = re.compile(r"[we,(o:)]d(?=[();,SPpwao]|$)")
_LAST_WORDS = ("r", "rs", "ratio", "ratios", "risk", "risks", "was", "were", "is")
# "hazard ratio for death was", "odds ratio of relapse, "
_NAMED_FOR = re.compile(r"ratio (?:for|of) (?:(?!was |were |is |and )[a-z-]{1,20} ){1,5}(?:was|were|is|=) ?$")
_BEFORE_P = re.compile(r"d[,;:]?a?w{0,2}[,;:]?\(?w{0,2}[,:]?$")
# A ratio that a trial was planned to find, or that is only spoken of, is no result.
_NO_RESULT = re.compile(
    r"assum|power|detect|margin|threshold|hypothe|sample size|expected|target|planned|boundary|exclude|\bif\b|bound\b"
    r"|limit|would|criteri|\bper\b|cut-?off|defined|range|between|greater than|less than|more than|\bup to\b|at least"
)


def find_bare_ratios(document: Document, p_values: list[PToken]) -> list[Interval]:
    """Return the ratios that are named right before their number and have a P value, or stand in a bracket.

    Parameters
    ----------
    document : Document
        After its intervals, counts and comparisons were read.
    p_values : list of PToken

    Returns
    -------
    list of Interval
        Without bounds.
    """
    found = []
    for candidate in _CANDIDATE.finditer(document.letters):
        token = candidate.end() - 1
        if document.used[token] or not _is_ratio_like(document, token) or not _is_named(document, token):
            continue
        ratio = Interval(token, -1, -1, (1, 1, 1), -1, False, -1, token, token)
        ratio.measure, ratio.guessed = measure_of(document, ratio, None)
        if ratio.guessed or ratio.measure not in _RATIOS:
            continue
        p = _p_of(document, token, p_values)
        if p < 0 and not _in_a_bracket(document, token):
            continue
        if p >= 0 and (not p_values[p].taken or token < p_values[p].first):
            # Where it compares the values of two groups too, "61% v 42% (RR 1.45; P = .02)", it is of both.
            ratio.p, p_values[p].taken = p, True
            ratio.first, ratio.last = min(token, p_values[p].first), max(token, p_values[p].last)
        found.append(ratio)
        while (second := _second(document, ratio, p_values)) is not None:
            found.append(ratio := second)
    return found


_AND_FOR = re.compile(r"\)?[,;]?ad(?=w{1,6}\(P\))")


def _second(document: Document, first: Interval, p_values: list[PToken]) -> Interval | None:
    """Return the ratio that goes on behind the P of one: "was 0.54 for falls (P = .03) and 0.60 for rash (P = .02)"."""
    found = _AND_FOR.match(document.letters, first.last + 1)
    if first.p < 0 or first.estimate == first.last or found is None:
        return None
    token = document.letters.index("d", found.start())
    p = next((at for at, one in enumerate(p_values) if one.first == document.letters.index("P", token)), -1)
    alike = document.decimals(token) == document.decimals(first.estimate) > 0 and not document.used[token]
    if p < 0 or not alike or p_values[p].taken or p_values[p].is_elsewhere:
        return None
    p_values[p].taken = True
    second = Interval(token, -1, -1, (1, 1, 1), -1, False, -1, token, p_values[p].last)
    second.measure, second.p = first.measure, p
    return second


def _is_ratio_like(document: Document, token: int) -> bool:
    """Whether a number has decimals and stands where its name may end."""
    letters, tokens = document.letters, document.tokens
    if letters[token - 1] == "w" and not tokens[token - 1].endswith(_LAST_WORDS):
        return False
    return tokens.text.find(".", tokens.starts[token], tokens.ends[token]) >= 0


def _is_named(document: Document, token: int) -> bool:
    """Whether the words right before a number name a ratio, and speak of a result."""
    if not named_ratio(document, token):
        text, start = document.tokens.text, document.tokens.starts[token]
        named = text.rfind("ratio ", max(0, start - 90), start)
        if named < 0 or _NAMED_FOR.match(text, named, start) is None:
            return False
    first, stop = document.sentence(token)
    near = document.text_between(max(first, token - 20), min(stop, token + 12))
    return _NO_RESULT.search(near) is None


def _p_of(document: Document, token: int, p_values: list[PToken]) -> int:
    """Return the number of the P value right behind a ratio, or right before its name; -1 without one."""
    for number, p in enumerate(p_values):
        if p.is_elsewhere or p.of_several:
            continue
        if token < p.first <= token + 8 and _BEFORE_P.fullmatch(document.letters, token, p.first):
            return number
        opened = document.inside(token)
        if 0 <= opened == document.inside(p.first) and token - 8 <= p.last < token:
            return number
    return -1


def _in_a_bracket(document: Document, token: int) -> bool:
    """Whether nothing but the name of a ratio and its number stand in a bracket: "(RR 0.37)"."""
    opened = document.inside(token)
    return opened >= 0 and token - opened <= 8 and document.letters[token + 1 : token + 2] == ")"

"""A second, independent reading of a claim's words: another grammar, and no repair.

It shares no code with the first: it cuts the quoted words by a different rule and asks for one strict form. A number
that the form has no place for means that the words say more than the claim, and the two readings do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from trialstats.claims.model import Claim, Comparison, Estimate, PValue, Spread
from trialstats.reported import Reported

_LONGEST = 600
_CURRENCY = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-", "—": "-", "·": ".", "∙": ".", "•": ".", "⋅": ".", "∶": ":"}
    | dict.fromkeys("\u00a0\u2002\u2003\u2005\u2007\u2008\u2009\u200a\u202f\n\r\t", " ")
)
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
# What may stand for itself and carries no figure of the claim: units of person-time, names with digits, times, doses.
_NAME = re.compile(
    r"(?:\bper|/) ?1[ ,]?0[0, ]*-?(?:[a-z]+[ -]){0,2}?[a-z]*(?:years?|months?|weeks?|days?|py|yrs?)\b"
    r"|[A-Za-z][A-Za-z-]*\d+\w*|\d+[A-Za-z]\w*|\b\d+-(?:year|month|week|day)s?\b"
)
_WORDS = {
    word: str(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"none": "0"}
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_WORDS |= {word: str(10 * value) for value, word in enumerate(_TENS, start=2)}
_WORDS |= {f"{t}-{o}": str(10 * i + j) for i, t in enumerate(_TENS, start=2) for j, o in enumerate(_ONES, start=1)}
_WORDS |= {word.replace("-", " "): value for word, value in _WORDS.items()}
_NUMBER_WORD = re.compile(r"\b(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b")

_N = r"[-+]?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)"
_BOUND = rf"(?:{_N}|not (?:yet )?(?:reached|estimable|evaluable|calculable)|n[era]|∞)"
_RANGE = re.compile(
    rf"(?P<lo>{_BOUND}) ?%? ?(?:(?!to |and |through )[a-z]{{1,7}}(?: (?!to |and |through )[a-zA-Z]{{1,4}})?"
    rf"(?: |(?=[,;])))?(?:to|through|and|-|,|;|:) ?(?P<hi>{_BOUND})(?= ?%?(?: ?[a-zA-Z/]|[^\d.]|$))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<level>\d\d(?:\.\d{1,2})?) ?(?:%|per ?cent)[ -]?(?:[a-z-]+ ){0,2}"
    r"(?:ci|cis|cri|crl|confidence|credible|credibility|hdi|hpd)\b",
    re.IGNORECASE,
)
_P = re.compile(
    r"\bp(?:[ -]?values?)? ?(?P<rel><=|>=|[<>=≤≥]) ?(?P<digits>-? ?(?:\d{0,3}\.\d+|\d{1,3}\b))", re.IGNORECASE
)
_RELATION = {"≤": "<=", "≥": ">="}
_ELSEWHERE = re.compile(r"interact|trend|heterogen|inferior|equivalen|margin", re.IGNORECASE)
_SIDED = re.compile(r"\b(?:one|two|1|2)-(?:sided|tailed)\b", re.IGNORECASE)
_ERROR_SAID = re.compile(
    r"\b(?:sem?|s\.e\.(?:m\.)?|standard errors?)\b(?: of the mean)?,? ?[=:]? ?\d+(?:\.\d+)?(?= ?[;,)\]])", re.IGNORECASE
)
"""A standard error beside an interval: a number of its own, which no claim holds."""
_LABEL_TWICE = re.compile(
    rf"({_LABEL.pattern}(?: intervals?| limits?)?) ?\((?:{_LABEL.pattern.replace('level', 'again')}|CI)\)",
    re.IGNORECASE,
)
_ERROR = re.compile(r"\bs\.?e\.?(?:m\b)?|standard error", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"[(\[] ?{_N} ?[)\]]")
_SPREAD = re.compile(r"\biqr\b|interquartile|\brange\b|\bs\.?d\.?\b|standard deviation", re.IGNORECASE)


def agrees(text: str, claim: Claim) -> bool:
    """Whether an independent, stricter reading of a claim's words finds the same numbers in the same roles.

    Parameters
    ----------
    text : str
        The text that the claim was read from.
    claim : Estimate or Comparison

    Returns
    -------
    bool
        False wherever there is doubt: a number in the words that the claim does not use, a form that only
        the first reading knows, a repaired number, a claim without a place in the text.

    Examples
    --------
    >>> from trialstats.sources.text.reading import extract
    >>> text = "OS was longer (hazard ratio, 0.54; 95% CI, 0.36 to 0.81; P = .003)."
    >>> agrees(text, extract(text).claims[0])
    True
    """
    where = claim.where
    if where.start is None or where.end is None or not 0 <= where.start < where.end <= len(text):
        return False
    words = text[where.start : where.end]
    if len(words) > _LONGEST or words != where.quote:
        return False
    words = " ".join(words.translate(_CURRENCY).split())
    if _cut(text, where.start, where.end) or _ELSEWHERE.search(words):
        return False
    if isinstance(claim, Estimate) and not _measure_agrees(text, claim, where.start, where.end):
        return False
    if isinstance(claim, Comparison):
        return _p_agrees(words, claim.p) and len(_P.findall(words)) == 1
    if claim.interval is not None:
        return _interval_agrees(words, claim, text[max(0, where.start - _NEAR) : where.start])
    return _figures(_without_p(words, claim.p)) == _expected(claim)


_NEAR = 160
"""Characters before a claim in which the words for its measure must stand, or else in its sentence."""
_IN_SENTENCE = 400
# Words that must stand near, by measure; what was carried from another claim is marked so, and taken back elsewhere.
_NAMED = {
    "hazard-ratio": re.compile(r"hazard|(?<![A-Za-z])[a-z]{0,3}HRs?(?![a-z])", re.IGNORECASE),
    "odds-ratio": re.compile(r"(?i:odds)|(?<![A-Za-z])[A-Za-z]{0,3}ORs?(?:ad)?(?![a-z])|(?<![A-Za-z])[am]or(?![a-z])"),
    "risk-ratio": re.compile(
        r"risk|rate|ratio|likel|prevalence|incidence|(?<![A-Za-z])[a-z]{0,3}[RP]Rs?(?![a-z])", re.I
    ),
    "difference": re.compile(
        r"diff|chang|reduc|increas|decreas|improv|declin|gain|los[ts]|lower|higher|more|less|fewer|greater|longer|shorter"
        r"|benefit|effect|rise|rose|fell|fall|drop|MDs?\b|RDs?\b|ARR\b|subtracted|delta|better|worse|larger|smaller",
        re.IGNORECASE,
    ),
    "median": re.compile(r"median|month|week|day|year|hour|minute", re.IGNORECASE),
    "mean": re.compile(r"mean|average|±|\+/-|\bs\.?[de]\.?(?:m\b)?|standard (?:dev|err)", re.IGNORECASE),
    "survival": re.compile(
        r"surviv|free|incidence|kaplan|actuarial|control|rate|probabilit|table|limit|[a-z]{0,3}[OF]S\b", re.IGNORECASE
    ),
}
# Right before a share, without another percentage between, these make it something else.
_NO_SHARE = re.compile(r"(?:differ|reduction|ratio\b|\bchange)(?:(?!\)[,;]? and )[^%]){0,50}$", re.IGNORECASE)


def _measure_agrees(text: str, claim: Estimate, start: int, end: int) -> bool:
    """Whether the words near a claim can mean what it is said to measure."""
    before = text[max(0, min(start - _NEAR, max(text.rfind(". ", 0, start), start - _IN_SENTENCE))) : start]
    if claim.measure == "proportion":
        return _NO_SHARE.search(before[-60:]) is None
    named = _NAMED.get(claim.measure)
    return named is None or "measure" in claim.inferred or named.search(before + text[start : end + 40]) is not None


def _cut(text: str, start: int, end: int) -> bool:
    """Whether the words begin or end inside a number."""
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    if text[start].isdigit() and (
        before.isdigit() or (before in (".", "·", ",") and text[start - 2 : start - 1].isdigit())
    ):
        return True
    return text[end - 1].isdigit() and (after[:1].isdigit() or (after[:1] in (".", "·", ",") and after[1:].isdigit()))


def _interval_agrees(words: str, claim: Estimate, before: str) -> bool:
    spread = claim.interval
    if spread is None or spread.lower is None or spread.upper is None or _SPREAD.search(words):
        return False
    if _P.search(words) is not None or claim.p is not None:
        if not _p_agrees(words, claim.p):
            return False
        words = _P.sub(" ", words)
    words = _LABEL_TWICE.sub(r"\1", _ERROR_SAID.sub(" ", words))
    labels = _LABEL.findall(words)
    if len(labels) > 1 or (labels and (spread.level is None or labels[0] != _plain(spread.level))):
        return False
    if not labels and "level" not in claim.inferred and spread.level is not None:
        return False
    words = _LABEL.sub(" CI ", words)
    if claim.value is None:
        return False
    # The last pair of numbers joined like a range is the interval, the first number its estimate.
    pairs = [found for found in _ranges(words) if _same(found["lo"], spread.lower) and _same(found["hi"], spread.upper)]
    if len(pairs) != 1:
        return False
    first = words[: pairs[0].start()]
    if _ERROR.search(before + first):
        first = _IN_BRACKETS.sub(" ", first, count=1)  # the standard error between estimate and interval
    rest = first + " " + words[pairs[0].end() :]
    allowed = [_plain(part) for part in (claim.value, claim.x, claim.n) if part is not None]
    if sorted(_figures(rest)) == sorted(allowed):
        return True
    without = _IN_BRACKETS.sub(lambda found: " " if _is_its_error(found[0], spread) else found[0], first, count=1)
    return sorted(_figures(without + " " + words[pairs[0].end() :])) == sorted(allowed)


def _is_its_error(bracket: str, spread: Spread) -> bool:
    """Whether a number in a bracket before an interval is its standard error, as its width tells."""
    if spread.lower is None or spread.upper is None or spread.lower.is_missing or spread.upper.is_missing:
        return False
    width, error = float(spread.upper.value - spread.lower.value), float(bracket.strip("([ ])").replace(",", ""))
    return _WIDTHS[0] * error <= width <= _WIDTHS[1] * error


_WIDTHS = 3.5, 4.4
"""Standard errors in a 95 % interval, by z or t, as far as rounding leaves them."""


def _ranges(words: str) -> Iterator[re.Match[str]]:
    """Yield every pair of numbers joined like a range: in "0.72, 0.58 to 0.89" the first two are one as well."""
    at = 0
    while (found := _RANGE.search(words, at)) is not None:
        yield found
        at = found.end("lo")


def _expected(claim: Estimate) -> list[str]:
    # A denominator printed elsewhere is not among the claim's own words.
    n = None if "n" in claim.inferred else claim.n
    x = None if claim.measure == "count" else claim.x
    spread = claim.spread
    around = () if spread is None else (spread.value, spread.lower, spread.upper)
    return sorted(_plain(part) for part in (claim.value, x, n, *around) if part is not None)


def _figures(words: str) -> list[str]:
    """Return every number of some words in one spelling, sorted: nothing is left out but digits inside names."""
    words = _NAME.sub(" ", _SIDED.sub(" ", words))
    found = [match[0].replace(",", "") for match in _FIGURE.finditer(words)]
    found += [_WORDS[match[0]] for match in _NUMBER_WORD.finditer(words.lower())]
    return sorted(f"0{number}" if number.startswith(".") else number for number in found)


def _plain(number: Reported) -> str:
    """Return a number without its sign: the sign of an estimate may stand apart from it."""
    return number.digits.lstrip("-")


def _same(printed: str, number: Reported) -> bool:
    if number.is_missing:
        return not any(character.isdigit() for character in printed)
    digits = printed.replace(",", "").lstrip("+")
    negative = digits.startswith("-")
    digits = digits.lstrip("-")
    digits = f"0{digits}" if digits.startswith(".") else digits
    return number.digits == (f"-{digits}" if negative else digits)


def _without_p(words: str, p: PValue | None) -> str:
    """Return the words without the P value of an estimate, where it reads the same here; else as they are."""
    return _P.sub(" ", words) if p is not None and _p_agrees(words, p) else words


def _p_agrees(words: str, p: PValue | None) -> bool:
    found = list(_P.finditer(words))
    if p is None or len(found) != 1:
        return False
    relation = _RELATION.get(found[0]["rel"], found[0]["rel"])
    if relation != p.value.relation or p.value.is_missing:
        return False
    return Fraction(found[0]["digits"].replace(" ", "")) == p.value.value

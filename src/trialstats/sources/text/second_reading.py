"""A second, independent reading of a claim's words: another grammar, and no repair.

It shares no code with the first: it cuts the quoted words by a different rule and asks for one strict form. A number
that the form has no place for means that the words say more than the claim, and the two readings do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from trialstats.claims.model import RATIO_MEASURES, Claim, Comparison, Estimate, PValue, Spread
from trialstats.reported import Reported

_LONGEST = 600
_CURRENCY = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "‒": "-", "—": "-", "·": ".", "∙": ".", "•": ".", "⋅": ".", "∶": ":"}
    | dict.fromkeys("\u00a0\u2002\u2003\u2005\u2007\u2008\u2009\u200a\u202f\n\r\t", " ")
)
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
# What may stand for itself and carries no figure of the claim: units of person-time, names with digits, times, doses.
_NAME = re.compile(
    r"(?:\bper|/) ?1[ ,]?0[0, ]*-?(?:[a-z]+[ -]){0,2}?[a-z]*(?:years?|months?|weeks?|days?|[pP][yY]|yrs?)\b"
    r"|[A-Za-z][A-Za-z-]*\d+\w*|\d+[A-Za-z]\w*|\b\d+-(?:year|month|week|day)s?\b"
    r"|/ ?1\.73 ?m(?:\b|²)"
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
_NUMBER_WORD = re.compile(r"\b(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b(?!-(?!to-)[a-z]{3})")
"""A number in words, and none that is joined to what it counts: "a two-layer bandage"."""

_N = r"[-+]?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)"
_BOUND = rf"(?:{_N}|not (?:yet )?(?:reached|estimable|evaluable|calculable)|n[era]|∞)"
_RANGE = re.compile(
    rf"(?P<lo>{_BOUND}) ?%? ?(?:(?!to |and |through )[a-z]{{1,7}}(?: (?!to |and |through )[a-zA-Z]{{1,4}})?"
    rf"(?: |(?=[,;])))?(?:to|through|and|-|,|;|:) ?(?P<hi>{_BOUND})(?= ?%?(?: ?[a-zA-Z/]|[^\d.]|$))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?P<level>\d\d(?:\.\d{1,2})?) ?(?:%|per ?cent)[ -]?(?:[a-z-]+ ){0,2}"
    r"(?:ci|cis|cri|crl|credi|confidence|credible|credibility|hdi|hpd|[a-z-]{4,22} interval)\b",
    re.IGNORECASE,
)
_P = re.compile(
    r"\bp(?:[ -]?values?)? ?(?P<rel><=|>=|[<>=≤≥]) ?(?P<digits>-? ?(?:\d{0,3}\.\d+|\d{1,3}\b))", re.IGNORECASE
)
_RELATION = {"≤": "<=", "≥": ">="}
_ELSEWHERE = re.compile(r"interact|trend|heterogen|inferior|equivalen|margin", re.IGNORECASE)
_SIDED = re.compile(r"\b(?:one|two|1|2)-(?:sided|tailed)\b", re.IGNORECASE)
_ERROR_SAID = re.compile(
    r"\b(?:sem?\b|s\.e\.(?:m\.)?|standard errors?\b)(?: of the mean)?,? ?(?:[=:]|of)? ?\d+(?:\.\d+)?"
    r"(?: ?(?:%|[a-zA-Zµ²/]{1,9}(?: Hg)?))?(?= ?[;,(\[)\]])"
    r"|(?:±|\+/-) ?\d+(?:\.\d+)? ?[(\[]?(?:sem?\b|s\.e\.|standard errors?\b)[)\]]?",
    re.IGNORECASE,
)
"""A standard error beside an interval: a number of its own, which no claim holds."""
_THE_TWO = re.compile(r"\b(?:the|these) two(?= [a-z])", re.IGNORECASE)
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
    words = _MINUS_APART.sub("-", " ".join(_MONEY.sub(" ", words.translate(_CURRENCY)).split()))
    words = words.replace("( ", "(").replace("[ ", "[")
    if isinstance(claim, Comparison) and claim.p is not None and claim.p.test in _OF_GROUPS:
        words = _TESTED.sub(" ", words)  # what it tests was read too
    if _cut(text, where.start, where.end) or _ELSEWHERE.search(words):
        return False
    if isinstance(claim, Estimate) and not (
        _measure_agrees(text, claim, where.start, where.end) and _total_agrees(text, claim)
    ):
        return False
    if isinstance(claim, Comparison):
        return _p_agrees(words, claim.p) and len(_P.findall(words)) == 1
    if claim.interval is not None:
        return _interval_agrees(words, claim, text[max(0, where.start - _NEAR) : where.start])
    if claim.x is not None and claim.measure != "count" and _stands_before(claim):
        return _in_turn(text, claim, claim.x)
    if claim.event:  # "probability of a hazard ratio below 1, 0.93"
        words = re.sub(re.escape(claim.event.strip(" )")), " ", words, count=1, flags=re.IGNORECASE)
    words, expected = _without_p(words, claim.p), _expected(claim)
    return _figures(words) == expected or _figures(_SPACED.sub(_together, words)) == expected


_OF_GROUPS = frozenset({"interaction", "heterogeneity"})
_TESTED = re.compile(r"[ -]*(?:(?:for|of) (?:the )?)?(?:test of )?\b(?:interactions?|heterogeneity)\b ?", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:US|AU|CA|A|C|NZ|HK)\$|(?:US|AU|CA|A|C|NZ|HK)?[$£€¥]")
_MINUS_APART = re.compile(r"(?<=[\[(,;:] )- (?=[\d.])|(?<=[\[(])- (?=[\d.])")
"""A minus sign with a space behind it, where no number stands before it."""
_SPACED = re.compile(r"(?<![\d.,] )(?<![\d.,])[1-9]\d{0,2}(?: \d{3}){1,2}(?![\d%]|[.,]\d| \d)")
"""A number whose thousands are set apart: 14 210."""


def _together(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


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
        r"|benefit|effect|rise|rose|fell|fall|drop|MDs?\b|RDs?\b|ARR\b|subtracted|delta|better|worse|larger|smaller"
        r"|shorten|prolong|extend|lengthen|later|earlier|sooner|faster|gain|advantage",
        re.IGNORECASE,
    ),
    "median": re.compile(r"median|month|week|day|year|hour|minute", re.IGNORECASE),
    "mean": re.compile(
        r"mean|average|±|\+/-|\bs\.?[de]\.?(?:m\b)?|standard (?:dev|err)|scores?\b|levels?\b|pressure\b|from "
        r"[\d.]+ ?%? to|(?:fell|rose|dropped|declined|decreased|increased|improved|changed|reduced) by"
        r"|[\d)] ?(?:mm ?hg|mmol|[mk]?g|c?m|mm|m?l|points?|min|minutes|h|hours|days)\b",
        re.IGNORECASE,
    ),
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
        if claim.x is not None and claim.n is not None and not {"x", "n"} & set(claim.inferred):
            return True  # its own count and total make it a share
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
    if spread is not None and (spread.lower is None) != (spread.upper is None):
        return _bound_agrees(words, claim, spread)
    if spread is None or spread.lower is None or spread.upper is None or _SPREAD.search(words):
        return False
    if _P.search(words) is not None or claim.p is not None:
        # In the bracket of one arm's interval a P value is that of two arms, and a claim of its own.
        of_two = claim.p is None and len(claim.arms) == 1 and claim.measure not in RATIO_MEASURES
        if not of_two and not _p_agrees(words, claim.p):
            return False
        words = _P.sub(" ", words)
    words = _LABEL_TWICE.sub(r"\1", _ERROR_SAID.sub(" ", _THE_TWO.sub(" ", words)))
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
    first = _without_time(words[: pairs[0].start()], claim.time)
    if _ERROR.search(before + first):
        first = _IN_BRACKETS.sub(" ", first, count=1)  # the standard error between estimate and interval
    rest = first + " " + words[pairs[0].end() :]
    n = None if _n_apart(claim) is not None else claim.n
    allowed = [_plain(part) for part in (claim.value, claim.x, n) if part is not None]
    if sorted(_figures(rest)) == sorted(allowed):
        return True
    widths = _LABELLED_WIDTHS if labels else _WIDTHS

    def but_its_error(found: re.Match[str]) -> str:
        return " " if _is_its_error(found[0], spread, widths) else found[0]

    without = _IN_BRACKETS.sub(but_its_error, first, count=1)
    return sorted(_figures(without + " " + words[pairs[0].end() :])) == sorted(allowed)


def _without_time(words: str, time: str | None) -> str:
    """Return the words before an interval without the claim's own time: "54% at 12 months (95% CI"."""
    if time is None:
        return words
    return re.sub(rf"(?<=[\d%]) (?:at|after|by) (?:the )?{re.escape(time)}\b", " ", words, count=1, flags=re.IGNORECASE)


def _bound_agrees(words: str, claim: Estimate, spread: Spread) -> bool:
    """Whether an estimate, a level and one bound are all the numbers of some words that say which bound it is."""
    sides = {found.lower() for found in _SIDE.findall(words)}
    bound = spread.upper if spread.lower is None else spread.lower
    if claim.value is None or bound is None or sides != {"upper" if spread.lower is None else "lower"}:
        return False
    parts = [part for part in (claim.value, spread.level, bound) if part is not None]
    said = _SIDED.sub(" ", words)
    return claim.p is None and sorted(_figures(said)) == sorted(_plain(part) for part in parts)


_SIDE = re.compile(r"\b(lower|upper)\b", re.IGNORECASE)


def _is_its_error(bracket: str, spread: Spread, widths: tuple[float, float]) -> bool:
    """Whether a number in a bracket before an interval is its standard error, as its width tells."""
    if spread.lower is None or spread.upper is None or spread.lower.is_missing or spread.upper.is_missing:
        return False
    width, error = float(spread.upper.value - spread.lower.value), float(bracket.strip("([ ])").replace(",", ""))
    return widths[0] * error <= width <= widths[1] * error


_WIDTHS = 3.5, 4.4
"""Standard errors in a 95 % interval, by z or t, as far as rounding leaves them."""
_LABELLED_WIDTHS = 2.0, 8.0
"""Half or twice as many behind words for an interval, where one of the two may be misprinted."""


def _ranges(words: str) -> Iterator[re.Match[str]]:
    """Yield every pair of numbers joined like a range: in "0.72, 0.58 to 0.89" the first two are one as well."""
    at = 0
    while (found := _RANGE.search(words, at)) is not None:
        yield found
        at = found.end("lo")


def _expected(claim: Estimate) -> list[str]:
    # A denominator printed elsewhere is not among the claim's own words.
    n = None if "n" in claim.inferred or _n_apart(claim) is not None else claim.n
    x = None if claim.measure == "count" else claim.x
    spread = claim.spread
    around = () if spread is None else (spread.value, spread.lower, spread.upper)
    return sorted(_plain(part) for part in (claim.value, x, n, *around) if part is not None)


def _n_apart(claim: Estimate) -> tuple[int, int] | None:
    """Return where the denominator stands if it is outside the claim's words: "Of 84 women, 21 (25%)"."""
    first, last = claim.where.start or 0, claim.where.end or 0
    places = ((start, end) for name, start, end in claim.where.numbers if name == "n")
    return next(((start, end) for start, end in places if end <= first or start >= last), None)


def _total_agrees(text: str, claim: Estimate) -> bool:
    """Whether a denominator outside the claim's words reads the same where it stands."""
    place = _n_apart(claim)
    if place is None or claim.n is None or "n" in claim.inferred:
        return True
    words = " ".join(text[slice(*place)].translate(_CURRENCY).split())
    return _in_order(_SPACED.sub(_together, words)) == [_plain(claim.n)]


def _stands_before(claim: Estimate) -> bool:
    """Whether the count of a percentage stands before the claim's words."""
    start = claim.where.start or 0
    return any(name == "x" and end <= start for name, _, end in claim.where.numbers)


_PERCENTAGES = re.compile(rf"[(\[](?P<shares>{_N} ?%(?: ?(?:v|vs\.?|versus|and|,|;|/) ?{_N} ?%){{1,3}})(?=[;,)\]])")
_SENTENCE = 300
"""Characters before a bracket in which its sentence begins."""


def _in_turn(text: str, claim: Estimate, x: Reported) -> bool:
    """Whether a bracket holds as many percentages as its sentence numbers before it: "9 of us and 12 (2% v 3%)"."""
    start, places = claim.where.start or 0, {name: place for name, *place in claim.where.numbers}
    opened = max(text.rfind("(", 0, start), text.rfind("[", 0, start))
    begin = max(text.rfind(". ", 0, opened) + 2, opened - _SENTENCE, 0)
    bracket = _PERCENTAGES.match(" ".join(text[opened : opened + _SENTENCE].translate(_CURRENCY).split()))
    if opened < 0 or bracket is None or claim.value is None or "x" not in places:
        return False
    shares = [found[0] for found in _FIGURE.finditer(bracket["shares"])]
    counts = _in_order(text[begin:opened])
    return len(counts) == len(shares) and any(
        (count, _as_digits(share)) == (_plain(x), _plain(claim.value))
        and len(_in_order(text[begin : places["x"][0]])) == at
        for at, (count, share) in enumerate(zip(counts, shares, strict=True))
    )


def _in_order(words: str) -> list[str]:
    """Return the numbers of some words as they stand."""
    words = _NAME.sub(" ", _SIDED.sub(" ", " ".join(words.translate(_CURRENCY).split())))
    words = _NUMBER_WORD.sub(lambda found: _WORDS[found[0]], words.lower())
    return [_as_digits(found[0]) for found in _FIGURE.finditer(words)]


def _as_digits(printed: str) -> str:
    digits = printed.replace(",", "")
    return f"0{digits}" if digits.startswith(".") else digits


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

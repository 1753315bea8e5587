"""Find two means written out with spreads and sizes in one sentence: "7.2 (SD 1.1) in 60 women and 7.9 (1.3) in 58".

Whatever else was read of a sentence: two means with a standard deviation or error each, two sizes and nothing that
could be a third of either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialstats.reported import Reported
from trialstats.sources.text.tokens.figures import with_figures
from trialstats.sources.text.tokens.normalise import normalise
from trialstats.sources.text.told.parts_of_people import PEOPLE

_N = r"\d{1,5}(?:\.\d{1,4})?"
_KIND = (
    r"(?P<{}>(?:SDs?|SEMs?|SEs?|s\.d\.|s\.e\.(?:m\.)?|standard deviations?|standard errors?)(?: of the mean)?)"
    r"(?:,|:| ?=)? ?"
)
_UNIT = r"(?: ?(?:%|[a-zA-Z/µ%²][a-zA-Z/µ%²]{0,9}(?: Hg|/[a-zA-Z]{1,6})?))"
_MEAN = re.compile(
    rf"(?<![\d.,:/±-])(?P<minus>-)?(?P<mean>{_N})(?:(?: ?\({_KIND.format('k4')}\))?{_UNIT}? ?(?:±|\+/-|\+-) ?"
    rf"(?:{_KIND.format('k1')})?(?P<s1>{_N})(?: ?[(\[]?{_KIND.format('k5')}[)\]]?)?"
    rf"|{_UNIT}{{0,2}} ?[(\[](?:{_KIND.format('k2')})?(?:±|\+/-)? ?(?P<s2>{_N})(?=[;,)\]])"
    rf"|{_UNIT}{{0,2}}[,;] {_KIND.format('k3')}(?P<s3>{_N}))(?![\d.]*\d|%| ?%| ?(?:-|to) ?\d)"
)
_HEADED_BEHIND = re.compile(
    r"[(\[](?:(?:values|data|results) are )?means? ?(?:±|\+/-|\(|,|and )? ?(?:SDs?|SEMs?|SEs?|standard deviations?"
    r"|standard errors?)\b",
    re.IGNORECASE,
)
"""Behind the values: "112 (25) min with tea and 131 (28) min with milk (mean (SD); n = 24 per group)"."""
_EACH = re.compile(
    r"(?:\bn ?= ?)?(?P<n>\d{1,5})(?: (?:[a-z]{3,12} )?(?:per|in each|for each|each|in both)\b|/(?:group|arm)\b)",
    re.IGNORECASE,
)
_HEADED = re.compile(r"\bmeans?\b[^.;0-9]{0,40}[(\[,±] ?(?:SD|SEM?|standard deviation|standard error)\b", re.IGNORECASE)
_GROUP_NEXT = (
    r"(?:on|given|who|whom|taking|with|without|assigned|allocated|randomi[sz]ed|receiving|treated|in|not|did"
    r"|undergoing|fed|kept|exposed)"
)
_ANIMALS = r"(?:dogs|cats|horses|cows|calves|pigs|sheep|rabbits|rats|mice|monkeys|lambs|piglets)"
_SIZE = re.compile(
    rf"\bn ?= ?(?P<a>\d{{1,5}})\b|(?<![\d.,/±:=-])(?P<b>\d{{1,5}}) (?:[a-z-]{{2,20}} ){{0,2}}?(?:{PEOPLE}|{_ANIMALS})\b"
    rf"|\b(?:in|among|for|of|and|versus|vs?|whereas|while|than) (?:the )?(?P<c>\d{{1,5}}) (?={_GROUP_NEXT}\b)",
    re.IGNORECASE,
)
_P = re.compile(r"\bP(?: ?values?)? ?[=<>≤]", re.IGNORECASE)
_GOES_ON = re.compile(
    r"; (?!(?:unpaired|Student|two-?s|t[ -]|Welch|by |P\b|p\b))|, (?:and|but|while|whereas|with|although)\b|\bmore\b"
)
"""Words that lead from the means to another result."""
_SPREAD = re.compile(r"±|\+/-|\+-|S[DE]|s\.[de]\.|tandard (?:dev|err)")
_OTHERS = re.compile(
    r"\b(?:baseline|before|from|medians?|range|IQR|interquartile|adjusted|least[- ]squares|at (?:both|each)"
    r"|increase from"
    r"|paired|both|pre|post|pre-?treatment|ratio|confidence|CI)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class WrittenMean:
    """A mean with its spread, what that is called (``sd``, ``se`` or nothing) and its size, as printed."""

    mean: Reported
    spread: Reported
    kind: str
    n: int

    @property
    def shown(self) -> str:
        """Return it in one line: ``7.2 (SD 1.1) of 60``."""
        return f"{self.mean.text} ({f'{self.kind.upper()} ' if self.kind else '± '}{self.spread.text}) of {self.n}"


def two_means(sentence: str, told_before: str = "") -> tuple[WrittenMean, WrittenMean] | None:
    """Return the two means that a sentence writes out for its one P value.

    Parameters
    ----------
    sentence : str
    told_before : str
        The sentence before, where it may tell the sizes that this one does not.

    Examples
    --------
    >>> text = "The score was 7.2 (SD 1.1) in 60 women on tea and 7.9 (SD 1.3) in 58 on water (P = .002)."
    >>> [one.shown for one in two_means(text)]
    ['7.2 (SD 1.1) of 60', '7.9 (SD 1.3) of 58']
    """
    if _SPREAD.search(sentence) is None or len(_P.findall(sentence)) != 1:
        return None
    words = with_figures(normalise(sentence))
    if len(_P.findall(words)) != 1 or _OTHERS.search(words):
        return None
    found = list(_MEAN.finditer(words))
    named = [_kind_of(one) for one in found]
    headed = _HEADED.search(words) or _HEADED_BEHIND.search(words)
    if headed is None and not any(named):
        found = [one for one in found if one["s1"]]
        named = [""] * len(found)
    if len(found) != 2 or (not all(named) and headed is None and found[0]["s1"] is None and not named[0]):
        return None
    sizes = [
        one for one in _SIZE.finditer(words)
        if not any(mean.start() <= one.start(_number(one)) < mean.end() for mean in found)
    ]  # fmt: skip
    p, last = _P.search(words), max(one.end() for one in (found[1], *sizes))
    if told_before and not sizes:
        words_before = with_figures(normalise(told_before))
        sizes = list(_WHOLE.finditer(words_before))
        if len(sizes) == 1 and not _EACH_NEXT.match(words_before, sizes[0].end()):
            return None
    if len(sizes) == 1 and (told_before or _EACH.match(words, sizes[0].start())):
        sizes *= 2
    if len(sizes) != 2:
        return None
    if p is None or p.start() < last or goes_on(words[last : p.end()]):
        return None
    said = next((one for one in named if one), "") or (_named(headed[0]) if headed is not None else "")
    first, second = (_written(one, said, int(size[_number(size)])) for one, size in zip(found, sizes, strict=True))
    return (first, second) if min(first.n, second.n) > 1 else None


_WHOLE = re.compile(
    r"(?<![\d.,-])(?<!\bday )(?<!\bweek )(?<!\bmonth )(?<!\byear )(?<!\bvisit )(?P<c>\d{1,5})(?![\d%-]|[.,]\d)"
    r"(?! (?:days?|weeks?|months?|years?|hours?|min|mg|g|kg|ml|groups|arms|cent(?:re|er)s|sites)\b)"
)
_EACH_NEXT = re.compile(r"(?: [a-z]{3,14}){0,3} (?:per|in each|in both|for each)\b|/(?:group|arm)\b")


def goes_on(words: str) -> bool:
    """Whether the words from the last of two means to a P value lead to another result."""
    return _GOES_ON.search(words) is not None


def _number(size: re.Match[str]) -> str:
    return size.lastgroup or "a"


def _kind_of(one: re.Match[str]) -> str:
    return _named(next((one[name] for name in ("k1", "k2", "k3", "k4", "k5") if one[name]), ""))


def _named(words: str) -> str:
    if re.search(r"\bse(?:ms?|s)?\b|s\.e\.|error", words, re.IGNORECASE):
        return "se"
    return "sd" if re.search(r"\bsds?\b|s\.d\.|deviation", words, re.IGNORECASE) else ""


def _written(one: re.Match[str], kind: str, n: int) -> WrittenMean:
    spread = one["s1"] or one["s2"] or one["s3"]
    return WrittenMean(Reported(f"{one['minus'] or ''}{one['mean']}"), Reported(spread), kind, n)

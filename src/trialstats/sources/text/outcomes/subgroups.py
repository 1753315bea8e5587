"""In which part of the patients a result was found: "Among women, ...", "in the per-protocol population, ..."."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_values import PEOPLE

_KINDS = (
    r"(?:(?:non|never|ever|ex|current|former|past)[- ]?)?smokers|(?:non-?)?(?:diabetics|carriers|drinkers|users)"
    r"|(?:non-?)?responders|survivors|whites|blacks|hispanics|asians|primiparas?|multiparas?"
)
_PEOPLE = rf"(?:{PEOPLE}|those|{_KINDS})"
_SET = r"(?:sub-?groups?|sub-?sets?|sub-?populations?|strat(?:um|a))"
_PER_PROTOCOL = (
    r"(?:per[ -]protocol|as[ -]treated)(?: (?:population|analys[ie]s|set|sample|cohort|participants|patients))?"
)
# "women", "patients with gout", "the 62 patients aged 65 years or older", "the per-protocol population"
_OPENS = re.compile(
    r"(?:^|[;:] |\(|, (?=and |but |whereas |while )|(?<=[)%0-9\]]) (?=and |but |whereas |while ))"
    r"(?:(?:and|but|whereas|while|however,|similarly,|results:|findings:|only|also|not|conversely,|in contrast,) ){0,3}"
    r"(?P<led>in|among|amongst|for|of|within|by|on|with) (?:the |an? )?"
    r"(?P<what>[^.;:,()\[\] ][^.;:,()\[\]]{0,110}[^.;:,()\[\] ](?:, [^.;:,()\[\] ]{2,20} or [a-z]{3,12})?)"
    r"(?P<aside> ?[(\[][^()\[\]]{1,60}[)\]])?"
    r"(?:, |(?<! the)(?<! corresponding)(?<! respective)(?<! same)"
    r"(?= (?:it|they|(?:the )?(?:corresponding |respective |same )?(?:values|rates|figures|results|proportions"
    r"|percentages|ratios|medians|means)) (?:was|were)\b))"
)
_PART = re.compile(
    rf"(?:[a-z -]{{1,40}} )?{_SET}(?: analys[ie]s)?(?: of| with| in)"
    r" (?:the |an? )?(?:[0-9][0-9,]* )?(?P<of>.+)"
    rf"|[^ ].* {_SET}|{_PER_PROTOCOL}"
)
_KIND = re.compile(
    rf"(?P<number>[0-9][0-9,]* )?(?:(?:cohort|group)s? of )?(?P<of>(?:(?!with )[a-z0-9/+<>≥≤-]+ ){{0,3}}?{_PEOPLE}"
    r"(?: (?:with|without|aged|older|younger|over|under|whose|who|at|having|in whom|not|carrying|lacking) .+)?)"
)
_PROTOCOL = re.compile(_PER_PROTOCOL)
_BARE = re.compile(
    r"(?:[0-9][0-9,]* )?(?:patients?|participants?|subjects?|people|persons?|individuals?|those|controls|cases"
    r"|respondents|volunteers|recipients|members|users|clients|residents|completers)"
)
_NOT_A_PART = re.compile(
    r"\b(?:receiv\w*|treated|treatment|given|assign\w*|allocat\w*|randomi[sz]\w*|taking|took|therapy|arms?|both|all|every"
    r"|each|entire|overall|total|whole|trials?|studies|study|screened|enrol\w*|eligible|recruited|evalua\w+|included"
    r"|men and women|women and men|combined|together"
    r"|analy[sz]ed|complet\w+|follow\w*|underwent|undergoing|vaccinat\w+|these|either|versus|vs|this"
    r"|other|remaining|respectively|between|only|most|more than one)\b|\b(?:groups?)$"
)
_OVERALL = re.compile(r"; (?:overall|in (?:the )?(?:whole|total|overall|all)|for all|among all|in both)\b")
_ANOTHER = re.compile(
    r"(?<=[,;)%0-9]) (?P<joined>and|but|whereas|while|than|versus|vs) (?:not )?(?:in|among|for|of) (?:the )?"
    rf"(?P<what>(?:(?!with |of )[a-z0-9-]+ ){{0,3}}?{_PEOPLE}"
    r"(?: (?:with|without) [a-z0-9 -]{2,40}(?= [(\[]))?)\b(?! (?:and|or)\b)"
)
_IN_BRACKETS = re.compile(
    r"(?:[(\[]|; )(?:in |for |among )?(?:the |an? )?"
    rf"(?:{_SET} (?:of|with) (?P<of>[^()\[\],;:]{{3,60}})"
    rf"|(?P<set>[^()\[\],;:0-9 ][^()\[\],;:0-9]{{2,40}} {_SET}|{_PER_PROTOCOL}))(?=[)\],;:])"
)
_CONCLUDES = re.compile(r"\b(?:conclusions?|interpretation|discussion|conclude|implications)\b ?[:.]?")
_WORD = re.compile(r"[a-z0-9][a-z0-9+-]*")
_FUNCTION_TEXT = """
the a an of with without in on at and or who were was is had have has for to by those patients participants aged age
years year old than least more less not whose having people subjects individuals men women
"""
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
_OF_PARTS = re.compile(
    rf"\b{_SET}|\bstratif|\b(?:with|in|and|or) (?:and|or) without\b|\bmen and women\b|\bwomen and men\b|\binteraction"
    r"|\baccording to\b|\bregardless\b|\bby (?:sex|age)\b"
)
_SEXES = frozenset(("women", "men", "females", "males", "girls", "boys", "female", "male"))
_NEAR, _BESIDE, _SPACES = 500, 4, 2
_FAR = 6000
"""Characters before people in which they may be spoken of."""
_LONG = 900
"""Characters of a text that may end with what it concludes."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """People with whom a sentence or clause opens, and whether it says that they are a part."""

    start: int
    end: int
    begin: int
    """Where the clause goes on behind them."""
    words: str
    explicit: bool


def find_subgroups(document: Document, groups: Groups, results: Sequence[Result]) -> list[Result]:
    """Give results of a part of the patients the words for it, where their sentence or clause opens with them.

    People that the text speaks of as those it is about are no part, nor are those of an arm. Returned are the results
    without the numbers of such people: "in the subgroup with gout (n = 120)".

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        In the order of the text; ``subgroup`` and ``clause`` are set.
    """
    text, starts = document.tokens.text, document.tokens.starts
    opened: list[tuple[list[Result], list[_Opened]]] = []
    at = 0
    while at < len(results):
        first, last = document.sentence(results[at].first)
        stop = at
        while stop < len(results) and results[stop].first < max(last, results[at].first + 1):
            stop += 1
        start, end = starts[first], starts[min(last, len(starts) - 1)]
        opened.append((list(results[at:stop]), list(_of_sentence(text, groups, start, end))))
        _in_brackets(document, results[at:stop], start, end)
        _told_behind(document, groups, results[at:stop], start, end)
        at = stop
    every = [one for _, found in opened for one in found]
    concludes = _CONCLUDES.search(text, starts[results[0].first]) if every else None
    until = len(text) if concludes is None else concludes.start()
    for inside, found in opened:
        kept = [
            one
            for one in found
            if one.explicit or (one.start < until and _is_part(text, groups, one, every, starts[results[0].first]))
        ]
        if kept:
            _give(document, inside, kept, {one.start for one in found})
    people = [(one.start, one.begin) for one in every]
    return [one for one in results if not _is_their_number(document, one, people)] if people else list(results)


def _is_their_number(document: Document, result: Result, people: Sequence[tuple[int, int]]) -> bool:
    """Whether a count is how many the people are with whom a clause opens: "in smokers (n = 60)"."""
    place = document.tokens.starts[result.first]
    if result.measure != "count" or result.x >= 0:
        return False
    named = _N_IS.search(document.tokens.text, place - 5, place) is not None
    return named and any(start <= place < stop for start, stop in people)


_N_IS = re.compile(r"[(\[]n ?= ?$")


def _of_sentence(text: str, groups: Groups, start: int, end: int) -> Iterator[_Opened]:
    """Yield the people with whom a sentence or its clauses open."""
    sentence, any_found = text[start:end], False
    for found in _OPENS.finditer(sentence):
        words = found["what"]
        named = _mentions(groups, start + found.start("what"), start + found.end("what"))
        part = _PART.fullmatch(words)
        if named or (_NOT_A_PART.search(words) and not _PROTOCOL.match(words)):
            continue
        kind = part or _KIND.fullmatch(words)
        if kind is None or (part is None and (_BARE.fullmatch(words) or _may_be_all(text, found, kind, end))):
            continue
        any_found = True
        place = start + (found.start("what") if kind["of"] is None else found.start("what") + kind.start("of"))
        stop = start + found.end("what")
        yield _Opened(place, stop, start + found.end(), text[place:stop], part is not None)
    for found in _ANOTHER.finditer(sentence) if any_found else ():
        place, stop = start + found.start("what"), start + found.end("what")
        if found["joined"] in _JOIN and not _mentions(groups, place, stop) and not _BARE.fullmatch(found["what"]):
            yield _Opened(place, stop, stop, found["what"], explicit=False)


def _may_be_all(text: str, opened: re.Match[str], kind: re.Match[str], end: int) -> bool:
    """Whether people may be all that there are: "of 246 new cases", or those with whom a long text ends."""
    if kind["number"] and opened["led"] in ("of", "among") and not _WITH.search(kind["of"]):
        return True
    return end > _LONG and end >= len(text.rstrip()) - 1 and not _BRACKET.search(opened.string)


_WITH = re.compile(r"\b(?:with|without|who|whose)\b")
_BRACKET = re.compile(r"[(\[]")
_JOIN = frozenset(("and", "but", "whereas", "while"))


def _mentions(groups: Groups, start: int, stop: int) -> bool:
    """Whether an arm is spoken of in a stretch of text."""
    at = bisect_left(groups.mentions, start, key=lambda one: one.end)
    return at < len(groups.mentions) and groups.mentions[at].start < stop


def _is_part(text: str, groups: Groups, one: _Opened, every: Sequence[_Opened], first: int) -> bool:
    """Whether people are a part of those the text is about: it has their others beside, or new words for them.

    ``first`` is where the results begin.
    """
    sizes = (*groups.whole, *(size for arm in groups.arms for size in arm.sizes))
    number = _NUMBER.search(text, max(0, one.start - 12), one.start)
    if number is not None and number[1].replace(",", "") in {size.digits for size in sizes}:
        return False
    at = bisect_left(every, one.start, key=_start)
    beside = every[max(0, at - _BESIDE) : at + _BESIDE + 1]
    if any(abs(other.start - one.start) < _NEAR and _are_opposed(one.words, other.words) for other in beside):
        return True
    if min((first, *(size.start for size in sizes))) > one.start:
        return False
    return not _spoken_of(text, one, every)


_start = attrgetter("start")
_SENTENCE = re.compile(r"(?:[^.;]|[.;](?! ))+")
_NUMBER = re.compile(r"\b([0-9][0-9,]*) $")


_OPPOSED = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"\b(?:women|females?|girls)\b", r"\b(?:men|males?|boys)\b"),
        (r"positive|\+", r"negative"),
        (
            r"[>≥]|\b(?:older|over|high|higher|more|severe|late)\b",
            r"[<≤]|\b(?:younger|under|low|lower|less|mild|early)\b",
        ),
        (r"(?<![a-z-])(?:current |ever[- ])?(?:smok|respon|diabet|carri|obese)", r"\b(?:non|never|ex|former)\b|\bnon"),
    )
)


def _are_opposed(first: str, second: str) -> bool:
    """Whether two kinds of people are the two parts of one whole: with and without, women and men."""
    return any(
        one.search(first) and other.search(second) and not one.search(second) and not other.search(first)
        for one, other in (*_OPPOSED, *(pair[::-1] for pair in _OPPOSED))
    )


def _spoken_of(text: str, one: _Opened, every: Sequence[_Opened]) -> bool:
    """Whether all that tells people apart is said before, not as that of a part: "adults with gout were randomised"."""
    told = {word for word in _WORD.findall(one.words) if word not in _FUNCTION and not word.isdecimal()}
    told = told or {word for word in _WORD.findall(one.words) if word in _SEXES or word.isdecimal()}
    if not told:
        return True
    known: set[str] = set()
    openings = [other.start for other in every]
    for part in _SENTENCE.finditer(text, max(0, one.start - _FAR), one.start):
        opens = bisect_left(openings, part.start()) < bisect_left(openings, part.end())
        if not opens and _OF_PARTS.search(part[0]) is None:
            known.update(_WORD.findall(part[0]))
    return all(word in known or word.rstrip("s") in known or f"{word}s" in known for word in told)


def _give(document: Document, inside: Sequence[Result], kept: Sequence[_Opened], openings: set[int]) -> None:
    """Give the results of a clause the people it opens with, as far as it goes."""
    text, starts = document.tokens.text, document.tokens.starts
    end = document.tokens.ends[inside[-1].last]
    for one in kept:
        until = min((place for place in openings if place > one.start), default=end)
        until = _bracket_end(text, one.begin, until)
        for form in (_OVERALL, _ANOTHER):
            if (ends := form.search(text, one.begin, until)) is not None:
                until = ends.start() + 1
        for result in inside:
            if one.begin <= starts[result.first] < until and result.subgroup is None:
                result.subgroup, result.clause = document.cased[one.start : one.end], one.begin


def _bracket_end(text: str, begin: int, end: int) -> int:
    """Return where the bracket ends that a stretch begins in; its end where it begins in none."""
    depth = 0
    for found in _BRACKETS.finditer(text, begin, end):
        depth += 1 if found[0] in "([" else -1
        if depth < 0:
            return found.start()
    return end


_BRACKETS = re.compile(r"[()\[\]]")
_BEHIND = re.compile(
    r"(?<=[a-z%0-9)\]]) (?:in|among|for) (?:the )?"
    rf"(?P<what>(?:(?!with |of |and |or )[a-z0-9+-]+ ){{0,2}}?(?:{_PEOPLE}|fe?males?)"
    r"(?: (?:with|without) [a-z0-9 -]{2,40})?)(?=[,.;:)]| (?:and|but|whereas|while|versus|vs) |$| ?\()"
)
_TO_PEOPLE = re.compile(r"(?:(?!\b(?:but|not|than)\b)[^;:.]|\.(?=[0-9a-z])){0,60}")


def _told_behind(document: Document, groups: Groups, inside: Sequence[Result], start: int, end: int) -> None:
    """Give values the people named behind them, where the two parts of one whole are: "5% v 7% in women, 4% in men"."""
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    named = [
        found.span("what")
        for found in _BEHIND.finditer(text, start, end)
        if not _mentions(groups, *found.span("what")) and not _BARE.fullmatch(found["what"])
    ]
    words = [text[slice(*one)] for one in named]
    floor = start
    for (begin, stop), own in zip(named, words, strict=True):
        near = [one for one in inside if floor <= starts[one.first] and ends[one.last] < begin and one.value >= 0]
        floor = stop
        if not near or not any(_are_opposed(own, other) for other in words):
            continue
        if _TO_PEOPLE.fullmatch(text, ends[near[-1].last], begin) is None:
            continue
        for one in near[-1].row or near[-1:]:
            if one in near and one.subgroup is None:
                one.subgroup = document.cased[begin:stop]


def _in_brackets(document: Document, inside: Sequence[Result], start: int, end: int) -> None:
    """Give the results of a bracket, or the one right before it, the part of patients that it names."""
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    for found in _IN_BRACKETS.finditer(text, start, end):
        name = "of" if found["of"] else "set"
        words = document.cased[found.start(name) : found.end(name)]
        closed = text.find("]" if text[found.start()] == "[" else ")", found.end())
        within = [one for one in inside if found.end() <= starts[one.first] < closed]
        place = found.start() if text[found.start()] != ";" else -1
        before = [one for one in inside if one.value >= 0 and 0 <= place - ends[one.value] <= _SPACES]
        for one in within or before[-1:]:
            one.subgroup = words

"""Categories that exclude each other hold no more patients than there are.

Best response (complete, partial, stable, progressive), sex, alive or dead, stages and classes of one scale:
nobody is in two of them. Their counts must not exceed their total, nor their percentages 100 % by more than
rounding. Fewer is ordinary: not every patient can be assessed. Lists of several answers (side effects, other
illnesses) are no categories and are left alone, and so is a category that the text joins with another
("complete or partial response").

Why: A list of categories is copied number by number, and its sum is seldom looked at.

Formula:
    x1 + x2 + ... <= n
    (p1 - step) + (p2 - step) + ... <= 100 %

Agrees: 67 partial responses, 91 stable and 60 progressive of 218. Asks: 67, 91 and 74 of 218.

Reference: none; it is arithmetic. Response categories: Eisenhauer et al. (2009) Eur J Cancer 45:228-247.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from trialstats.checks.check import Check, Context
from trialstats.checks.sentences import sentence_of, sentences_of
from trialstats.checks.two_units import of_two_units
from trialstats.claims.model import Estimate, Paper, Place
from trialstats.findings import Details, Finding, Sum, Verdict
from trialstats.reported import Reported
from trialstats.sources.text.tokens.expressions import Stemmed
from trialstats.sources.text.told.category_lists import find_category_lists
from trialstats.sources.text.told.parts_of_wholes import Parts, find_parts
from trialstats.sources.text.told.shares_of_one import Shares, find_shares
from trialstats.wording import joined

_SETS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "response": {
            "complete response": r"complete (?:\w+ )?(?:response|remission|responder)s?|(?-i:\bCRs?\b)",
            "partial response": r"partial (?:\w+ )?(?:response|remission|responder)s?|(?-i:\bPRs?\b)",
            "stable disease": r"stable disease|disease stabili[sz]ation|no change|(?-i:\bSD\b)",
            "progression": r"progressive disease|(?:disease |tumou?r )?progression\b|(?-i:\bPD\b)",
        },
        "sex": {"men": r"\b(?:men|males?|boys)\b", "women": r"\b(?:women|females?|girls)\b"},
        "outcome": {"alive": r"\b(?:alive|survived|survivors)\b", "dead": r"\b(?:died|dead|deaths)\b"},
        "change": {
            "improved": r"\bimprove(?:d|ment)\b",
            "unchanged": r"\bunchanged\b|\bno change\b|\b(?:remained|were|was) stable\b",
            "worse": r"\bworse(?:ned|ning)?\b|\bdeteriorat(?:ed|ion)\b",
        },
        "smoking": {
            "current": r"\bcurrent smokers?\b",
            "former": r"\b(?:former|past|ex-?) ?smokers?\b",
            "never": r"\b(?:never|non-?) ?smokers?\b|\bnever smoked\b",
        },
    }
)
_PATTERNS = {
    (scale, label): Stemmed(words)
    for scale, labels in _SETS.items() for label, words in labels.items()
}  # fmt: skip
_ANY = Stemmed("|".join(words for labels in _SETS.values() for words in labels.values()))
_SCALE = re.compile(
    r"\b(?P<scale>(?i:stage|class|performance status|Child-Pugh(?: class)?|histologic(?:al)? grade)) "
    r"(?P<of>IV|I{1,3}|[0-5]|[A-D])(?P<part>[abc])?\b"
)
_JOINS = re.compile(
    r"\b(?:or|and/or|plus|at least|no|without|neither|not|except|overall|after|before|until|among|whose|prior|previous"
    r"|versus|free)\b|[/+≥≤<>]|\d|\b(?:of|in|among|for|between)(?: the)? (?:fe)?(?:males?|men|women|boys|girls|current"
    r"|former|never|survivors|patients|those)\b",
    re.IGNORECASE,
)
"""Words that make something else of a category, and those before patients of whom a share is told."""
_OF_ALL = frozenset({"response", "outcome", "change"})
"""Scales of which a percentage is one of all patients; of men, or of stage II, it may be one of these alone."""
_WERE = re.compile(
    r"^[%)\]\s]*(?:of (?:the )?(?:patients|participants|subjects) )?were (?:fe)?(?:males?|men)\b|were women"
)
_SAME_ROW = re.compile(r"^[%)\]\s]*(?:v|vs\.?|versus|compared with|and)[\s(\[]*$")
_BEHIND, _BEFORE = 48, 70


@dataclass(frozen=True, slots=True)
class _Member:
    claim: Estimate
    scale: str
    label: str
    column: int = 0
    words: str = ""

    @property
    def is_of_all(self) -> bool:
        """Whether its percentage is one of all patients, as far as the words tell."""
        return self.scale in _OF_ALL or _WERE.search(self.words) is not None


def category_of(words: str, *, alone: bool = False) -> tuple[str, str] | None:
    """Return the scale and the category that some words name, if they name exactly one.

    With ``alone`` the words must name nothing else that could join it with another.

    Examples
    --------
    >>> category_of("had a partial response"), category_of("complete or partial response", alone=True)
    (('response', 'partial response'), None)
    """
    some = _ANY.could_find(words)
    found = {named for named, pattern in _PATTERNS.items() if some and pattern.search(words)}
    scales = list(_SCALE.finditer(words))
    found |= {(one["scale"].lower(), f"{one['scale'].lower()} {one['of']}{one['part'] or ''}") for one in scales}
    if len(found) > 1 and {"unchanged", "stable disease"} >= {label for _, label in found}:
        found = {("response", "stable disease")}
    if len(found) != 1 or (alone and _JOINS.search(_SCALE.sub(" ", words))):
        return None
    return found.pop()


def _members(paper: Paper, claims: Sequence[Estimate]) -> Iterator[list[_Member]]:
    """Yield the categories of one scale that are told of the same patients."""
    if paper.text is None:
        groups: dict[tuple[object, ...], list[_Member]] = {}
        for claim in claims:
            named = category_of(claim.outcome or "", alone=True)
            if named is not None:
                n = claim.n.text if claim.n is not None else None
                key = (named[0], claim.arms, claim.time, claim.population, claim.subgroup, claim.role, n)
                groups.setdefault(key, []).append(_Member(claim, *named, words=claim.outcome or ""))
        yield from groups.values()
        return
    by_sentence: dict[int, list[Estimate]] = {}
    for claim in claims:
        if claim.where.start is not None and claim.where.end is not None:
            by_sentence.setdefault(sentence_of(paper.text, claim.where.start)[0], []).append(claim)
    for start, found in by_sentence.items():
        if len(found) > 1:
            yield from _of_sentence(paper.text, start, found)


def _of_sentence(text: str, start: int, claims: list[Estimate]) -> Iterator[list[_Member]]:
    stop = sentence_of(text, start)[1]
    places = [(claim.where.start or 0, claim.where.end or 0) for claim in claims]
    follow = [*(place[0] for place in places[1:]), stop]
    lead = [start, *(place[1] for place in places[:-1])]
    behind = [text[end : min(after, end + _BEHIND)] for (_, end), after in zip(places, follow, strict=True)]
    before = [
        _WHOLE_BEFORE.sub("", text[max(first, begin - _BEFORE) : begin])
        for (begin, _), first in zip(places, lead, strict=True)
    ]
    # "12 complete responses (15%)"
    within = [_NUMBER.sub(" ", claim.where.quote or "") for claim in claims]
    none = [""] * len(claims)
    rows = [_runs(claims, behind, none), _runs(claims, before, before), _runs(claims, within, none)]
    # Words behind each number, before each or in its midst: the longest list, and of two the one from the first on.
    best = max(rows, key=lambda runs: max(((len(run), run[0].claim is claims[0]) for run in runs), default=(0, False)))
    for run in best:
        columns = {member.column for member in run}
        for column in columns:
            yield [member for member in run if member.column == column]


_NUMBER = re.compile(r"[0-9][0-9.,]*%?|[()\[\]/=]")
_WHOLE_BEFORE = re.compile(r"^.*\d[^,;\d]{0,40}, (?=\D*$)", re.DOTALL)
"""The patients that a list is of: "Of the 64 patients, complete response in 6"."""


def _runs(claims: list[Estimate], chunks: list[str], joins: list[str]) -> list[list[_Member]]:
    """Return the lists of consecutive claims whose words name one category of one scale each."""
    runs: list[list[_Member]] = [[]]
    for claim, chunk, join in zip(claims, chunks, joins, strict=True):
        last = runs[-1][-1] if runs[-1] else None
        if last is not None and _SAME_ROW.search(join) and last.column < 3:
            runs[-1].append(_Member(claim, last.scale, last.label, last.column + 1))
            continue
        named = category_of(chunk, alone=True)
        if named is None or (last is not None and last.scale != named[0]):
            runs.append([])
        if named is not None:
            runs[-1].append(_Member(claim, *named, words=chunk))
    return [run for run in runs if len(run) > 1]


def _run(check: Check, context: Context) -> Iterator[Finding]:
    claims = [one for one in context.estimates
              if one.measure in ("proportion", "count") and one.value is not None and one.value.relation == "="
              and not one.value.is_missing and one.interval is None and one.role != "design"]  # fmt: skip
    asked = False
    for members in _members(context.paper, claims):
        labels = [member.label for member in members]
        if len(labels) < 2 or len(set(labels)) < len(labels) or _may_be_an_event(context.paper, members):
            continue
        of = [member.claim for member in members]
        if len({(one.arms, one.time) for one in of}) > 1:
            continue
        judged = _judge(context.paper, members)
        if judged is not None:
            asked = asked or judged[0].is_question
            yield check.finding(of[0], *judged, others=tuple(one.id for one in of[1:]))
    if context.paper.text is not None and not asked:
        told = list(_listed(check, context.paper.text))
        told += [one for one in _in_parts(check, context.paper.text) if not any(_overlap(one, other) for other in told)]
        yield from told or _of_one_variable(check, context.paper.text)


def _overlap(one: Finding, other: Finding) -> bool:
    spans = [(found.where.start or 0, found.where.end or 0) for found in (one, other) if found.where is not None]
    return len(spans) == 2 and spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]


def _listed(check: Check, text: str) -> Iterator[Finding]:
    """Yield the lists that the claims do not hold, whose numbers are more than their whole."""
    for number, one in enumerate(find_category_lists(text, sentences_of(text)), 1):
        counts = [member.number.whole for member in one.members if not member.number.unit]
        shares = [member.number if member.number.unit else member.share for member in one.members]
        known = [count for count in counts if count is not None]
        if one.total is not None and len(known) == len(one.members):
            added, whole, over = str(sum(known)), str(one.total), sum(known) > one.total
            adds = Sum(tuple(member.number for member in one.members), Reported(whole), "<=")
            over = over and not _of_two_units(text, one.members[0].start, one.total, known)
        elif all(share is not None for share in shares) and one.of_all:
            parts = [share for share in shares if share is not None]
            added, whole = f"{float(100 * sum(part.value for part in parts)):.4g}%", "100%"
            adds = Sum(tuple(parts), Reported(whole), "<=")
            over = sum(part.value - part.step for part in parts) > 1
        else:
            continue
        if over and not _SEVERAL_EACH.search(
            text, max(0, one.members[0].start - _BESIDE), one.members[-1].end + _BESIDE
        ):
            named = joined(member.label for member in one.members)
            listed = joined(member.number.text for member in one.members)
            start, end = one.members[0].start, one.members[-1].end
            details = Details(
                sentence=f"{listed} ({named}) add up to {added}, more than the whole of {whole}.",
                more="Patients with several events may be counted more than once." if one.may_overlap else _ONCE,
                settle="the number in each category",
                reported={"total": whole} | {member.label: member.number.text for member in one.members},
                recomputed={"total": added},
                how=f"sum of {len(one.members)} categories",
                adds=adds,
            )
            verdict = Verdict.STRAINED if one.may_overlap else Verdict.INCONSISTENT
            where = Place(start=start, end=end, quote=text[start:end])
            yield check.finding(f"categories.{number}", verdict, details, where=where)


_BESIDE = 200
_SEVERAL_EACH = re.compile(
    r"\b(?:could|may|might|can) (?:each )?(?:have|report|give|choose|name|select|experience|belong)\b"
    r"|\bmore than one\b|\b(?:several|multiple) (?:events?|reasons?|answers?|responses?|complications?|grades?)\b"
    r"|\bnot (?:be )?mutually exclusive\b",
    re.IGNORECASE,
)
"""Words near a list that say that a patient may be in it twice."""


def _in_parts(check: Check, text: str) -> Iterator[Finding]:
    """Yield the wholes that are not the sum of their parts."""
    for number, one in enumerate(find_parts(text, sentences_of(text)), 1):
        added = sum((part.value for part in one.parts), Fraction(0))
        of_shares, complete = one.kind in ("responses", "some"), one.kind in _COMPLETE
        room = sum((part.step for part in one.parts), one.whole.step) / 2 if of_shares else 0
        apart = (abs(added - one.whole.value) if complete else added - one.whole.value) > room
        if (len(one.parts) < 2 and one.kind != "some") or not apart or _are_of_two_units(text, one):
            continue
        total = f"{float(100 * added):.4g}%" if of_shares else str(added)
        listed = joined(part.text for part in one.parts)
        listed = f"{listed} add up to {total}" if len(one.parts) > 1 else f"The part is {listed}"
        details = Details(
            sentence=f"{listed}, and the whole is {one.whole.text}.",
            more=_MORE.get(one.kind, _ONCE),
            settle="the number in each part",
            reported={"total": one.whole.text},
            recomputed={"total": total},
            how=f"sum of {len(one.parts)} parts",
            adds=Sum(tuple(one.parts), one.whole, "=" if complete else "<=", Fraction(1, 2)),
        )
        where = Place(start=one.start, end=one.end, quote=text[one.start : one.end])
        verdict = Verdict.STRAINED if one.kind in _MORE else Verdict.INCONSISTENT
        yield check.finding(f"parts.{number}", verdict, details, where=where)


_MOST_OVER = Fraction(3, 2)
"""How many times the whole the parts of one variable may be, with one number that is not right."""


def _of_one_variable(check: Check, text: str) -> Iterator[Finding]:
    """Yield the shares of one variable that are more than all patients, or less where nobody is left out."""
    for number, one in enumerate(find_shares(text, sentences_of(text)), 1):
        added = sum((part.value for part in one.parts), Fraction(0))
        of_all = one.whole.unit == "%"
        room = sum((part.step for part in one.parts), Fraction(0)) if of_all else Fraction(0)
        if added > (2 if one.closed else _MOST_OVER) * one.whole.value:
            continue  # several answers, or shares of several groups
        if not (added - room > one.whole.value or (one.closed and added + room < one.whole.value)):
            continue
        if _are_of_two_units(text, one):
            continue
        total = f"{float(100 * added):.4g}%" if of_all else str(added)
        listed, apart = joined(part.text for part in one.parts), "more" if added > one.whole.value else "less"
        details = Details(
            sentence=f"{listed} add up to {total}, {apart} than the whole of {one.whole.text}.",
            more="Patients who have two of them, or of whom nothing is known, would account for it.",
            settle="the number in each category",
            reported={"total": one.whole.text},
            recomputed={"total": total},
            how=f"sum of {len(one.parts)} parts",
            adds=Sum(tuple(one.parts), one.whole, "=" if one.closed else "<="),
        )
        where = Place(start=one.start, end=one.end, quote=text[one.start : one.end])
        yield check.finding(f"shares.{number}", Verdict.STRAINED, details, where=where)


_COMPLETE = frozenset({"responses", "rest", "alone", "kinds"})
"""Kinds of parts that leave nobody out, or that are told only where they do not add up."""
_MORE: Mapping[str, str] = MappingProxyType(
    {
        "responders": "Responses of other patients would account for it.",
        "responses": "Unconfirmed responses would account for it.",
        "some": "Responses of other patients, or by another measure, would account for it.",
        "rest": "Patients who are counted twice, or of whom nothing is known, would account for it.",
        "closed": "Patients who are counted twice would account for it.",
        "kinds": "Those of two kinds, or of none of these, would account for it.",
    }
)
"""What would account for a sum that is not the whole, by the kind of parts; elsewhere nothing ordinary would."""
_ONCE = "These categories exclude each other, so nobody should be counted twice."


_BEST = re.compile(r"progressive disease|(?-i:\bPD\b)", re.IGNORECASE)


def _may_be_an_event(paper: Paper, members: Sequence[_Member]) -> bool:
    """Whether progression may be an event in the course of the trial and not a best response."""
    events = [one for one in members if one.label == "progression" and _BEST.search(one.words) is None]
    return bool(events) and (len(members) < 3 or paper.text is None)


def _count(claim: Estimate) -> int | None:
    number = claim.value if claim.measure == "count" else claim.x
    return None if number is None else number.whole


_ONE_SEX = re.compile(r" (?:(?:fe)?males?|(?:wo)?men|boys|girls)\b")


def _total(paper: Paper, members: Sequence[_Member]) -> Reported | None:
    """Return the total that is printed for all members: with each, or before the first in its sentence."""
    totals = [member.claim.n for member in members]
    first = totals[0]
    text, start = paper.text, members[0].claim.where.start
    if first is not None and all(total == first for total in totals):
        if text is None or start is None:
            return first
        begin, stop = sentence_of(text, start)
        return first if re.search(rf"(?<![\d.,]){re.escape(first.text)}(?![\d%])", text[begin:stop]) else None
    if text is None or start is None or any(totals):
        return None
    begin = sentence_of(text, start)[0]
    known = [
        size.value for name, size in paper.of.items()
        if name != "clusters" and size.place and begin <= size.place[0] < start
        and not _ONE_SEX.match(text, size.place[1])
    ]  # fmt: skip
    return known[0] if len({size.digits for size in known}) == 1 else None


def _judge(paper: Paper, members: Sequence[_Member]) -> tuple[Verdict, Details] | None:
    counts = [_count(member.claim) for member in members]
    total, named = _total(paper, members), joined(member.label for member in members)
    known = [count for count in counts if count is not None]
    if total is not None and (n := total.whole) and len(known) == len(members):
        if all(member.claim.measure == "count" for member in members) and min(known) < 1:
            return None
        agrees, added, whole = sum(known) <= n, str(sum(known)), total.text
        adds = Sum(tuple(Reported(str(count)) for count in known), total, "<=")
        if not agrees and _of_two_units(paper.text, members[0].claim.where.start, n, known):
            return None
        listed = joined(str(count) for count in known)
        verdict = Verdict.REPRODUCED if sum(known) == n else Verdict.CONSISTENT if agrees else Verdict.INCONSISTENT
        of_them = "patients"
    elif all(member.is_of_all and member.claim.value is not None and member.claim.value.unit == "%"
             for member in members):  # fmt: skip
        values = [member.claim.value for member in members if member.claim.value is not None]
        least, most = sum(one.value - one.step for one in values), sum(one.value + one.step for one in values)
        agrees, added, whole = least <= 1, f"{float(100 * sum(one.value for one in values)):.4g}%", "100%"
        adds = Sum(tuple(values), Reported("100%"), "<=")
        listed = joined(one.text for one in values)
        verdict = Verdict.INCONSISTENT if not agrees else Verdict.REPRODUCED if most >= 1 else Verdict.CONSISTENT
        of_them = "of them"
    else:
        return None
    end = "as printed" if verdict is Verdict.REPRODUCED else "no more than" if agrees else "more than"
    of_all = "" if verdict is Verdict.REPRODUCED else f" the whole of {whole}"
    sentence = f"{listed} {of_them} ({named}) add up to {added}, {end}{of_all}."
    return verdict, Details(
        sentence=sentence,
        more="" if agrees else _ONCE,
        settle="" if agrees else "the number in each category",
        reported={"total": whole} | {member.label: _shown(member.claim) for member in members},
        recomputed={"total": added},
        how=f"sum of {len(members)} categories",
        adds=adds,
        # Percentages, and counts that are claims of their own, need no count beside them.
        rests_on=None if all(member.claim.x is not None for member in members) else frozenset({"value"}),
    )


def _of_two_units(text: str | None, start: int | None, whole: int, parts: Sequence[int]) -> bool:
    """Whether the sentence of some parts counts another kind of things than their whole, of which they may be."""
    if text is None or start is None:
        return False
    return of_two_units(text, *sentence_of(text, start), whole, parts)


def _are_of_two_units(text: str, one: Parts | Shares) -> bool:
    counts = [part.whole for part in one.parts]
    known = [count for count in counts if count is not None]
    whole = one.whole.whole
    if whole is None or len(known) < len(counts) or sum(known) <= whole:
        return False
    return _of_two_units(text, one.start, whole, known)


def _shown(claim: Estimate) -> str:
    number = claim.x if claim.x is not None else claim.value
    return "" if number is None else number.text


CHECK = Check(
    "TS110",
    "categories that exclude each other hold no more patients than there are",
    _run,
    rests_on=frozenset({"value", "x"}),
    settled_by="the number of patients in each category and in all",
    serves=("INSPECT-SR 4.6",),
)

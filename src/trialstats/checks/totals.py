"""The arms add up to the total.

Where the number of patients of a population is printed for the whole trial and for every arm, the
arms must add up to it. Exact integers. In a text both must stand in one sentence, without words for patients who were
excluded, lost, refused or not analysed, and no number of the text may account for the difference.

Why: Every percentage of the report rests on these numbers.

Formula:
    n1 + n2 + ... = n, over all arms of one population

Agrees: 97 and 74 of 171. Asks: 97 and 75 of 171.

Reference: the flow diagram of CONSORT asks for these numbers (Schulz et al. (2010) BMJ 340:c332).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from trialstats.checks.check import Check, Context, not_checked
from trialstats.checks.sentences import sentence_of, sentences_of
from trialstats.claims.model import Paper, Place, Size
from trialstats.claims.trust import knows_groups
from trialstats.findings import Details, Finding, Sum, Verdict
from trialstats.reported import Reported
from trialstats.sources.text.tokens.lex import NUMBER_WORDS
from trialstats.sources.text.told.people_parted import PER_GROUP, Parted, find_parted
from trialstats.sources.text.told.sums_of_sentences import find_sums_of_arms
from trialstats.wording import joined


def _run(check: Check, context: Context) -> Iterator[Finding]:
    paper, arms = context.paper, context.paper.arms
    yield from _of_tables(check, paper)
    if paper.text is not None and (" per " in paper.text or "each" in paper.text):
        yield from _per_group(check, paper.text)
    if len(arms) < 2:
        if paper.text is not None:
            yield from _told_in_one(check, paper.text)
            yield from _in_one_bracket(check, paper, paper.text)
        return  # nothing else is added up
    added = {population: _sizes(paper, population) for population in paper.of}
    yield from _without_total(check, context)
    asked = False
    for population, total in paper.of.items():
        sizes = added[population]
        reported = {"total": total.value.text} | {arm: size.value.text for arm, size in sizes.items()}
        judged = _judge(population, total.value, [size.value for size in sizes.values()], len(arms), reported)
        same = all(arm.of.get(population) == sizes.get(arm.id) for arm in arms)
        reason = ""
        if judged[0] is Verdict.INCONSISTENT:
            reason = _apart(paper, total, tuple(sizes.values()), same=same)
        if reason == _NEED_NOT and _changed_places(judged[1].recomputed["total"], str(total.value.whole)):
            judged = Verdict.STRAINED, judged[1]
        elif reason:
            judged = not_checked(f"the total of {total.value.text} {population}", reason, reported=reported)
        yield check.finding(f"total.{population}", *judged)
        asked = asked or judged[0].is_question
    if paper.text is not None and not asked:
        yield from _told_in_one(check, paper.text)


def _of_tables(check: Check, paper: Paper) -> Iterator[Finding]:
    """Yield whether the totals of a table are the sums of its studies."""
    for one in paper.sums:
        added = sum(part.whole or 0 for part in one.parts)
        agrees = added == one.whole.whole
        parts = joined([part.text for part in one.parts])
        details = Details(
            sentence=f"{parts} add up to {added}, and the printed total is {one.whole.text}.",
            more="" if agrees else "A study left out of the rows, or patients who stand in two, would account for it.",
            settle="" if agrees else "the studies that the total is of",
            reported={"total": one.whole.text},
            recomputed={"total": str(added)},
            how="sum of the studies",
            adds=Sum(one.parts, one.whole),
        )
        yield check.finding(one.id, Verdict.REPRODUCED if agrees else Verdict.STRAINED, details, where=one.where)


def _told_in_one(check: Check, text: str) -> Iterator[Finding]:
    """Yield the groups that one sentence makes of fewer people than they have together."""
    told = list(_parted(check, find_parted(text), text)) or list(_of_people_and_sides(check, text))
    yield from told or _parted(check, find_sums_of_arms(text, sentences_of(text)), text)


def _of_people_and_sides(check: Check, text: str) -> Iterator[Finding]:
    """Yield the groups of people, or of their eyes, knees and the like, that are more than there are of them."""
    if "ssigned" not in text and "llotted" not in text and "llocated" not in text and "andomi" not in text:
        return
    for number, found in enumerate(_PARTED.finditer(text), 1):
        parts = [int(part) for part in _PART.findall(found["parts"] or "")] or [int(found[name]) for name in ("a", "b")]
        whole = int(re.sub(r"\D", "", found["n"]))
        words = found[0] if found["sides"] is None else found[0].replace(found["sides"], "", 1)
        if found["sides"] is not None and _sides_are_others(text, found):
            continue
        if sum(parts) <= whole or len(parts) < 2 or max(parts) > whole or _AGAIN.search(words.replace("of whom", "")):
            continue
        who = found["sides"] or "patients"
        sentence = f"{joined(map(str, parts))} {who} add up to {sum(parts)}, and the printed total is {whole}."
        details = Details(
            sentence=sentence,
            more=f"The total may be of other {who} than the groups.",
            settle="the flow diagram",
            reported={"total": found["n"]},
            recomputed={"total": str(sum(parts))},
            how="sum of the groups",
            adds=Sum(tuple(Reported(str(part)) for part in parts), Reported(found["n"]), "<="),
        )
        place = Place(start=found.start("n"), end=found.end(), quote=text[found.start("n") : found.end()])
        yield check.finding(f"groups.{number}", Verdict.INCONSISTENT, details, where=place)


def _sides_are_others(text: str, found: re.Match[str]) -> bool:
    """Whether the parts of eyes or knees are people, or some are said to be in both: "90 eyes: 64 patients were"."""
    behind = text[found.end() : sentence_of(text, found.start())[1]]
    return _PEOPLE_TOO.search(found["parts"] or "") is not None or _AGAIN.search(behind) is not None


_MOST_GROUPS = 8


def _per_group(check: Check, text: str) -> Iterator[Finding]:
    """Yield the totals that are no multiple of the size that every group is printed to have."""
    for number, found in enumerate(PER_GROUP.finditer(text), 1):
        whole, each = (int(found[name].replace(",", "")) for name in ("n", "each"))
        groups = round(whole / each) if each else 0
        if not each or groups > _MOST_GROUPS or (groups > 1 and abs(whole - groups * each) <= max(groups, whole // 50)):
            continue
        details = Details(
            sentence=f"{whole} patients are printed, and {each} in each group: {groups or 1} such groups hold "
            f"{max(groups, 1) * each}.",
            more="Patients who were added for those lost would account for it.",
            settle="the planned number of each group and of all",
            reported={"total": found["n"], "group": found["each"]},
            recomputed={"total": str(max(groups, 1) * each)},
            how="groups of one size",
            adds=Sum((Reported(found["each"]),), Reported(found["n"]), "divides"),
        )
        place = Place(start=found.start(), end=found.end(), quote=found[0])
        yield check.finding(f"each.{number}", Verdict.STRAINED, details, where=place)


def _parted(check: Check, told: Iterable[Parted], text: str) -> Iterator[Finding]:
    """Yield the people whose groups, told in one list, are more, or fewer where nobody can have left between."""
    for number, one in enumerate(told, 1):
        added, whole = sum(one.parts), one.whole.whole or 0
        words = text[one.start : one.end]
        again = not one.alone and _AGAIN.search(words) is not None and "neither" not in words
        if added == whole or max(one.parts) > whole or (5 * abs(added - whole) > whole and not one.alone) or again:
            continue
        if (
            added < whole
            and not one.alone
            and not (one.at_once and not _LEFT_OUT.search(text[sentence_of(text, one.start)[0] : one.end]))
        ):
            continue
        if abs(added - whole) in numbers_in(text[one.end : one.end + _NEXT]):
            continue
        details = Details(
            sentence=f"{joined(map(str, one.parts))} {one.who} add up to {added}, and the printed total is {whole}.",
            more=f"The total may be of other {one.who} than the groups.",
            settle="the flow diagram",
            reported={"total": one.whole.text},
            recomputed={"total": str(added)},
            how="sum of the groups",
            adds=Sum(tuple(Reported(str(part)) for part in one.parts), one.whole),
        )
        place = Place(start=one.start, end=one.end, quote=words)
        yield check.finding(f"parted.{number}", Verdict.STRAINED, details, where=place)


_LEFT_OUT = re.compile(
    r"\b(?:screen|complet|evalua|analy|exclu|withdr|eligible|available|consent|not |never)", re.IGNORECASE
)


def _in_one_bracket(check: Check, paper: Paper, text: str) -> Iterator[Finding]:
    """Yield a total whose groups, which are no arms that were read, stand with their sizes in one bracket behind it."""
    for population, total in paper.of.items():
        if total.place is None or population not in (*_ALL, "randomised"):
            continue
        found = _BRACKET.search(text, total.place[1], total.place[1] + _BEFORE_BRACKET)
        if found is None or "." in text[total.place[1] : found.start()]:
            continue
        sizes = [
            Size(Reported(one["n"]), place=(found.start() + one.start("n"), found.start() + one.end("n")))
            for one in _SIZED.finditer(found[0])
        ]
        reported = {"total": total.value.text} | {f"group {at}": size.value.text for at, size in enumerate(sizes, 1)}
        judged = _judge(population, total.value, [size.value for size in sizes], len(sizes), reported)
        if judged[0] is Verdict.INCONSISTENT:
            reason = _apart(paper, total, sizes, same=population == "randomised")
            if reason in ("", _NEED_NOT):
                # What stands in one bracket behind all who were enrolled is how they were parted.
                yield check.finding(f"total.{population}", Verdict.STRAINED if reason else judged[0], judged[1])


_SIZED = re.compile(r"(?:\bn ?= ?|[a-z][:,] )(?P<n>\d{1,5})(?= ?[,;)\]]| and)")
_BRACKET = re.compile(
    r"[(\[](?:(?:[^()\[\].=]{2,60}?,? n ?= ?\d{1,5}(?:; |, | and |(?=[)\]]))){2,5}"
    r"|(?=[^()]*\b(?:groups?|arms?|controls?|placebo|intervention)\b)"
    r"(?:[A-Za-z][^()\[\].=:;0-9]{2,50}[:,] \d{1,5}(?:; |(?=[)\]]))){2,5})[)\]]"
)
"""Groups with their sizes in one bracket: "(zinc, n = 40; sugar, n = 41)", "(zinc group: 40; sugar group: 41)"."""
_BEFORE_BRACKET = 300
_WHO = r"(?:patients|participants|subjects|women|men|children|infants|adults|volunteers|people|individuals|girls|boys)"
_SIDES = r"(?P<sides>eyes|hips|knees|shoulders|limbs|legs|hands|feet|breasts|ears|kidneys)"
"""Of which a person has two; each is in one group, all the same."""
_TO = r"(?:allocated|assigned|allotted|randomi[sz]ed)"
_PARTED = re.compile(
    rf"(?P<n>\d(?<![\d.,]\d)(?:\d{{0,2}}(?:,\d{{3}})+"
    rf"|\d{{1,4}})) (?:[a-z-]{{1,20}} ){{0,3}}?(?:{_WHO}|{_SIDES})(?: [a-z0-9-]{{1,20}}){{0,7}}[,;:] "
    rf"(?:of (?:whom|these|which) )?(?:(?P<parts>\d{{1,5}} (?:of (?:whom|these|which) )?(?:{_WHO} )?(?:were "
    rf"|was )?(?:randomly )?{_TO} to [^.;()0-9]{{3,50}}?"
    r"(?:(?:,? and |, )\d{1,5} (?:were [a-z]+ )?to [^.;()0-9]{2,50}?(?=,? and [0-9]|, [0-9]|[.;,()]|$)){1,4})"
    rf"|(?P<a>\d{{1,5}}) and (?P<b>\d{{1,5}}) (?:{_WHO} )?(?:were"
    rf"|was) (?:randomly )?{_TO} to [^.;()0-9]{{3,80}}?respectively)"
)
_PEOPLE_TOO = re.compile(rf"\b{_WHO}\b")
_PART = re.compile(r"(?<![\d.,])\d{1,5}(?= (?:[a-z]+ ){0,4}to )")
_ALL = frozenset({"enrolled", "included"})


def _sizes(paper: Paper, population: str) -> dict[str, Size]:
    """Return the sizes of the arms of a population, or in a text those of another that its total may be of."""
    sizes = {arm.id: size for arm in paper.arms if (size := arm.of.get(population)) is not None}
    if len(sizes) == len(paper.arms) or typed(paper) or population not in (*_ALL, "randomised"):
        return sizes
    # "300 patients were enrolled and randomised to A (n = 150) or B (n = 148)"
    randomised = {arm.id: size for arm in paper.arms if (size := arm.of.get("randomised")) is not None}
    if len(randomised) == len(paper.arms):
        return randomised if population in _ALL and "randomised" not in paper.of else sizes
    # "100 patients were enrolled: 60 received A and 40 B"
    only = {arm.id: next(iter(arm.of.values())) for arm in paper.arms if len(arm.of) == 1}
    return only if len(only) == len(paper.arms) else sizes


def typed(paper: Paper) -> bool:
    """Whether a paper's sizes were listed, and not read from sentences."""
    return knows_groups(paper) or paper.text is None


def _apart(paper: Paper, total: Size, sizes: Sequence[Size], *, same: bool) -> str:
    """Return why a total and the sizes of arms may be of different patients; empty where one sentence tells both.

    ``same`` where the text uses one word for both, such as randomised.
    """
    if typed(paper) or paper.text is None:
        return ""
    whole, added = total.value.whole or 0, sum(size.value.whole or 0 for size in sizes)
    known = [place for place in (total.place, *(size.place for size in sizes)) if place is not None]
    apart = "the text gives the total and the sizes of the arms apart, and patients may have left between"
    far = 5 * abs(added - whole) > whole and not _one_slip(whole, [size.value.whole or 0 for size in sizes])
    if len(known) <= len(sizes) or far:
        return apart
    start, end = min(begin for begin, _ in known), max(stop for _, stop in known)
    begin, stop = sentence_of(paper.text, start)
    if stop < end and _OF_THESE.match(paper.text, stop) and added > whole:
        stop = sentence_of(paper.text, _OF_THESE.match(paper.text, stop).end())[1]  # type: ignore[union-attr]
    if end > stop or end - start > _LONGEST:
        return apart
    words = _ALL_OF_THEM.sub(" ", paper.text[begin : end + _BEHIND])
    if (_LEFT if added < whole else _AGAIN).search(words):
        return apart
    if added < whole and not (same or _AT_ONCE.search(words)):
        return _NEED_NOT
    behind = paper.text[begin : end + _NEXT]
    for place in known:
        behind = behind[: place[0] - begin] + "#" * (place[1] - place[0]) + behind[place[1] - begin :]
    others = numbers_in(behind)
    if added in others:
        return f"the text gives {added} too, and the total may be of others"
    if abs(added - whole) in others:
        return f"the text speaks of {abs(added - whole)} more, who may account for it"
    return ""


_NEED_NOT = "not all who were enrolled need have been allocated"


def _one_slip(whole: int, counts: Sequence[int]) -> bool:
    """Whether one size with its digits changed about would make a total of which no size is above what is left."""
    left = [(n, whole - sum(counts) + n) for n in counts]
    return any(str(n) != str(other) and sorted(str(n)) == sorted(str(other)) for n, other in left if other > 0) or any(
        len(str(n)) == len(str(other)) and sum(a != b for a, b in zip(str(n), str(other), strict=True)) == 1
        for n, other in left if other > 0
    )  # fmt: skip


def _changed_places(one: str, other: str) -> bool:
    """Whether two numbers are the same but for two neighbouring digits that changed places: 635 and 653."""
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    return len(one) == len(other) and len(apart) == 2 and apart[1] == apart[0] + 1 and sorted(one) == sorted(other)


_ALL_OF_THEM = re.compile(
    r"\b(?:all|everyone|none)(?: of (?:them|whom|these))?(?: [a-z]+)? (?:were|was|had been)"
    r" (?:included|analy[sz]ed|excluded|evaluated|lost)[^.;]{0,60}",
    re.IGNORECASE,
)
"""What says that nobody was left out: "all were included in the analysis"."""
_LEFT = re.compile(
    r"\b(?:(?<!to )receiv|treat|evalua|analy|complet|exclu|withdr|eligible"
    r"|started|of whom|of which|of them|of these|lost|drop"
    r"|refus|declin|screen|assess|available|remain|consent|discontinu|without|failed|did not|data|ineligib|not |never"
    r"|non-?random|run-in|cohort|stratum|strata|part [12ab]\b|stage [12]\b"
    # "this phase 2 trial" is no part of a trial
    r"|phase [12ab]\b(?!,| (?:(?!of\b)[a-z-]+,? ){0,3}(?:trial|study)\b)|first|second|initial)",
    re.IGNORECASE,
)
"""Words for patients who may be fewer than were allocated."""
_AGAIN = re.compile(
    r"\b(?:cross-?over|crossed|both|again|re-?random|second|also|twice|each|completed|analy|evalua|eyes|lesions|limbs"
    r"|knees|teeth|of whom|per group|planned|power|sample size)",
    re.IGNORECASE,
)
"""Words for patients who may be in two arms, or for a total after some had left."""
_AT_ONCE = re.compile(
    r"(?:enrol\w*|includ\w*|recruit\w*|,) and (?:\w+ ){0,2}?(?:random|assign|allocat|divided)", re.IGNORECASE
)
_OF_THESE = re.compile(r"\s{1,3}(?:Of (?:these|them|whom)|These|They)\b")
_BEHIND, _NEXT = 60, 300
_LONGEST = 400
"""Characters of a sentence that tells how many patients were allocated."""
_NO_PEOPLE = (
    r"(?![\d:%]|[.,]\d| ?%|[- ]?(?:mg|g|kg|ml|[uµμ]g|mcg|iu|gy|mm|cm|weeks?|months?|years?|days?|hours?|h|times|doses?"
    r"|cycles?|groups?|arms?|treatments?|regimens?|strategies|centres?|centers?|sites?|countries|hospitals|parallel"
    r"|study|trial)\b)"
)
_FIGURE = re.compile(
    r"(?:(?<![\d.,:-])\d{1,3}(?:[, ]\d{3})+|(?<![\d.,:-])\d+|\b(?:"
    + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    + rf")\b){_NO_PEOPLE}",
    re.IGNORECASE,
)


def numbers_in(words: str) -> set[int]:
    """Return the whole numbers of some words that may count people, in digits or words.

    Examples
    --------
    >>> sorted(numbers_in("Of 1,205 patients three left; 10 mg for 1.5 years"))
    [3, 1205]
    """
    found = (match[0].lower() for match in _FIGURE.finditer(words))
    return {NUMBER_WORDS[one] if one in NUMBER_WORDS else int(re.sub(r"[, ]", "", one)) for one in found}


def _judge(
    population: str, total: Reported, sizes: Collection[Reported], arms: int, reported: dict[str, str]
) -> tuple[Verdict, Details]:
    counts = [n for size in sizes if (n := size.whole) is not None]
    whole = total.whole
    if len(counts) < arms or whole is None:
        return not_checked(f"the total of {total.text} {population}", "not every arm prints its size", reported)
    agrees = sum(counts) == whole
    sentence = f"{joined(str(n) for n in counts)} {population} patients add up to {sum(counts)}"
    details = Details(
        sentence=f"{sentence}, as printed." if agrees else f"{sentence}, and the printed total is {whole}.",
        more=""
        if agrees
        else "Patients may have been left out of an arm after randomisation."
        if sum(counts) < whole
        else "The total may be of other patients than the arms.",
        settle="" if agrees else "the flow diagram",
        reported=reported,
        recomputed={"total": str(sum(counts))},
        how="sum of the arms",
        adds=Sum(tuple(sizes), total),
    )
    return (Verdict.REPRODUCED if agrees else Verdict.INCONSISTENT), details


def _without_total(check: Check, context: Context) -> Iterator[Finding]:
    """Yield why the sizes of a population were not checked, where we know no total of it."""
    reason = "no total is given" if knows_groups(context.paper) else "we read no total that they add up to"
    populations = dict.fromkeys(name for arm in context.paper.arms for name in arm.of if name not in context.paper.of)
    for population in populations:
        sizes = {arm.id: arm.of[population].value.text for arm in context.paper.arms if population in arm.of}
        if len(sizes) > 1:
            what = f"{joined(sizes.values())} {population}"
            yield check.finding(f"total.{population}", *not_checked(what, reason, sizes))


CHECK = Check(
    "TS102",
    "the arms add up to the printed total",
    _run,
    about=frozenset({"size", "plan", "count"}),
    settled_by="the number of patients of each arm and of the whole trial, and who is counted in them",
    serves=("INSPECT-SR 4.6",),
)

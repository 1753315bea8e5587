"""Groups of patients that lie in one another do not grow.

Who was treated, could be evaluated or completed a trial was enrolled or randomised before; responders are among those
who were evaluable; and x of n patients are no more than n. In a text the two numbers must stand in one sentence that
speaks of no other patients (controls, a second cohort, another trial), or the smaller group must be named beside the
count. In a trial file the sizes of one arm, or of all, are compared.

Why: The flow of patients is printed in words, and each number is copied by hand.

Formula:
    responders <= evaluable <= treated <= randomised <= enrolled,  x <= n

Agrees: 118 randomised, of whom 115 were treated. Asks: 118 randomised, of whom 151 were treated.

Reference: the flow diagram of CONSORT asks for these numbers (Schulz et al. (2010) BMJ 340:c332).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from trialstats.checks.check import Check, Context
from trialstats.checks.sentences import sentence_of, sentences_of
from trialstats.checks.totals import typed
from trialstats.checks.two_units import of_two_units
from trialstats.claims.model import Arm, Estimate, Paper, Place, Size
from trialstats.findings import Details, Finding, Verdict
from trialstats.sources.text.tokens.figures import with_figures
from trialstats.sources.text.told.parts_of_people import PEOPLE, parts_of_people
from trialstats.sources.text.told.stages import find_stages
from trialstats.wording import as_printed

_WITHIN = {
    "screened": {"eligible", "enrolled", "randomised", "treated", "evaluable", "completed"},
    "eligible": {"enrolled", "randomised", "treated", "evaluable", "completed"},
    "enrolled": {"randomised", "treated", "evaluable", "completed", "safety", "intention-to-treat"},
    "randomised": {"treated", "evaluable", "completed", "safety", "intention-to-treat"},
    "treated": {"evaluable", "completed"},
}
"""Populations, and those that lie in them."""
_OTHERS = re.compile(
    r"\b(?:controls?|cohorts?|outside|versus|vs?|respectively|cases|another|other|additional|further|historical"
    r"|matched|more|extension|stage|step|part|phase|trials|studies|screened|clusters?|each|per (?:group|arm"
    r"|patient)|group|arm"
    r"|non-?random\w*|eyes|lesions|courses?|cycles?|times|infusions?|doses|injections?)\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(r"\brespon(?:ses?|ders?|ded)\b|\bremissions?\b", re.IGNORECASE)
_AMONG = re.compile(
    r"\b(?:evaluable|assessable)\b|\b(?:evaluable|assessable|treated|enrolled|randomi[sz]ed) (?:patients"
    r"|participants|subjects|women|men)"
    r"|\b(?:patients|participants|subjects|women|men) (?:who were )?(?:evaluable|assessable)",
    re.IGNORECASE,
)
_OF = re.compile(
    # A set of characters comes first, so that the search jumps from one figure to the next.
    rf"(?P<x>\d(?<![\d.,·/:<>=±-]\d)(?<!\d[.,] \d)\d{{0,4}}) (?:\(\d+(?:\.\d+)?%\) |{PEOPLE} )?of (?:the |these "
    rf"|all )?(?P<n>\d{{1,5}}) "
    rf"(?:(?:[a-z]+ ){{0,2}}{PEOPLE}|had|were|was|died|who|responded|developed|experienced|relapsed)\b"
)


_OF_CLAUSE = re.compile(
    rf"(?:[Oo](?<=\b[Oo])f (?:the|these|all)|\bOf) (?P<n>\d{{1,5}}) (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE}"
    rf"(?: [a-z-]{{1,20}}){{0,7}}, (?P<x>\d{{1,5}})(?: \(\d+(?:\.\d+)?%\))? (?:{PEOPLE} )?"
    r"(?:later |subsequently |eventually )?"
    r"(?:had|were|died|responded|developed|experienced|relapsed|completed)\b"
)


_EVALUATED = re.compile(
    rf"(?<![\d.,·/:<>=±-])(?P<n>\d{{1,5}}) (?:{PEOPLE} )?(?:were|could be) (?:evaluable|assessable|evaluated|assessed)"
    r"(?: for (?:tumou?r )?response)?,? (?:and|of whom|of which) (?P<x>\d{1,5}) (?:\(\d+(?:\.\d+)?%\) )?"
    r"(?:of (?:them|these) )?(?:responded|achieved a (?:[a-z]{1,12} )?response|had an? (?:[a-z]{1,12} )?response)\b"
)
"""Who was evaluated, and how many of them responded: "90 could be evaluated and 41 responded"."""
_ELIGIBLE = re.compile(
    rf"(?<![\d.,·/:<>=±-])(?P<n>\d{{1,5}}) (?:{PEOPLE} )?were eligible,? and (?P<x>\d{{1,5}}) "
    rf"(?:\(\d+(?:\.\d+)?%\) )?(?:of (?:them|these) )?(?:{PEOPLE} )?"
    r"(?:were (?:then )?(?:enrolled|included|randomi[sz]ed|recruited)|consented|agreed"
    r"|participated|gave (?:written )?(?:informed )?consent)\b"
)
"""Who was eligible, and how many of them took part."""


_STAGES = {"screened": 0, "recruited": 1, "enrolled": 1, "included": 1, "randomised": 2, "treated": 3, "analysed": 3}
_STAGE_NEXT = re.compile(
    rf"\b(?P<stage>(?:[Ss]creened|[Ee]nrolled|[Rr]ecruited|[Ii]ncluded|[Rr]andomi[sz]ed)) (?P<n>\d{{1,5}})"
    rf"(?: (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE})?(?:, and|,| and)(?: we| then| finally){{0,2}} "
    r"(?P<next>enrolled|recruited|included|randomi[sz]ed|treated|analy[sz]ed) (?P<x>\d{1,5})"
    rf"(?=[,.;)](?!\d)|$| and\b| of (?:them|these)\b| {PEOPLE}\b)"
)
"""Verbs that each have a number: "we screened 912 people, enrolled 455 and analysed 449"."""
_OF_WHOM = re.compile(
    r"(?P<n>\d(?<![\d.,·/:<>=±+-]\d)(?<!\D\d[.,] \d)(?<!\D\d\d[.,] \d)\d{0,4})(?! ?(?:%|per ?cent)|[.,·/–-]\d| \d{3}\b)"
    r"(?:(?<=[Oo]f these, \d)|(?<=[Oo]f these, \d\d)|(?<=[Oo]f these, \d\d\d)|(?= (?:[a-z-]{1,20} ){0,3}?"
    rf"{PEOPLE}\b))"
    r"[^0-9.;:()]{3,90}?(?:\([^()]{1,30}\)[^0-9.;:()]{0,60}?)?"
    # "Of these 21 people, 16" tells of 21 again.
    rf"(?:,? \(?of whom,? |\. Of (?:these|them|those)(?:, | (?!\d+ (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE},)))"
    r"(?:only |all |a total of )?(?P<x>\d{1,5})(?! ?(?:%|per ?cent)|[.,·/–-]\d| \d{3}\b"
    r"| (?:[a-z-]+ )?(?:years?|months?|weeks?|days?|hours?|times?|events?|episodes?|lesions?|eyes?)\b)(?= )"
)
"""Some of the people named before: "41 infants were ill. Of these, 17 went to intensive care, of whom 9 died"."""


_SHARE = r"(?:[(\[]\d+(?:\.\d+)?%(?:[;,] [^()\[\]]{3,40})?[)\]] )?"
_WHOLE = (
    r"(?P<n>\d(?<![\d.,·/:<>=±+-]\d)(?<!\D\d[.,] \d)(?<!\D\d\d[.,] \d)\d{0,4}) "
    rf"{_SHARE}(?:of (?:these|them|those)\b|(?:[a-z-]{{1,20}} ){{0,3}}?{PEOPLE}\b|(?:had|achieved|responded|died"
    r"|experienced|developed|relapsed|were|showed)\b)[^0-9.;:()]{0,90}?(?:\([^()]{1,40}\)[^0-9.;:()]{0,60}?)?"
)
_SOME_OF_WHOM = re.compile(rf"{_WHOLE}, (?:and |with )?(?P<x>\d{{1,5}}) {_SHARE}of (?:whom|which|these|them)\b")
"""Some of the people named before, with their number first: "214 were cured, 26 of whom relapsed"."""
_SOME_INCLUDED = re.compile(
    rf"{_WHOLE}[,(]? ?(?:including|among (?:them|whom)) (?P<x>\d{{1,5}}) {_SHARE}(?:{PEOPLE} )?{_SHARE}"
    r"(?:with|who|whose|had|having|in whom)\b"
)
"""Some of the people named before: "a rash was seen in 31 infants, including 4 with blisters"."""
_NOT_ALL = re.compile(
    r"\b(?:each|per|every|additional|another|further|other|more|eyes|pairs|couples|mothers|lesions)\b"
)
_INCLUDING = re.compile(
    rf"(?<![\d.,·/:<>=±-])(?P<x>\d{{1,5}}) {_SHARE}(?:of (?:the |these |all )?\d{{1,5}} )?(?:{PEOPLE} )?{_SHARE}"
    r"(?:had |achieved |showed |with )?(?:an? )?(?:(?:confirmed|objective|overall|tumou?r|clinical) ){0,3}"
    r"(?:responses?|remissions?|responded|responders)\b[^.;()0-9]{0,20}[,(:] "
    r"?(?:including|of which|of whom|with|among them) "
    rf"(?P<part>\d{{1,5}}) {_SHARE}(?:{PEOPLE} )?(?:had |with )?(?:an? )?(?:confirmed )?(?:complete|partial) "
    r"(?:responses?|remissions?|responders)\b"
)
"""Responses, and how many of them were complete: "31 of 60 patients had a response, including 8 complete responses"."""
_RESPONSES_IN = re.compile(
    r"\b(?:[Rr]esponses?|[Rr]emissions?) (?:(?:was|were) [a-z]+|occurred) (?:in|by) (?P<x>\d{1,5})(?! ?%|[.,·/–-]\d)"
    rf"(?: of (?:them|these|those|(?:the |these |all )?\d{{1,5}}))?(?: {PEOPLE})?"
    r"(?: [(\[]\d+(?:\.\d+)?%[^()\[\]]{0,40}[)\]])? ?[,(:] ?(?:including|of which|of whom|among (?:them|these|which)) "
    r"(?P<part>\d{1,5})(?! ?%|[.,·/–-]\d) (?:had |with |were )?(?:an? )?(?:confirmed )?(?:complete|partial)"
    r"(?: (?:responses?|remissions?|responders)\b| \()"
)
"""The same with the number behind: "responses were seen in 31 of 60 patients (52%), including 8 complete responses"."""


def _run(check: Check, context: Context) -> Iterator[Finding]:
    paper = context.paper
    flow = [
        finding
        for name, sizes in (("total", paper.of), *((arm.id, arm.of) for arm in paper.arms))
        for finding in _flow(check, paper, name, sizes)
    ]
    yield from flow
    told = {one.where.start for one in flow}
    text = paper.text
    if text is None:
        return
    figures = with_figures(text)
    for number, found in enumerate(_parts(figures), 1):
        told_part = _part(found)
        x, n = int(told_part), int(found["n"])
        if x > n and of_two_units(text, *sentence_of(text, found.start()), n, [x]) and "whom" not in found[0]:
            continue
        if x > n and found.start("x") not in told and not _is_claimed(context, found):
            told.add(found.start("x"))
            place = Place(start=found.start(), end=found.end(), quote=text[found.start() : found.end()])
            sentence = f"{x} of {n} are more patients than there are."
            yield check.finding(f"part.{number}", *_asked(sentence, {"x": told_part, "n": found["n"]}), where=place)
    yield from _of_stages(check, text, told)
    yield from _of_populations(check, paper, text)
    yield from _of_arms(check, context, text)
    yield from _responders(check, context, text)
    yield from _harms(check, context, text)
    responses = (_INCLUDING, _RESPONSES_IN) if "omplete re" in text or "artial re" in text else ()
    for number, found in enumerate((one for form in responses for one in form.finditer(figures)), 1):
        x, part = int(found["x"]), int(found["part"])
        if part > x and found.start("part") not in told:
            place = Place(start=found.start(), end=found.end(), quote=text[found.start() : found.end()])
            sentence = f"{part} of {x} responses are more than there are."
            reported = {"responses": found["x"], "part": found["part"]}
            yield check.finding(f"responses.{number}", *_asked(sentence, reported), where=place)


def _of_stages(check: Check, text: str, told: Collection[int | None]) -> Iterator[Finding]:
    """Yield the stages of a trial that have more people than the one before, as one sentence tells them."""
    for number, one in enumerate(find_stages(text, sentences_of(text)), 1):
        if (one.second.whole or 0) <= (one.first.whole or 0) or any(one.start <= (at or -1) < one.end for at in told):
            continue
        sentence = f"{one.second.text} {one.words[1]} are more than {one.first.text} {one.words[0]}."
        place = Place(start=one.start, end=one.end, quote=text[one.start : one.end])
        reported = {one.words[0]: one.first.text, one.words[1]: one.second.text}
        yield check.finding(f"stage.{number}", *_asked(sentence, reported), where=place)
        return


def _part(found: re.Match[str]) -> str:
    return found["x"] or found["part"]


def _is_claimed(context: Context, found: re.Match[str]) -> bool:
    """Whether a claim holds both numbers: then the check of order says that there are too many."""
    return any(
        one.x is not None and one.n is not None and (one.x.text, one.n.text) == (_part(found), found["n"])
        and one.value is not None and one.where.start is not None and one.where.end is not None
        and one.where.start <= found.start("x") < one.where.end
        for one in context.estimates
    )  # fmt: skip


def _parts(text: str) -> Iterator[re.Match[str]]:
    """Yield what prints a part of a number of patients, and that number."""
    yield from _OF.finditer(text)
    yield from _OF_CLAUSE.finditer(text)
    if "of whom" in text or ". Of th" in text:
        yield from _of_whom(text)
    of_whom = ("of whom", "of which", "of these", "of them")
    for form, words in ((_SOME_OF_WHOM, of_whom), (_SOME_INCLUDED, ("including", "among"))):
        for found in form.finditer(text) if any(word in text for word in words) else ():
            if not _NOT_ALL.search(found[0]):
                yield found
    yield from parts_of_people(text)
    for found in _ELIGIBLE.finditer(text) if "eligible" in text else ():
        yield found
    yield from _stages(text)
    for found in _EVALUATED.finditer(text) if "respon" in text else ():
        if not _OTHERS.search(text, *sentence_of(text, found.start())):
            yield found


def _stages(text: str) -> Iterator[re.Match[str]]:
    """Yield each number of a flow told by verbs and the one before it, which is of those who became fewer."""
    at = 0
    while (found := _STAGE_NEXT.search(text, at)) is not None:
        first, then = (_STAGES[found[name].lower().replace("z", "s")] for name in ("stage", "next"))
        if then > first and not _OTHERS_THAN.search(text, *sentence_of(text, found.start())):
            yield found
        at = found.start("next")


_OTHERS_THAN = re.compile(r"\b(?:another|other|additional|further|more|each|per|cohorts?|clusters?|respectively)\b")


def _of_whom(text: str) -> Iterator[re.Match[str]]:
    """Yield people and some of them, also where one group is both: "17 ..., of whom 9 ..., of whom 4 ..."."""
    at = 0
    while (found := _OF_WHOM.search(text, at)) is not None:
        yield found
        at = found.start("x")


def _flow(check: Check, paper: Paper, name: str, sizes: Mapping[str, Size]) -> Iterator[Finding]:
    for (one, first), (other, second) in combinations(sizes.items(), 2):
        if one in _WITHIN.get(other, ()):
            (one, first), (other, second) = (other, second), (one, first)
        elif other not in _WITHIN.get(one, ()):
            continue
        if one == "eligible" and name != "total":
            continue  # of one region, say
        whole, part = first.value.whole, second.value.whole
        if whole is None or part is None or part <= whole:
            continue
        if not typed(paper) and not _one_flow(paper, first, second):
            continue
        start, end = second.place or (None, None)
        quote = None if paper.text is None or start is None else paper.text[start:end]
        sentence = f"{part} patients are printed as {other}, and {whole} as {one}, of whom they are a part."
        reported = {one: first.value.text, other: second.value.text}
        yield check.finding(
            f"{name}.{other}", *_asked(sentence, reported), where=Place(start=start, end=end, quote=quote)
        )


def _one_flow(paper: Paper, whole: Size, part: Size) -> bool:
    """Whether one sentence tells both sizes, the larger group first, and speaks of no other patients."""
    if paper.text is None or whole.place is None or part.place is None or whole.place[0] > part.place[0]:
        return False
    begin, stop = sentence_of(paper.text, whole.place[0])
    words, screened = paper.text[begin:stop], paper.of.get("screened")
    if screened is not None and screened.place is not None and begin <= screened.place[0] < stop:
        if (screened.value.whole or 0) < (part.value.whole or 0):
            return False
        words = words.replace("screened", "")  # all of the sentence are of those
    if part.place[1] > stop or _OTHERS.search(words) is not None:
        return False
    numbers = whole.value.whole or 0, [part.value.whole or 0]
    told = "of whom" in paper.text[whole.place[1] : part.place[0]]
    return told or not of_two_units(paper.text, begin, stop, *numbers)


_OF_POPULATION = re.compile(
    rf"(?<![\d.,·/:<>=±-])(?P<x>\d{{1,5}})(?! ?%) (?:of|among) (?:the |these |all )*"
    rf"(?P<population>treated|randomi[sz]ed|enrolled|evaluable) {PEOPLE}"
)
"""Some of a population that the text counts elsewhere: "281 of the treated patients could be evaluated"."""


def _of_populations(check: Check, paper: Paper, text: str) -> Iterator[Finding]:
    """Yield parts of a population of the whole trial that are larger than it."""
    for number, found in enumerate(_OF_POPULATION.finditer(text), 1):
        population = found["population"].replace("randomized", "randomised")
        size = paper.of.get(population)
        whole = size.value.whole if size is not None else None
        if whole is None or int(found["x"]) <= whole or any(population in arm.of for arm in paper.arms):
            continue
        place = Place(start=found.start(), end=found.end(), quote=found[0])
        sentence = f"{found['x']} of the {population} are more than the {whole} that are printed as {population}."
        reported = {population: size.value.text if size is not None else "", "part": found["x"]}
        yield check.finding(f"population.{number}", *_asked(sentence, reported), where=place)


_FEW_MORE = 1.05
"""Patients who got the other treatment may be counted with it: they are no more than a twentieth."""


def _of_arms(check: Check, context: Context, text: str) -> Iterator[Finding]:
    """Yield the denominators that are more than their arm's patients, beside another arm's that is just its number."""
    paper = context.paper
    sizes = {arm.id: n for arm in paper.arms if (n := _most_of(arm)) is not None}
    if len(sizes) < _TWO or "clusters" in paper.of or typed(paper):
        return
    told = [
        one for one in context.estimates
        if one.x is not None and one.n is not None and one.n.whole and one.where.start is not None
        and len(one.arms) == 1 and one.arms[0] in sizes and "arms" not in one.inferred and not one.subgroup
    ]  # fmt: skip
    for one in told:
        n, size, start = one.n.whole if one.n is not None else None, sizes[one.arms[0]], one.where.start or 0
        if not n or n <= _FEW_MORE * size:
            continue
        begin, stop = sentence_of(text, start)
        beside = [two for two in told if two.arms != one.arms and begin <= (two.where.start or 0) < stop]
        if not any(two.n is not None and two.n.whole == sizes[two.arms[0]] for two in beside) or len(beside) > _TWO:
            continue
        if _UNITS_OF_PATIENTS.search(text, begin, stop) or len(re.findall(rf"(?<![\d.,]){n}(?![\d%])", text)) > 1:
            continue
        sentence = f"{one.x.text if one.x else ''} of {n} is printed for an arm of {size} patients."
        reported = {"n": str(n), "size": str(size)}
        details = replace(_asked(sentence, reported)[1], rests_on=frozenset({"x", "n"}))
        yield check.finding(one, Verdict.STRAINED, details)


def _most_of(arm: Arm) -> int | None:
    """Return the largest number of patients printed for an arm, where those allocated to it are."""
    sizes = [size.value.whole or 0 for size in arm.of.values()]
    return max(sizes) if "randomised" in arm.of and max(sizes) else None


_UNITS_OF_PATIENTS = re.compile(
    r"\b(?:cycles?|courses?|eyes|lesions|teeth|visits|samples|sites|limbs|knees|grafts|sessions|doses|injections"
    r"|episodes|events|embryos|infants of|specimens|procedures|admissions|extension|maintenance|cohort)\b",
    re.IGNORECASE,
)
"""What a patient may have several of, or a part of the trial with other patients."""


def _responders(check: Check, context: Context, text: str) -> Iterator[Finding]:
    """Yield the counts of responders that exceed every number of patients that the text prints."""
    paper = context.paper
    known = [size for of in (paper.of, *(arm.of for arm in paper.arms)) for size in of.values() if size.value.whole]
    for one in context.estimates if known else ():
        x = one.x.whole if one.x is not None else None
        if x is None or one.n is not None or one.where.start is None or one.role != "result":
            continue
        apart = [size for size in known if size.place is None or not _lies_in(size.place, one.where)]
        sizes = [size.value.whole or 0 for size in apart]
        if not sizes or x <= max(sizes):
            continue
        begin, stop = sentence_of(text, one.where.start)
        words = text[begin:stop]
        if _RESPONSE.search(words) and _AMONG.search(words) and not _OTHERS.search(words):
            sentence = f"{x} patients are printed as responders, and no more than {max(sizes)} patients anywhere."
            yield check.finding(one, *_asked(sentence, {"x": str(x)}))


_WORSE = re.compile(
    r"^(?:serious|severe|fatal|grade [3-5](?:[ -]?(?:or (?:higher|more|above|worse)|to [45]|[3-5]|or [45]))?) "
)
_ANY = re.compile(r"^(?:any|all|overall|treatment-emergent|at least one|one or more|rates? of|incidence of) ")
_HARM = re.compile(r"adverse(?: drug)?(?: (?:events?|effects?|reactions?))?$")


def _harms(check: Check, context: Context, text: str) -> Iterator[Finding]:
    """Yield the patients with serious adverse events that are more than those of the same arm with any."""
    if "dverse" not in text:
        return
    told: dict[tuple[int, tuple[str, ...]], list[tuple[str, Estimate]]] = {}
    for one in context.estimates:
        harm = (one.outcome or "").lower()
        if one.measure != "proportion" or one.value is None or one.value.is_missing or one.where.start is None:
            continue
        if one.value.relation == "=" and _HARM.search(harm) and "arms" not in one.inferred and not one.subgroup:
            told.setdefault((sentence_of(text, one.where.start)[0], one.arms), []).append((harm, one))
    for rates in told.values():
        whole = [one for harm, one in rates if _HARM.fullmatch(_ANY.sub("", harm))]
        parts = [one for harm, one in rates if _WORSE.match(harm) and _HARM.fullmatch(_WORSE.sub("", harm))]
        if len(whole) != 1 or len(parts) != 1 or len(rates) != _TWO:
            continue
        first, second = (one.value.with_unit("%").range() for one in (whole[0], parts[0]) if one.value is not None)
        if second.lower > first.upper:
            sentence = (
                f"{as_printed(parts[0])} is printed for {parts[0].outcome}, and {as_printed(whole[0])} for all of them."
            )
            reported = {"any": as_printed(whole[0]), "part": as_printed(parts[0])}
            details = replace(_asked(sentence, reported)[1], rests_on=frozenset({"measure", "value"}))
            yield check.finding(parts[0], Verdict.STRAINED, details, others=(whole[0].id,))


_TWO = 2


def _lies_in(place: tuple[int, int], where: Place) -> bool:
    return where.start is not None and where.end is not None and where.start <= place[0] < where.end


def _asked(sentence: str, reported: dict[str, str]) -> tuple[Verdict, Details]:
    return Verdict.INCONSISTENT, Details(
        sentence=sentence,
        more="The two numbers may be of other patients than we read.",
        settle="the flow of patients",
        reported=reported,
        how="a part is no larger than its whole",
        rests_on=frozenset({"x"}),
    )


CHECK = Check(
    "TS112",
    "groups of patients that lie in one another do not grow",
    _run,
    about=frozenset({"size", "count", "proportion"}),
    rests_on=frozenset({"x"}),
    silent_if_right=True,
    settled_by="the flow diagram",
    serves=("INSPECT-SR 4.6",),
)

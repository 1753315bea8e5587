"""Find the numbers of patients that a text prints for the whole trial."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.model import Sized
from trialstats.sources.text.groups.numbers import (
    CLUSTERS,
    CLUSTERS_WITH,
    EVENT,
    KIND,
    PEOPLE,
    POPULATIONS,
    Number,
    before_equals,
    kind_of,
)
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.numbers.by_words import is_an_age
from trialstats.sources.text.sizes.behind_equals import LIKELY, SAID, VERB, behind_equals
from trialstats.sources.text.sizes.events import is_total, of_parts
from trialstats.sources.text.sizes.kept_of_all import likely
from trialstats.sources.text.sizes.of_some import (
    behind_means,
    had_events,
    of_one_sex,
    of_one_way,
    of_some,
    of_studies,
    wanted,
)
from trialstats.sources.text.sizes.people_next import People, people_next
from trialstats.sources.text.sizes.pooled import of_one_trial, of_pooled, of_trials_held
from trialstats.sources.text.sizes.shares import completed_of, of_sentences, opens_parts
from trialstats.sources.text.sizes.some_of_all import part_of_all, some_of

_PEOPLE_FAR = re.compile(
    r" (?!(?:of|to|were|was|had|patients)\b)[a-z][^.;()]{0,110}?"
    r"\b(patients|women|men|participants|subjects|children|adults|volunteers)\b"
)
# "86 were randomised", "(86 evaluable)", "57 of whom (26 A and 31 B) were analysed"
_VERB_NEXT = re.compile(
    r"(?: \([^()]{1,20}\))?(?: (?:of (?:them|whom|these)|who))?(?: \([^()]{1,80}\))?"
    r"(?: (?:were|was|had been|have been)(?: (?:response|tumou?r))?"
    r"| (?:consented|accepted|eligible|included|enrolled|recruited|agreed)(?: to participate)? and"
    r"|(?= (?:entered|provided|completed|underwent|participated|evaluable|assessable|eligible|randomi[sz]ed|enrolled"
    r"|agreed)\b)|(?= (?:included|analy[sz]ed|evaluated|assessed) (?:in|for)\b))"
    r"(?: (?:were|then|finally|randomly|subsequently|provided|considered|deemed|judged|found|to|be)){0,3}"
    rf"[ (]({KIND})(?!s\b)"
)
_EVALUABLE_NEXT = re.compile(rf" (?:(?:for )?[a-z]+-)?(?:evaluable|assessable|analy[sz]able) {PEOPLE}\b")
_PEOPLE_SOON = re.compile(rf"[a-z]*(?: (?!(?:for|to|in|and|or|who|of)\b)[a-z-]+){{0,3}}? {PEOPLE}\b")
_THINGS_SOON = re.compile(
    r"[a-z]*ble (?:[a-z-]+ ){0,2}?(?:attacks|episodes|lesions|tumou?rs|samples|specimens|cycles|events|scans|images"
    r"|procedures|records|questionnaires)\b"
)
"""What can be evaluable too: "312 evaluable migraine attacks"."""
_WERE = re.compile(rf"[^.;:0-9]{{0,120}}? (?:were|was)(?: [a-z]+ly| then| also)? ({KIND})")
"""What became of people: "with a stroke were then included"."""
# "322 BCS were randomized"
_ANY_NEXT = re.compile(
    r" (?!(?:studies|trials|articles|papers|reports|lesions|samples|events|tumou?rs|cases|deaths|rcts|items|genes"
    r"|specimens"
    rf"|nodes|snps|reviews|references|publications|of|and|or|{'|'.join(sorted(CLUSTERS))})\b)"
    r"[a-z]{2,12} (?:were|was) (random|assign|enrol|recruit)"
)
_BEFORE = re.compile(
    r"(?:(randomi[sz]|assign|allocat|enrol|recruit|regist|includ|treat|screen|evaluat|assess|analy[sz]|stud"
    r"|involv|complet(?!ely|e (?:in|respon|remission|remitter|resol|heal|cure|clear|(?:and|or) partial))"
    r"|accru|follow|leaving|available|track|interview|survey|given|administer)[a-z]*(?:(?<=completed) by)?"
    r"(?: (?:to|in|of|on|for|between|among|data|from|the|a|total|only|all|and|ratio|[0-9:]+|an?))*"
    r"|(?:participants|patients|subjects|population|sample|cohort)"
    r"(?: were| included| comprised| consisted of| totall?ed| numbered)?:?"
    r"|\b(?:involving|among|of|in|on|from|total of|with|for|that|data for|and|which|whereby|wherein|additional"
    r"|we selected|(?:restricted|limited|confined) to)(?: (?:the|a total of|all|these|our|first|whom|those|remaining))*"
    r"|^\W*(?:(?:altogether|overall|finally|in total|in all|totally|approximately|about|eventually|thus|only"
    r"|subsequently),? )?"
    r"|[:;.,]|--) ?$"
)
_IN_A_SET = re.compile(
    rf"(?: {PEOPLE})?(?: (?:were|was))?(?: included| analy[sz]ed)? in the (?:primary |full |main )?"
    r"(?:(?:modified )?(?:intention|intent)[- ]to[- ]treat|m?itt|(safety)|efficacy|per-protocol|full)"
    r"(?: analysis)? (?:populations?|set|analysis|cohort|sample)\b"
)
"""Who is counted by a number: "1417 in the modified intention-to-treat population"."""
_GAVE_DATA = re.compile(r"\b(?:provided|returned|gave|contributed|supplied|submitted) ")
_REMAINED = re.compile(
    r"(?: [a-z-]+)? (?:(?:remained|stayed|were (?:left|kept|retained|counted|used)) (?:for|in)|contributed (?:data )?to"
    r"|(?:were|formed|made up) (?:a )?part of|formed|made up|entered|went into) (?:the |an? )?(?:[a-z-]+ ){0,2}?"
    r"(?:evaluation|analys[ei]s|study|population|set)\b"
    rf"|(?: {PEOPLE})? (?:are|were) (?:presented|reported)(?= ?(?:here\b|[.,;]|$))"
)
_HAD_DATA = re.compile(r"(?: [a-z]+)? had [^.;]{0,90}?\b(?:available|data|measurements)\b")
_RECEIVED = re.compile(
    r" (?:received|took|got|were given) (?:at least|study|the study|the assigned|any|one or more|protocol)"
)
# What counts patients is followed by a word that is no unit.
_NO_UNIT = re.compile(
    r" (?:(?!(?:mg|g|ml|kg|days?|weeks?|months?|years?|hours?|minutes?|to|and|or|percent|times|cycles?|doses?|points?"
    r"|sessions?|trials?|studies|countries|groups?|arms?|cohorts?|double|parallel|vs|versus|v|mm|cm|min|h|l|iu|gy"
    r"|in|for|at|on|with|mmhg|mmol|kcal|kg|mcg|iu)\b(?!\. [a-z]{4}))[a-z]|\(|[0-9]{1,2}(?:-?(?: to |-|–)[0-9]{1,2}"
    r"| to [0-9]{1,2})?-(?:year|month|week|day)s?"
    r"\b)"
)
_SURE = frozenset(("random", "includ", "assign", "enrol", "analy", "recruit", "evalua", "assess", "complet"))


def find_totals(prose: Prose, numbers: list[Number], used: set[int], sizes: list[list[Sized]]) -> list[Sized]:
    """Return the numbers of all patients: screened, randomised, analysed.

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
    used : set of int
        Where numbers stand that are sizes of arms.
    sizes : list of list of Sized
        Of the arms.
    """
    found: list[tuple[int, Sized]] = []
    planned: list[tuple[int, Sized]] = []
    known: set[tuple[str, str]] = set()
    partial: set[int] = set()
    counts = {number.count for number in numbers}
    sizes = [[one for one in arm if one.population != "clusters"] for arm in sizes]
    every = str(sum(int(of[0].digits) for of in sizes)) if len(sizes) > 1 and all(sizes) else ""
    sums = of_sentences(prose, sizes)
    parts = of_parts(prose, numbers) | behind_means(prose, numbers) | of_one_sex(prose, numbers)
    for index, number in enumerate(numbers):
        if number.start in used or number.named or number.digits == "1" or number.start in parts:
            continue
        if of_one_way(prose.text, number, counts) or is_an_age(prose.text, number.start):
            continue
        if of_pooled(prose.text, number, all_told=True):
            continue
        if every and before_equals(prose, number) >= 0 and _of_both(prose.text, number, int(every)):
            found.append((SAID, Sized(number.digits, number.start, number.end, "randomised")))
            continue
        if number.digits == every and before_equals(prose, number) >= 0:
            # "to A (n = 30) or B (n = 31; N = 61)"
            found.append((SAID, Sized(every, number.start, number.end, sizes[0][0].population)))
            continue
        stop = min(number.sentence[1], number.end + 260)
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        some = following is not None and following.start not in used and following.count >= _FEW
        if completed_of(prose.text, number, {one.digits for _, one in found}):
            trust, population = SAID, "completed"
        else:
            trust, population = _of_all(prose, number, stop, following, some=some)
        if trust < SAID and (added := sums.get((number.sentence[0], number.digits), "")):
            people = people_next(prose.text, number.end, number.sentence[1])
            if people is not None or opens_parts(prose.text, number):
                trust, population = SAID, added
        if trust and (number.digits, population) not in known:
            one = Sized(number.digits, number.start, number.end, population)
            if wanted(prose.text, number):
                planned.append((trust, one))
                continue
            known.add((number.digits, population))
            found.append((trust, one))
            if of_one_trial(prose.text, number):
                partial.add(number.start)
    most = max((int(one.digits) for _, one in found if one.start not in partial), default=0)
    found = [row for row in found if row[1].start not in partial or int(row[1].digits) > most]
    taken = any(one.population != "clusters" for _, one in found)
    if not taken:
        reached = int(every or 0)
        found += [row for row in planned if not _REACHED * int(row[1].digits) <= reached != int(row[1].digits)]
    return likely(prose.text, found, sizes)


_TO_OR = re.compile(r"(?:randomi[sz]ed|assigned|allocated|randomly)\b[^.;]{0,160} or [^.;]{0,120}$")
_NEARLY, _REACHED = 0.97, 0.12


def _of_both(text: str, number: Number, every: int) -> bool:
    """Whether "(n = 90)" behind "were randomised to zinc or sugar" is of both: their sizes add up to nearly as many."""
    if not _NEARLY * number.count <= every <= number.count:
        return False
    return _TO_OR.search(text, max(number.sentence[0], number.start - 280), number.start) is not None


_FEW = 5


def _of_all(prose: Prose, number: Number, stop: int, following: Number | None, *, some: bool) -> tuple[int, str]:
    """Return how sure a number is one of all patients, and of which; ``some`` if the following may count patients."""
    text = prose.text
    if of_trials_held(text, number):
        return SAID, "included"
    if (n_at := before_equals(prose, number)) >= 0:
        return behind_equals(text, number, n_at, stop)
    if _SHARE_OF.search(text, max(0, number.start - 24), number.start) is not None:
        return 0, ""
    if _PER_GROUP.match(text, number.end) is not None or of_studies(text, number) or of_some(text, number):
        return 0, ""
    if text.endswith("s with ", 0, number.start) and CLUSTERS_WITH.search(text, number.start - 20, number.start):
        return 0, ""  # "31 clinics with 90 doctors"
    if number.digits in _ROUND and text.endswith(("treating ", "treat "), 0, number.start):
        return 0, ""  # "treating 1000 patients would spare 12"
    if text.startswith(_PLANNED_NEXT, number.end) or text.endswith(_PLANNED, 0, number.start):
        return 0, ""
    if " in the " in text[number.end : number.end + 60] and (of := _IN_A_SET.match(text, number.end)) is not None:
        return SAID, "treated" if of[1] else "analysed"
    if _NO_UNIT.match(text, number.end) is None or _is_year(text, number):
        return 0, ""
    direct = _VERB_NEXT.match(text, number.end, stop) or _ANY_NEXT.match(text, number.end, stop)
    if direct is not None and direct[1] == "eligib" and (taken := _eligible_taken(text, number, direct.end())):
        return SAID, taken
    if direct is not None and _THINGS_SOON.match(text, direct.end()) is not None:
        return 0, ""
    of_a_part = direct is not None and direct[1] in _OF_A_PART and (direct[1] == "complet" or " were" in direct[0])
    if direct is not None and of_a_part and is_total(text, number.start):
        return (0, "") if direct[1] == "complet" else (LIKELY, "included")  # "25 of the 31 women were evaluable"
    if direct is not None:
        return SAID, POPULATIONS[direct[1]]
    if _STOPPED_AT.search(text, max(number.sentence[0], number.start - 60), number.start) is not None:
        return SAID, "enrolled"
    if _RANDOMISED_NEXT.match(text, number.end) is not None:
        return SAID, "randomised"
    if _EVALUABLE_NEXT.match(text, number.end) is not None:
        return SAID, "evaluable"
    if part := part_of_all(text, number):
        return SAID, part
    if _HAD_DATA.match(text, number.end, stop) or _REMAINED.match(text, number.end, stop):
        return SAID, "analysed"
    if following is not None and following.start < stop and people_next(text, following.end, len(text)):
        shut = _BRACKETED_NEXT.match(text, number.end, number.sentence[1])
        # "539 patients (294 men and 245 women) were enrolled"
        stop = (
            following.start
            if shut is None or following.start > shut.end()
            else min(number.sentence[1], shut.end() + 200)
        )
    if some and following is not None and following.start < stop and _VERB_NEXT.match(text, following.end, len(text)):
        stop = following.start  # "among 49 women, 46 were randomised"
    of_more = " of " in text[number.end : number.end + 16]
    if of_more and (these := some_of(text, number)) is not None:
        return these
    people = people_next(text, number.end, min(stop + 30, number.sentence[1]))
    if people is None and _NEXT.match(text, number.end) is None:
        return 0, ""
    before = _BEFORE.search(text[max(number.sentence[0], number.start - 60) : number.start])
    if people is None and before is not None and not before[1]:
        far = _PEOPLE_FAR.match(text, number.end, number.sentence[1])
        if far is not None and VERB.search(text, far.end(), stop) is not None:
            people = People(far[1], far.end())
    if people is None:
        return _without_people(text, number, before)
    return _of_people(text, number, people, before, stop)


def _eligible_taken(text: str, number: Number, at: int) -> str:
    """Return what became of "65 eligible adults with gout", who were randomised; empty if we are told no more."""
    soon = _PEOPLE_SOON.match(text, at)
    if soon is None:
        return ""
    if (were := _WERE.match(text, soon.end(), number.sentence[1])) is not None:
        return POPULATIONS[were[1]]
    before = _BEFORE.search(text[max(number.sentence[0], number.start - 60) : number.start])
    return kind_of(before[1]) if before is not None and before[1] in ("enrol", "recruit", "randomi") else ""


_PER_GROUP = re.compile(
    rf"(?: {PEOPLE})? (?:from|in) the (?:[a-z0-9+-]+ ){{1,4}}?(?:group|arm)\b"
    rf"| {PEOPLE}\b[^.;:()]{{0,60}}? (?:selected|recruited|taken|drawn) from the (?:[a-z0-9+-]+ ){{1,4}}?"
    r"(?:group|arm)\b"
    rf"|(?: [a-z-]+)?(?: {PEOPLE})? (?:per|(?:in|to|for|into) (?:each|either))(?: (?:study|treatment|trial|of the))*"
    r" (?:groups?|arms?|cohorts?|centres?|centers?|sites?|hospitals?|clinics?|villages?|schools?|stud(?:y|ies)"
    r"|trials?|wards?|strat(?:um|a)|phases?|"
    r"periods?)\b"
)
_SHARE_OF = re.compile(
    r"(?:% of (?:the )?|[(\[][0-9.]{1,5} ?%[;,] |(?:>|<) ?(?:or|/) ?= ?|[≤≥][^0-9a-z]{0,6}"
    r"|\b(?:unavailable|missing|lacking) (?:for"
    r"|in) (?:the )?|\b(?:one|1) in |\bper |\b(?:average|mean"
    r"|median) of )$"
)
_STOPPED_AT = re.compile(
    r"\b(?:accrual|recruitment|enrol?lment) (?:was |were )?(?:terminated|stopped|closed|halted|ended|discontinued)"
    r"(?: early| prematurely)? (?:at|after|with) (?:only )?$"
)
_RANDOMISED_NEXT = re.compile(rf" randomly (?:assigned|allocated) {PEOPLE}\b")
_OF_A_PART = frozenset(("complet", "evalua", "assess", "analy"))
_LEFT_OUT = re.compile(
    r"(?: (?!(?:were|was|and|but|of|who|that)\b)[a-z-]+){0,7} (?:were|was) (?:later |then |subsequently )?"
    r"(?:disqualif|exclud|lost|withdrawn|ineligib|dropped|removed)"
)
"""What became of those who are not counted: "11 cases were disqualified"."""
_TO_TREAT = re.compile(r" (?:modified )?(?:intention|intent)-to-treat ")
_OF_WHOM_FIRST = re.compile(r"(?:^|[.:;]) ?\W*(?:[a-z]{4,12}: ?)?(?:out )?(?:of|among) (?:the |these |all )*$")
_PARTED = re.compile(r"[^.;:()0-9]{0,120}?, (?=(?:only )?[0-9])")
_ROUND = frozenset(("100", "1000", "10000"))
_PLANNED = ("of the planned ", "of the intended ", "of the projected ")
_PLANNED_NEXT = (" planned ", " targeted ", " intended ", " projected ")


_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DATED = re.compile(
    r"(?:\b(?:in|since|until|from|between|through|during|by|before|after|to|and|year)|[a-z]{3,9} [0-9]{1,2},"
    r"|[0-9]{4}[-–/]) ?$"
)


def _is_year(text: str, number: Number) -> bool:
    """Whether a number is a year: "between 2014 and 2015 patients were included"."""
    if _YEAR.fullmatch(text, number.start, number.end) is None:
        return False
    return _DATED.search(text, max(0, number.start - 14), number.start) is not None


# An adjective, or a list of arms with their sizes: "treated 470 (234 zinc, 236 iron)".
_NEXT = re.compile(r" [a-z]{3}| [(\[][0-9]{1,5} [a-z]")


_LISTED_NEXT = re.compile(r" [(\[][0-9]{1,5} [a-z]")


def _without_people(text: str, number: Number, before: re.Match[str] | None) -> tuple[int, str]:
    """Judge "of 349 randomised, 348 received study drug" and "enrolled 1905 Medicare beneficiaries"."""
    if _RECEIVED.match(text, number.end) and " of " in f" {text[number.sentence[0] : number.start]}":
        return SAID, "treated"
    listed = before is not None and before[1] == "treat" and _LISTED_NEXT.match(text, number.end) is not None
    if before is not None and (listed or before[1] in ("enrol", "recruit", "randomi")):
        return SAID, kind_of(before[1])
    return 0, ""


_STUDY_INCLUDING = re.compile(
    r"\b(?:trials?|study|studies|analys[ei]s|review|meta-analys[ei]s|survey|cohort)\b[^.;:()]{0,40} including "
)
_CONDUCTED = re.compile(
    r"\b(?:trial|study|trials|studies|analysis|conducted|carried out|performed|done|survey)(?: (?!of )[a-z-]+){0,4}"
    r" (?:in|on|among|with|of|involving|including|enrolling)(?: (?:a total of|up to|about|approximately))? $"
)


_OWN_VERB = re.compile(
    rf"(?: ?[(\[](?:[^()\[\]]|[(\[][^()\[\]]{{0,30}}[)\]]){{0,120}}[)\]])?[^.;:()]{{0,120}}? (?:were|was)"
    rf"(?: [a-z]+ly| then| also)? (?:[a-z]+ and (?:were |then |randomly ){{0,3}}(?=random|assign|allocat))?({KIND})"
)
"""What became of the people behind "and": "were screened and 41 adults (21 [51%] men) with gout were enrolled"."""
_EVALUABLE = re.compile(r"[ -](?:evaluable|assessable|analy[sz]able) ")
"""Between a number and the people: "the 96 efficacy-evaluable patients"."""
_FOR_ELIGIBILITY = re.compile(r"(?: [a-z-]+){0,5}? for (?:eligibility|inclusion|enrol?lment)\b")
_OF_AN_AGE = re.compile(
    r" (?:(?:were|had an?) (?:median |mean |average )?age(?:d\b| of\b| was\b)|ranged in age\b|(?:mean |median )?age\b)"
)
_OF_MORE = re.compile(r" ?[(\[] ?[0-9.]+ ?% of (?:the |all |those )(?:[0-9]|[a-z]+ )")
_ALL_FIRST = re.compile(r"(?:^|[.;:] )\W*(?:[a-z]{4,14}: ?)?(?:the|these|all) $")
"""What leads to all patients, of whom the age is told: "The 62 participants had a median age of"."""
_BRACKETED_NEXT = re.compile(
    rf"(?: [a-z-]+){{0,3}} {PEOPLE} [(\[][^()]{{0,60}}\b(?:men|women|males?|females?|boys|girls)\b[^()]{{0,80}}[)\]]"
)


_COMPARISON_GROUP = re.compile(
    r"[^.;:]{0,90}? (?:formed|constituted|comprised|served as|acted as|made up) (?:the |an? )?(?:[a-z-]+ )?"
    r"(?:controls?|comparator|comparison|reference)\b"
)
_PARTS_NEXT = re.compile(r"[:;] ?(?=[0-9])")
"""The parts of those who are counted: "of 840 women were carriers: 116 were assigned"."""


def _of_people(text: str, number: Number, people: People, before: re.Match[str] | None, stop: int) -> tuple[int, str]:
    """Judge "171 patients ... were randomised"."""
    if _LEFT_OUT.match(text, people.end) is not None:
        return 0, ""
    led = text[max(number.sentence[0], number.start - 70) : number.start]
    if before is not None and before[0].startswith("including") and _STUDY_INCLUDING.search(led) is None:
        return 0, ""  # "30 patients, including 22 women, were treated"
    if _TO_TREAT.search(text, number.end, people.end):
        return SAID, "analysed"
    if _OF_WHOM_FIRST.search(led) and (parted := _PARTED.match(text, people.end, number.sentence[1])) is not None:
        stop = min(stop, parted.end())  # "of 61 women with gout, 19 slept and 42 men were randomised"
    if _COMPARISON_GROUP.match(text, people.end) is not None:
        return 0, ""
    if before is not None and before[1] in ("available", "leaving"):
        return SAID, "analysed"
    if " screened " in text[number.end : people.end]:
        return SAID, "screened"
    if _EVALUABLE.search(text, number.end, people.end):
        return SAID, "evaluable"
    done = _CONDUCTED.search(text, max(number.sentence[0], number.start - 60), number.start)
    if done is not None and people.noun not in CLUSTERS:
        verb = VERB.search(text, people.end, min(stop, people.end + 60))
        said = before is not None and before[1] in ("enrol", "recruit", "randomi")
        sure = SAID if said or " was " in done[0] else LIKELY
        return sure, POPULATIONS[verb[1]] if verb is not None else "included"
    if people.noun not in CLUSTERS and had_events(text, number, people.end):
        return 0, ""
    if before is None and _OF_AN_AGE.match(text, people.end) and _ALL_FIRST.search(led):
        return LIKELY, "included"
    if before is not None and before[1] in ("assess", "evaluat") and _FOR_ELIGIBILITY.match(text, people.end):
        return SAID, "screened"
    if before is not None and before[1] in ("assess", "evaluat") and EVENT.match(text, people.end):
        return SAID, "evaluable"
    if EVENT.match(text, people.end) or EVENT.match(text, number.end):
        near = min(stop, people.end + 40)
        if (
            before is not None
            and before[1] in ("includ", "enrol", "recruit", "analyz", "analys")
            and _OF_MORE.match(text, people.end)
        ):
            return SAID, kind_of(before[1])
        if _GAVE_DATA.search(text, people.end, near):
            return SAID, "analysed"
        verb = VERB.search(text, people.end, near)
        return (SAID, POPULATIONS[verb[1]]) if verb is not None and verb[1] in _SURE else (0, "")
    if people.noun in CLUSTERS:
        said = (
            before is not None or VERB.search(text, people.end, min(number.sentence[1], people.end + 120)) is not None
        )
        return (SAID if said else 0), "clusters"
    if before is not None and before[1]:
        own = _OWN_VERB.match(text, people.end, stop) if before[0].endswith(" and ") else None
        return SAID, kind_of(before[1]) if own is None else POPULATIONS[own[1]]
    parted = _PARTS_NEXT.search(text, people.end, stop)
    verb = VERB.search(text, people.end, stop if parted is None else parted.start())
    if verb is not None:
        return (SAID if before is not None else LIKELY), POPULATIONS[verb[1]]
    return (LIKELY if before is not None else 0), "included"

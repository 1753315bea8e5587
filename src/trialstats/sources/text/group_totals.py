"""Find the numbers of patients that a text prints for the whole trial."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from trialstats.sources.text.group_model import Sized
from trialstats.sources.text.group_numbers import EVENT, KIND, PEOPLE, POPULATIONS, Number, before_equals, kind_of
from trialstats.sources.text.group_prose import Prose, word_set

_CLUSTERS = word_set(
    "practices clinics villages schools hospitals clusters households communities wards classes centres"
    " centers sites"
    " physicians practitioners gps surgeons"
)
# How sure a number is one of all patients.
_SAID, _LIKELY = 3, 2
# "remaining on randomised therapy" says of nobody that they were randomised.
_VERB = re.compile(
    rf"[ (](?!randomi[sz]ed (?:therapy|treatment|phase|period|trial|study|drug|controlled)\b)({KIND})[a-z]*\b"
)
_PEOPLE_SET = frozenset(PEOPLE[3:-1].split("|"))
_NO_ADJECTIVE = word_set(
    "of to in were was had have or and with received versus vs v for month months day days week weeks year years hour"
    " hours mg g ml minute minutes cycle cycles trial trials studies at on by from who did per than reported"
    " experienced"
    " died"
)
_BRACKET_NEXT = re.compile(r" \([^()]{1,30}\)")
_WORD = re.compile(r" ([\w'/+-]+)(,?)")


@dataclass(slots=True)
class _People:
    """A word for patients behind a number, where it ends."""

    noun: str
    end: int


def _people_next(text: str, at: int, stop: int) -> _People | None:
    """Return the word for patients that a number counts: "264 previously untreated, operable patients"."""
    listed = False
    for step in range(11):
        bracket = _BRACKET_NEXT.match(text, at, stop) if step in (0, 1, 2) else None
        if bracket is not None:
            at = bracket.end()
        found = _WORD.match(text, at, stop)
        if found is None or (found[1] in _NO_ADJECTIVE and not (listed and found[1] == "and")):
            return None
        listed |= bool(found[2])
        if found[1] in _PEOPLE_SET and not text.startswith((" years", " group", " arm"), found.end(1)):
            return _People(found[1], found.end(1))
        at = found.end()
    return None


_PEOPLE_FAR = re.compile(
    r" (?!(?:of|to|were|was|had|patients)\b)[a-z][^.;()]{0,110}?"
    r"\b(patients|women|men|participants|subjects|children|adults|volunteers)\b"
)
# "86 were randomised", "(86 evaluable)", "57 of whom (26 A and 31 B) were analysed"
_VERB_NEXT = re.compile(
    r"(?: \([^()]{1,20}\))?(?: (?:of (?:them|whom|these)|who))?(?: \([^()]{1,80}\))?"
    r"(?: (?:were|was|had been|have been)(?: (?:response|tumou?r))?"
    r"| (?:consented|eligible|included|enrolled|recruited|agreed)(?: to participate)? and"
    r"|(?= (?:entered|provided|completed|underwent|participated|evaluable|assessable|eligible|randomi[sz]ed|enrolled"
    r"|agreed)\b)|(?= (?:included|analy[sz]ed|evaluated|assessed) (?:in|for)\b))"
    rf"(?: (?:were|then|finally|randomly|subsequently|provided)){{0,3}}[ (]({KIND})(?!s\b)"
)
# "322 BCS were randomized"
_ANY_NEXT = re.compile(
    r" (?!(?:studies|trials|articles|papers|reports|lesions|samples|events|tumou?rs|cases|deaths|rcts|items|genes"
    r"|specimens"
    r"|nodes|snps|reviews|references|publications|of|and|or)\b)[a-z]{2,12} (?:were|was) (random|assign|enrol|recruit)"
)
_BEFORE = re.compile(
    r"(?:(randomi[sz]|assign|allocat|enrol|recruit|regist|includ|treat|screen|evaluat|assess|analy[sz]|stud"
    r"|involv|complet"
    r"|accru|follow|leaving|available|track|interview|survey|given|administer)[a-z]*"
    r"(?: (?:to|in|of|on|for|between|among|data|from|the|a|total|only|all|and|ratio|[0-9:]+|an?))*"
    r"|(?:participants|patients|subjects|population|sample|cohort)"
    r"(?: were| included| comprised| consisted of| totall?ed| numbered)?:?"
    r"|\b(?:involving|among|of|in|on|from|total of|with|for|that|data for|and|which|whereby|wherein|additional)"
    r"(?: (?:the|a total of|all|these|our|first|whom))*"
    r"|^\W*(?:(?:altogether|overall|finally|in total|in all|totally|approximately|about|eventually|thus|only"
    r"|subsequently),? )?"
    r"|[:;.,]) ?$"
)
_PEOPLE_BEFORE = re.compile(
    rf"(?:{PEOPLE}|population|sample|cohort|analysis|set)\b[^()]{{0,60}}[(\[]?(?:total |overall |in all, "
    rf"|[a-z ]{{0,20}}, )?$"
)
_SAID_BEFORE = re.compile(
    r"\b(?:were|was) (?:[a-z]+ly )?(randomi[sz]|assign|allocat|enrol|recruit|includ|analy|evaluat)[a-z]*"
    r"(?: [a-z]+){0,2} ?[(\[]$"
)
_STUDY_BEFORE = re.compile(r"\b(?:study|trial|studies|trials)\b[^()]{0,10}[(\[](?:[^()]{0,20}, )?$")
_SET_NEXT = re.compile(
    r" (?:in|for) the (?:modified |full |per-protocol )?(?:intention|intent|itt|mitt|safety|efficacy|analysis|full)\b"
)
_IN_A_SET = re.compile(
    rf"(?: {PEOPLE})?(?: (?:were|was))?(?: included| analy[sz]ed)? in the (?:primary |full |main )?"
    r"(?:(?:modified )?(?:intention|intent)[- ]to[- ]treat|m?itt|(safety)|efficacy|per-protocol|full)"
    r"(?: analysis)? (?:populations?|set|analysis|cohort|sample)\b"
)
"""Who is counted by a number: "1417 in the modified intention-to-treat population"."""
_GAVE_DATA = re.compile(r"\b(?:provided|returned|gave|contributed|supplied|submitted) ")
_REMAINED = re.compile(
    r"(?: [a-z-]+)? (?:(?:remained|stayed|were (?:left|kept|retained|counted)) (?:for|in)|contributed (?:data )?to"
    r"|(?:were|formed|made up) (?:a )?part of|formed|made up|entered|went into) (?:the |an? )?(?:[a-z-]+ ){0,2}?"
    r"(?:evaluation|analys[ei]s|study|population|set)\b"
)
_HAD_DATA = re.compile(r"(?: [a-z]+)? had [^.;]{0,90}?\b(?:available|data|measurements)\b")
_RECEIVED = re.compile(
    r" (?:received|took|got|were given) (?:at least|study|the study|the assigned|any|one or more|protocol)"
)
# What counts patients is followed by a word that is no unit.
_NO_UNIT = re.compile(
    r" (?:(?!(?:mg|g|ml|kg|days?|weeks?|months?|years?|hours?|minutes?|to|and|or|percent|times|cycles?|doses?|points?"
    r"|sessions?|trials?|studies|countries|groups?|arms?|cohorts?|double|parallel|vs|versus|v|mm|cm|min|h|l|iu|gy"
    r"|in|for|at|on|with)\b)[a-z]|\()"
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
    known: set[tuple[str, str]] = set()
    every = str(sum(int(of[0].digits) for of in sizes)) if len(sizes) > 1 and all(sizes) else ""
    for index, number in enumerate(numbers):
        if number.start in used or number.named or number.digits == "1":
            continue
        if number.digits == every and before_equals(prose, number) >= 0:
            # "to A (n = 30) or B (n = 31; N = 61)"
            found.append((_SAID, Sized(every, number.start, number.end, sizes[0][0].population)))
            continue
        stop = min(number.sentence[1], number.end + 260)
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        trust, population = _of_all(prose, number, stop, following)
        if trust and (number.digits, population) not in known:
            known.add((number.digits, population))
            found.append((trust, Sized(number.digits, number.start, number.end, population)))
    return _likely(found, sizes)


def _likely(found: list[tuple[int, Sized]], sizes: list[list[Sized]]) -> list[Sized]:
    """Leave out what is too small to be all patients, and what is less sure where something is surer."""
    arms = [min(int(one.digits) for one in arm) for arm in sizes if arm]
    least = max(arms) if len(arms) > 1 else 0
    patients = [(trust, int(one.digits)) for trust, one in found if one.population != "clusters"]
    best = max((trust for trust, _ in patients), default=0)
    most = max((count for trust, count in patients if trust == best), default=0)
    greatest = max((int(one.digits) for _, one in found if one.population not in _NOT_TAKEN), default=0)
    kept: list[Sized] = []
    found.sort(key=lambda row: -row[0])
    for trust, one in found:
        count = int(one.digits)
        small = count * 20 <= greatest or (count < 10 and greatest >= 40)
        enough = count >= least and (trust == best or (trust == _LIKELY and count >= most))
        if one.population == "clusters" or (enough and not small):
            kept.append(one)
    return _apart(kept if sizes else _undisputed(kept))


# Many are screened for each one who takes part.
_NOT_TAKEN = frozenset(("clusters", "screened", "eligible"))
# What a number may be called too, where another has the name.
_ALSO = {"included": "enrolled", "enrolled": "included", "analysed": "evaluable", "evaluable": "analysed"}


def _undisputed(kept: list[Sized]) -> list[Sized]:
    """Leave out what two numbers of patients were given where no arms are known: they are parts of all."""
    treated = {one.digits for one in kept if one.population == "treated"}
    return [one for one in kept if one.population != "treated" or len(treated) == 1]


def _apart(kept: list[Sized]) -> list[Sized]:
    """Give two numbers of one population different names, as far as there are two, in the order of the text."""
    named: dict[str, Sized] = {}
    for one in kept:
        name = one.population
        if name in named and named[name].digits != one.digits:
            name = _ALSO.get(name, name)
        named.setdefault(name, replace(one, population=name))
    return sorted(named.values(), key=lambda one: one.start)


def _of_all(prose: Prose, number: Number, stop: int, following: Number | None) -> tuple[int, str]:
    """Return how sure a number is one of all patients, and of which."""
    text = prose.text
    if (n_at := before_equals(prose, number)) >= 0:
        return _behind_equals(text, number, n_at, stop)
    if _SHARE_OF.search(text, max(0, number.start - 10), number.start) is not None:
        return 0, ""
    if _PER_GROUP.match(text, number.end) is not None:
        return 0, ""
    if text.startswith(_PLANNED_NEXT, number.end) or text.endswith(_PLANNED, 0, number.start):
        return 0, ""
    if " in the " in text[number.end : number.end + 60] and (of := _IN_A_SET.match(text, number.end)) is not None:
        return _SAID, "treated" if of[1] else "analysed"
    if _NO_UNIT.match(text, number.end) is None or _is_year(text, number):
        return 0, ""
    direct = _VERB_NEXT.match(text, number.end, stop) or _ANY_NEXT.match(text, number.end, stop)
    if direct is not None:
        return _SAID, POPULATIONS[direct[1]]
    if _RANDOMISED_NEXT.match(text, number.end) is not None:
        return _SAID, "randomised"
    if part := _part_of_all(text, number):
        return _SAID, part
    if _HAD_DATA.match(text, number.end, stop) or _REMAINED.match(text, number.end, stop):
        return _SAID, "analysed"
    if following is not None and following.start < stop and _people_next(text, following.end, len(text)):
        shut = _BRACKETED_NEXT.match(text, number.end, number.sentence[1])
        # "539 patients (294 men and 245 women) were enrolled"
        stop = (
            following.start
            if shut is None or following.start > shut.end()
            else min(number.sentence[1], shut.end() + 200)
        )
    of_more = " of " in text[number.end : number.end + 16]
    if of_more and (some := _SOME_OF.match(text, number.end, number.sentence[1])) is not None:
        return _some_of(some)
    people = _people_next(text, number.end, min(stop + 30, number.sentence[1]))
    if people is None and _NEXT.match(text, number.end) is None:
        return 0, ""
    before = _BEFORE.search(text[max(number.sentence[0], number.start - 60) : number.start])
    if people is None and before is not None and not before[1]:
        far = _PEOPLE_FAR.match(text, number.end, number.sentence[1])
        if far is not None and _VERB.search(text, far.end(), stop) is not None:
            people = _People(far[1], far.end())
    if people is None:
        return _without_people(text, number, before)
    return _of_people(text, number, people, before, stop)


_PER_GROUP = re.compile(
    rf"(?: [a-z-]+)?(?: {PEOPLE})? (?:per|(?:in|to|for|into) (?:each|either))(?: (?:study|treatment|trial|of the))*"
    r" (?:groups?|arms?|cohorts?|centres?|centers?|sites?)\b"
)
_SHARE_OF = re.compile(r"% of (?:the )?$")
_RANDOMISED_NEXT = re.compile(rf" randomly (?:assigned|allocated) {PEOPLE}\b")
_OF_MANY = re.compile(
    r"(?:^\W*(?:(?:results|findings): ?)?|[.;] )of (?:the |all |these )*(?P<all>[0-9][0-9,]*) "
    rf"[^.;]{{0,60}}{PEOPLE}\b[^.;]{{0,60}}, $"
)
_DID = re.compile(
    r"(?: [(\[][^()\[\]]{0,120}[)\]])? (?:(?P<treated>received|were treated|underwent|started|took)"
    r"|(?:were|could be) (?:eligible for (?:the )?(?:final |primary )?analys|evaluable|assessable|evaluated"
    r"|analy[sz]ed))"
)
_NEARLY_ALL = 0.85


def _part_of_all(text: str, number: Number) -> str:
    """Return who are counted in "of 713 patients who were randomised, 709 received treatment"; empty if others."""
    whole = _OF_MANY.search(text[max(number.sentence[0], number.start - 160) : number.start])
    did = _DID.match(text, number.end) if whole is not None else None
    if whole is None or did is None:
        return ""
    least = _NEARLY_ALL * int(whole["all"].replace(",", ""))
    if did["treated"] and int(number.digits) < least:
        return ""
    return "treated" if did["treated"] else "evaluable"


# "74 of the planned 92 patients were enrolled", "68 (62%) of 109 patients with metastases were recruited"
_SOME_OF = re.compile(
    r"(?: ?[(\[][0-9.]{1,5} ?%[)\]])? (?:out )?of (?:the |a )?(?:planned |intended |projected )?[0-9,]{2,7}"
    rf"(?: ?[(\[][0-9.]{{1,5}} ?%[)\]])?(?: (?!were|was)[a-z-]+){{0,5}}? {PEOPLE}\b[^.;:()0-9]{{0,90}}?"
    r" (?P<verb>were|was|participated|entered|agreed|consented)\b(?: (?:randomly|finally|eventually|successfully))?"
    r"(?: (?P<done>randomi|assign|allocat|enrol|recruit|includ|regist))?"
)
_PLANNED = ("of the planned ", "of the intended ", "of the projected ")
_PLANNED_NEXT = (" planned ", " targeted ", " intended ", " projected ")


def _some_of(some: re.Match[str]) -> tuple[int, str]:
    """Judge the first number of "31 of 322 eligible women were recruited": it is they who took part."""
    if some["done"]:
        return _SAID, kind_of(some["done"])
    return (0, "") if some["verb"] in ("was", "were") else (_SAID, "enrolled")


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


# "in evaluable patients (n = 96)"
_TOLD_BEFORE = re.compile(rf"\b(evaluable|assessable|analy[sz]ed|randomi[sz]ed|treated) {PEOPLE} ?[(\[]$")
# "in the as-treated population (n = 80"
_SET_BEFORE = re.compile(
    r"\b(?:(treated)|(?:modified )?(?:intention|intent)[- ]to[- ]treat|m?itt|safety|efficacy|per-protocol|full)"
    r"(?: analysis)? (?:populations?|set|cohort|sample) ?[(\[]$"
)
_SHORT_BEFORE = re.compile(r"\b(?:in|of|for) the ([a-z]{2,5}) ?[(\[]$")


def _of_a_set(text: str, start: int, n_at: int) -> re.Match[str] | None:
    """Return the words for an analysis set whose abbreviation stands before a bracket: "in the FAS (n = 397)"."""
    short = _SHORT_BEFORE.search(text, max(start, n_at - 20), n_at)
    if short is None:
        return None
    return re.search(rf"\b(analysis|evaluable|treated)(?:[ -][a-z]+){{0,2}} [(\[]{short[1]}[)\]]", text)


def _behind_equals(text: str, number: Number, n_at: int, stop: int) -> tuple[int, str]:
    """Judge the number of "(n = 65)"."""
    start = number.sentence[0]
    said = _SAID_BEFORE.search(text, max(start, n_at - 60), n_at)
    if said is not None:
        return _SAID, kind_of(said[1])
    told = _TOLD_BEFORE.search(text, max(start, n_at - 40), n_at) or _of_a_set(text, start, n_at)
    if told is not None:
        return _SAID, kind_of(told[1])
    if (of := _SET_BEFORE.search(text, max(start, n_at - 60), n_at)) is not None:
        return _SAID, "treated" if of[1] else "analysed"
    verb = _VERB.search(text, number.end, min(stop, number.end + 60))
    if _PEOPLE_BEFORE.search(text, max(start, n_at - 90), n_at):
        return (_SAID, POPULATIONS[verb[1]]) if verb is not None else (_LIKELY, "included")
    if _SET_NEXT.match(text, number.end) or _STUDY_BEFORE.search(text, max(start, n_at - 40), n_at):
        return _LIKELY, "analysed"
    if verb is not None and verb[1] in ("random", "assign", "enrol"):
        return _LIKELY, POPULATIONS[verb[1]]
    return 0, ""


_LISTED_NEXT = re.compile(r" [(\[][0-9]{1,5} [a-z]")


def _without_people(text: str, number: Number, before: re.Match[str] | None) -> tuple[int, str]:
    """Judge "of 349 randomised, 348 received study drug" and "enrolled 1905 Medicare beneficiaries"."""
    if _RECEIVED.match(text, number.end) and " of " in f" {text[number.sentence[0] : number.start]}":
        return _SAID, "treated"
    listed = before is not None and before[1] == "treat" and _LISTED_NEXT.match(text, number.end) is not None
    if before is not None and (listed or before[1] in ("enrol", "recruit", "randomi")):
        return _SAID, kind_of(before[1])
    return 0, ""


_COUNTED = re.compile(rf"[0-9] (?:[a-z-]+ ){{0,4}}{PEOPLE}\b")
_CONDUCTED = re.compile(
    r"\b(?:trial|study|trials|studies|analysis|conducted|carried out|performed|done|survey)(?: (?!of )[a-z-]+){0,4}"
    r" (?:in|on|among|with|of|involving|including|enrolling)(?: (?:a total of|up to|about|approximately))? $"
)


_BRACKETED_NEXT = re.compile(
    rf"(?: [a-z-]+){{0,3}} {PEOPLE} [(\[][^()]{{0,60}}\b(?:men|women|males?|females?|boys|girls)\b[^()]{{0,80}}[)\]]"
)


def _of_people(text: str, number: Number, people: _People, before: re.Match[str] | None, stop: int) -> tuple[int, str]:
    """Judge "171 patients ... were randomised"."""
    if (
        before is not None
        and before[0].startswith("including")
        and _COUNTED.search(text, number.sentence[0], number.start)
    ):
        return 0, ""  # "30 patients, including 22 women, were treated"
    if before is not None and before[1] in ("available", "leaving"):
        return _SAID, "analysed"
    if " screened " in text[number.end : people.end]:
        return _SAID, "screened"
    done = _CONDUCTED.search(text, max(number.sentence[0], number.start - 60), number.start)
    if done is not None and people.noun not in _CLUSTERS:
        verb = _VERB.search(text, people.end, min(stop, people.end + 60))
        said = before is not None and before[1] in ("enrol", "recruit", "randomi")
        sure = _SAID if said or " was " in done[0] else _LIKELY
        return sure, POPULATIONS[verb[1]] if verb is not None else "included"
    if before is not None and before[1] in ("assess", "evaluat") and EVENT.match(text, people.end):
        return _SAID, "evaluable"
    if EVENT.match(text, people.end) or EVENT.match(text, number.end):
        near = min(stop, people.end + 40)
        if _GAVE_DATA.search(text, people.end, near):
            return _SAID, "analysed"
        verb = _VERB.search(text, people.end, near)
        return (_SAID, POPULATIONS[verb[1]]) if verb is not None and verb[1] in _SURE else (0, "")
    if people.noun in _CLUSTERS:
        said = (
            before is not None or _VERB.search(text, people.end, min(number.sentence[1], people.end + 120)) is not None
        )
        return (_SAID if said else 0), "clusters"
    if before is not None and before[1]:
        return _SAID, kind_of(before[1])
    verb = _VERB.search(text, people.end, stop)
    if verb is not None:
        return (_SAID if before is not None else _LIKELY), POPULATIONS[verb[1]]
    return (_LIKELY if before is not None else 0), "included"

"""Find the numbers of patients that a text prints for its arms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from trialstats.sources.text.groups.model import Mention, Sized
from trialstats.sources.text.groups.numbers import (
    CLUSTERS,
    CLUSTERS_WITH,
    EVENT,
    IN_WORDS,
    KIND,
    PEOPLE,
    POPULATIONS,
    Number,
)
from trialstats.sources.text.groups.prose import MASK, Prose
from trialstats.sources.text.numbers.by_words import is_an_age
from trialstats.sources.text.sizes.cases import cases_and_controls
from trialstats.sources.text.sizes.each import all_given, listed_in_order, of_each
from trialstats.sources.text.sizes.events import did, did_too, is_total, of_events, told_at_once
from trialstats.sources.text.sizes.introduced import DONE_IN_BRACKET, introduced, of_a_sex
from trialstats.sources.text.sizes.kept_of_arms import TAKEN, plausible
from trialstats.sources.text.sizes.of_some import of_one_sex
from trialstats.sources.text.sizes.pooled import of_pooled
from trialstats.sources.text.sizes.said import ADMINISTERED, Pair, accepted, sums_of_all
from trialstats.sources.text.sizes.sought import Arms

MOST_SIZES = 4
_MOST_IN_SENTENCE = 80


def find_sizes(prose: Prose, numbers: list[Number], arms: Arms) -> tuple[list[list[Sized]], set[int]]:
    """Return the sizes of each arm, and where the numbers stand that are such sizes.

    Parameters
    ----------
    prose : Prose
    numbers : list of Number
    arms : Arms
    """
    sizes: list[list[Sized]] = [[] for _ in range(arms.count)]
    used: set[int] = set()
    if not arms.count:
        return sizes, used
    by_sentence: dict[int, list[Number]] = {}
    for number in numbers:
        by_sentence.setdefault(number.sentence[0], []).append(number)
    seen: set[str] = set()
    alone: dict[int, Number] = {}
    clusters: dict[int, list[Sized]] = {}
    every: list[list[tuple[int, Number]]] = []
    for of in by_sentence.values():
        seen |= {number.digits for number in of}
        found = _in_sentence(prose, of[:_MOST_IN_SENTENCE], arms, seen, alone, used)
        every.append(sorted(found, key=lambda pair: pair[1].start))
    of_all = sums_of_all(every, arms.count)
    used -= of_all
    for pairs in every:
        clustered = any(
            _OF_CLUSTERS.match(prose.text, number.end)
            or _FROM_CLUSTERS.search(prose.text, max(number.sentence[0], number.start - 60), number.start)
            for _, number in pairs
        )
        for arm, number in pairs:
            if number.start in of_all:
                continue
            used.add(number.start)
            if clustered and not _OF_PATIENTS.match(prose.text, number.end):
                clusters.setdefault(arm, [Sized(number.digits, number.start, number.end, "clusters")])
            elif len(sizes[arm]) < MOST_SIZES and all(number.digits != one.digits for one in sizes[arm]):
                sizes[arm].append(named_apart(_sized(prose, number), sizes[arm]))
    if len(alone) == arms.count > 1 and not any(sizes):
        used |= {number.start for number in alone.values()}
        return [[_sized(prose, alone[arm])] for arm in range(arms.count)], used
    return [of + clusters.get(arm, []) for arm, of in enumerate(_fewer_named(plausible(sizes)))], used


_NO_CLUSTERS = (
    rf"(?:of|in|from|at|to|and|with|were|was|had|{'|'.join(sorted(set(PEOPLE[3:-1].split('|')) - CLUSTERS))})"
)
_OF_CLUSTERS = re.compile(rf"(?: (?!{_NO_CLUSTERS}\b)[a-z-]+){{0,3}}? (?:{'|'.join(sorted(CLUSTERS))})\b")
_FROM_CLUSTERS = re.compile(rf"\b(?:of|from) (?:the|these) (?:[a-z]+ ){{1,3}}?(?:{'|'.join(sorted(CLUSTERS))}), $")
"""Of what the arms got some: "of the six chosen schools, three were allocated to tea and three to milk"."""
_OF_PATIENTS = re.compile(
    rf"(?: (?!(?:of|in|from|at|to)\b)[a-z-]+){{0,3}}? (?!(?:{'|'.join(sorted(CLUSTERS))})\b){PEOPLE}\b"
)
# What a number may be called too, where another of its arm has the name.
_ALSO = {"completed": "analysed", "analysed": "evaluable", "evaluable": "analysed"}


def named_apart(size: Sized, others: list[Sized]) -> Sized:
    """Give a size a second name, where another size of its arm has the first.

    Parameters
    ----------
    size : Sized
    others : list of Sized
        Of the same arm.
    """
    taken = {one.population for one in others}
    other = _ALSO.get(size.population, size.population)
    return replace(size, population=other) if size.population in taken and other not in taken else size


def _fewer_named(sizes: list[list[Sized]]) -> list[list[Sized]]:
    """Name what every arm has a second, lesser number of: "(n = 91)" were assigned, "9 of 88 assigned zinc" counted."""
    if len(sizes) > 1 and all(len({one.digits for one in of}) > 1 for of in sizes):
        return [_lesser_named(of) for of in sizes]
    return sizes


def _lesser_named(sizes: list[Sized]) -> list[Sized]:
    first: dict[str, int] = {}
    for one in sizes:
        first.setdefault(one.population, int(one.digits))
    names = [name for name in _LESSER if name not in first]
    named = []
    for one in sizes:
        greater = first[one.population]
        if names and one.population in TAKEN and _LEAST_OF_ALL * greater <= int(one.digits) < greater:
            named.append(replace(one, population=names.pop(0)))
        else:
            named.append(one)
    return named


_LESSER = ("analysed", "evaluable")
_LEAST_OF_ALL = 0.7


def _sized(prose: Prose, number: Number) -> Sized:
    return Sized(number.digits, number.start, number.end, _population(prose, number))


_KINDS = re.compile(
    r"[ (,](" + "|".join(kind for kind in KIND.split("|") if kind not in ("stud", "follow", "leaving")) + ")"
)


_DONE_BY_EACH = re.compile(
    rf"(?: {PEOPLE})? (?:in|from|of) (?:each|both) (?:group|arm)s? (?:were |was )?(complet|evalua|analy|assess|includ)"
)


_ASSIGNED = re.compile(
    rf"(?: {PEOPLE})? (?:were|was) (?:then |randomly |subsequently ){{0,2}}(?:assigned|allocated|randomi[sz]ed)\b"
)
_WENT_ON = re.compile(r"evalua|analy|complet|eligible for")
_THEN = re.compile(
    r"[^()%]{0,100}\)(?: (?:patients|participants|adults|women|of them))? (?:were|was)(?: [a-z]+ly| then| also)?"
    rf" ({KIND})"
)
"""What became of those whose parts a bracket tells: "and 90 (44 on tea; 46 on milk) were assigned"."""


_LEFT = re.compile(r" (?:[a-z-]{1,20} ){0,2}?(?:respondents|completers|survivors|attenders)\b", re.IGNORECASE)
"""Of whom there may be fewer than were randomised, by their name."""


def _population(prose: Prose, number: Number) -> str:
    """Return which patients a sentence speaks of: the last word for that before a number, or else the first behind."""
    at = number.start
    if _LEFT.match(prose.text, number.end) is not None:
        return "evaluable"
    done = _DONE_BY_EACH.match(prose.text, number.end) or DONE_IN_BRACKET.match(prose.text, number.end)
    if done is not None:
        return POPULATIONS[done[1]]
    if _ASSIGNED.match(prose.text, number.end) is not None:
        return "randomised"  # "of 90 who were enrolled, 45 were assigned to"
    led = prose.text[max(number.sentence[0], at - 90) : at]
    if led.rfind("(") > led.rfind(")") and (then := _THEN.match(prose.text, number.end, number.sentence[1])):
        return POPULATIONS[then[1]]
    kinds = _KINDS.findall(prose.text, max(number.sentence[0], at - 250), at)
    if not kinds:
        behind = _KINDS.search(prose.text, at, min(number.sentence[1], at + 200))
        return POPULATIONS[behind[1]] if behind is not None else "included"
    late = kinds[-1]
    if any(kind in ("random", "assign", "allocat") for kind in kinds) and not _WENT_ON.match(late):
        return "randomised"
    return POPULATIONS[late]


def _in_sentence(
    prose: Prose, numbers: list[Number], arms: Arms, seen: set[str], alone: dict[int, Number], used: set[int]
) -> Iterator[tuple[int, Number]]:
    """Yield the sizes of arms that a sentence prints; ``seen`` are the numbers printed so far.

    Where a sentence tells of one arm, what may be its size is put among those that stand ``alone``. Where people of an
    arm are counted for what became of them, their number is put among those that are ``used``.
    """
    pairs: list[Pair] = []
    listed = list(listed_in_order(prose, numbers, arms.count)) or list(cases_and_controls(prose.text, numbers, arms))
    taken = {number.start for _, number in listed}
    sexes = {at for at in of_one_sex(prose, numbers) if prose.flat[at] == MASK}
    for index, number in enumerate(numbers):
        if number.named or number.start in taken or of_events(prose, number):
            continue
        if of_pooled(prose.text, number, all_told=False):
            continue
        if number.start in sexes or number.digits == "1" or prose.text.endswith("per ", 0, number.start):
            continue  # "31 per 1000 women given zinc"
        if of_a_sex(prose, number, arms) or is_an_age(prose.text, number.start):
            continue
        if arms.count > 1 and of_each(prose, number):
            for arm in range(arms.count):
                yield arm, number
            continue
        aged = _AGED.match(prose.text, number.end)
        behind = aged.end() if aged is not None else 0
        following = next((one for one in numbers[index + 1 : index + 6] if not one.named and one.start >= behind), None)
        pair = introduced(prose, number, arms) or _right_behind_arm(prose, number, arms)
        if pair is None:
            pair = _before_arm(prose, number, following, arms)
            if pair is not None and arms.count > 1 and not _all_received(prose, number):
                used.add(number.start)  # be it the size of the arm or not, it is not that of all
        pair = pair or _behind_arm(prose, number, arms)
        if pair is not None:
            pairs.append(pair)
    every, pairs = pairs, _without_events(prose, pairs, arms)
    used.update(pair.number.start for pair in every if all(pair is not one for one in pairs))
    if len(pairs) == 1 and not pairs[0].event and _received(prose.text, pairs[0].number, arms):
        alone.setdefault(pairs[0].arm, pairs[0].number)
    if pairs:
        for pair in accepted(prose.text, numbers[0].sentence, pairs, arms.count, seen):
            yield pair.arm, pair.number
    yield from listed


_AGES = r"(?: (?:between (?:the )?ages? of|aged(?: between| from)?) [0-9]{1,2}(?: and | to |-)[0-9]{1,2}(?: years)?)?"
_AGED = re.compile(rf"(?: {PEOPLE})?(?: \((?:mean|median|average|aged?)\b[^()]{{1,50}}\)|(?= between| aged){_AGES})")
"""What a bracket behind people tells of them: "61 adults (mean age, 45 years)"."""


def _without_events(prose: Prose, pairs: list[Pair], arms: Arms) -> list[Pair]:
    """Leave out the people of whom something is told: "47 given zinc had a stroke, as did 30 given placebo"."""
    text = prose.text
    if any(is_total(text, pair.number.start) for pair in pairs):
        return pairs
    ends: list[int] = []
    for pair in pairs:
        mention = arms.next_mention(pair.number.end)
        beside = prose.flat[pair.number.start] != MASK and mention is not None and mention.group == pair.arm
        ends.append(mention.end if beside and mention is not None else -1)
    counted = [end >= 0 and did(text, pair.number.start, end) for pair, end in zip(pairs, ends, strict=True)]
    for at in range(1, len(pairs)):
        if counted[at - 1] and ends[at] >= 0:
            counted[at] = counted[at] or did_too(text, ends[at - 1], pairs[at].number.start)
    for at in range(len(pairs) - 1, 0, -1):
        if counted[at] and ends[at - 1] >= 0:
            counted[at - 1] = counted[at - 1] or told_at_once(text, ends[at - 1], pairs[at].number.start)
    return [pair for pair, is_counted in zip(pairs, counted, strict=True) if not is_counted]


_RECEIVED = re.compile(
    r"(?: (?:group|arm)s?| patients| participants)?\)? (?:received|underwent|took|were (?:treated|given|offered))\b"
)
_OF_PEOPLE = re.compile(rf" {PEOPLE} (?:in the |\()")


def _received(text: str, number: Number, arms: Arms) -> bool:
    """Whether a sentence tells what one arm was given: "25 patients in the zinc group received"."""
    mention = arms.next_mention(number.end)
    if mention is None or _OF_PEOPLE.fullmatch(text, number.end, mention.start) is None:
        return False
    return _RECEIVED.match(text, mention.end) is not None


_THINGS = (
    rf"(?:[a-z-]+ )?(?!{PEOPLE}|events|episodes|deaths|reactions|relapses|recurrences|infections|strokes)[a-z-]{{3,20}}"
    r"(?:s|teeth|feet)\b"
)
"""What a patient can have several of: "74 patients with 78 lesions"."""
_DOSE = (
    r"[0-9][0-9.,]* ?(?:mg|g|mcg|[uµμ]g|iu|ml|gy|units|%)(?:/(?:[a-z]{1,3}[0-9]?|day|week)){0,2}(?: per day)?(?![a-z])"
)
# From a number to the arm behind it: "54 patients were assigned to the".
LINK = re.compile(
    rf"(?! to [0-9])(?:,| ?:|;)?(?: ?\([^()]{{1,14}}\))?(?: (?:of (?:them|whom|these|the)"
    rf"|(?!(?:lesions?|tumou?rs?|events?|deaths?|recurrences?|relapses?|infections?|episodes?|fractures?|strokes?"
    rf"|regimens?|visits?|sessions?|lines?|drugs?|agents?|therap(?:y|ies)|treatments|trials?|studies|cycles?"
    rf"|courses?|doses?|weeks?|days?|months?|hours?|minutes?|mins?|seconds?|points?"
    rf"|years?)\b)[a-z-]{{3,14}}|[b-df-hj-np-tv-xz]{{2}}(?= {PEOPLE})))?(?: {PEOPLE}(?: \([^()]{{15,60}}\))?)?{_AGES}"
    r"(?: \((?:mean|median|average|aged?)\b[^()]{1,50}\))?"
    rf"(?: ?\([^()]{{1,14}}\))?(?: with [0-9,]+ (?:{_THINGS}|{PEOPLE}))?(?:,? who)?"
    r"(?: (?:were|was|had been|being|then|in turn|are))?(?: (?:randomly|then|subsequently|each|initially))?"
    r"(?: (?:assigned|allocated|randomi[sz]ed|enrolled|included|analy[sz]ed|treated|evaluated|recruited|evaluable"
    r"|assessed|examined|studied|operated"
    r"|given|from|randomi[sz]ation|received|receiving|underwent|undergoing|in|to|on|with|for|into|completed|had|by"
    r"|only|as|selected|chosen|classified|categori[sz]ed|identified|considered|validated|started|began|took|used"
    r"|using|taking"
    r"|continued?|continuing|switch(?:ed)?|start|remain(?:ed)?|formed|constituted|served|acted|belonged|joined|entered"
    r"|managed|observed|according"
    rf"|got|[0-9]+ {_THINGS} of)){{0,6}}"
    rf"(?: (?:belonging to|of|from|in|at|attending)(?: the)?(?: [a-z-]+)? (?:{'|'.join(sorted(CLUSTERS))})"
    r" (?:of|in|from|(?:assigned|allocated|randomi[sz]ed) to))?"
    r"(?: (?:receive|undergo|the|an?|either|treatment with|treatment|arm|group|take|daily|oral|single"
    r"|(?:(?:bi|once-|twice-|thrice-|two-|three-|four-|[0-9]-)?(?:daily|weekly|monthly))|fortnightly|alternate-day"
    r"|quarterly)){0,4}"
    r"(?: (?:(?:neo-?)?adjuvant|additional|concurrent|concomitant|conventional|routine|prophylactic|maintenance))?"
    rf"(?: (?:an? (?:daily |single |total )?dose of )?{_DOSE}(?: (?:once|twice) (?:daily|weekly))?(?: of)?)?"
    r"(?:(?: [a-z-]{4,24})? at (?:an? )?(?:daily )?dose of)? ?(?:[\"'(]|\([0-9]{2,3}m?\)-?)?$"
)
_SURE = re.compile(r"\b(?:assigned|allocated|randomi[sz]ed|to)\b")


def _before_arm(prose: Prose, number: Number, following: Number | None, arms: Arms) -> Pair | None:
    """Pair a number with the arm right behind it."""
    text = prose.text
    mention = arms.next_mention(number.end)
    if text.startswith(";", number.end) and _N_IS.search(text, max(0, number.start - 6), number.start):
        return None  # "(A: n = 30; B: n = 31)"
    things = following is not None and (
        _OF_EACH_PATIENT.match(text, following.end) is not None
        or CLUSTERS_WITH.search(text, max(0, following.start - 20), following.start) is not None
    )
    stop = following.start if following is not None and not things else number.sentence[1]
    if mention is None or mention.start > min(stop, number.end + 90):
        return None
    if LINK.match(text, number.end, mention.start) is None:
        return None
    if _PATIENTS_WITH.search(text, max(0, number.start - 24), number.start):
        return None  # "74 patients with 78 lesions"
    gap = text[number.end : mention.start]
    if " who " in gap and _SHARE_BEHIND.match(text, mention.end) is not None:
        return None  # "651 patients who were assigned to A (14%) had a stroke"
    if "(" in gap[-3:] and following is not None and _LISTS_NEXT.fullmatch(text, mention.end, following.start):
        # "136 cases (A group 68, B group 68)", "136 cases (A group, n = 68"
        return None
    if " either " in gap or _N_NEXT.match(text, mention.end) or _or_another(prose, arms, mention):
        # "1137 patients were assigned to A or B"
        return None
    event = "%" in gap
    sure = _SURE.search(gap) is not None or all_given(text, number, gap, mention.end)
    sure |= text.endswith("all ", 0, number.start) and _IN_THE.fullmatch(gap) is not None
    return Pair(mention.group, number, sure and not event, event)


_IN_THE = re.compile(rf" {PEOPLE} in the ")
_N_IS = re.compile(r"[:,=] ?n ?[=:] ?$")
_IN_ALL = ("a total of ", "in total, ", "in all, ", "altogether, ", "overall, ", " all ")
_ALL_RECEIVED = re.compile(rf"(?: {PEOPLE})? (?:received|were treated with|underwent|were given|took)\b")


_SCREENED = re.compile(rf"(?: {PEOPLE})?(?: who)? underwent (?:screening|randomi[sz]ation)\b")


def _all_received(prose: Prose, number: Number) -> bool:
    """Whether a number may be that of all: "a total of 60 patients received zinc before", "60 underwent screening"."""
    if _SCREENED.match(prose.text, number.end) is not None:
        return True
    return prose.text.endswith(_IN_ALL, 0, number.start) and _ALL_RECEIVED.match(prose.text, number.end) is not None


_SHARE_BEHIND = re.compile(
    r"(?:[ -](?:group|arm|alone|therapy))? ?[(\[][0-9.]{1,5} ?(?:%|per ?cent)[)\]] (?!and\b|or\b)[a-z]"
)
# "86 patients received 516 cycles of A", "74 patients with 78 lesions received A", "74 were assigned 5 mg of A"
_OF_EACH_PATIENT = re.compile(rf" {_THINGS}|(?<=[0-9])(?: ?(?:mg|g|mcg|[uµμ]g|iu|ml|gy|%)\b)")
_PATIENTS_WITH = re.compile(rf"\b{PEOPLE} with $")
_LISTS_NEXT = re.compile(r"(?: ?\+ ?[a-z0-9-]{2,20})?(?: (?:group|arm))?[,:;=]? ?(?:n ?[=:] ?|\()?")
_N_NEXT = re.compile(r"(?: (?:group|arm))? ?[(\[](?:[a-z -]{1,30}[,;:] ?)?n ?=")
_OR_NEXT = re.compile(
    r"(?:\b(?:or|and|versus|vs\.?)|[,;]) (?:to |the |an? |either |receive |matched |matching |[a-z-]{1,20} ){0,6}$"
)
_FIGURE = re.compile(rf"(?<![\w.-])(?:[0-9]+|{IN_WORDS})(?![\w.-])")
_DOSES = re.compile(
    r"[0-9][0-9.,/-]* ?(?:mg|g|kg|[uµμ]g|mcg|iu|ml|gy|weeks?|days?|months?|cycles|courses|sessions?"
    r"|visits|fractions|minutes?|min|times|h|hours|%)"
)


def _or_another(prose: Prose, arms: Arms, mention: Mention) -> bool:
    """Whether an arm is named as one of several: "A or B"."""
    other = arms.next_mention(mention.end)
    while other is not None and other.group == mention.group and other.start - mention.end < _FAR:
        other = arms.next_mention(other.end)
    if other is None or other.start - mention.end > _FAR:
        return False
    # What stands inside brackets is seen from inside only.
    inside = prose.flat[mention.start] == MASK
    between = (prose.text if inside else prose.flat)[mention.end : other.start]
    if inside and between.startswith((")", "]")):
        return False  # "(31 zinc, 29 sugar), less need of zinc"
    if _OR_NEXT.search(between) is None or "." in _DOSES.sub("", between).replace("vs.", ""):
        return False
    rest = _DOSES.sub("", between if len(between) < _CLOSE else between[-_CLOSE // 3 :])
    return _FIGURE.search(rest) is None


_FAR, _CLOSE = 420, 160


_RIGHT_BEHIND = re.compile(
    r"(?:(?:/[a-z]{1,5})(?: [a-z-]{3,20})?: ?n ?=|(?: ?\+ ?[a-z0-9-]{2,20})?(?: (?:group|arm))?(?:[,:]| =|=)"
    r"| (?:group|arm)) ?"
)
_CLOSED = re.compile(r" ?(?:[;,)\]]|\.(?: |$))")


def _right_behind_arm(prose: Prose, number: Number, arms: Arms) -> Pair | None:
    """Pair a number with the arm in a list: "(A, 30; B, 31)"."""
    mention = arms.last_mention(number.start)
    if mention is None or mention.end >= number.start or _CLOSED.match(prose.text, number.end) is None:
        return None
    listed = prose.text[mention.end : number.start] == " " and _names_first(prose, number, arms)
    if not listed and _RIGHT_BEHIND.fullmatch(prose.text, mention.end, number.start) is None:
        return None
    return Pair(mention.group, number, False)


def _names_first(prose: Prose, number: Number, arms: Arms) -> bool:
    """Whether a number stands in a list that begins with the name of an arm: "(A 30, B 31)", ": A 30, B 31"."""
    start = max(number.sentence[0], number.start - 200)
    opened = prose.text.rfind("(", start, number.start)
    if opened >= 0 and prose.text.find(")", opened, number.start) < 0:
        first = arms.next_mention(opened)
        return first is not None and first.start == opened + 1
    opened = prose.text.rfind(": ", start, number.start)
    first = arms.next_mention(opened)
    return opened >= 0 and first is not None and first.start == opened + 2


_BEHIND = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|group, |cases))?(?: (?:once |twice )?(?:daily|weekly|monthly)(?= ?[(\[]))?"
    r"(?: \([a-z]+\))?(?: ?\+ ?[a-z0-9-]+)?"
    rf"(?: {ADMINISTERED}|(?<!group) (?:to|in|by)"
    r"| (?:each )?(?:included|contained|comprised|consisted of|comprising|including|numbered|with|had|of))?"
    r"(?:[,:;=]| \(|, ?n ?= ?| ?\[| ?n ?= ?)? ?(?:n ?[=:] ?)?"
)
_CLOSES = re.compile(
    rf"(?: ?{PEOPLE})?(?: ?[(\[](?:[0-9.]+ ?%|[0-9]+ (?:wo)?m[ae]n[^()\[\]]{{0,40}})[)\]])? ?"
    r"(?:[),;\]]|and\b|\.(?: |$)|$)"
    rf"| {PEOPLE} (?:were|was) (?:eligible|included|enrolled|recruited|randomi[sz]ed|assigned|analy[sz]ed|evaluable)\b"
)


def _behind_arm(prose: Prose, number: Number, arms: Arms) -> Pair | None:
    """Pair a number with the arm right before it: "(A, 75; B, 54)", "A was given to 127 patients"."""
    text = prose.text
    mention = arms.last_mention(number.start)
    if mention is None or not number.sentence[0] <= mention.end < number.start < mention.end + 34:
        return None
    if _BEHIND.fullmatch(text, mention.end, number.start) is None or _CLOSES.match(text, number.end) is None:
        return None
    return Pair(mention.group, number, False, EVENT.match(text, number.end) is not None)

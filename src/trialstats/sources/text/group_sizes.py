"""Find the numbers of patients that a text prints for its arms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trialstats.sources.text.group_each import all_given, listed_in_order, of_each
from trialstats.sources.text.group_events import of_events
from trialstats.sources.text.group_model import Mention, Sized
from trialstats.sources.text.group_numbers import EVENT, IN_WORDS, KIND, PEOPLE, POPULATIONS, Number, before_equals
from trialstats.sources.text.group_prose import MASK, Prose

MOST_SIZES = 4
_MOST_IN_SENTENCE = 80


@dataclass(slots=True)
class Arms:
    """The arms whose sizes are looked for.

    Attributes
    ----------
    count : int
    mentions : list of Mention
    ranges : list of tuple of int
        Where each arm is introduced, brackets and all.
    control : int
        Of two arms the one that lacks something, or -1.
    """

    count: int
    mentions: list[Mention]
    ranges: list[tuple[int, int]]
    _starts: list[int]
    control: int = -1

    def next_mention(self, at: int) -> Mention | None:
        """Return the first mention at or behind a place."""
        index = bisect_left(self._starts, at)
        return self.mentions[index] if index < len(self.mentions) else None

    def last_mention(self, at: int) -> Mention | None:
        """Return the last mention before a place."""
        index = bisect_left(self._starts, at)
        return self.mentions[index - 1] if index else None

    @classmethod
    def of(cls, mentions: list[Mention], ranges: list[tuple[int, int]], control: int = -1) -> Arms:
        """Return the arms that are introduced in these ranges."""
        return cls(len(ranges), mentions, ranges, [mention.start for mention in mentions], control)


@dataclass(slots=True)
class _Pair:
    """A number that stands with an arm.

    `sure` where it is said to be patients of the arm; `event` where a percentage says that it may be some of them.
    """

    arm: int
    number: Number
    sure: bool
    event: bool = False


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
    for of in by_sentence.values():
        seen |= {number.digits for number in of}
        pairs = sorted(_in_sentence(prose, of[:_MOST_IN_SENTENCE], arms, seen, alone), key=lambda pair: pair[1].start)
        for arm, number in pairs:
            used.add(number.start)
            if len(sizes[arm]) < MOST_SIZES and all(number.digits != one.digits for one in sizes[arm]):
                sizes[arm].append(named_apart(_sized(prose, number), sizes[arm]))
    if len(alone) == arms.count > 1 and not any(sizes):
        used |= {number.start for number in alone.values()}
        return [[_sized(prose, alone[arm])] for arm in range(arms.count)], used
    return _plausible(sizes), used


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


def _sized(prose: Prose, number: Number) -> Sized:
    return Sized(number.digits, number.start, number.end, _population(prose, number))


def _plausible(sizes: list[list[Sized]]) -> list[list[Sized]]:
    """Leave out numbers that are too small beside the others: of those who were lost or had an event."""
    greatest = max((int(one.digits) for arm in sizes for one in arm), default=0)
    kept = []
    for arm in sizes:
        largest = max((int(one.digits) for one in arm), default=0)
        least = max(largest * _LEAST_SHARE, greatest * _LEAST_SHARE_OF_ALL)
        kept.append([one for one in arm if int(one.digits) >= least])
    return kept


_LEAST_SHARE, _LEAST_SHARE_OF_ALL = 0.3, 0.03


_KINDS = re.compile(
    r"[ (,](" + "|".join(kind for kind in KIND.split("|") if kind not in ("stud", "follow", "leaving")) + ")"
)


_DONE_BY_EACH = re.compile(
    rf"(?: {PEOPLE})? (?:in|from|of) (?:each|both) (?:group|arm)s? (?:were |was )?(complet|evalua|analy|assess|includ)"
)


def _population(prose: Prose, number: Number) -> str:
    """Return which patients a sentence speaks of: the last word for that before a number, or else the first behind."""
    at = number.start
    done = _DONE_BY_EACH.match(prose.text, number.end)
    if done is not None:
        return POPULATIONS[done[1]]
    kinds = _KINDS.findall(prose.text, max(number.sentence[0], at - 250), at)
    if not kinds:
        behind = _KINDS.search(prose.text, at, min(number.sentence[1], at + 200))
        return POPULATIONS[behind[1]] if behind is not None else "included"
    late = kinds[-1]
    if any(kind in ("random", "assign", "allocat") for kind in kinds) and late not in ("evalua", "analy", "complet"):
        return "randomised"
    return POPULATIONS[late]


def _in_sentence(
    prose: Prose, numbers: list[Number], arms: Arms, seen: set[str], alone: dict[int, Number]
) -> Iterator[tuple[int, Number]]:
    """Yield the sizes of arms that a sentence prints; ``seen`` are the numbers printed so far.

    Where a sentence tells of one arm, what may be its size is put among those that stand ``alone``.
    """
    pairs: list[_Pair] = []
    listed = list(listed_in_order(prose, numbers, arms.count))
    taken = {number.start for _, number in listed}
    for index, number in enumerate(numbers):
        if number.named or number.start in taken or of_events(prose, number):
            continue
        if arms.count > 1 and of_each(prose, number):
            for arm in range(arms.count):
                yield arm, number
            continue
        following = next((other for other in numbers[index + 1 : index + 4] if not other.named), None)
        pair = (
            _introduced(prose, number, arms)
            or _right_behind_arm(prose, number, arms)
            or _before_arm(prose, number, following, arms)
            or _behind_arm(prose, number, arms)
        )
        if pair is not None:
            pairs.append(pair)
    if len(pairs) == 1 and not pairs[0].event and _received(prose.text, pairs[0].number, arms):
        alone.setdefault(pairs[0].arm, pairs[0].number)
    if pairs:
        for pair in _accepted(prose, numbers[0].sentence, pairs, arms.count, seen):
            yield pair.arm, pair.number
    yield from listed


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


_SIZE_IN_BRACKET = re.compile(
    rf" (?:[a-z-]+ )?(?:{PEOPLE}|analy[sz]ed|evaluable|evaluated|assessable|randomi[sz]ed|assigned|treated) ?[)\],;]"
)


_SHARE_BEFORE = re.compile(r"[0-9] ?%[ ,;]{0,2}[(\[]?$")


def _introduced(prose: Prose, number: Number, arms: Arms) -> _Pair | None:
    """Pair a number with the arm whose introduction has it in a bracket: "A (n = 54)", "A (54 patients)"."""
    n_at = before_equals(prose, number)
    share = n_at > 0 and _SHARE_BEFORE.search(prose.text, max(0, n_at - 8), n_at)
    if prose.text.startswith("/", number.end) or (share and ("(" in share[0] or "[" in share[0])):
        # "2% (n = 1/46)", "3.1% (n = 29) in the zinc group": events
        return None
    following = arms.next_mention(number.end)
    if following is not None and following.start == number.end + 1:
        # "(n = 8 A, n = 7 B)"
        return None
    if following is not None and n_at >= 0 and _FOR.fullmatch(prose.text, number.end, following.start):
        # "(n = 8 for A; n = 7 for B)"
        return _Pair(following.group, number, True)
    if n_at < 0 and (prose.flat[number.start] != MASK or not _SIZE_IN_BRACKET.match(prose.text, number.end)):
        return None
    if n_at > 0 and arms.control >= 0 and (behind := _WITHOUT.search(prose.text, max(0, n_at - 24), n_at)):
        without = behind[1] is not None
        if without or _OR_WITHOUT.match(prose.text, number.end):
            # "zinc with (n = 47) or without (n = 43) iron"
            return _Pair(arms.control if without else 1 - arms.control, number, True)
    for arm, (start, end) in enumerate(arms.ranges):
        if start < number.start < end:
            return _Pair(arm, number, not share, bool(share))
    if share:
        return None
    last = arms.last_mention(n_at)
    if n_at < 0 or last is None:
        return None
    if _OF_ALL.search(prose.text, last.end, n_at):
        return None
    between = prose.text[last.end : min(n_at, last.end + 61)]
    opened = prose.text.rfind("(", max(0, n_at - 80), n_at)
    if (len(between) < 60 and _NAME_TO_N.fullmatch(between)) or last.start < opened < last.end:
        return _Pair(last.group, number, True)
    return None


# "in two trials (N = 213)"
_OF_ALL = re.compile(r" (?:trials?|studies|groups|arms) ?[(\[]$")
_WITHOUT = re.compile(r"(?:\bwith|\) (?:or|and|versus|vs\.?) with(out)) ?[(\[]$")
_OR_WITHOUT = re.compile(r"[)\]] (?:or|and|versus|vs\.?) without ?[(\[]n ?=")


_FOR = re.compile(r" (?:for|in|with|on|receiving)(?: the)? ")
_NAME_TO_N = re.compile(
    r"(?:/[a-z]{4,24})?"
    r"(?:[ -](?:[a-z-]{2,14}|(?:[0-9.,]+|[a-z]) ?(?:mg|g|kg|iu|ml|[uµμ]g|mcg|gy|%)?(?:/[a-z0-9]+){0,2})){0,8} ?"
    r"(?:[(\[][^()]{0,40}|[,;:]|[)\]] ?[(\[])? ?"
)
_THINGS = (
    rf"(?:[a-z-]+ )?(?!{PEOPLE}|events|episodes|deaths|reactions|relapses|recurrences|infections|strokes)[a-z-]{{3,20}}"
    r"(?:s|teeth|feet)\b"
)
"""What a patient can have several of: "74 patients with 78 lesions"."""
# From a number to the arm behind it: "54 patients were assigned to the".
LINK = re.compile(
    rf"(?:,| ?:|;)?(?: ?\([^()]{{1,14}}\))?(?: (?:of (?:them|whom|these|the)"
    rf"|(?!(?:lesions?|tumou?rs?|events?|deaths?|recurrences?|relapses?|infections?|episodes?|fractures?|strokes?|cycles?|courses?|doses?|weeks?|days?|months?|hours?"
    rf"|years?)\b)[a-z-]{{3,14}}))?(?: {PEOPLE})?"
    rf"(?: ?\([^()]{{1,14}}\))?(?: with [0-9,]+ {_THINGS})?(?:,? who)?"
    r"(?: (?:were|was|had been|being|then|in turn|are))?(?: (?:randomly|then|subsequently|each|initially))?"
    r"(?: (?:assigned|allocated|randomi[sz]ed|enrolled|included|analy[sz]ed|treated|evaluated|recruited|evaluable"
    r"|assessed"
    r"|given|randomi[sz]ation|received|receiving|underwent|undergoing|in|to|on|with|for|into|completed|had|by"
    r"|only|as|selected|chosen|classified|categori[sz]ed|identified|considered|validated|started|began|took|used"
    rf"|continued|got|[0-9]+ {_THINGS} of)){{0,6}}"
    r"(?: (?:receive|undergo|the|an?|either|treatment with|treatment|arm|group|take|daily|oral)){0,4} ?[\"'(]?$"
)
_SURE = re.compile(r"\b(?:assigned|allocated|randomi[sz]ed|to)\b")


def _before_arm(prose: Prose, number: Number, following: Number | None, arms: Arms) -> _Pair | None:
    """Pair a number with the arm right behind it."""
    text = prose.text
    mention = arms.next_mention(number.end)
    things = following is not None and _OF_EACH_PATIENT.match(text, following.end) is not None
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
    return _Pair(mention.group, number, sure and not event, event)


_SHARE_BEHIND = re.compile(
    r"(?:[ -](?:group|arm|alone|therapy))? ?[(\[][0-9.]{1,5} ?(?:%|per ?cent)[)\]] (?!and\b|or\b)[a-z]"
)
# "86 patients received 516 cycles of A", "74 patients with 78 lesions received A"
_OF_EACH_PATIENT = re.compile(rf" {_THINGS}")
_PATIENTS_WITH = re.compile(rf"\b{PEOPLE} with $")
_LISTS_NEXT = re.compile(r"(?: ?\+ ?[a-z0-9-]{2,20})?(?: (?:group|arm))?[,:;=]? ?(?:n ?[=:] ?|\()?")
_N_NEXT = re.compile(r"(?: (?:group|arm))? ?[(\[](?:[a-z -]{1,30}[,;:] ?)?n ?=")
_OR_NEXT = re.compile(
    r"(?:\b(?:or|and|versus|vs\.?)|[,;]) (?:to |the |an? |either |receive |matched |matching |[a-z-]{1,20} ){0,6}$"
)
_FIGURE = re.compile(rf"(?<![\w.-])(?:[0-9]+|{IN_WORDS})(?![\w.-])")
_DOSES = re.compile(r"[0-9][0-9.,/-]* ?(?:mg|g|kg|[uµμ]g|mcg|iu|ml|gy|weeks?|days?|months?|cycles|times|h|hours|%)")


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
    if _OR_NEXT.search(between) is None or "." in _DOSES.sub("", between).replace("vs.", ""):
        return False
    rest = _DOSES.sub("", between if len(between) < _CLOSE else between[-_CLOSE // 3 :])
    return _FIGURE.search(rest) is None


_FAR, _CLOSE = 420, 160


_RIGHT_BEHIND = re.compile(r"(?:(?: ?\+ ?[a-z0-9-]{2,20})?(?: (?:group|arm))?(?:[,:]| =|=)| (?:group|arm)) ?")
_CLOSED = re.compile(r" ?(?:[;,)\]]|\.(?: |$))")


def _right_behind_arm(prose: Prose, number: Number, arms: Arms) -> _Pair | None:
    """Pair a number with the arm in a list: "(A, 30; B, 31)"."""
    mention = arms.last_mention(number.start)
    if mention is None or mention.end >= number.start or _CLOSED.match(prose.text, number.end) is None:
        return None
    listed = prose.text[mention.end : number.start] == " " and _names_first(prose, number, arms)
    if not listed and _RIGHT_BEHIND.fullmatch(prose.text, mention.end, number.start) is None:
        return None
    return _Pair(mention.group, number, False)


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


_ADMINISTERED = (
    r"(?:was|were) (?:given|administered|performed|used|applied|offered|received|taken|tried|tested|prescribed)"
    r" (?:to|in|for|by|on)"
)
_BEHIND = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|group, |cases))?(?: \([a-z]+\))?(?: ?\+ ?[a-z0-9-]+)?"
    rf"(?: {_ADMINISTERED}|(?<!group) (?:to|in|by)"
    r"| (?:each )?(?:included|contained|comprised|consisted of|comprising|including|numbered|with|had|of))?"
    r"(?:[,:;=]| \(|, ?n ?= ?| ?\[| ?n ?= ?)? ?(?:n ?[=:] ?)?"
)
_CLOSES = re.compile(
    rf"(?: ?{PEOPLE})?(?: ?[(\[][0-9.]+ ?%[)\]])? ?(?:[),;\]]|and\b|\.(?: |$)|$)"
    rf"| {PEOPLE} (?:were|was) (?:eligible|included|enrolled|recruited|randomi[sz]ed|assigned|analy[sz]ed|evaluable)\b"
)


def _behind_arm(prose: Prose, number: Number, arms: Arms) -> _Pair | None:
    """Pair a number with the arm right before it: "(A, 75; B, 54)", "A was given to 127 patients"."""
    text = prose.text
    mention = arms.last_mention(number.start)
    if mention is None or not number.sentence[0] <= mention.end < number.start < mention.end + 34:
        return None
    if _BEHIND.fullmatch(text, mention.end, number.start) is None or _CLOSES.match(text, number.end) is None:
        return None
    return _Pair(mention.group, number, False, EVENT.match(text, number.end) is not None)


_SPEAKS_OF_PATIENTS = re.compile(
    r"random|assign|allocat|select|enrol|recruit|regist|evaluable|analy[sz]ed|includ|eligible|complet|participa"
    r"|total of"
    r"|consist"
    r"|compris|population|intention|divided|studied|entered|accrued|assessable|follow"
)
_GIVEN = re.compile(
    rf"(?: [a-z-]+)?(?: {PEOPLE})?(?: \([^()]{{1,20}}\)| with [0-9]+ [a-z]+)? (?:(?:were|was) )?"
    r"(?:received?|receiving|underwent|treated with|given|had|started|began|took|taking|got|used)\b"
)
_SHARE_FIRST = re.compile(r"[(\[]([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%[;,] ?n ?= ?$")
_SHARE = re.compile(r"(?: [a-z]+)? ?\(([0-9]{1,3}(?:\.[0-9]{1,2})?) ?%")


def _accepted(prose: Prose, sentence: tuple[int, int], pairs: list[_Pair], count: int, seen: set[str]) -> list[_Pair]:
    """Return the pairs that are sizes: those said to be, and those that add up or stand with a word for it."""
    sure = [pair for pair in pairs if pair.sure]
    weak = [pair for pair in pairs if not pair.sure]
    if not weak:
        return sure
    text = prose.text
    covered = len({pair.arm for pair in pairs})
    all_of = len({pair.arm for pair in weak}) == count > 1
    events = any(pair.event for pair in weak)
    first, last = weak[0].number.start, weak[-1].number.end
    near = _SPEAKS_OF_PATIENTS.search(text, max(sentence[0], first - 110), min(sentence[1], last + 60))
    if covered > 1 and near is not None and not events:
        return pairs
    if all_of and not events and _said_of_each(text, weak):
        return pairs
    total = str(sum(pair.number.count for pair in weak[:count]))
    if (
        all_of
        and (total in seen or _share_all(text, weak[:count]))
        and not _OF_NO_PEOPLE.search(text, sentence[0], first)
    ):
        return sure + weak[:count]
    return sure


# "of 640 scans 310 (48%) were with zinc and 330 (52%) with iron"
_OF_NO_PEOPLE = re.compile(
    r"\b(?:observations|measurements|samples|specimens|scans|images|tests|sessions|questions|procedures|records"
    rf"|cycles|lesions|tumou?rs|nodes|events)\b(?!.*[0-9] (?:[a-z]+ )?{PEOPLE}\b)"
)


def _said_of_each(text: str, pairs: list[_Pair]) -> bool:
    """Whether numbers are told as patients: "56 patients received A and 58 B", "the 769 in A ... the 743 in B"."""
    if all(text.startswith("the ", pair.number.start - 4) for pair in pairs):
        return True
    lead, last = text[max(0, pairs[0].number.start - 14) : pairs[0].number.start], pairs[-1].number.end
    if _THERE_WERE.search(lead) and _IN_A_GROUP.match(text, last):
        return True
    if _CONSISTED.search(lead) and _ONLY_PEOPLE.match(text, pairs[0].number.end) and not _WHO.match(text, last):
        return True
    first, *others = (
        _GIVEN.match(text, pair.number.end)
        or _WAS_GIVEN.search(text, max(0, pair.number.start - 24), pair.number.start)
        for pair in pairs
    )
    elided = (
        _ELIDED.match(text, pair.number.end)
        or (
            first is not None and first.end() <= pairs[0].number.start and _GIVEN_TOO.search(text, 0, pair.number.start)
        )
        for pair in pairs[1:]
    )
    return first is not None and all(a or b for a, b in zip(others, elided, strict=True))


_WAS_GIVEN = re.compile(rf"{_ADMINISTERED} $")
_CONSISTED = re.compile(r"\b(?:had|numbered|contained|included|comprised|of) $")
_ONLY_PEOPLE = re.compile(rf" {PEOPLE}(?:[,;]|,? and\b|,? (?:whereas|while)\b)")
_THERE_WERE = re.compile(r"\b(?:there were|we had) (?:only |about )?$")
_IN_A_GROUP = re.compile(
    rf"(?: {PEOPLE})? (?:in|on) (?:the )?(?:(?!(?:had|who|with|were|was|died|developed)\b)[a-z0-9-]+ ){{0,4}}"
    r"(?:group|arm)[.;]"
)
"""Nothing is said of those counted: not "in the zinc group had a rash"."""
_WHO = re.compile(rf"(?: {PEOPLE})?,? (?:with|who|whose|had)\b")
_GIVEN_TOO = re.compile(r" (?:to|in|for|by|on) $")
_ELIDED = re.compile(r" (?:(?:with|on|in|to) (?:the )?)?(?=[a-z])(?!(?:patients|of|and|or|were|had)\b)")


def _share_all(text: str, pairs: list[_Pair]) -> bool:
    """Whether the percentages behind the numbers say that they are all: 25 (48.1%) and 27 (51.9%)."""
    shares = [
        _SHARE.match(text, pair.number.end) or _SHARE_FIRST.search(text[: pair.number.start][-16:]) for pair in pairs
    ]
    return all(shares) and abs(sum(float(share[1]) for share in shares if share is not None) - 100) < 1.2

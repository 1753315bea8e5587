"""Arms that differ by how often one thing is given: "A every 4 weeks or every 8 weeks", "weekly A, monthly A"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.groups.prose import Phrase, Prose

_NUMBERS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "eight": "8", "nine": "9", "ten": "10",
    "twelve": "12", "sixteen": "16",
}  # fmt: skip
_NUMBER = rf"(?:[0-9]{{1,2}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:hours?|h|days?|weeks?|wks?|wk|months?|years?)"
_TIMES = r"(?:once|twice|thrice|(?:two|three|four|five|2|3|4|5) times)"
_OFTEN = r"(?:daily|weekly|monthly|yearly|(?:a|per|each|every) (?:day|week|month|year))"
_SCHEDULE = (
    rf"(?:(?:(?:once )?every[ -](?:{_NUMBER}|other)[ -]{_UNIT}|{_TIMES}[ -]{_OFTEN}"
    rf"|(?:bi|alternate-|[0-9]-)?weekly|fortnightly|daily|(?:bi)?monthly|quarterly|q[0-9]{{1,2}}[hw])\b"
    rf"|(?:once|(?:two|2) times|twice)(?= (?:or|and|versus|vs\.?) (?:twice|thrice|(?:three|3) times)[ -]{_OFTEN}\b))"
)
_ROUTE = r"(?: (?:orally|intravenously|subcutaneously|intramuscularly|topically|by mouth|iv|sc|po))?"
_ALONE = re.compile(rf"[ ,]*(?:(?:to|or|and|either|the|receive|given|administered) )*(?P<when>{_SCHEDULE})")
_BEHIND = re.compile(
    rf"(?: ?\(\x01*\))?,?{_ROUTE},?(?: (?:given|administered|dosed|taken|either))* (?P<when>{_SCHEDULE})"
)
_BEFORE = re.compile(rf"(?<![\w-])(?P<when>{_SCHEDULE}),? (?:(?:oral|intravenous|subcutaneous|topical) )?$")
_IN_FRONT = re.compile(rf"(?P<when>{_SCHEDULE}) (?=[a-z0-9])")
_AT_END = re.compile(rf",?{_ROUTE}(?: (?:given|administered|dosed|taken|either))* (?P<when>{_SCHEDULE})$")
_SCHEDULE_ONLY = re.compile(rf"(?P<when>{_SCHEDULE})")
_EITHER = re.compile(r",?(?: (?:given|administered))? either$")
_FARTHEST = 40


@dataclass(frozen=True, slots=True)
class _Told:
    """What is given in an arm, and how often: its place with that, and the words without it."""

    start: int
    end: int
    stem: str
    when: str


def schedule_alone(prose: Prose, start: int, stop: int) -> tuple[int, int] | None:
    """Return where a schedule stands that is all a part of a sentence has: "or twice daily".

    Parameters
    ----------
    prose : Prose
    start, stop : int
        Of the part.
    """
    found = _ALONE.match(prose.flat, start, stop)
    return found.span("when") if found is not None and _NO_MORE.match(prose.flat, found.end(), stop) else None


_NO_MORE = re.compile(
    r"[,.;]? ?(?:$|\(|(?:for|in|until|during|followed|then|plus|both|all|each|over|with|after|at|on|groups?|arms?|or"
    r"|and|versus|vs|by|orally|subcutaneously|intravenously)\b)"
)
_MORE = re.compile(r"[ -](?!for\b|in\b|until\b|during\b|over\b|with\b|after\b|at\b|on\b|groups?\b|arms?\b)[a-z0-9]")


def bare_name(prose: Prose, phrase: Phrase) -> str:
    """Return the words of a phrase without an "either" that belongs to what follows.

    Parameters
    ----------
    prose : Prose
    phrase : Phrase
    """
    return _EITHER.sub("", prose.words(phrase))


def is_scheduled_dose(prose: Prose, phrase: Phrase, before: list[Phrase]) -> bool:
    """Whether a dose is the one before it, given more or less often: "A 10 mg once daily, 10 mg twice daily".

    Parameters
    ----------
    prose : Prose
    phrase : Phrase
    before : list of Phrase
    """
    same = bool(before) and prose.words(before[-1]).endswith(prose.words(phrase))
    return same and all(_BEHIND.match(prose.flat, one.end) is not None for one in (phrase, before[-1]))


def differs_in_schedule(prose: Prose, phrase: Phrase, others: list[Phrase]) -> bool:
    """Whether a phrase has the words of others, and is given more or less often than each of these.

    Parameters
    ----------
    prose : Prose
    phrase : Phrase
    others : list of Phrase
    """
    own = _told(prose, phrase)
    if own is None:
        return False
    same = [_told(prose, one) for one in others if prose.words(one) == prose.words(phrase)]
    return all(one is not None and one.when != own.when for one in same)


def with_schedules(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Lengthen by their schedules the phrases that are told apart by nothing else.

    Parameters
    ----------
    prose : Prose
    phrases : list of Phrase
    """
    if len(phrases) < 2:
        return phrases
    told = [_told(prose, one) for one in phrases]
    for at, one in enumerate(told[:-1]):
        # "weekly or monthly A"
        following = told[at + 1]
        if one is not None and not one.stem and following is not None and following.start <= phrases[at + 1].start:
            told[at] = replace(one, stem=following.stem)
    by_stem: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(told):
        if one is not None and one.stem and "placebo" not in one.stem:
            by_stem[_ROUTE_FIRST.sub("", one.stem)].append(at)
    found = list(phrases)
    for stem, places in by_stem.items():
        group = [(at, one) for at in places if (one := told[at]) is not None]
        if len(group) > 1 and len({one.when for _, one in group}) == len(group):
            for at, one in group:
                words = prose.text[one.start : one.end]
                head = "" if stem in words and " either " not in words and not words.endswith(_SHARED) else stem
                found[at] = Phrase(one.start, one.end, head, schedule=one.when)
    return found


_ROUTE_FIRST = re.compile(r"^(?:oral|intravenous|subcutaneous|intramuscular|topical|inhaled|either) ")
# "A once or twice daily"
_SHARED = ("once", "twice", "times")


def _told(prose: Prose, phrase: Phrase) -> _Told | None:
    """Return how often is given what a phrase names, by the words in it, behind it or before it."""
    if phrase.common or phrase.unit or phrase.added:
        return None
    flat, start, end = prose.flat, phrase.start, phrase.end
    if (only := _SCHEDULE_ONLY.fullmatch(flat, start, end)) is not None:
        return _Told(start, end, phrase.head, _plain(only))
    stem = bare_name(prose, phrase)
    end = start + len(stem)
    if phrase.head:
        # "A 10 mg once daily, 10 mg twice daily"
        stem = phrase.head if phrase.head.endswith(stem) else f"{phrase.head} {stem}"
    behind = _BEHIND.match(flat, end)
    if behind is not None and not (flat[end] == "," and _MORE.match(flat, behind.end())):
        return _Told(start, behind.end("when"), stem, _plain(behind))
    if (last := _AT_END.search(flat, start, end)) is not None:
        return _Told(start, end, stem.removesuffix(last[0]), _plain(last))
    if (first := _IN_FRONT.match(flat, start, end)) is not None:
        return _Told(start, end, stem.removeprefix(first[0]), _plain(first))
    before = _BEFORE.search(flat, max(0, start - _FARTHEST), start)
    return _Told(before.start("when"), end, stem, _plain(before)) if before is not None else None


_PER = re.compile(r"(?:a|per|each|every) (day|week|month|year)$")
_LY = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
_SHORTER = {"wk": "week", "h": "hour"}
_TIMES_ONLY = re.compile(rf"(?:once|twice|(?:two|2) times) (?:or|and|versus|vs\.?) [a-z0-9]+(?: times)?[ -]({_OFTEN})")


def _plain(found: re.Match[str]) -> str:
    """Return a schedule in one writing: "every 4 weeks", "once daily", "weekly"."""
    when = found["when"].replace("-", " ")
    if (shared := _TIMES_ONLY.match(found.string, found.start("when"))) is not None:
        when = f"{when} {shared[1]}"
    when = _PER.sub(lambda per: _LY[per[1]], when)
    if (short := _SHORT.fullmatch(when)) is not None:
        when = f"every {short[1]} {'week' if short[2] == 'w' else 'hour'}"
    words = [_NUMBERS.get(word, word) for word in when.removeprefix("once every ").split()]
    words = ["every", *words] if when.startswith("once every ") else words
    if words[0] == "every":
        unit = words[2].rstrip("s")
        words[2] = f"{_SHORTER.get(unit, unit)}s"
    return " ".join(words).removeprefix("once ") if words[-1] in ("weekly", "monthly", "yearly") else " ".join(words)


_SHORT = re.compile(r"q([0-9]+)([hw])")
_NOUNS = ("group", "arm", "regimen", "schedule", "dosing", "treatment", "patients")
_WORDS = {number: word for word, number in _NUMBERS.items()}


def schedule_names(given: list[str], when: str) -> list[str]:
    """Return what a text may call an arm by what is given in it and how often.

    Parameters
    ----------
    given : list of str
        What the drug may be called, with or without its dose.
    when : str
        As `Phrase.schedule` has it.
    """
    forms, alone = [when], []
    words = when.split()
    if words[0] == "every":
        number, unit = words[1], words[2].rstrip("s")
        forms += [f"every-{number}-{unit}s", f"every-{number}-{unit}", f"every {number} {unit}", f"{number}-{unit}ly"]
        if number in _WORDS:
            forms += [f"every {_WORDS[number]} {unit}s", f"every-{_WORDS[number]}-{unit}s"]
        if unit in ("week", "hour"):
            alone = [f"q{number}{unit[0]}"]
        alone += [form for form in forms if "every-" in form]
    elif len(words) == 1:
        forms += [f"once {when}", f"once-{when}"] if when != "daily" else []
    else:
        forms += [when.replace(" ", "-"), " ".join((words[0], "a", _DAYS.get(words[-1], words[-1])))]
    named = [f"{one} {form}" for one in given for form in (*forms, *alone)]
    named += [f"{form} {one}" for one in given for form in forms if not form.startswith("every ")]
    return [*named, *(f"{form} {noun}" for form in forms for noun in _NOUNS), *alone]


def without_schedule(words: str) -> str:
    """Return the words for an arm without how often it is given.

    Parameters
    ----------
    words : str
    """
    first = _IN_FRONT.match(words)
    words = words[first.end() :] if first is not None else words
    return _AT_END.sub("", words)


_EACH = re.compile(rf"(?<![\w-])(?P<when>{_SCHEDULE})")
_JOINT = r"(?:,? (?:and|or|versus|vs\.?)|,) (?:the )?"
_LIST = re.compile(rf"(?<![\w-]){_SCHEDULE}(?:{_JOINT}{_SCHEDULE}){{1,4}}")
_GROUPS_NEXT = re.compile(
    rf"(?:{_JOINT}[a-z]{{4,}})?[ -](?:groups?|arms?|regimens?|schedules?|dosing|treatments?|patients)\b|,? respectively"
)


def schedule_lists(text: str, names: Mapping[str, int], drugs: Sequence[str]) -> list[Mention]:
    """Find the arms of "in the weekly, monthly and placebo groups", "every 4 and every 8 weeks, respectively".

    Parameters
    ----------
    text : str
    names : mapping of str to int
        By the schedule of an arm, as `Phrase.schedule` has it, the arm.
    drugs : sequence of str
        What is given in these arms.
    """
    if len(names) < 2:
        return []
    found = []
    for listed in _LIST.finditer(text):
        end = listed.end()
        if _GROUPS_NEXT.match(text, end) or text.startswith(tuple(f" {drug}" for drug in drugs), end):
            told = [(_plain(one), one) for one in _EACH.finditer(text, *listed.span())]
            if len({names.get(when) for when, _ in told} - {None}) == len(told):
                found += [Mention(names[when], *one.span("when")) for when, one in told]
    return found


_DAYS = {often: unit for unit, often in _LY.items()}

"""What a text calls a group or an arm: "the zinc group", "group A", "control patients"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.groups.numbers import INITIALS
from trialstats.sources.text.groups.prose import MASK, Phrase, Prose, places_of, word_set
from trialstats.sources.text.groups.scores import LETTERED, Listed
from trialstats.sources.text.groups.trimmed import IN_GROUPS
from trialstats.sources.text.tokens.expressions import Gated

_STOPPERS = word_set(
    "the a an in to and or of for than with versus vs vs. each both two three four per on between one this that from by"
    " other all were was received into as either respective within across had did these any same study at is among"
    " treatment different intervention control are v while but experimental compared respectively whereas during after"
    " comparing difference differences significant"
    " before no-treatment our allocated assigned randomized randomised receiving experienced presented showed reported"
)
_HEAD = re.compile(rf"(?:group|arm)(s?)\b(?! of)(?![ -]{IN_GROUPS})")
_NO_HEAD = re.compile(
    r"\b(?:inter|intra|between|age|risk|years?|older|younger|subgroup|parallel|sub|cooperative|oncology"
    r"|collaborative|working|expert"
    r"|research"
    r"|trialists|cochrane|(?:high|low|single|multi)(?!-(?!risk|cent|blind|label))|focus|open|blood|functional|upper|lower|left|right|peer|ethnic"
    r"|racial)\b"
)
_NO_GROUP = word_set(
    "study treatment two both each other same parallel another second first third age a-group all between within"
    " control-group separate comparison randomized randomised double-blind single open-label patient"
)


def heads_of(flat: str) -> dict[str, list[Phrase]]:
    """Return what a text calls "the ... group" or arm, with its places."""
    heads: dict[str, list[Phrase]] = {}
    for at in places_of(flat, ("group", "arm")):
        found = _HEAD.match(flat, at) if at and flat[at - 1] in " -" else None
        if found is None:
            continue
        # "the A and B groups" tells of two.
        for phrase in _words_before(flat, at - 1, several=bool(found[1])):
            name = flat[phrase.start : phrase.end]
            if len(name) > 1 and name not in _NO_GROUP and not name.isdigit() and not _NO_HEAD.search(name):
                heads.setdefault(name, []).append(phrase)
    return heads


_ALONE_BEFORE = re.compile(r"\bthe [a-z-]{3,20}, [a-z-]{3,20}$")
_JOINTS, _COMMA = (", and ", " and ", ", or ", " or "), (", ",)


def _words_before(flat: str, at: int, *, several: bool) -> Iterator[Phrase]:
    end, listed = at, False
    while end > 0:
        begin = end
        for _ in range(5):
            space = flat.rfind(" ", max(0, begin - 25), begin - 1) if begin > 0 else -1
            word = flat[space + 1 : begin].strip()
            if (
                space < 0
                or word in _STOPPERS
                or word.endswith((",", ";", ":", ")", "(", "."))
                or MASK in word
                or "(" in word
            ):
                break
            begin = space + 1
        words = flat[begin:end].strip(" -")
        if words:
            start = flat.index(words, begin)
            yield Phrase(start, start + len(words))
        before = flat[max(0, begin - 6) : begin]
        joint = next((one for one in (_JOINTS if not listed else _COMMA) if before.endswith(one)), None)
        if not several or joint is None:
            return
        end = begin - len(joint)
        # "the early, late, and control groups", "the early, late and control groups"
        several, listed = joint.startswith(",") or _ALONE_BEFORE.search(flat, max(0, end - 30), end) is not None, True


def of_groups(prose: Prose, flat: str, heads: dict[str, list[Phrase]]) -> Iterator[Listed]:
    """Yield the arms that the text tells apart as "the A group" and "the B group"."""
    names = sorted(heads, key=lambda name: -len(heads[name]))[:8]
    kept = [name for name in names if len(heads[name]) > 1 or len(names) < 3]
    apart = [name for name in kept if not any(name != one and set(name.split()) <= set(one.split()) for one in kept)]
    if len(apart) > 1:
        yield Listed(4, _by_place([heads[name][0] for name in apart]))
    lettered: dict[str, Phrase] = {}
    for start, end in prose.lettered:
        if flat[start] != MASK and LETTERED.fullmatch(flat, start, end):
            lettered.setdefault(flat[start:end], Phrase(start, end))
    for kind in ("group", "arm", "cohort"):
        of = [name for name in lettered if name.startswith(kind)]
        if 1 < len(of) <= 8:
            yield Listed(4, _by_place([lettered[name] for name in of]))
    if (pair := _cases_and_controls(flat)) is not None:
        yield Listed(5, _by_place(list(pair)))
    if (ends := _EXTREMES.search(flat)) is not None:
        yield Listed(5, [Phrase(*ends.span("first")), Phrase(*ends.span("second"))])
    controls = _first(flat, ("control", "comparison"), _CONTROL_NEXT)
    others = None
    if controls is not None:
        others = _first(flat, _OF_PLACES, _OTHER_IN_PLACES) or _first(flat, _EXPERIMENTAL, _OTHER_NEXT)
    if controls is not None and others is not None:
        yield Listed(4, _by_place([others, controls]))
    telling = [name for name in names if _OF_CONTROL.fullmatch(name) is None]
    if controls is not None and telling:
        yield Listed(3.5, _by_place([heads[telling[0]][0], controls]))
    elif controls is not None and others is None and (short := _short_people(prose)) is not None:
        yield Listed(4, _by_place([short, controls]))


# What a control group may be called too.
_OF_CONTROL = re.compile(
    r"placebo|(?:usual|standard|routine)[ -](?:care|treatment|practice)|sham|no treatment|untreated"
)
# "the highest compared with the lowest quintile"
_EXTREMES = Gated(
    r"\b(?P<first>highest|top|upper)(?: (?:quartile|quintile|tertile|decile|category|third|fifth)s?)?"
    r" (?:versus|vs\.?|with|to|compared (?:with|to)) (?:the )?(?P<second>lowest|bottom)\b",
    "lowest", "bottom",
)  # fmt: skip
_CASES = re.compile(r"(?:[0-9%)]|per ?cent|\b(?:of|in|among|for|between|the)) (?:the )?(?:[a-z-]+ ){0,3}?(cases)\b")
_CONTROLS = re.compile(
    r"(?:[0-9%)]|per ?cent|\b(?:of|in|among|for|and|the|than|with)) (?:the )?(?:[a-z-]+ ){0,3}?(controls)\b"
)


def _cases_and_controls(flat: str) -> tuple[Phrase, Phrase] | None:
    """Return the two groups of a case-control study."""
    if "case-control" not in flat and "cases and controls" not in flat:
        return None
    cases, controls = _CASES.search(flat), _CONTROLS.search(flat)
    if cases is None or controls is None:
        return None
    return Phrase(*cases.span(1)), Phrase(*controls.span(1))


_SHORT_PEOPLE = re.compile(
    r"\b([A-Z][A-Z0-9+/-]{1,7}) (?:participants|patients|women|subjects|children|students|men)\b"
)


def _short_people(prose: Prose) -> Phrase | None:
    """Return the abbreviation that a text has most often for some of its people: "CBT participants"."""
    places: dict[str, list[int]] = {}
    for match in _SHORT_PEOPLE.finditer(prose.cased):
        places.setdefault(match[1], []).append(match.start())
    best = max(places, key=lambda short: len(places[short]), default="")
    return Phrase(places[best][0], places[best][0] + len(best)) if best and len(places[best]) > 1 else None


_OF_PLACES = ("intervention", "experimental")
"""Of the rest, "treatment centres" and "study areas" are where all take part."""
_EXPERIMENTAL = ("treatment", "study", "treated", "exercise", "training", "active")
_PEOPLE = (
    r"(?:groups?|arms?|patients|participants|women|subjects|children|schools|practices|clinics|villages|clusters"
    rf"|hospitals|physicians|{INITIALS})"
)
_PLACES = (
    r"(?:areas|communities|wards|sites|units|cent(?:re|er)s|facilities|districts|municipalities|regions|zones|counties"
    r"|neighbou?rhoods|homes|households|families|parishes|pharmacies|classes|classrooms|preschools|kindergartens|towns"
    r"|cities|teams|worksites|companies|nurses|teachers|mothers|parents|midwives|sections|blocks|condition)"
)
_CONTROL_NEXT = re.compile(rf"[ -](?:{_PEOPLE}|{_PLACES})\b")
_OTHER_NEXT = re.compile(rf"[ -]{_PEOPLE}\b| and control")
_OTHER_IN_PLACES = re.compile(rf"[ -](?:{_PEOPLE}|{_PLACES})\b| and control")


def _first(flat: str, words: tuple[str, ...], behind: re.Pattern[str]) -> Phrase | None:
    """Return the first of these words that has this behind it."""
    first: Phrase | None = None
    for word in words:
        for at in places_of(flat, (word,)):
            if first is not None and at > first.start:
                break
            if behind.match(flat, at + len(word)) is not None:
                first = Phrase(at, at + len(word))
                break
    return first


def _by_place(phrases: list[Phrase]) -> list[Phrase]:
    return sorted(phrases, key=lambda phrase: phrase.start)

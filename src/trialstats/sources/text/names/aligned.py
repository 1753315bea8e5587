"""Give arms the further names of a text: letters, the words of another introduction, what it calls a group."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.prose import Phrase, Prose
from trialstats.sources.text.names.of_phrases import COMMON, LETTERED, ROLE_ONLY, WORD, Arm, arms_of


def name_letters(prose: Prose, arms: list[Arm]) -> None:
    """Give arms the letters or numbers by which the text calls them: by their initials, or else in order."""
    if len(arms) < 2 or any(LETTERED.fullmatch(name) for arm in arms for name in arm.wholes):
        return
    found: dict[str, str] = {}
    for start, end in prose.lettered:
        name = prose.text[start:end].replace("-", " ")
        found.setdefault(name, name.split()[1])
        if len(found) > len(arms):
            return
    if len(found) != len(arms) or len({name.split()[0] for name in found}) > 1:
        return
    if by_words := _by_words_before(prose, arms, found) or _by_words_behind(prose, arms, found):
        for name, arm in by_words:
            arm.wholes[name] = None
        return
    names = sorted(found, key=lambda name: found[name])
    letters = [found[name] for name in names]
    in_order = letters in [list(row[: len(arms)]) for row in ("abcdefgh", "12345678", ("i", "ii", "iii", "iv"))]
    initials = [
        [arm for arm in arms if any(one.startswith(letter) for one in (*arm.wholes, *arm.parts))] for letter in letters
    ]
    by_initial = len({id(of[0]) for of in initials if len(of) == 1}) == len(arms)
    if by_initial and not (in_order and letters[0] in "1i"):
        arms = [of[0] for of in initials]
    elif not in_order:
        return
    for name, arm in zip(names, arms, strict=True):
        arm.wholes[name] = None


# "in the C and T arms": of two letters one is known
_TWO_LETTERS = re.compile(r"\b([A-Z]) (?:and|or|versus|vs\.?) ([A-Z]) (?:groups|arms)\b")


def name_other_letter(prose: Prose, arms: list[Arm]) -> None:
    """Give one of two arms the letter that a text has for it beside that of the other."""
    if len(arms) != 2:
        return
    for found in _TWO_LETTERS.finditer(prose.cased):
        first, second = found[1].lower(), found[2].lower()
        for letter, other in ((first, second), (second, first)):
            of = [number for number, arm in enumerate(arms) if arm.has(other)]
            if letter != other and len(of) == 1 and not any(arm.has(letter) for arm in arms):
                arms[1 - of[0]].wholes[letter] = None
                return


def _by_words_before(prose: Prose, arms: list[Arm], names: Iterable[str]) -> list[tuple[str, Arm]]:
    """Return which arm each letter is of, where it stands in brackets behind its words: "one fraction (regimen 1)"."""
    told = []
    own = {id(arm): [one for one in arm.names if sum(other.has(one) for other in arms) == 1] for arm in arms}
    for name in names:
        at = prose.text.find(f"({name})")
        if at < 0:
            return []
        words = prose.text[max(0, at - _FARTHEST) : at]
        last = {key: max((words.rfind(one) for one in of), default=-1) for key, of in own.items()}
        nearest = max(last.values(), default=-1)
        of = [arm for arm in arms if last.get(id(arm), -1) == nearest]
        if nearest < 0 or len(of) != 1:
            return []
        told.append((name, of[0]))
    return told if len({id(arm) for _, arm in told}) == len(arms) else []


def _by_words_behind(prose: Prose, arms: list[Arm], names: Iterable[str]) -> list[tuple[str, Arm]]:
    """Return which arm each of two letters is of, where the text says what its group had: "group B had open repair"."""
    if len(arms) != 2:
        return []
    first, second = (frozenset(WORD.findall(arm.label.lower())) - COMMON for arm in arms)
    own, told = (first - second, second - first), {}
    for name in names:
        said = re.search(
            rf"(?<![\w-]){name}\b{_WHO_HAD}(?P<what>[^.;:]{{0,90}}?)(?=[.;:]| and (?:group|arm) |$)", prose.text
        )
        had = frozenset(WORD.findall(said["what"])) if said is not None else frozenset()
        of = [arm for arm, words in zip(arms, own, strict=True) if words & had]
        if len(of) == 1:
            told[name] = of[0]
    if len({id(arm) for arm in told.values()}) < len(told) or not told:
        return []
    for name in names:
        other = next(arm for arm in arms if arm is not next(iter(told.values())))
        told.setdefault(name, other)
    return list(told.items())


_WHO_HAD = (
    r"(?: (?:patients|participants|subjects|women|men|children|eyes))?(?: ?\([^()]{0,40}\))?"
    r"(?: (?:were|was))? (?:received|given|treated (?:with|by)|underwent|undergoing|subjected to|had|used"
    r"|operated (?:on )?by|managed (?:with|by)|assigned to|allocated to|randomi[sz]ed to) "
)
_FARTHEST = 50


def align(prose: Prose, arms: list[Arm], phrases: list[Phrase]) -> None:
    """Give arms the further names by which another sentence introduces them.

    A phrase goes to the one arm whose own words it has, or whose role; of two, the other goes to the other.

    Parameters
    ----------
    prose : Prose
    arms : list of Arm
    phrases : list of Phrase
    """
    if len(phrases) > len(arms) or all(any(arm.has(prose.words(phrase)) for arm in arms) for phrase in phrases):
        return
    others = arms_of(prose, phrases)
    roles = [ROLE_ONLY.fullmatch(other.label.lower()) for other in others]
    of = [_like(other, prose.words(other.phrase), arms) for other in others]
    known = [number for number in of if number is not None]
    pair = len(arms) == 2 == len(others)
    if not known and pair and roles[0] and roles[1] and not any(arm.role for arm in arms):
        # "to a study group and a control group, and received A or B, respectively"
        of = [0, 1]
    elif not known or len(set(known)) < len(known):
        return
    elif pair and len(known) == 1:
        other = others[of.index(None)]
        if any(_has_people(prose, name) for name in other.names):
            return
        of = [number if number is not None else 1 - known[0] for number in of]
    for number, other, role in zip(of, others, roles, strict=True):
        if number is None or arms[number].phrase.start < other.phrase.start < arms[number].phrase.end:
            # What is cut from an arm's own words is no further name: "gout" of "prompt treatment of gout".
            continue
        if role is not None:
            _set_role(arms, number, "control" if role[1] else "experimental")
            continue
        for name in other.wholes:
            if (
                len(name) < 45
                and prose.count(name) > 1
                and name not in COMMON
                and not prose.count(f"high-dose {name}")
                and not any(arm.has(name) or arm.has(name.removesuffix(" group")) for arm in arms)
            ):
                arms[number].wholes[name] = None


def _has_people(prose: Prose, name: str) -> bool:
    """Whether a text speaks of patients with something: an illness, and no arm."""
    return any(prose.text.find(f"{people} with {name}") >= 0 for people in ("patients", "people", "adults", "women"))


def _set_role(arms: list[Arm], number: int, role: str) -> None:
    if len(arms) == 2 and arms[number].role is None:
        arms[number].role = role
        arms[1 - number].role = "experimental" if role == "control" else "control"


def _like(other: Arm, words: str, arms: list[Arm]) -> int | None:
    """Return the one arm that the words of another introduction speak of."""
    same = [n for n, arm in enumerate(arms) if any(name in arm.wholes for name in other.wholes)]
    if len(same) == 1:
        return same[0]
    shared = [n for n, arm in enumerate(arms) if arm.words & other.words]
    role = ROLE_ONLY.fullmatch(words)
    if role is None and shared:
        return shared[0] if len(shared) == 1 else None
    if role is None and CONTROL.search(words) is None:
        return None
    wanted = "experimental" if role is not None and not role[1] else "control"
    of = [n for n, arm in enumerate(arms) if arm.role == wanted]
    return of[0] if len(of) == 1 else None


def align_heads(arms: list[Arm], heads: dict[str, list[Phrase]]) -> None:
    """Give arms the names by which the text calls them "the ... group".

    Parameters
    ----------
    arms : list of Arm
    heads : dict of str to list of Phrase
        What the text calls a group, with its places.
    """
    known = {name for arm in arms for name in arm.names}
    left: list[str] = []
    named = [arm for arm in arms if any(map(arm.has, heads))]
    for name in sorted(heads, key=lambda name: -len(heads[name]))[:10]:
        if name in known or ROLE_ONLY.fullmatch(name):
            continue
        if _NO_DRUG.fullmatch(name) and (controls := [arm for arm in arms if arm.label.lower() == "control"]):
            named.append(controls[0])
            controls[0].wholes[name] = None
            continue
        words = frozenset(WORD.findall(name))
        of = [arm for arm in arms if arm.words & words]
        if len(of) == 1:
            named.append(of[0])
            of[0].wholes |= dict.fromkeys([f"{name} group", f"{name} arm"])
            if " " in name and name not in COMMON and not name.endswith("-dose"):
                of[0].wholes[name] = None
        elif not of and (alone := _by_pieces(arms, name)) is not None:
            named.append(alone)
            alone.wholes |= dict.fromkeys([f"{name} group", f"{name} arm"])
        elif not of and len(heads[name]) > 1:
            left.append(name)
    others = [arm for arm in arms if not any(arm is one for one in named)]
    if len(arms) == 2 and len(left) == 1 and len(others) == 1 and not _SUBGROUP.search(left[0]):
        # Of two arms the text calls one by its name: what else it calls a group is the other.
        others[0].wholes |= dict.fromkeys([f"{left[0]} group", f"{left[0]} arm"])


def _by_pieces(arms: list[Arm], name: str) -> Arm | None:
    """Return the one arm that has a word like each piece of a name: "rest-restriction" beside "rest-restricted tea"."""
    pieces = _PIECES.split(name)
    if len(pieces) < _LEAST_PIECES or any(len(piece) < _LEAST_PIECE for piece in pieces):
        return None
    fitting = []
    for arm in arms:
        own = [piece for word in arm.words for piece in _PIECES.split(word)]
        if all(
            any(one[: max(_STEM, len(one) - 3)] == piece[: max(_STEM, len(one) - 3)] for one in own) for piece in pieces
        ):
            fitting.append(arm)
    return fitting[0] if len(fitting) == 1 else None


_PIECES = re.compile(r"[- ]")
_LEAST_PIECES = 2
_LEAST_PIECE = 4
_STEM = 4


# Who had a placebo or the usual care is the control group of a text that has no other.
_NO_DRUG = re.compile(r"placebo|sham|(?:usual|standard|routine)[ -](?:care|treatment|practice)|no treatment")
_SUBGROUP = re.compile(r"age|risk|positive|negative|old|young|race|high|low|stage|responder|disease|cancer|expression")

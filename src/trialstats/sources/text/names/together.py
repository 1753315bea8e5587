"""Name the arms of a text together: what each is called beside the others, and which names tell none of them apart."""

from __future__ import annotations

import re
from dataclasses import replace

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.prose import ALONE, NOT, Phrase, Prose, word_set
from trialstats.sources.text.names.labels import with_shared_noun
from trialstats.sources.text.names.of_phrases import (
    ABBREVIATION,
    BRACKETED,
    COMMON,
    LETTERED,
    OF_AN_ILLNESS,
    Arm,
    arms_of,
    core,
    is_short,
    without,
)


def drop_people(arms: list[Arm]) -> None:
    """Take from arms the names that are words for all who take part.

    Parameters
    ----------
    arms : list of Arm
    """
    for arm in arms:
        for name in _PEOPLE & arm.wholes.keys():
            del arm.wholes[name]


_PEOPLE = word_set(
    "patients participants subjects women men children infants adults people individuals volunteers eyes"
)


def name_arms(prose: Prose, phrases: list[Phrase]) -> list[Arm]:
    """Return one arm a phrase with the names derived from it.

    Parameters
    ----------
    prose : Prose
    phrases : list of Phrase
    """
    arms = arms_of(prose, phrases)
    _label_with_and_without(arms)
    _label_not(arms)
    if arms:
        labels = with_shared_noun(prose, [arm.label for arm in arms], max(arm.phrase.end for arm in arms))
        for arm, label in zip(arms, labels, strict=True):
            arm.label = label
    _name_doses(arms)
    _name_low_and_high(arms)
    _name_short(prose, arms)
    _name_without_noun(prose, arms)
    _name_without_tail(prose, arms)
    _name_plans(prose, arms)
    _name_forms(prose, arms)
    _name_schedules(prose, arms)
    _name_twins(prose, arms)
    _name_own_words(arms)
    _tell_roles(arms)
    lettered = [name for arm in arms for name in arm.wholes if LETTERED.fullmatch(name)]
    for name in {name for name in lettered if lettered.count(name) > 1}:
        for arm in arms:
            arm.wholes.pop(name, None)
    return arms


_PLAN = re.compile(
    r"(?P<kind>[a-z-]{4,20}) (?:(?!(?:plus|and|with|or|versus)\b)[a-z-]+ ){1,3}?"
    r"(?P<noun>strategy|approach|policy|programme|program)\b"
)


def _name_plans(prose: Prose, arms: list[Arm]) -> None:
    """Name a plan by its first word, as texts do: "a simple watching strategy", later "the simple strategy"."""
    for arm in arms:
        plan = _PLAN.match(prose.text, arm.phrase.start, arm.phrase.end)
        if plan is not None and prose.count(called := f"{plan['kind']} {plan['noun']}"):
            arm.wholes[called] = None


_FORM = re.compile(
    r"[A-Za-z][a-z]{4,20} (?P<form>(?:(?:IR|ER|SR|XR|XL|CR|LA|MR|PR|DR|CD|XT)(?:/(?:XL|CR|SR))?)"
    r"(?: [0-9.]{1,6} ?(?:mg|mcg|g))?)\b"
)


def _name_forms(prose: Prose, arms: list[Arm]) -> None:
    """Name a form of a drug by its abbreviation and dose: "zinc SR 20 mg", later "SR 20 mg"."""
    forms = [_FORM.fullmatch(prose.cased, arm.phrase.start, arm.phrase.end) for arm in arms]
    called = [found["form"].lower() if found is not None else "" for found in forms]
    for arm, form in zip(arms, called, strict=True):
        if form and called.count(form) == 1:
            arm.wholes[form] = None


_CALLED_SO = re.compile(
    r"(?:(?! (?:or|versus|vs) )[^();:.]){0,70}? ?\((?:the )?(?P<name>[a-z-]{4,}(?: [a-z-]{3,}){0,3}?)(?: group| arm)?\)"
)


def _name_schedules(prose: Prose, arms: list[Arm]) -> None:
    """Name an arm that differs in how often it is given by the bracket behind: "every 3 weeks (standard zinc)"."""
    for arm in arms:
        called = _CALLED_SO.match(prose.text, arm.phrase.end) if arm.phrase.schedule else None
        if called is not None and prose.count(called["name"]) > 1 and not any(one.has(called["name"]) for one in arms):
            arm.wholes[called["name"]] = None


def joined_alternatives(prose: Prose, arms: list[Arm]) -> list[Arm]:
    """Take for one arm what the text calls one group: "the A or B group".

    Parameters
    ----------
    prose : Prose
    arms : list of Arm
    """
    for number, first in enumerate(arms):
        for second in arms[number + 1 :]:
            found = _called_one(prose, first, second) or _called_one(prose, second, first)
            found = found or _no_drug_either(prose, first, second)
            if found is None or len(arms) < 3:
                continue
            names = {name for name in second.names if not first.has(name)}
            label = prose.cased[found.start("names") : found.end("names")]
            role = "control" if found.re is _NO_DRUG else first.role
            one = replace(first, role=role, label=label, wholes=first.wholes | dict.fromkeys([found["names"], *names]))
            return joined_alternatives(prose, [one if arm is first else arm for arm in arms if arm is not second])
    return arms


def _called_one(prose: Prose, first: Arm, second: Arm) -> re.Match[str] | None:
    for name in first.names:
        for other in second.names:
            both = f"{name} or {other}"
            if len(both) < _LONGEST_JOINED and both in prose.text:
                return re.search(rf"(?P<names>{re.escape(both)}) (?:group|arm)\b", prose.text)
    return None


_NO_DRUG = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|against|in comparison (?:with|to)) (?:an? |the |either )?"
    r"(?P<names>(?:placebo|sham|no (?:treatment|intervention|therapy|drug|prophylaxis|supplementation))"
    r"(?: [a-z]{3,12})?"
    r" or (?:an? )?(?:placebo|sham|no (?:[a-z-]+ )?(?:treatment|intervention|therapy|drug|prophylaxis|supplementation)"
    r"|nothing|usual care|standard care))\b"
)


def _no_drug_either(prose: Prose, first: Arm, second: Arm) -> re.Match[str] | None:
    """Return where all else is compared with "placebo or no treatment", if two arms are these and no group is one."""
    found = _NO_DRUG.search(prose.text)
    if found is None or not all(found.start("names") <= arm.phrase.start < found.end() for arm in (first, second)):
        return None
    own = [name for arm in (first, second) for name in arm.names]
    return None if any(f"{name} {noun}" in prose.text for name in own for noun in ("group", "arm")) else found


_LONGEST_JOINED = 60
_LONG_COMMON = 70


_BOTH_WAYS = re.compile(r" with (?:or|and) (?:without|with no) | ?(?:±|\+/-) ?(?=[a-z]{4})", re.IGNORECASE)


_ALONE_OR_WITH = re.compile(
    r"(?: either)? alone(?: \([^()]*\))?,? or (?:with|in (?:combination|conjunction) with"
    r"|(?:combined|together|along) with|plus) ",
    re.IGNORECASE,
)


def _label_with_and_without(arms: list[Arm]) -> None:
    """Call the arms of "A with or without B" A with B and A without B."""
    for both in arms:
        if (found_alone := _ALONE_OR_WITH.search(both.label)) is not None and found_alone.start() > 0:
            both.label = f"{both.label[: found_alone.start()]} with {both.label[found_alone.end() :]}"
            continue
        found = list(_BOTH_WAYS.finditer(both.label))
        alone = [one for one in arms if one.phrase.head == ALONE and one.phrase.start == both.phrase.start]
        if not found or both in alone or len(alone) != 1:
            continue
        first, second = both.label[: found[-1].start()], both.label[found[-1].end() :]
        # A long name of what all are given is left out.
        of_all = f"{first} " if len(first) < _LONG_COMMON else ""
        both.label, alone[0].label = f"{of_all}with {second}", f"{of_all}without {second}"
        for missing in dict.fromkeys((BRACKETED.sub("", second).strip().lower(), core(second.lower()))):
            if 2 < len(missing) < _LONGEST_JOINED:
                alone[0].wholes |= dict.fromkeys(without(missing))


def _label_not(arms: list[Arm]) -> None:
    """Call the arm of "A or not" no A, and that of "A with B or without" A without B."""
    lacking = [arm for arm in arms if arm.phrase.head == NOT and _NOTHING.fullmatch(arm.label.lower())]
    if len(lacking) != 1 or len(arms) != len((lacking[0], "other")):
        return
    arm, other = lacking[0], next(one for one in arms if one is not lacking[0])
    told = BRACKETED.sub("", other.label).strip()
    joined = told.rfind(" with ") if "without" in arm.label.lower() else -1
    missing = core(told[joined + len(" with ") if joined >= 0 else 0 :].lower())
    arm.label = f"{told[:joined]} without {told[joined + len(' with ') :]}" if joined >= 0 else f"no {told}"
    if 2 < len(missing) < _LONGEST_JOINED:
        arm.wholes |= dict.fromkeys(without(missing))


_NOTHING = re.compile(r"(?:or )?(?:to )?(?:not|none|nothing|neither|without)(?: (?:it|to|to receive|receive|undergo))?")


def _name_doses(arms: list[Arm]) -> None:
    """Let a dose name an arm, where others have the same drug: "the 250-mg group"."""
    every = [dose for arm in arms for dose in arm.doses]
    for arm in arms:
        rays = any(dose.endswith("gy") for dose in arm.doses)
        if arm.doses and (rays or any(arm.parts.keys() & other.parts.keys() for other in arms if other is not arm)):
            arm.wholes |= {dose: None for dose in arm.doses if every.count(dose) == 1}


_LOW_OR_HIGH = re.compile(r"(?:the )?((?:low|high|medium|intermediate|full|half|single|double)-dose) ")


def _name_low_and_high(arms: list[Arm]) -> None:
    """Let "low-dose" name an arm, where no other has it."""
    own = [found[1] if (found := _LOW_OR_HIGH.match(arm.label.lower())) else "" for arm in arms]
    for arm, name in zip(arms, own, strict=True):
        if name and own.count(name) == 1 and len(set(own)) > 1:
            arm.wholes |= dict.fromkeys((name, name.replace("-", " ")))


def _name_short(prose: Prose, arms: list[Arm]) -> None:
    """Give names the abbreviations that stand behind them anywhere, and abbreviations what they stand for."""
    taken = {name for arm in arms for name in (*arm.wholes, *arm.parts)}
    for arm in arms:
        for name in [*arm.wholes, *arm.parts]:
            for other in (_long_form(prose.text, name), _short_form(prose, name)):
                if not other or other in taken:
                    continue
                if name in arm.parts:
                    arm.parts[other] = arm.parts[name]
                else:
                    arm.wholes[other] = None


def _short_form(prose: Prose, name: str) -> str:
    """Return the abbreviation that stands in brackets behind a name."""
    if len(name) < 4:
        return ""
    # "multiple nutrient (MN) supplements", then "a tablet of 24 nutrients"
    other = name.removesuffix("s") if name.endswith("s") else f"{name}s"
    for called in (name, other) if len(name) > 7 else (name,):
        for tail in (" (", " therapy (", " treatment ("):
            at = prose.text.find(called + tail)
            short = ABBREVIATION.match(prose.text, at + len(called) + len(tail) - 1) if at >= 0 else None
            if short is not None and is_short(prose.cased, short.start(1), short[1]):
                return short[1]
    return ""


def _long_form(text: str, short: str) -> str:
    """Return the words before an abbreviation in brackets that begin with its letters."""
    letters = len(short)
    at = text.find(f"({short})") if 1 < letters < 9 and short.isalpha() else -1
    if at < 1:
        return ""
    words = text[max(0, at - 80) : at - 1]
    begins = [found.start() for found in _BEGIN.finditer(words)][-letters:]
    if "".join(words[begin] for begin in begins) != short:
        return ""
    return words[begins[0] :].strip()


_BEGIN = re.compile(r"(?<![a-z0-9'])[a-z0-9]")


def _name_without_noun(prose: Prose, arms: list[Arm]) -> None:
    """Let what stands before the noun that all arms share name an arm: "fine silk" of "fine silk suture"."""
    bare = [core(BRACKETED.sub("", prose.words(arm.phrase))).rsplit(" ", 1) for arm in arms]
    if len(arms) < 2 or len({words[-1] for words in bare}) > 1 or any(len(words) < 2 for words in bare):
        return
    for arm, (words, _) in zip(arms, bare, strict=True):
        name = core(words)
        if " " in name and name not in COMMON and sum(name in other for other, _ in bare) == 1:
            arm.wholes[name] = None


_LEAST_LETTERS = 3


def _name_without_tail(prose: Prose, arms: list[Arm]) -> None:
    """Let what stands before the words that all arms end in name an arm; those words alone name none.

    Of "1/3 dose subcutaneous vaccine" and "1/3 dose intradermal vaccine" the text speaks as "1/3 dose subcutaneous".
    """
    words = [BRACKETED.sub("", prose.words(arm.phrase)).split() for arm in arms]
    size = 0
    while all(len(one) > size + 1 for one in words) and len({one[-1 - size] for one in words}) == 1:
        size += 1
    if len(arms) < 2 or not size:
        return
    for arm, own in zip(arms, words, strict=True):
        name = " ".join(own[:-size])
        if (
            len(name) > _LEAST_LETTERS
            and " " not in name
            and not any(other.has(name) for other in arms)
            and len({" ".join(one[:-size]) for one in words}) == len(arms)
        ):
            # "early mobilisation", later "the early group"
            arm.wholes |= dict.fromkeys((f"{name} group", f"{name} arm"))
        if (" " in name or "-" in name) and sum(" ".join(other).startswith(name) for other in words) == 1:
            arm.wholes[name] = None
        for shared in range(1, size + 1):
            for names in (arm.wholes, arm.parts):
                names.pop(" ".join(own[-shared:]), None)


def _name_twins(prose: Prose, arms: list[Arm]) -> None:
    """Tell arms apart that differ in a bracket: "X (6M) or X (3M)"."""
    kinds = [tuple(arm.wholes) for arm in arms]
    for arm, kind in zip(arms, kinds, strict=True):
        if kind and kinds.count(kind) > 1:
            words = prose.words(arm.phrase)
            inner = [found.strip("()[] ") for found in BRACKETED.findall(words)[:1]]
            arm.wholes |= dict.fromkeys([words, *inner])


def _name_own_words(arms: list[Arm]) -> None:
    """Leave each arm the words that no other has; the last word of a part, if its own, is a name of the part."""
    everyone = [arm.words for arm in arms]
    for number, arm in enumerate(arms):
        others = frozenset[str]().union(*everyone[:number], *everyone[number + 1 :])
        own = frozenset(word for word in arm.words - others - COMMON if len(word) > 3 and not word[0].isdigit())
        for part in list(arm.parts):
            last = part.rsplit(" ", 1)[-1]
            if last in own and last != part and OF_AN_ILLNESS.search(part) is None:
                arm.parts[last] = arm.parts[part]
        people = _PEOPLE_BY_NOUN.search(next(iter(arm.wholes), ""))
        if people is not None and people[1] in own:
            arm.wholes[people[1]] = None
        arm.words = own


# "top female endurance athletes", later "the athletes"
_PEOPLE_BY_NOUN = re.compile(r"^(?:[a-z-]+ ){2,6}([a-z]{4,}(?:ers|ors|tes|nts|sts|ees))$")


_ALONE = re.compile(r"\b(?:alone|only)\b")
"""What stands alone is the control of what has something more."""


def _tell_roles(arms: list[Arm]) -> None:
    """Say which arm is the control, where just one is like one."""
    controls = [arm for arm in arms if arm.role == "control"]
    controls = controls or [arm for arm in arms if CONTROL.search(arm.label.lower()) is not None]
    if len(controls) > 1:
        plain = [arm for arm in controls if "placebo" in arm.label.lower() or "control" in arm.label.lower()]
        controls = plain if len(plain) == 1 else controls
    if len(controls) != 1 and len(arms) == 2:
        controls = [arm for arm in arms if _ALONE.search(arm.label.lower()) is not None]
    if len(controls) == 1 < len(arms):
        for arm in arms:
            # Of two factors each has its control.
            other = len(arms) == _OF_TWO_FACTORS and _PLACEBO.fullmatch(arm.label) is not None
            arm.role = "control" if arm is controls[0] or other else "experimental"


_OF_TWO_FACTORS = 4
_PLACEBO = re.compile(r"(?:(?:a|matching|matched) )?placebo", re.IGNORECASE)

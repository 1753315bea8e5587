"""Derive the names of arms from the words that introduce them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.doses import dose_forms, dose_names, is_time
from trialstats.sources.text.groups.prose import ALONE, NOT, Phrase, Prose, word_set
from trialstats.sources.text.groups.regimens import SERIES
from trialstats.sources.text.groups.schedules import schedule_names, without_schedule
from trialstats.sources.text.groups.trimmed import extents
from trialstats.sources.text.names.labels import group_before, label_of

_MOST_NAMES = 10

_UNIT = (
    r"(?:mg|g|kg|[uµμ]g|mcg|micro g|ng|ml|iu|u|units?|mmol|mol|meq|gy|miu|%|percent|cycles?|courses?|doses?|sessions?"
    r"|million|h|hours?|hrs?|min|minutes?|weeks?|wks?|months?|days?|d|years?|m2|million units|cm|mm)"
)

# What is no part of a name: articles, routes, doses.
_LEAD = re.compile(
    r"(?:(?:the|an?|either|orally|oral|daily|single|once|twice|weekly|monthly|once-daily|twice-daily|once-weekly"
    r"|intravenous|iv|i\.v\.|subcutaneous|intramuscular|topical|dose|doses|of|received?|receiving|treatment|therapy"
    r"|treated|with|high-dose|low-dose|adjuvant|neoadjuvant|matching|matched|identical|additional|active|double-blind"
    r"|open-label|continuous|infusion|tablets?|capsules?|standard-dose|concurrent|adjunctive|concomitant|fixed"
    r"|loading|to|intranasal|inhaled|sublingual"
    r"|in|every|four|six|three|two|eight|five|twelve|further|immediate|short-term|long-term|intervention of"
    r"|administration of|(?:cycles?|courses?|sessions?) of|initial|up|injections?|combined|combination|per|week"
    r"|day|month|treat)(?=[ ,:]|$)"
    rf"|group(?= [a-z]{{3}})|[0-9][0-9.,/-]*(?:[ -]?{_UNIT}(?:/(?:[a-z0-9]+))*)?(?=[ ,]|$)|[, :'\"-]+)+"
)

_TAIL = re.compile(
    rf"(?:,? (?:at (?:an? |one of [a-z0-9]+ )?(?:dose|dosage|daily)|doses? of [0-9]"
    rf"|[(]?[0-9][0-9.,/-]*[ -]?{_UNIT}\b|orally|intravenously|subcutaneously"
    r"|once|twice|three times|every|per day|for [0-9]|on days?|daily|weekly|in addition).*"
    r"|(?:[ -](?:groups?|arms?|alone|only|therapy|treatment|monotherapy|daily|orally|tablets?|capsules?|infusions?"
    r"|injections?|regimens?|supplementation|supplements?|administration|strategy|program(?:me)?|intervention|condition"
    r"|patients|participants|women|subjects|individuals|people|persons|chemotherapy|combination|users?|gel|cream"
    r"|hydrochloride|hcl|sodium|potassium|furoate|fumarate|maleate|mesylate|besylate|tartrate|succinate|tosylate"
    r"|propionate|dipropionate|hydrobromide|acetate"
    r"|(?<!low.)(?<!high.)(?<!single.)(?<!full.)doses?))+)$"
)

_JOINT = re.compile(
    r",? (?:with or without|with and without|with or with no|(?:either )?alone or (?:with|in combination with"
    r"|combined with|plus)|plus|and|with|combined with|in combination with|followed by|in addition to|added to"
    r"|as well as|(?:together|along|concurrent(?:ly)?|concomitant(?:ly)?) with|concomitant to|then)"
    r"(?: (?:the|an?|either))? | ?\+ ?|(?<=[a-z])/(?=[a-z]{2})|(?<=[a-z])/[0-9]"
)

WORD = re.compile(r"[^\W_][\w'/.-]*[^\W_]|[^\W_]")

COMMON = word_set(
    "the and with for plus of or in to by at on a an alone only combined combination combinations addition dose doses"
    " daily weekly oral orally treatment treatments therapy therapies group groups arm arms regimen regimens patients"
    " patient participants women men children standard care best supportive usual day days week weeks month months year"
    " years cycle cycles every per once twice times followed either receive received receiving single drug study"
    " trial mg"
    " ml kg intravenous subcutaneous control intervention program programme strategy based no not without monotherapy"
    " adjuvant neoadjuvant matching matched active conventional routine normal intensive both same additional injection"
    " infusion system management training health support term long short high low schedule risk early late first second"
    " line cancer disease breast education medical clinical extended duration hours after before who were was from"
    " minutes sessions initial their those this that these which under using use given all any number total"
    " trials effect"
    " effects efficacy outcome outcomes services practice information patients' new method methods approach activity"
    " wk hr kg further home level levels fraction fractions period type rate cell test blood"
)

ABBREVIATION = re.compile(
    r"[(\[]\s{0,2}([a-z0-9][a-z0-9+/.-]{0,14}(?: (?:group|arm))?)\s{0,2}(?=[)\],;:(\[]|, ?n|; ?n| ?= ?[0-9])"
)

_LONG_AND_SHORT = re.compile(r"[(\[]([a-z][a-z -]{5,40}), ([a-z][a-z0-9-]{1,7})(?=[)\],;])")

LETTERED = re.compile(
    r"[(\[]?\b((?:arm|group|cohort|regimen|schedule|sequence|treatment) (?:[a-h][1-8]?|[1-8]|i{1,3}v?|vi?))\b(?![-'])"
)

NOT_SHORT = word_set(
    "n ie eg iv im sc po qd bid tid od day days mean median range sd se ci see and also auc i.e e.g bd hr rr or"
    " ors hrs rrs"
    " pfs os dfs aes ae p g mg pr itt b.d q3w ref adverse"
)

_ROLE_IN_BRACKETS = re.compile(
    r"(?:[(\[]|(?<=[a-z]), )(?:the )?(?:(control|comparator|placebo|reference|comparison)"
    r"|(experimental|intervention|treatment|study|active|test|investigational))(?: (?:group|arm|treatment|therapy))?\b"
)

ROLE_ONLY = re.compile(
    r"(?:the )?(?:(control|comparison|comparator|reference)"
    r"|(experimental|intervention|treatment|active|study|treated|active treatment))"
    r"(?:[ -](?:groups?|arms?|patients|women|participants))?"
)

BRACKETED = re.compile(r"\s?[(\[][^()\[\]]*(?:[(\[][^()\[\]]*[)\]][^()\[\]]*){0,9}(?:[)\]]|$)")

_PLAIN_BRACKET = re.compile(
    r" ?[(\[]((?:[a-z-]{3,20} ){0,2}(?!(?:cycles?|courses?|doses?|sessions?|weeks|months|days)\b)[a-z-]{3,20})[)\]]"
)

_GROUP_IN_BRACKETS = re.compile(
    r"[(\[](?:the )?(?![0-9]+ (?:[a-z]+ )?(?:in|per|to|for|each) )"
    r"((?:[a-z0-9+/-]+ ){0,3}?[a-z0-9+/-]+)[ -](group|arm)\b"
)

# "with zinc (group DZ)"
_CODE_IN_BRACKETS = re.compile(r"[(\[](group|arm|cohort|regimen) ([a-z]{1,4}[0-9]{0,2})(?=[)\],;:])")

# "six courses of zinc (ie, maintenance)"
_THAT_IS = re.compile(
    r"[(\[](?:ie|i\.e\.),? (?:the )?((?:[a-z-]+ )?(?!or\b|and\b)[a-z-]{4,20})(?: (?:group|arm))?[)\]]"
)

_NEGATIVE = re.compile(r"(?:no|not|without)\b(?!-)")

_LOOSE_DOSE = re.compile(rf"(?: (?:at|of|doses?|with|in))*[ ,]*[0-9][0-9.,/-]*(?: ?{_UNIT})?$")

_DOSE_ONLY = re.compile(rf"[0-9][0-9.,]* ?{_UNIT}(?:/[a-z0-9/]+)?")

_DOSED = re.compile(
    rf"(?<![^ ])([0-9][0-9.,]* ?(?!(?:h|hours?|hrs?|min|minutes?|weeks?|wks?|months?|days?|d|years?)\b){_UNIT}\b)"
)


# "early treatment of the fracture": all have the fracture
OF_AN_ILLNESS = re.compile(
    r"(?P<what>\b(?:management|treatment|prevention|therapy|repair|removal|control|relief|surgery)) "
    r"(?:of|for|against)(?: the| an?)?(?: [a-z-]+){1,2}(?=$| ?[(\[,;])"
)


@dataclass(slots=True)
class Arm:
    """An arm while its names are gathered.

    Attributes
    ----------
    phrase : Phrase
        The words that introduce it.
    label : str
    wholes : dict of str to None
        Names that stand for it alone, in order.
    parts : dict of str to int
        Names of what is given together in it, and which names are of the same.
    doses : dict of str to None
        Its dose, by which arms with the same drug are told apart.
    words : frozenset of str
        All words of its phrase, and later those that no other arm has.
    role : str or None
    dose : tuple of str or None
        Number and unit of its dose, where a list of doses introduces it.
    """

    phrase: Phrase
    label: str
    wholes: dict[str, None] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    doses: dict[str, None] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    role: str | None = None
    dose: tuple[str, str] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the text may call it."""
        return tuple(dict.fromkeys([*self.wholes, *self.parts]))[:_MOST_NAMES]

    def has(self, name: str) -> bool:
        """Whether a name is one of this arm's."""
        return name in self.wholes or name in self.parts


def arms_of(prose: Prose, phrases: list[Phrase]) -> list[Arm]:
    """Return one arm a phrase with what its own words and brackets call it.

    Parameters
    ----------
    prose : Prose
    phrases : list of Phrase
    """
    whole: list[Phrase] = []
    for phrase in phrases:
        is_dose = not phrase.head and _DOSE_ONLY.fullmatch(prose.text, phrase.start, phrase.end)
        if is_dose and whole and not _DOSE_ONLY.fullmatch(prose.text, whole[-1].start, whole[-1].end):
            phrase = Phrase(phrase.start, phrase.end, prose.words(whole[-1]))
        whole.append(phrase)
    arms = [_arm(prose, phrase, extent) for phrase, extent in zip(whole, extents(prose, whole), strict=True)]
    labels = [arm.label.lower() for arm in arms]
    for arm in arms:
        if labels.count(arm.label.lower()) > 1 and (letter := next(filter(LETTERED.fullmatch, arm.wholes), "")):
            # "A plus usual care (group 1) and usual care (group 2)", of which only "usual care" was cut
            at = prose.text.find(letter)
            arm.label = f"{prose.cased[at : at + len(letter)]} ({arm.label})"
    return arms


def _arm(prose: Prose, phrase: Phrase, extent: tuple[int, int]) -> Arm:
    bare = _QUOTE.sub("", BRACKETED.sub("", prose.words(phrase))).strip()
    label = prose.cased[phrase.start : phrase.end]
    if phrase.added:
        bare = f"{BRACKETED.sub('', phrase.common)} {phrase.head or 'plus'} {BRACKETED.sub('', phrase.added)}"
        label = f"{_as_printed(prose, phrase.common)} {phrase.head or 'plus'} {_as_printed(prose, phrase.added)}"
    elif phrase.schedule and phrase.head:
        # "A once daily or twice daily"
        bare, label = f"{phrase.head} {phrase.schedule}", f"{_as_printed(prose, phrase.head)} {phrase.schedule}"
    elif phrase.common and bare not in _BOTH and not bare.startswith("both "):
        label = f"{_as_printed(prose, phrase.common)} plus {label}"
    arm = Arm(phrase, label_of(label))
    if group := group_before(prose, phrase.start):
        kind, letter = group.lower().split()
        # "the A group", but "3 groups" are not the third
        arm.wholes |= dict.fromkeys([f"{kind} {letter}", *([] if letter.isdigit() else [f"{letter} {kind}"])])
        arm.label = f"{group} ({arm.label})"
    if phrase.head in (ALONE, NOT) or _NEGATIVE.match(bare):
        _name_without(arm, bare)
    else:
        if phrase.common and not phrase.added:
            _add_parts(arm, BRACKETED.sub("", phrase.common))
        if phrase.schedule:
            _name_schedule(arm, bare)
        elif (phrase.head and not phrase.added) or phrase.unit:
            bare = _name_dose(prose, arm, bare)
        elif (dosed := _DOSED.search(bare)) is not None:
            arm.doses |= dict.fromkeys(dose_forms(dosed[1]))
        _add_names(arm, bare)
    words = prose.text[extent[0] : extent[1]]
    if "(" in words or "[" in words:
        _name_by_brackets(prose, arm, _own_brackets(arm, words))
    for found in LETTERED.finditer(words):
        arm.wholes[found[1]] = None
    if (told := _IN_OTHER_WORDS.match(bare)) is not None and not phrase.head:
        arm.parts.clear()
        _add_names(arm, told["name"])
    lacking = _LACKING.search(bare)
    arm.words = frozenset(WORD.findall(bare[: lacking.start()] if lacking is not None else bare))
    return arm


# "HRT, a sequential combination of ...": what it is, in other words
_IN_OTHER_WORDS = re.compile(r"(?P<name>[a-z][a-z0-9/-]{1,24}(?: [a-z0-9/-]{1,16}){0,2}), an? [a-z]{3}")

_BOTH = ("both", "the combination", "their combination", "combination")


def _as_printed(prose: Prose, words: str) -> str:
    at = prose.text.find(words)
    while at > 0 and prose.text[at : at + len(words) + 1][-1:].isalpha() and len(words) < _SHORT_NAME:
        # "GEM" is no part of "gemcitabine"
        at = prose.text.find(words, at + 1)
    return prose.cased[at : at + len(words)] if at >= 0 else words


_SHORT_NAME = 6


def _name_dose(prose: Prose, arm: Arm, bare: str) -> str:
    """Name an arm by its dose, and return its words with those that they leave out."""
    phrase = arm.phrase
    if phrase.unit:
        number = _NUMBER_END.split(bare)[0].removesuffix(phrase.unit)
        arm.dose = (number, phrase.unit)
        arm.wholes |= dict.fromkeys(dose_names(number, phrase.unit))
        if len(bare) > len(number) + len(phrase.unit) + 3:
            # "8 weeks of A followed by B"
            return bare
        bare = f"{number} {phrase.unit}"
        arm.label = f"{bare}s" if is_time(phrase.unit) and len(phrase.unit) > 1 else _as_printed(prose, bare)
    else:
        arm.wholes |= dict.fromkeys([bare, bare.replace(" ", "-"), bare.replace(" ", "-").rstrip("s")])
    drug = _LOOSE_DOSE.sub("", core(BRACKETED.sub("", phrase.head)))
    at = prose.text.find(drug) if drug[:1].isalpha() else -1
    if at < 0:
        return bare
    told = prose.cased[at : at + len(drug)]
    # "group 4 (0.5 mg/kg)" is "group 4 (zinc 0.5 mg/kg)"
    grouped = LETTERED.match(arm.label.lower()) is not None and "(" in arm.label
    arm.label = arm.label.replace("(", f"({told} ", 1) if grouped else f"{told} {arm.label}"
    if phrase.unit and phrase.head.endswith(" every"):
        arm.wholes[f"{drug} every {bare}s"] = None
    return f"{drug} {bare}"


def _name_schedule(arm: Arm, bare: str) -> None:
    """Name an arm by how often it is given, with its drug, its dose, and both."""
    given = without_schedule(bare)
    drug, dosed = core(given), _DOSED.search(given)
    names = {given: None, drug: None}
    if dosed is not None:
        arm.doses |= dict.fromkeys(dose_forms(dosed[1]))
        names |= dict.fromkeys([dosed[1], f"{drug} {dosed[1]}", f"{dosed[1]} {drug}"])
    arm.wholes |= dict.fromkeys(schedule_names([name for name in names if name], arm.phrase.schedule))


_QUOTE = re.compile(r"(?<![a-z0-9])['\"‘’“”]+|['\"‘’“”]+(?![a-z0-9])")

_NUMBER_END = re.compile(r"[ -]")


def core(words: str) -> str:
    """Strip doses, routes and articles from both ends of a name."""
    words = words.strip(" ,.;:-'\"")
    lead = _LEAD.match(words)
    if (
        lead is not None
        and lead.end() < len(words)
        and not (_BY_DOSE.match(words) and _ANY.fullmatch(words, lead.end()))
    ):
        words = words[lead.end() :]
    tail = _TAIL.search(words)
    if tail is not None and tail.start() > 0:
        words = _LOOSE_JOINT.sub("", words[: tail.start()])
    return words.strip(" ,.;:-'\"")


# "the low-dose regimens": nothing else tells these arms apart
_BY_DOSE = re.compile(r"(?:the )?(?:high|low)-dose ")

_ANY = re.compile(r"(?:regimens?|therapy|treatments?|groups?|arms?|chemotherapy|patients)")

_LOOSE_JOINT = re.compile(r" (?:plus|and|with|or|then|followed by)$")


def _name_without(arm: Arm, bare: str) -> None:
    """Name an arm that lacks something: "no further treatment", "A alone", or nothing but "not"."""
    arm.role = "control"
    if arm.phrase.head == ALONE:
        arm.label = f"{arm.label} alone"
        bare = core(bare)
        arm.wholes = dict.fromkeys([f"{bare} alone", f"{bare} only", f"{bare} monotherapy"])
        arm.parts[bare] = 0
        return
    if arm.phrase.head == NOT:
        arm.label = arm.label.strip(" ,").removeprefix("or ").strip()
    else:
        for name in (bare, core(bare)):
            arm.wholes[name] = arm.wholes[name.replace("no ", "no-", 1)] = None
    arm.wholes |= dict.fromkeys(["no treatment", "no therapy", "untreated"])


def _add_names(arm: Arm, bare: str) -> None:
    lettered = LETTERED.match(bare)
    if lettered is not None and lettered.end() >= len(bare) - 1:
        arm.wholes[lettered[1]] = None
        return
    if ROLE_ONLY.fullmatch(bare):
        # A bare "control" may be one of blood pressure.
        arm.wholes |= dict.fromkeys([f"{bare} group", f"{bare} arm"])
        return
    if bare in ("both", "combination"):
        arm.wholes |= dict.fromkeys(["combination", "combined group", "combined arm"])
        return
    if 2 < len(bare) < 80:
        arm.wholes[bare] = None
        if _NAME_AND_DOSE.fullmatch(bare):
            # "zinc, 20 mg", later "zinc 20 mg"
            arm.wholes[bare.replace(", ", " ", 1)] = None
    whole = core(bare)
    if (1 < len(whole) < 70 and whole not in _COUNTED) or (len(bare) == 1 and bare.isalpha()):
        arm.wholes[whole] = None
    if (aim := _AIM.match(bare)) is not None:
        arm.wholes[aim[1]] = None
    if (lacking := _LACKING.search(bare)) is not None:
        # "A without B": B is what others have
        missing = core(bare[lacking.end() :])
        if len(missing) > 1:
            arm.wholes |= dict.fromkeys(without(missing))
        bare = bare[: lacking.start()]
        arm.wholes[f"{core(bare)} alone"] = None
    _add_parts(arm, bare)


def without(missing: str) -> list[str]:
    """Return what a text may call those who lack something."""
    return [f"without {missing}", f"no {missing}", f"no-{missing}"]


_NAME_AND_DOSE = re.compile(rf"[a-z][a-z -]{{2,40}}, [0-9][0-9.,]* ?{_UNIT}(?:/[a-z0-9]+)*")

# "advice to eat nuts", later "the advice group"
_AIM = re.compile(
    r"((?!intervention|program|therapy|treatment|training|control)[a-z][a-z-]{3,20}(?: [a-z]{3,15})?) to (?:eat"
    r"|consume|purchase"
    r"|buy|walk|drink|reduce|increase|improve|prevent|promote|support|encourage|help|achieve|maintain) "
)

_COUNTED = word_set("fraction fractions session sessions")

_LACKING = re.compile(r"(?<! or)(?<! and) (?:without|with no|but no) (?:the |any )?(?=[a-z]{3})")


def _add_parts(arm: Arm, bare: str) -> None:
    series = SERIES.search(bare)
    if series is not None:
        bare = bare[: series.start()] + _COMMAS.sub(" plus ", series[0]) + bare[series.end() :]
    for part in _JOINT.split(bare):
        name = core(part)
        if 1 < len(name) < 40 and len(name.split()) < 5 and name not in COMMON:
            arm.parts.setdefault(name, max(arm.parts.values(), default=-1) + 1)


_COMMAS = re.compile(r", (?:and )?")


# "zinc alone (control group) or with tea (tea group)"
_ALONE_OR_WITH = re.compile(
    r"\b(?:alone|only)(?P<its> ?[(\[][^()\[\]]{1,60}[)\]]),? (?:or|and|versus|vs\.?) (?:in )?"
    r"(?:with|combin|plus|together|followed by|added)"
)


def _own_brackets(arm: Arm, words: str) -> str:
    """Blank the bracket of the other of two arms that are told at once: what is given alone, and that with more."""
    both = _ALONE_OR_WITH.search(words)
    if both is None:
        return words
    start, stop = both.span("its")
    return words[:stop] if arm.phrase.head == ALONE else words[:start] + " " * (stop - start) + words[stop:]


def _name_by_brackets(prose: Prose, arm: Arm, words: str) -> None:
    """Take abbreviations, names of groups and roles from the brackets in and behind the words for an arm."""
    start, size = arm.phrase.start, arm.phrase.end - arm.phrase.start
    for found in ABBREVIATION.finditer(words):
        short = found[1]
        # What stands far behind the words is theirs only with a size: "(FEC50, n = 167)", "(4ZN-2FE) (20 patients)".
        sized = _SIZE_NEXT.match(words, found.end()) is not None
        if (found.start() > size + 12 and not sized) or not is_short(prose.cased, start + found.start(1), short):
            continue
        if found.end() < size and len(arm.parts) > 1:
            arm.parts[short] = _part_before(arm, words[: found.start()])
        else:
            arm.wholes[short] = None
    for found in _LONG_AND_SHORT.finditer(words):
        if found.start() < size + 12 and is_short(prose.cased, start + found.start(2), found[2]):
            arm.wholes[found[1]] = arm.wholes[found[2]] = None
    for found in _CODE_IN_BRACKETS.finditer(words):
        at = start + found.start(2)
        if not LETTERED.fullmatch(f"{found[1]} {found[2]}") and prose.cased[at : at + len(found[2])].isupper():
            arm.wholes |= dict.fromkeys([f"{found[1]} {found[2]}", f"{found[2]} {found[1]}", found[2]])
    closed = prose.text.endswith(")", start, arm.phrase.end)
    behind = _PLAIN_BRACKET.match(prose.text, prose.text.rfind("(", 0, start + size) if closed else start + size)
    if behind is not None and behind[1] not in COMMON and prose.count_joined(behind[1]) > 1:
        _add_group(arm, behind[1], [behind[1]])
    if (called := _THAT_IS.search(words)) is not None:
        _add_group(arm, called[1], [f"{called[1]} group", f"{called[1]} arm", called[1]])
    for found in _GROUP_IN_BRACKETS.finditer(words):
        if not LETTERED.match(found[0]):
            _add_group(arm, found[1], [f"{found[1]} {found[2]}", f"{found[1]}-{found[2]}"])
    if (role := _ROLE_IN_BRACKETS.search(words)) is not None:
        arm.role = "control" if role[1] else "experimental"
        if role[2] and role[2] not in arm.label.lower():
            arm.label = f"{arm.label} ({role[2]} group)"


_SIZE_NEXT = re.compile(
    r",? ?;? ?n ?= ?|[)\]] ?[(\[] ?(?:n ?= ?)?[0-9]+ ?(?:patients|participants|subjects|women|men|children)"
)


def _add_group(arm: Arm, words: str, names: list[str]) -> None:
    arm.wholes |= dict.fromkeys(names)
    if CONTROL.search(words) is not None:
        arm.role = "control"


def is_short(cased: str, at: int, short: str) -> bool:
    """Whether what stands in a bracket is an abbreviation."""
    coded = short[0].isdigit() and sum(map(str.isupper, cased[at : at + len(short)])) > 2
    if cased[at] == "P" and short == "p" and cased[at + 1 : at + 2] in ("),"):
        return True
    if (
        (short in NOT_SHORT and cased[at : at + len(short)] != "EG")
        or not (short[0].isalpha() or coded)
        or (" " in short and not short.endswith((" group", " arm")))
    ):
        return False
    if len(short) == 1 and cased[at + 1 : at + 2] not in ")];,":
        return False
    return cased[at : at + len(short)] != short or short.startswith(("arm ", "group "))


def _part_before(arm: Arm, words: str) -> int:
    """Return the part that stands last before an abbreviation in brackets."""
    return max(((words.rfind(name), number) for name, number in arm.parts.items()), default=(0, 0))[1]

"""Arms by the names that results and comparisons use for them, where no allocation that we can read names them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.lists_of_results import listed_with_results
from trialstats.sources.text.groups.model import Group, Groups, Mention
from trialstats.sources.text.groups.plausible import no_arm
from trialstats.sources.text.groups.prose import places_in
from trialstats.sources.text.tokens.document import Document

# "in the zinc group", "for zinc-treated patients"
IN_GROUP = re.compile(
    r"\b(?:in|for|of|among|with|to|on|from|than|versus|vs\.?|v|and|the)(?: (?:the|those|all|patients"
    r"|participants) (?:in )?(?:the )?| )"
    r"(?P<name>[a-z0-9][\w+/'-]*(?: [a-z0-9+][\w+/'-]*){0,4}?)(?: [(\[](?P<short>[\w+/-]{2,12})[)\]])?[ -]"
    r"(?:group|arm|cohort)s?\b(?! of)"
)
_GROUP_WORDS = (" group", "-group", " arm", "-arm", " cohort", "-cohort")
_LONGEST_NAME = 90


def in_groups(text: str) -> list[re.Match[str]]:
    """Return where a text speaks of what is in a group: "in the zinc group".

    Parameters
    ----------
    text : str
        In lower case.
    """
    places: list[int] = []
    for word in _GROUP_WORDS:
        at = text.find(word)
        while at >= 0:
            places.append(at + len(word))
            at = text.find(word, at + len(word))
    found: list[re.Match[str]] = []
    done = 0
    for end in sorted(places):
        match = IN_GROUP.search(text, max(done, end - _LONGEST_NAME), min(len(text), end + 4))
        if match is not None:
            found.append(match)
            done = match.end()
    return found


_NO_NAME_TEXT = """
both two three four all each either study treatment trial same other age sex risk high-risk low-risk low high
further present whole entire first second third last next this that these those patients patient participants
subjects women men children disease cancer response survival placebo-controlled between-group within-group
per-protocol safety intention-to-treat itt different respective total overall baseline group groups arm arms cohort
study's larger smaller median mean more less who were was had a an the confidence adverse events event grade
follow-up months years weeks days percent significant no any and or of in with to from than older younger comparison
significant significantly between difference differences effect effects time entered relevant corresponding
metastases metastatic stage early advanced treated
"""
NO_NAME = frozenset(_NO_NAME_TEXT.split())
# "compared with zinc", "versus usual care": the other arm.
_AGAINST_AT = ("compared ", "versus ", "vs", "relative to ", "in comparison ", "than ")
_AGAINST = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|relative to|in comparison (?:with|to)|than (?:in|with|for))(?: the"
    r"| those(?: in| on| receiving)?(?: the)?| an?)? "
    r"(?P<name>[a-z][\w+/'-]*(?: [a-z][\w+/'-]*){0,2}?)(?=[,.;:()\[]| (?:and|in|for|at|after|was|were|had|alone|group"
    r"|arm|on|did|with|to|as|over)\b)"
)
# "PE (risk ratio": an abbreviation of the text right before the bracket of a result.
_SHORT = re.compile(r"(?<![\w-])(?P<name>[A-Z][A-Za-z0-9+/-]{1,9}) ?[(\[](?=[^()]{0,30}[0-9])")
_BESIDE = re.compile(
    r"\b(?:with|than|versus|vs\.?|for|receiving|on) (?P<name>[A-Z][A-Za-z0-9+/-]{1,9})\b(?!-)"
    r"(?= ?[,.;:()\[]| (?:and|or|versus|vs|than|was|were|did|had|group|arm|alone|patients|in|at|for|to|on|compared)\b)"
)
# "bone events (BEs)": what becomes of people, and nothing that they are given
_COUNTED = re.compile(
    r"\b(?:events?|outcomes?|complications?|errors?|deaths?|symptoms?|scores?|rates?|distance|pressure|thrombosis"
    r"|embolism|fractures?|metastas[ei]s|relapses?|survival|time) $",
    re.IGNORECASE,
)
# "as measured by the LMRS (P = .02)"
_MEASURED_BY = re.compile(
    r"\b(?:measured|assessed|rated|recorded|evaluated|tracked) (?:by|with|on|using|in)(?: the)? $"
)
_DEFINED = re.compile(r"\(([A-Z][A-Za-z0-9+/-]{1,9})\)")
_MEASURES_TEXT = """
hr or rr ci cis ors hrs rrs irr sd se sem iqr md smd wmd os pfs dfs efs rfs ttp orr cr pr sd pd pcr cbr dor auc bmi
bp ae aes sae saes qol ldl hdl crp egfr her2 ecg mri ct icu itt pp nnt bmd bpi vas hba1c fev1 fvc lvef il cd4 hiv
hcv hbv dna rna psa nsclc sclc aor ahr arr arrs acr mace dr dre cvd copd asd adhd ptsd cbt-i mi af hf ckd who ecog
nci nyha us usa uk eu
"""
_MEASURES = frozenset(_MEASURES_TEXT.split())
_LED = re.compile(r".*\b(?:in|of|with|for|receiving|to|on|from|among|by)(?: the)? ")
_WORDS = re.compile(r"[a-z0-9][\w+'-]*")


def arms_of_results(
    document: Document, groups: Groups, beside: Iterable[tuple[str, int, int]], called: Sequence[re.Match[str]]
) -> Groups | None:
    """Return the arms that a text's results and comparisons name; None where it does not name two often enough.

    Parameters
    ----------
    document : Document
    groups : Groups
        Whose sizes of the whole are kept.
    beside : iterable of (str, int, int)
        Names that stand beside results, with their places.
    called : sequence of re.Match
        What the text calls a group, as `in_groups` gives it.
    """
    text, cased = document.tokens.text, document.cased
    places: dict[int, tuple[str, int, float]] = {at: (name, till, 2.0) for name, at, till in beside}
    places |= {at: (name, till, 2.0) for name, at, till in listed_with_results(text)}
    for called_so in called:
        _put(places, called_so, 1.5 if CONTROL.search(called_so["name"]) else 1.0)
    for at in places_in(text, "controls"):
        _put(places, _CONTROLS.search(text, max(0, at - 40), at + 9), 1.0)
    # "the light exercise (LEX) group" is the LEX group.
    short = {_without_lead(one["name"].lower()): one["short"].lower() for one in called if one["short"]}
    for start in _AGAINST_AT:
        for at in places_in(text, start):
            _put(places, _AGAINST.match(text, at), 1.0)
    for lettered in _LETTERED.finditer(text):
        places.setdefault(lettered.start("name"), (lettered["name"], lettered.end("name"), 2.0))
    _put_defined(places, cased)
    weight: dict[str, float] = defaultdict(float)
    stops = stops_of(text)
    together: dict[int, set[str]] = defaultdict(set)
    for at, (name, _, share) in sorted(places.items()):
        name = next((of for whole, of in short.items() if whole.endswith(name)), name)
        weight[name] += share
        together[stop_before(stops, at)].add(name)
    weight = {name: times for name, times in weight.items() if _OF_TWO_NAMES.search(name) is None}
    arms = _chosen(weight, list(together.values()))
    return None if arms is None else named(document, groups, arms, {of: whole for whole, of in short.items()})


_LETTERED = re.compile(
    r"\b(?:in|for|with|of|on|to|among|versus|vs\.?|than|and) (?:the )?"
    r"(?P<name>(?:arm|group|cohort) (?:[a-e][1-5]?|[1-5]|i{1,3}|iv))(?=[ ,.;:)\]])(?! of\b)"
)
"""What leads to an arm that has but a letter or number: "71% in arm A, 68% in arm B"."""
# "among waiting-list controls"; no verb
_CONTROLS = re.compile(
    r"\b(?:among|in|of|for|than|to|with|versus|vs\.?|and)(?: the)?(?: [a-z-]{3,14}){0,3}? (?P<name>controls)\b"
)


def _put_defined(places: dict[int, tuple[str, int, float]], cased: str) -> None:
    """Put the abbreviations that a text defines, where they stand as arms do."""
    defined = {
        found[1]
        for found in _DEFINED.finditer(cased)
        if found[1].lower() not in _MEASURES and not _COUNTED.search(cased, max(0, found.start() - 20), found.start())
    }
    for short in sorted(defined):
        for at in places_in(cased, short):
            match, worth = _SHORT.match(cased, at), 1.5
            if match is None:
                match, worth = _BESIDE.search(cased, max(0, at - 10), at + 40), 0.5
            measured = _MEASURED_BY.search(cased, max(0, at - 30), at) is not None
            if match is not None and not measured and match.span("name") == (at, at + len(short)):
                _put(places, match, worth)


def stops_of(text: str) -> list[int]:
    """Return where the sentences of a text end."""
    return [match.start() for match in _STOP.finditer(text)]


def stop_before(stops: Sequence[int], at: int) -> int:
    """Return where the sentence before a place ends, or -1."""
    number = bisect_right(stops, at - 2)
    return stops[number - 1] if number else -1


_STOP = re.compile(r"\. ")


def _without_lead(name: str) -> str:
    led = _LED.match(name)
    return name[led.end() :].strip() if led is not None else name


def _put(places: dict[int, tuple[str, int, float]], match: re.Match[str] | None, worth: float) -> None:
    if match is None:
        return
    start, end = match.span("name")
    led = _LED.match(match["name"].lower())
    start += led.end() if led is not None else 0
    name = match["name"].lower()[led.end() if led is not None else 0 :].strip()
    words = _WORDS.findall(name)
    if (
        start not in places
        and words
        and any(word not in NO_NAME and not word.isdigit() for word in words)
        and name not in _MEASURES
        and not no_arm(name)
    ):
        places[start] = name, end, worth


def _chosen(weight: Mapping[str, float], together: Sequence[set[str]]) -> list[str] | None:
    """Return the names that stand most often, the first with those it is named together with."""
    ranked = [name for name in sorted(weight, key=lambda name: -weight[name])[:12] if weight[name] >= 1.5]
    for first in ranked:
        partners = [other for other in ranked if other != first and any({first, other} <= names for names in together)]
        if not partners and len(ranked) == _OF_TWO and any(map(CONTROL.search, ranked)):
            # "A was better (41 v 29 with placebo). ... 12 days with A."
            partners = [ranked[1]]
        # A control group is the other arm of whatever stands with it.
        partners.sort(key=lambda other: CONTROL.search(other) is None)
        if partners and weight[first] + weight[partners[0]] >= 4:
            pair = {first, partners[0]}
            beside = [other for other in partners[1:5] if any({other, *pair} <= names for names in together)]
            more = [other for other in partners[1:5] if weight[other] >= 4 or other in beside]
            return [first, partners[0], *more][:5]
    return None


_OF_TWO = 2
# "an intervention or control", "both boys"
_OF_TWO_NAMES = re.compile(r"^both | or ")
_LACKING = re.compile(r"^(no)-(?=[a-z]{4})", re.IGNORECASE)
# "zinc-treated patients"
_NAME_END = r"(?:(?![\w-])|(?=-(?:treated|assigned|exposed|fed|groups?|arm)\b))"


def named(document: Document, groups: Groups, names: Sequence[str], long: Mapping[str, str]) -> Groups:
    """Return arms of some names, mentioned wherever these stand.

    Parameters
    ----------
    document : Document
    groups : Groups
        Whose sizes of the whole are kept.
    names : sequence of str
    long : mapping of str to str
        What an abbreviation among the names stands for.
    """
    text = document.tokens.text
    arms, mentions = [], []
    for number, name in enumerate(names):
        form = re.escape(name).replace(r"\ ", "[ -]")
        found = [one.start() for one in re.finditer(rf"(?<![\w-])(?<![0-9][.,·]){form}{_NAME_END}", text)]
        label = document.cased[found[0] : found[0] + len(name)] if found else name
        # "the no-zinc group"
        label = _LACKING.sub(r"\1 ", label)
        mentions += [Mention(number, at, at + len(name)) for at in found]
        if (whole := long.get(name)) is not None:
            label = f"{whole} ({label})"
            mentions += [Mention(number, at, at + len(whole)) for at in places_in(text, whole)]
        arms.append(
            Group(label, (name, *filter(None, (whole,))), (), "control" if CONTROL.search(label.lower()) else None)
        )
    mentions.sort(key=lambda one: (one.start, -one.end))
    clear: list[Mention] = []
    for one in mentions:
        if not clear or one.start >= clear[-1].end:
            clear.append(one)
    order = list(dict.fromkeys(one.group for one in clear))
    place = {old: new for new, old in enumerate(order)}
    return Groups(
        tuple(arms[old] for old in order),
        groups.whole,
        tuple(Mention(place[one.group], one.start, one.end) for one in clear),
    )

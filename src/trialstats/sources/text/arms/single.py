"""The one arm of a trial without a control: what all its patients were given."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.model import Group, Groups, Mention
from trialstats.sources.text.groups.prose import word_set
from trialstats.sources.text.names.of_phrases import core
from trialstats.sources.text.tokens.document import Document

_UNCONTROLLED = re.compile(
    r"\bsingle[- ](?:arm|group)\b|\bphase (?:i|ii|1|2|1/2|i/ii|1b|2a|ib|iia|ib/ii|1b/2|iv|4)\b|\bopen[- ]label\b"
    r"|\bpilot (?:study|trial)\b|\bdose[- ]escalation|\bnon-?randomi[sz]ed\b|\buncontrolled\b|\bcase series\b"
    r"|\bwere (?:all )?(?:treated|given)\b"
    r"|\b(?:patients|subjects|participants)(?: \([^()]{1,40}\))? (?:all )?(?:received|underwent)\b"
    r"|[a-z]{5}-treated (?:[a-z-]+ ){0,4}patients\b|\bprospective,? (?:[a-z-]+,? ){0,3}(?:study|trial)\b"
    r"|\bfirst-in-human\b|\bwas (?:administered|given)\b|\bpatients treated\b|\ball received\b"
)
_COMPARED = re.compile(
    r"(?<!non-)(?<!non)\brandom(?:i[sz](?!ed,? (?:phase iii|(?:[a-z-]+,? ){0,4}(?:trials?|studies) (?:is|are|will"
    r"|should|to|would|may)\b))|ly)|\bplacebo\b"
    r"|\bcontrol (?:group|arm|patients)"
    r"|\bcontrols\b|\bcase-control"
    r"|\bmeta-analys|\bsystematic review|\bboth groups\b|\btwo groups\b|\b(?:two|both|three) arms\b|\bin (?:group"
    r"|arm) [ab1]\b"
)
# A trial that is only called for, a placebo that all had before, patients of former times: nothing is compared.
_NOT_COMPARED = re.compile(
    r"\b(?:confirm(?:ed)?|tested|evaluated|validated|investigated|studied|warrant(?:s|ed)?|needed|need for|required"
    r"|awaits?|future|further|larger)\b[^.]{0,60}?\brandomi[sz]ed\b(?:,? [a-z-]+){0,5}? (?:trials?|stud(?:y|ies))\b"
    r"|\brandomi[sz]ed\b(?:,? [a-z-]+){0,5}? (?:trials?|stud(?:y|ies)) [^.]{0,60}?\b(?:needed|warranted|required"
    r"|necessary|underway|ongoing|planned|awaited|indicated|justified)\b"
    r"|\bplacebo[- ](?:run-?in|lead-?in|wash-?out|baseline|period|phase)\b|\bhistorical controls?\b"
    r"|\bnot (?:a )?(?:placebo-controlled|randomi[sz]ed)\b"
    r"|\bplacebo(?: (?:arms?|groups?|patients))? (?:in|of|from) (?:[a-z0-9-]+ ){0,4}(?:trials|studies)\b"
)
_OUTCOMES = (
    r"(?:efficacy|activity|safety|tolerability|feasibility|pharmacokinetics|effectiveness|toxicity|addition|effects?"
    r"|role"
    r"|use)"
)
_ADJECTIVES = (
    r"(?: the| a| an| oral| intravenous| weekly| daily| combined| adjuvant| neoadjuvant| concurrent| high-dose"
    r"| low-dose| single-agent"
    r"| induction| first-line| second-line| third-line| salvage| a combination of| the combination of| combination"
    r"| treatment with"
    r"| intra-?[a-z]{5,12}| subcutaneous| intramuscular| topical| (?:injections?|infusions?|doses?|courses?|cycles?) of"
    r"| one| two| three| four| five| six| a single"
    r"| therapy with| postoperative| preoperative| definitive| standard)*"
)
_NAME = r" (?P<name>[a-z0-9][\w/+,.-]{1,}(?:(?: plus| and| with| combined with|/)? [a-z0-9][\w/+-]{2,}){0,5})"
_TREATED = re.compile(
    r"(?:receiv(?:ed|ing|e)|treated with|treatment (?:with|using|consisted of)|therapy with|administration of|given"
    r"|underwent|infusions? of"
    r"|regimen (?:of|consisted of)|combination of|response to)" + _ADJECTIVES + _NAME
)
_STUDIED = re.compile(
    rf"(?:{_OUTCOMES}(?:,? (?:and )?{_OUTCOMES})* of|\b(?:study|trial|experience|results|investigation|evaluation"
    rf"|evaluat(?:e|ed|ing)"
    r"|assess(?:ed|ing)?)(?: of| with)?)" + _ADJECTIVES + _NAME
)
# "Zoltamine 60 mg was given twice daily"
_BEFORE_PATIENTS = re.compile(
    r"\b(?P<name>[a-z]{5,20})-treated (?:[a-z-]+ ){0,4}?(?:patients|women|men|children|participants)\b"
)
_GIVEN = re.compile(
    r"(?:^|[.:] )(?P<name>[a-z][\w/+-]{3,}(?: [a-z][\w+-]{3,}){0,2}) (?:[0-9.]+ ?(?:mg|g|mcg|iu|ml)(?:/\S+)? )?"
    r"(?:was|were) (?:given|administered|infused|injected)\b"
)
_NO_NAME_TEXT = """
patients women men treatment therapy disease cancer response survival prior previous study trial safety efficacy
this these their chemotherapy-naive both either one two first second best dose doses tolerability activity with from
and were was had that which into least more outcome outcomes once twice alone effect effects changes every day days mg
intravenously orally at on until course courses cycle cycles months weeks factors risk overall whether any all no
other follow-up standard medical care value objective fraction prognostic infusion conservative patient progression
less attention intra-articular intravitreal subcutaneous intramuscular injection injections
agents agent drug drugs regimen regimens median consecutive only three four six
"""
_NO_NAME = frozenset(_NO_NAME_TEXT.split())
_GENERIC = word_set(
    "chemotherapy surgery radiotherapy radiation intervention monotherapy combination therapy treatment program"
)
_ENDS = re.compile(
    r"(?: |^)(?:in|for|of|at|on|as|was|were|had|who|that|until|every|once|twice|after|before|during|to|from|is|has|by"
    r"|without|or|alone"
    r"|patients?|treatment|therapy|among|over|followed|given|administered|infused|given|daily|weekly|monotherapy"
    r"|therapies|[0-9.,/]+"
    r"|mg(?:/\S+)?|days?)\b.*$"
)
_LOOSE = re.compile(r"(?: (?:and|with|plus|combined|using|combined with)|,)+$")
_ADVERB = re.compile(r"[a-z]+ly$|[a-z]+ing$")
_TITLE = 260


def with_single_arm(document: Document, groups: Groups) -> Groups:
    """Return a trial's groups with its one arm, where a text without groups tells of one treatment for all.

    Parameters
    ----------
    document : Document
    groups : Groups
    """
    text = document.tokens.text
    if _UNCONTROLLED.search(text) is None or _is_compared(text):
        return groups
    worth = _named(text, _LEAST if _ONE_ARM.search(text) is None else 0.0)
    if not worth and (rays := _RAYS.search(text)) is not None:
        worth = {rays["name"]: 1.0}
    if not worth and not groups.arms and _ONLY_ARM.search(text) is not None:
        worth = dict.fromkeys([found[0] for found in [_PEOPLE.search(text)] if found is not None], 1.0)
    if not worth:
        return _of_all(groups)
    name = max(worth, key=lambda one: (worth[one], len(one)))
    names = _joined(text, name)
    places = sorted(
        (one.start(), one.end())
        for name in names
        for one in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    )
    clear = [place for at, place in enumerate(places) if not at or place[0] >= places[at - 1][1]]
    start = text.find(names[0])
    label = document.cased[start : start + len(names[0])]
    arm = Group(label, names, (), None)
    return _of_all(replace(groups, arms=(arm,), mentions=tuple(Mention(0, *place) for place in clear), sure=True))


def _is_compared(text: str) -> bool:
    return _COMPARED.search(text) is not None and _COMPARED.search(_NOT_COMPARED.sub(" ", text)) is not None


def _of_all(groups: Groups) -> Groups:
    """Give a single arm the sizes of the whole."""
    if len(groups.arms) != 1 or groups.arms[0].sizes:
        return groups
    sizes = tuple(size for size in groups.whole if size.population not in ("screened", "eligible", "clusters"))
    return replace(groups, arms=(replace(groups.arms[0], sizes=sizes),))


def _joined(text: str, name: str) -> tuple[str, ...]:
    """Return what all patients were given with what is named with it: "A combined with B", A and B."""
    if DRUG.fullmatch(name) is None:
        short = _short(text, name)
        return (name, short) if short else (name,)
    for match in _TOGETHER.finditer(text, 0, _LONGEST):
        drugs = DRUG.findall(match[0])
        if name in drugs and len(drugs) > 1:
            return (match[0], *dict.fromkeys(drugs))
    return (name,)


_ONE_ARM = re.compile(
    r"\bsingle[- ](?:arm|group)\b|\bphase (?:i|ii|1|2|1/2|i/ii|1b|2a|ib|iia|ib/ii|1b/2)\b|\bfirst-in-human\b"
)
_ONLY_ARM = re.compile(r"\bsingle[- ](?:arm|group)\b|\bone[- ]arm\b")
_PEOPLE = re.compile(r"\b(?:patients|participants|subjects|women|men|children|volunteers)\b")
# "patients received 54 Gy in 18 fractions"
_RAYS = re.compile(r"\b(?:received|treated with|delivered|dose of|given) (?P<name>[0-9.]+ ?gy in [a-z0-9]+ fractions)")
_TOGETHER = re.compile(
    rf"{DRUG.pattern}(?:\s?\([^()]{{1,40}}\))?(?:(?:,|,? and|,? plus| combined with| in combination with| with|/"
    rf"| ?\+) ?{DRUG.pattern}"
    r"(?:\s?\([^()]{1,40}\))?){1,3}".replace(r"(?<![\w-])", "")
)
_LONGEST = 3000


def _named(text: str, least: float) -> dict[str, float]:
    """Return the treatments that a text names, and how likely each is what all patients had."""
    found: Counter[str] = Counter()
    for expression, weight in ((_TREATED, 2), (_STUDIED, 1), (_GIVEN, 3), (_BEFORE_PATIENTS, 3)):
        for match in expression.finditer(text):
            name = _cleaned(match["name"])
            if name:
                found[name] += weight
    for drug in dict.fromkeys(DRUG.findall(text)):
        found[drug] += 1
    worth: dict[str, float] = {}
    for name, weight in found.items():
        value = weight + min(6, text.count(name) + _times_short(text, name)) + 2 * (text.find(name) < _TITLE)
        value += 3 * (DRUG.search(name) is not None) - 3 * (name.split()[0] in _GENERIC)
        joined = DRUG.findall(name)
        # "A and B" is what is given, not A.
        value += 2 * (len(set(joined)) > 1)
        worth[name] = value
    return {name: value for name, value in worth.items() if value > least}


_LEAST = 4.5
_TREATMENT = re.compile(
    r"(?:therapy|radiation|irradiation|surgery|ectomy|plasty|ablation|embolization|embolisation|transplantation"
    r"|transplant|vaccine|vaccination|chemotherapy|brachytherapy|stimulation|training|exercise|diet)$"
)
_SHORT = re.compile(r" \(([a-z][a-z0-9-]{1,8})\)")


def _short(text: str, name: str) -> str:
    """Return the abbreviation that stands in brackets behind a treatment."""
    at = text.find(f"{name} (")
    found = _SHORT.match(text, at + len(name)) if at >= 0 else None
    return found[1] if found is not None else ""


def _times_short(text: str, name: str) -> int:
    """Count how often a treatment is called by its abbreviation."""
    short = _short(text, name) if DRUG.search(name) or _TREATMENT.search(name) else ""
    return len(re.findall(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text)) if short else 0


def _cleaned(words: str) -> str:
    name = _LOOSE.sub("", _ENDS.sub("", core(words.split(". ")[0]))).strip(" ,.-")
    every = name.split()
    if (
        not every
        or len(name) < 4
        or _NO_NAME & {every[0], every[-1]}
        or _ADVERB.match(every[0])
        or not name[0].isalpha()
    ):
        return ""
    return name if any(len(word) > 3 for word in every) else ""

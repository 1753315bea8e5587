"""Judge lists of phrases: how likely they are the arms of a trial."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trialstats.sources.text.groups.belonging import Belonging
from trialstats.sources.text.groups.controls import CONTROL_WORDS
from trialstats.sources.text.groups.plausible import can_be_arms
from trialstats.sources.text.groups.prose import MASK, Phrase, Prose, word_set
from trialstats.sources.text.groups.trimmed import SIZED_BEHIND, extents


@dataclass(slots=True)
class Listed:
    """Phrases that name arms as alternatives to each other.

    Attributes
    ----------
    kind : float
        How sure a sentence of this form is: above 5 where it says that patients were allocated.
    phrases : list of Phrase
    score : float
        The kind, and how well the rest of the text bears the list out.
    borne_out : bool
        Whether people elsewhere receive or belong to each of them.
    """

    kind: float
    phrases: list[Phrase]
    score: float = 0.0
    borne_out: bool = True


# Words that no name of an arm has.
VERBAL = word_set(
    "was were did had has is are be significant significantly higher lower improved difference differed differ"
    " increased"
    " decreased rate p ratio median mean months number patients only more less group similar risk least including"
    " assigned"
    " between these those which there trial trials estimate fewer randomisation randomization participants"
    " allocated data types studies selection analysis analyses they quality survival"
    " efficacy safety effect"
    " effects outcome"
    " outcomes fatal nonfatal non-fatal"
    " incidence mortality response responses responder responders stable event events toxicity"
    " medline embase cochrane central cinahl lilacs psycinfo allocation concealment sensitivity specificity results"
    " search strategy criteria objective objectives sites clusters"
    " identical parallel aged that started completed collection extraction baseline populations physicians"
)
_WORD = re.compile(r"[^\W_\d][\w'-]*[^\W_]|[a-z]")


def words_in(text: str) -> list[str]:
    """Return the words of a phrase."""
    return _WORD.findall(text)


def is_verbal(text: str) -> bool:
    """Whether a phrase has a word that no name of an arm has; "risk counselling" is given, not found."""
    return not VERBAL.isdisjoint(words_in(_ABOUT.sub("", text)))


_ABOUT = re.compile(
    r"\b(?:risk|outcomes?|survival|quality|events?|results?)[ -](?=(?:counsel|educati|communicati|train|coach|feedback"
    r"|informati|intervention|program|monitor|manag|improvement )[a-z]*)"
)


def covers(prose: Prose, fuller: Listed, shorter: Listed) -> bool:
    """Whether each phrase of one list stands within another phrase of the other."""
    if len(fuller.phrases) < len(shorter.phrases):
        return False
    wholes = [prose.text[start:end] for start, end in extents(prose, fuller.phrases)]
    used: set[int] = set()
    for phrase in sorted(shorter.phrases, key=lambda phrase: phrase.start - phrase.end):
        words = prose.words(phrase)
        of = [n for n, whole in enumerate(wholes) if n not in used and _stands_in(words, whole)]
        if not of:
            return False
        used.add(min(of, key=lambda n: len(wholes[n])))
    return True


def _stands_in(words: str, whole: str) -> bool:
    at = whole.find(words)
    while at >= 0:
        end = at + len(words)
        if not whole[max(0, at - 1) : at].isalnum() and not whole[end : end + 1].isalnum():
            return True
        at = whole.find(words, end)
    return False


def ranked(prose: Prose, lists: Iterable[Listed], known: Belonging) -> list[Listed]:
    """Return the lists that may name arms with their scores, the likeliest first."""
    best: dict[tuple[str, ...], Listed] = {}
    for one in lists:
        words = tuple(map(prose.words, one.phrases))
        # The same list again says nothing new.
        if words in best and best[words].kind >= one.kind:
            continue
        score = _score(prose, one, known)
        if score > 0 and (words not in best or best[words].score < score):
            best[words] = Listed(one.kind, one.phrases, score, one.borne_out)
    return sorted(best.values(), key=lambda one: (-one.score, -one.kind))


def _score(prose: Prose, one: Listed, known: Belonging) -> float:
    """Return how likely phrases are the arms: by where they stand, and by how often the text speaks of each of them."""
    texts = [prose.flat[phrase.start : phrase.end] for phrase in one.phrases]
    if not can_be_arms([prose.words(phrase) for phrase in one.phrases], one.phrases):
        return 0.0
    # "A 5 or 10 mg, B 5 or 10 mg"
    several = {(text, phrase.head) for text, phrase in zip(texts, one.phrases, strict=True)}
    if len(several) < len(texts) or any(words[0] == MASK for words in texts):
        texts = [prose.text[start:end] for start, end in extents(prose, one.phrases)]
        if len(set(texts)) < len(texts):
            return 0.0
    if len({(text.replace("-", " "), phrase.head) for text, phrase in zip(texts, one.phrases, strict=True)}) < len(
        texts
    ):
        return 0.0
    if any(_CUT_IN_NUMBER.search(text) for text in texts) or _are_trials(prose, texts):
        return 0.0
    if one.kind < 4 and any(map(_CUT_BEFORE_OR.match, texts)):
        return 0.0
    words = [frozenset(words_in(text)) for text in texts]
    telling = [of - _WEAK for of in words]
    score = float(one.kind)
    lettered = all(map(LETTERED.fullmatch, texts))
    if (one.kind > 4 or lettered) and all(SIZED_BEHIND.match(prose.text, phrase.end) for phrase in one.phrases):
        score += 4.0
    for number, text in enumerate(texts):
        score += _score_of_one(prose, one, text, telling, number)
        if (
            words[number].isdisjoint(CONTROL_WORDS)
            and LETTERED.fullmatch(text) is None
            and not one.phrases[number].head
        ):
            given, becomes = known.of(telling[number])
            one.borne_out &= given > 0
            score += _borne_out(given, becomes, one.kind)
        if is_verbal(text) or " and control" in text:
            score -= 2.0
    if lettered and all(prose.text.startswith(" (", phrase.end) for phrase in one.phrases):
        score += 3.0
    if known.stated:
        score += _as_stated(known, len(texts))
    controls = sum(not of.isdisjoint(CONTROL_WORDS) for of in words)
    if controls == 1:
        score += 1.5
    return score - 1.5 if one.kind < 6 and len(texts) > 3 and not controls else score


_NUMBERED = re.compile(r"(?P<stem>[a-z]{3,}(?:[- ][a-z]+)?)[ -]?(?:[1-4]|[a-d])?")


def _are_trials(prose: Prose, texts: list[str]) -> bool:
    """Whether phrases are the names of trials: "two trials (TRUST-1 and TRUST-2)"."""
    stems = {found["stem"] for text in texts if (found := _NUMBERED.fullmatch(text)) is not None}
    if len(stems) != 1 or not any(text[-1].isdigit() for text in texts):
        return False
    (stem,) = stems
    return re.search(rf"\b(?:trials?|studies|study)\b[^.;()]{{0,40}}\(?{re.escape(stem)}[ -]?1", prose.text) is not None


def _borne_out(given: int, becomes: int, kind: float) -> float:
    """Judge a phrase by whether people elsewhere receive what it names, or whether it becomes of them."""
    if kind >= 6:
        return min(given, 4) * 0.5 - (2.0 if becomes > 2 * given + 1 else 0.0)
    if not given:
        return -3.0 if becomes else -1.0
    return min(given, 4) * 0.2 - (2.5 if becomes > 2 * given + 1 else 0.0)


def _as_stated(known: Belonging, number: int) -> float:
    """Judge a list by how many groups the text says that there are."""
    if number in known.stated:
        return 3.0 if number > 2 else 1.0
    return -1.5 if min(known.stated) > 2 else 0.0


def _score_of_one(prose: Prose, one: Listed, text: str, telling: list[frozenset[str]], number: int) -> float:
    own = telling[number].difference(*telling[:number], *telling[number + 1 :])
    lettered = LETTERED.fullmatch(text) is not None
    if not own and not one.phrases[number].head and not lettered and one.kind < 6:
        # "B" beside "A plus B" has no word of its own.
        return -1.0 if any(telling[number] < other for other in telling) else -4.0
    keys = [text] if lettered or (not own and len(text) < 40) else sorted(word for word in own if len(word) > 1)[:6]
    short = _ABBREVIATION.search(prose.text, one.phrases[number].start, one.phrases[number].end + 14)
    if short is not None and short[1] not in _WEAK:
        keys = [*keys, short[1]]
    most = max(map(prose.count, keys), default=1)
    score = (min(most, 5) - 1.5) / len(telling) * 2
    if number > 1:
        score += 1.5 if most > 1 else -1.0 if one.kind < 6 else -0.3
    if lettered or (own and own <= _ROLES):
        score -= (2.0 if lettered else 4.0) / len(telling)
    if not lettered and _LOOSE_NUMBER.search(text):
        score -= 2.0
    if _LIMIT.search(text):
        score -= 4.0
    if _ILLNESS.search(text):
        score -= 2.0
    if text in _OUTCOMES_IN_SHORT or _PEOPLE_WITH.match(text) or _ANALYSED.search(text):
        score -= 6.0
    if one.kind < 6 and prose.count(f"patients with {text}") > 1:
        score -= 4.0
    if text.count("(") != text.count(")"):
        score -= 1.0 if one.kind >= 6 and not _CUT_OFF.search(text) else 3.0
    return score - 0.5 if len(text) > 90 else score


_OUTCOMES_IN_SHORT = word_set(
    "os pfs dfs efs rfs mfs ttp orr cr pr pcr qol hrqol hrql pro pros aes saes sbp dbp bmi hr or rr ci ldl hdl"
)
_PEOPLE_WITH = re.compile(r"(?:patients|participants|subjects|women|men|children|adults|people) with (?!or\b)")
_ANALYSED = re.compile(
    r"^(?:its|their) |\bat (?:[0-9]+-[a-z]+ )?follow-up$"
    r"|(?:\bpopulations?|\b(?:full |per-protocol )?analysis(?: set)?)$"
)
_LOOSE_NUMBER = re.compile(r"[a-z]{4} [0-9]+(?:\.[0-9]+)?$|vs")
# "tumours ≤2 cm", "age >= 50 years": who was included
_LIMIT = re.compile(r"[≤≥<>]=? ?[0-9.·]+ ?(?:cm|mm|years?|yrs?|kg|%|points)")
_ILLNESS = re.compile(
    r"\b(?:disease|cancer|carcinoma|syndrome|sepsis|failure|hypertension|diabetes|disorder|injury|metastas[ei]s"
    r"|lesions?"
    r"|tumou?rs?|infections?|stroke|progression)$"
)
_CUT_IN_NUMBER = re.compile(r"[(\[][0-9]+$")
_CUT_OFF = re.compile(r"\([^)]{0,12}$|^[^(]{0,40}\)")
# "telephone) or deaths": cut out of a bracket
_CUT_BEFORE_OR = re.compile(r"[^()]*\) (?:or|and) ")
LETTERED = re.compile(r"(?:group|arm|cohort)[ -](?:[a-hp][1-8]?|[1-8]|i{1,3}v?)")
_ABBREVIATION = re.compile(r"[(\[]([a-z][a-z0-9+/-]{1,9})[)\],;]")
_ROLES = word_set(
    "control experimental intervention research treatment active study comparison comparator treated untreated standard"
)
_WEAK = word_set(
    "the and with for plus of or in to by at on a an mg ml kg day days week weeks daily dose once twice per every"
    " cycles"
    " group arm treatment therapy patients groups h g x d m"
)

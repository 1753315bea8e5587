"""Find the sentences that introduce the arms of a trial, and choose among the lists of arms that they give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.sources.text.groups.belonging import belonging
from trialstats.sources.text.groups.brackets import (
    CODE_IN_BRACKET,
    LETTER_IN_BRACKET,
    before_brackets,
    in_bracket,
    sized_brackets,
)
from trialstats.sources.text.groups.compared import compared_arms, contrasts, one_and_without, with_other_controls
from trialstats.sources.text.groups.counted import counted_arms, counts
from trialstats.sources.text.groups.doses import of_doses, of_drugs
from trialstats.sources.text.groups.enumerated import coded, enumerated, summed
from trialstats.sources.text.groups.factors import of_two_factors
from trialstats.sources.text.groups.given import IN_TURN, KINDS_COUNTED, before_verbs, behind_nouns, behind_verbs
from trialstats.sources.text.groups.heads import heads_of, of_groups
from trialstats.sources.text.groups.phrases import alternatives
from trialstats.sources.text.groups.placebo_controlled import of_placebo_controlled
from trialstats.sources.text.groups.prose import Phrase, Prose
from trialstats.sources.text.groups.scores import Listed, covers, ranked, words_in
from trialstats.sources.text.groups.told_doses import told_doses
from trialstats.sources.text.groups.trimmed import SIZED_BEHIND, trimmed

_LONGEST_SENTENCE = 1500

_MOST_LISTS = 24
_MOST_CONTRASTS = 6

_LEAST_SCORE = 2.5

_LEAST_TOLD = 4


def is_sure(one: Listed) -> bool:
    """Whether a list names arms even if no result is given for them.

    Parameters
    ----------
    one : Listed
    """
    return one.kind >= 5 or (one.borne_out and (one.kind > 3 or one.score > _LEAST_SCORE))


def introductions(prose: Prose, heads: dict[str, list[Phrase]]) -> list[Listed]:
    """Return the lists of arms that a text gives, the surest first.

    Parameters
    ----------
    prose : Prose
    heads : dict of str to list of Phrase
        What the text calls a group, as `heads_of` gives it.
    """
    found: list[Listed] = []
    contrasts = 0
    for number, clues in sorted(_clues(prose).items()):
        start, stop = prose.sentences[number]
        if "contrast" in clues:
            contrasts += 1
            if contrasts > _MOST_CONTRASTS:
                del clues["contrast"]
        found += _of_sentence(prose, start, min(stop, start + _LONGEST_SENTENCE), clues)
        if len(found) > _MOST_LISTS:
            break
    found += [*of_groups(prose, prose.flat, heads), *enumerated(prose), *coded(prose), *summed(prose)]
    if all(one.kind < _LEAST_TOLD for one in found) and (doses := told_doses(prose)):
        found.append(Listed(_LEAST_TOLD, doses))
    known = belonging(prose.text, [(name, len(places)) for name, places in heads.items()] if found else None)
    scored = ranked(prose, found, known)
    if not scored:
        # Groups that are named in brackets only.
        scored = ranked(prose, of_groups(prose, prose.text, heads_of(prose.text)), known)
    if not any(one.borne_out for one in scored) and (drug := of_placebo_controlled(prose)):
        scored.insert(0, Listed(_LEAST_TOLD, drug))
    if not any(word in prose.text for word in _OF_TRIALS):
        # Of a text that is no trial, contrasts tell of anything.
        scored = [one for one in scored if one.kind > 3]
    for number, one in enumerate(scored[1:8], 1):
        # A list that says the same of more arms, or at more length, is the better one.
        if one.kind >= 6 and scored[0].kind < 3 and _mostly_same(prose, one, scored[0]):
            # "who had received their usual drugs were randomised to A, B or C"
            scored.insert(0, scored.pop(number))
            break
        if _sized_and_more(prose, one, scored[0]) or _with_more_joined(prose, one, scored[0]):
            # "A, 200 mg (n = 48); A, 100 mg (n = 53); or placebo (n = 48)", elsewhere "A versus placebo"
            scored.insert(0, scored.pop(number))
            break
        fuller = one.kind > 5 and (scored[0].kind < 5 or _one_in_another(prose, scored[0]))
        if fuller and one.score > scored[0].score - 6 and covers(prose, one, scored[0]):
            scored.insert(0, scored.pop(number))
            break
    if scored and (more := with_other_controls(prose, scored) or of_two_factors(prose, scored)):
        scored.insert(0, more)
    return scored


def _sized_and_more(prose: Prose, one: Listed, other: Listed) -> bool:
    """Whether a list gives each of more arms with its size, in the words of another that has fewer."""
    more, fewer = ([prose.words(phrase) for phrase in listed.phrases] for listed in (one, other))
    if len(more) <= max(2, len(fewer)) or not all(SIZED_BEHIND.match(prose.text, phrase.end) for phrase in one.phrases):
        return False
    return all(any(words in longer for words in fewer) for longer in more) and all(
        any(words in longer for longer in more) for words in fewer
    )


def _with_more_joined(prose: Prose, one: Listed, other: Listed) -> bool:
    """Whether the phrases of a list are those of another with what is given before: "A plus B (n = 20)", not "B"."""
    if one.kind < 6 or len(one.phrases) != len(other.phrases):
        return False
    pairs = list(zip(*(sorted(listed.phrases, key=lambda of: of.start) for listed in (one, other)), strict=True))
    if any(longer.start > shorter.start or longer.end < shorter.end - 1 for longer, shorter in pairs):
        return False
    before = [prose.flat[longer.start : shorter.start] for longer, shorter in pairs]
    return any(map(_JOINT_BEFORE.search, before))


_JOINT_BEFORE = re.compile(
    r"^(?!.*\b(?:patients|participants|subjects|women|who|were|was)\b).*\b(?:plus|followed by|combined with)\b"
)


def _mostly_same(prose: Prose, one: Listed, other: Listed) -> bool:
    """Whether two lists of one length differ in one arm only."""
    words = {prose.words(phrase) for phrase in one.phrases} & {prose.words(phrase) for phrase in other.phrases}
    return len(one.phrases) == len(other.phrases) > 1 and len(words) == len(one.phrases) - 1


def _one_in_another(prose: Prose, one: Listed) -> bool:
    """Whether an arm has all the words of another: "cisplatin" and "cisplatin alone" may be cut from longer names."""
    words = [frozenset(words_in(prose.words(phrase))) for phrase in one.phrases]
    return any(first <= other for at, first in enumerate(words) for other in words[:at] + words[at + 1 :])


_OF_TRIALS = ("random", "placebo", " trial", "assigned", " arm ", " arms", "phase 1", "phase 2", "phase 3", "phase i")

# Clues: by what follows from them, the words that are looked for.
_CLUES = {
    "allocated": ("random", "assigned", "allocated", "divided"),
    "contrast": (" vs", " versus", " compar", " than "),
    "given": (
        "received", "receiving", "treated with", "underwent", "given", "ingested", "comparing", "took", "comparison of",
        "to compare", "consumed", "periods", "phases", "treatment with", "therapy with", "using either", "with either",
        "offered", "prescribed",
    ),
    "passive": (
        "given", "administered", "infused", "injected", "applied", "inserted", "taken", "ingested", "consumed",
        "prescribed",
    ),
    "other": ("the other group", "the other half", "the other arm", "the other patients", "the others"),
    "named": (
        "arms", "groups", "conditions", "treatments", "regimens", "interventions", "strategies", "diets", "options",
        "following", "cohorts", "combinations", *KINDS_COUNTED,
    ),
}  # fmt: skip


def _clues(prose: Prose) -> dict[int, dict[str, list[int]]]:
    """Return by sentence what speaks for its introducing arms, and where."""
    flat = prose.flat
    found: dict[int, dict[str, list[int]]] = {}
    for clue, words in _CLUES.items():
        for word in words:
            at = flat.find(word)
            while at >= 0:
                number = prose.sentence_at(at)
                found.setdefault(number, {}).setdefault(clue, []).append(at)
                # The first in a sentence is enough.
                at = flat.find(word, prose.sentences[number][1])
    for clue, places in (
        ("sized", sized_brackets(prose)),
        ("counted", [match.start() for match in counts(prose.text, 0, len(prose.text))]),
    ):
        for at in places:
            found.setdefault(prose.sentence_at(at), {}).setdefault(clue, []).append(at)
    return found


def _of_sentence(prose: Prose, start: int, stop: int, clues: dict[str, list[int]]) -> Iterator[Listed]:
    allocated = "allocated" in clues
    if allocated:
        verb = _ALLOCATION.search(prose.flat, start, stop)
        yield from _allocated(prose, start, stop, verb.start() if verb is not None else min(clues["allocated"]))
    if "named" in clues and (behind := behind_nouns(prose, clues["named"], stop)):
        yield Listed(6 if allocated else 3, behind)
    if "contrast" in clues:
        if compared := compared_arms(prose, start, stop):
            yield Listed(3, compared)
        yield from contrasts(prose, start, stop)
    if "other" in clues and (without := one_and_without(prose, start, stop)):
        yield Listed(6, without)
    if "given" in clues:
        yield from behind_verbs(prose, start, stop, clues["given"])
    if "passive" in clues and (before := before_verbs(prose, start, stop)):
        yield Listed(1.5, before)
    if told := in_bracket(prose, start, stop, allocated=allocated):
        yield Listed(7 if allocated or _add_up(prose, told, start, stop) else 4, told)
    if len(clues.get("sized", ())) > 1 and (listed := before_brackets(prose, start, stop, clues["sized"])):
        lettered = all(
            phrase.end - phrase.start == 1
            or LETTER_IN_BRACKET.match(prose.text, phrase.end)
            or CODE_IN_BRACKET.match(prose.cased, phrase.end + 1)
            for phrase in listed
        )
        yield Listed((12 if allocated else 8) if lettered else 7 if allocated else 4, listed)
    if "counted" in clues and (counted := counted_arms(prose, start, stop, allocated=allocated)) is not None:
        yield counted


_SIZE_BEHIND = re.compile(
    r"(?:[ -](?:group|arm|cohort))?(?:,|:| ?[(\[])? ?(?:n ?[=:] ?)?(?P<n>[0-9]{1,6})(?![0-9.,]*[0-9%])"
)
_NUMBER = re.compile(r"(?<![0-9.,])[0-9]{1,6}(?![0-9.,]*[0-9%])")


def _add_up(prose: Prose, phrases: list[Phrase], start: int, stop: int) -> bool:
    """Whether the numbers behind phrases add up to one before them: "56 women took part (tea group, 29; milk, 27)"."""
    sizes = [_SIZE_BEHIND.match(prose.text, phrase.end) for phrase in phrases]
    if not all(sizes):
        return False
    total = sum(int(size["n"]) for size in sizes if size is not None)
    return any(int(one[0]) == total for one in _NUMBER.finditer(prose.text, start, min(stop, phrases[0].start)))


# What was done to the patients: "a randomised trial" alone says nothing of it.
_ALLOCATION = re.compile(
    r"\brandomly (?:assigned|allocated|divided)|\b(?:were|was|be|been|we|then|and|are) (?:then "
    r"|also )?(?:randomi[sz]ed|assigned"
    r"|allocated)|\brandomi[sz]ed (?:to|into|in|between|\()"
)

_TO = re.compile(
    r"[ )](?:to|into|between|among|receiv(?:e|ed|ing)|either|treated with|underwent|(?<!standard )of)"
    r"(?: (?:receive|undergo|take|have|continue|start|begin|initiate|use(?! of)|get|consume|eat|drink|wear|perform"
    r"|attend"
    r"|treatment with|therapy with"
    r"|either|the"
    r"|be (?:treated|managed|screened|examined) (?:with|by)|one of (?:these|the following) (?:[a-z-]+ ){0,2}[a-z]+(?=:)"
    r"|(?:one of )?(?:the )?(?:two|three|four|five|2|3|4|5)(?: [a-z-]+){0,2} "
    r"(?:groups|arms|regimens|treatments|strategies|conditions|sequences|orders|programs|programmes|interventions"
    r"|combinations|options)"
    r"|one of (?:the )?(?:two|three|four|five|2|3|4|5)(?: [a-z-]+){0,2} (?:solutions|drugs|agents|techniques|methods"
    r"|doses|products|formulations|diets|devices)))*[ :(,]+"
)

# "non-inferior to zinc", "the link between zinc and colds": nobody is allocated so.
_OTHER_TO = re.compile(
    r"\b(?:(?:non-?)?(?:inferior|superior)|(?:in)?(?:equivalent|sensitive)|similar|comparable|resistant|refractory"
    r"|relative"
    r"|due|owing|prior|related|associations?|relationships?|correlations?|interactions?|interval|agreement|difference"
    r"|differences)[ )]$"
)

# "to zinc, iron, and placebo groups"
_GROUPS_NEXT = re.compile(r"(?:(?! or | versus | vs)[^.;:]){3,150}? and (?:(?! or )[^.;:,]){3,60}? (?:groups|arms)\b")

_BOTH = re.compile(r"groups|arms|regimens|treatments|between|into|conditions|strategies")


def _allocated(prose: Prose, start: int, stop: int, at: int) -> Iterator[Listed]:
    """Yield the alternatives behind each "to" of a sentence that says at a place that patients were allocated."""
    limit = min(stop, at + 400)
    for tries in range(5):
        found = _TO.search(prose.flat, at, limit)
        if found is None:
            return
        at = found.end()
        if _OTHER_TO.search(prose.flat, max(start, found.start() - 20), found.start() + 1) is not None:
            at -= 1
            continue
        both = _BOTH.search(found[0]) is not None or _GROUPS_NEXT.match(prose.flat, at, stop) is not None
        # All have each of them: "a crossover study to receive zinc, iron, and placebo".
        given = not found[0].startswith(" of") and _AIM.match(prose.flat, at) is None
        both |= given and IN_TURN.search(prose.flat, start, stop) is not None
        phrases = of_drugs(prose, at, stop) or _to_what(
            prose, alternatives(prose, at, min(stop, at + 700), conjunction=both)
        )
        if (len(phrases) < 2 or _TIME_ALONE.match(prose.flat, phrases[-1].start)) and (
            doses := of_doses(prose, at, stop)
        ):
            yield Listed(_kind_of_allocation(prose, start, found, doses) - 0.7 * tries, doses)
            phrases = []
        if len(phrases) > 1:
            kind = _kind_of_allocation(prose, start, found, phrases) - 0.7 * tries
            second = _called_from_second(prose, phrases)
            yield Listed(kind - 3 if second else kind, phrases)
            if merged := _merged(prose, phrases):
                adjective = second or _ADJECTIVE.search(prose.flat, phrases[0].start, phrases[0].end) is not None
                yield Listed(kind + 1 if adjective else kind - 1.5, merged)
        at -= 1


def _to_what(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Leave out of alternatives what tells who the people are, where another "to" leads to the arms.

    "Adults without earlier zinc or iron for their anaemia to receive A or B" had neither zinc nor iron; "those with a
    ratio of 30 or more to A or B" are not in the arm "30 or more to A".
    """
    for number in range(len(phrases) - 1, 0, -1):
        between = prose.flat[phrases[number - 1].end : phrases[number].start]
        if len(phrases) - number > 1 and _WHO_RECEIVE.search(between) is not None:
            return phrases[number:]
    first = phrases[0] if len(phrases) > 1 else None
    limit = _OF_A_LIMIT.match(prose.flat, first.start, first.end) if first is not None else None
    arm = trimmed(prose.flat, limit.end(), first.end) if first is not None and limit is not None else None
    return phrases if arm is None else [arm, *phrases[1:]]


_WHO_RECEIVE = re.compile(r" (?:or|and) (?:(?! (?:and|or) to )[^.;:]){12,} to (?:receive|undergo) ")
_OF_A_LIMIT = re.compile(
    r"(?:(?!\b(?:from|addition|adding|increas|titrat|up to|switch|chang|reduc|either)).){0,150}?"
    r"(?:[0-9] ?(?:[a-z%/]+ ){0,3}(?:or (?:less|more|greater|higher|lower|older|above|below)"
    r"|to [0-9.,]+(?: ?[a-z%/]+)?)) to "
    r"(?=[a-z])"
)

# "within 6 h or within 24 h"
_TIME_ALONE = re.compile(r"(?:within|after|for|at|every|by) [0-9]")

# "to a nurse-led, intensive programme or to usual care"
_ADJECTIVE = re.compile(r"(?:[a-z]{3}ed|-based|-led|[a-z]{3}(?:ive|ical|ised|ized)|brief|simple|short|long)$")


def _kind_of_allocation(prose: Prose, start: int, found: re.Match[str], phrases: list[Phrase]) -> float:
    """Say how sure it is that a list behind a "to" or "of" is what patients were allocated to."""
    percentages = _SHORT_FIRST.sub("", prose.cased[start : phrases[-1].end]).count("%")
    solutions = sum(_SOLUTION.match(prose.flat, one.start) is not None for one in phrases)
    if percentages > solutions or _AIM.match(prose.flat, found.end()):
        # Behind a percentage results are told, not the allocation.
        return 3
    if found[0].startswith(" of"):
        return 6 if _STUDY_END.search(prose.flat, max(0, found.start() - 40), found.start() + 1) else 4.5
    if found[0].startswith((" among", ") among", " between")) and prose.flat[found.end()].isdigit():
        return 3.5
    return 6


# "0.1% zinc or 0.2% zinc"
_SOLUTION = re.compile(r"[0-9.]{1,5} ?% (?!of\b|in\b|were\b|was\b|had\b)[a-z]{3}")
# "(LF; 37% carbohydrate, 9% fat)": what an arm is made of
_SHORT_FIRST = re.compile(r"\([A-Z][A-Za-z0-9+/-]{1,9}; [^()]{0,120}\)")

_AIM = re.compile(
    r"(?:guide|manage|determine|assess|evaluate|compare|prevent|detect|reduce|improve|identify|investigate|examine"
    r"|provide|collect"
    r"|ensure|test|study|treat|measure|show|establish|explore|the (?:ratio|fraction|effects?|efficacy))\b"
)

_STUDY_END = re.compile(r"\b(?:trials?|study|studies|comparisons?|evaluation|arms|groups|rcts?)\b[)\x01(\s]*$")


def _merged(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Take what stands between commas for one arm: "to a brief, nurse-led programme or to usual care"."""
    flat = prose.flat
    if len(phrases) == 3 and _called_from_second(prose, phrases):
        return [Phrase(phrases[0].start, phrases[1].end), phrases[2]]
    adjective = _ADJECTIVE.search(flat, phrases[0].start, phrases[0].end) is not None
    if len(phrases) != 3 or any(
        flat[one.end - 1] in ")]" or SIZED_BEHIND.match(prose.text, one.end) for one in phrases[: 1 if adjective else 2]
    ):
        return []
    first, second = (frozenset(words_in(flat[one.start : one.end])) for one in phrases[:2])
    if any(len(word) > 3 for word in first & second):
        # "A 10 mg, A 20 mg, or B"
        return []
    between = flat[phrases[1].end : phrases[2].start]
    if phrases[1].end - phrases[0].start > 160 or not any(word in between for word in (" or ", " v", " compared")):
        return []
    return [Phrase(phrases[0].start, phrases[1].end), phrases[2]]


def _called_from_second(prose: Prose, phrases: list[Phrase]) -> bool:
    """Whether of three only the first has no abbreviation behind it: it belongs to the second."""
    called = [_SHORT_BEHIND.search(prose.cased, one.start, one.end + 14) is not None for one in phrases]
    return called == [False, True, True] and prose.flat[phrases[0].end : phrases[1].start].strip() == ","


_SHORT_BEHIND = re.compile(r"\((?=[A-Za-z0-9+/-]*[A-Z])[A-Za-z0-9+/-]{1,10}[;,)]")

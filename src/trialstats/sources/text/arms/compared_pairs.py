"""Arms by the pairs of names that results are compared by, where no other sentence tells of arms.

"More responded with A than with B (45% v 38%)", "4.1 during A and 5.6 during B", "B recipients", "with and without C":
one such pair may be of any two things, but a text that gives its results by one pair again and again compares these.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from trialstats.sources.text.groups.belonging import Belonging, belonging
from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.groups.names_of_results import named, stop_before, stops_of
from trialstats.sources.text.groups.plausible import no_arm
from trialstats.sources.text.groups.prose import masked
from trialstats.sources.text.names.compared import DOSE, Compared, compared_names, is_given, names_against, names_given
from trialstats.sources.text.tokens.document import Document


@dataclass(slots=True)
class _Evidence:
    """What a text's results are compared by: pairs of names, with their weight and the sentences of each."""

    of_sentence: dict[int, dict[frozenset[str], float]] = field(default_factory=lambda: defaultdict(dict))
    weight: dict[frozenset[str], float] = field(default_factory=lambda: defaultdict(float))
    sentences: dict[frozenset[str], set[int]] = field(default_factory=lambda: defaultdict(set))
    supported: dict[frozenset[str], float] = field(default_factory=lambda: defaultdict(float))
    given: set[str] = field(default_factory=set)

    def add(self, sentence: int, one: Compared) -> None:
        """Note a pair that a sentence with results compares."""
        pair = frozenset((one.first, one.second))
        if len(pair) < 2 or not all(pair) or _of_two_kinds(*pair) or any(map(no_arm, pair)):
            return
        self.given.update(pair if one.given else ())
        known = self.of_sentence[sentence].get(pair, 0.0)
        self.of_sentence[sentence][pair] = max(known, one.worth) + (_AGAIN if known else 0.0)

    def support(self, one: Compared) -> None:
        """Note a pair that a sentence without results compares."""
        self.supported[frozenset((one.first, one.second))] += one.worth / 3
        self.given.update((one.first, one.second) if one.given else ())

    def settle(self, known: Belonging) -> None:
        """Leave out what names no arms, and take for one name what is another with more words: "open surgery"."""
        names: Counter[str] = Counter()
        for pairs in self.of_sentence.values():
            for pair, worth in pairs.items():
                names.update(dict.fromkeys(pair, worth))
        of: dict[str, str] = {name: name for name in names}
        kept: list[str] = []
        for name in sorted(names, key=lambda one: (-names[one], len(one), one))[:_MOST_NAMES]:
            of[name] = next((one for one in kept if _is_same(one, name)), name)
            kept += [name] if of[name] == name else []
        self.given |= {of[name] for name in self.given if name in of}
        for sentence, pairs in self.of_sentence.items():
            for pair in {frozenset(of[name] for name in pair) for pair in pairs}:
                worths = [worth for one, worth in pairs.items() if {of[name] for name in one} == pair]
                self.weight[pair] += max(worths)
                self.sentences[pair].add(sentence)
        for pair in list(self.weight):
            if len(pair) < 2 or not self._are_arms(pair, known):
                del self.weight[pair], self.sentences[pair]
        for pair in list(self.supported):
            self.supported[frozenset(of.get(name, name) for name in pair)] += self.supported.pop(pair)

    def _are_arms(self, pair: frozenset[str], known: Belonging) -> bool:
        """Whether one name at least is of what people are given or belong to, and none of what becomes of them."""
        sure = {name for name in pair if name in self.given or is_given(name) or _TOLD_BY.match(name) is not None}
        counts = {name: known.of(name.split()) for name in pair - sure}
        told = sure or len(self.sentences[pair]) > 1 or any(given > becomes for given, becomes in counts.values())
        return bool(told) and all(given >= becomes for given, becomes in counts.values())


_AGAIN = 0.5
_MOST_NAMES = 60
_TOLD_BY = re.compile(r"(?:un|non|no|with|without)\b-?|(?:un|non)[a-z]{5}")


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if _JOINS.search(long) is not None or _LACKS.match(long) is not None:
        return False
    return long.startswith(f"{short} ") or long.endswith(f" {short}")


_JOINS = re.compile(r"\b(?:plus|and|with|without)\b|[+/]")
_LACKS = re.compile(r"(?:no|non|without)\b")


def arms_of_pairs(
    document: Document, groups: Groups, places: Sequence[tuple[int, int]], contrasts: Sequence[tuple[int, int]]
) -> Groups | None:
    """Return the arms by which a text's results are compared; None where no pair is compared often enough.

    Parameters
    ----------
    document : Document
    groups : Groups
        Whose sizes of the whole are kept.
    places : sequence of (int, int)
        Where results of one arm stand, in order.
    contrasts : sequence of (int, int)
        Where results of two arms stand, in order.
    """
    text = document.tokens.text
    flat, stops = masked(text), stops_of(text)
    by_sentence: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in places:
        by_sentence[stop_before(stops, place[0])].append(place)
    results = Counter(stop_before(stops, start) for start, _ in (*places, *contrasts))
    evidence = _Evidence()
    spans = [(before + 2, min(stop, before + _LONGEST_SENTENCE)) for before, stop in pairwise([-2, *stops, len(text)])]
    for start, stop in spans:
        if (sentence := max(start - 2, -1)) in results:
            for pair in compared_names(text, flat, start, stop, by_sentence.get(sentence, ())):
                evidence.add(sentence, pair)
    if evidence.of_sentence:
        for start, stop in spans:
            if max(start - 2, -1) not in results:
                for pair in names_against(flat, start, stop):
                    evidence.support(pair)
        evidence.settle(belonging(text, []))
    chosen = _best(evidence, results)
    if chosen is None and len(groups.arms) < 2:
        with_results = [span for span in spans if max(span[0] - 2, -1) in results]
        chosen = _apart(text, Counter(name for span in with_results for name in names_given(flat, *span)))
    arms = None if chosen is None else named(document, groups, chosen, {})
    return _with_drug(document, arms) if arms is not None and len(arms.arms) > 1 else None


def _of_two_kinds(first: str, second: str) -> bool:
    """Whether one of two names is a dose and the other neither a dose nor a control."""
    doses = [DOSE.match(name) is not None for name in (first, second)]
    return any(doses) and not all(doses) and not is_given(second if doses[0] else first)


def _apart(text: str, alone: Counter[str]) -> list[str] | None:
    """Return the two or three things that people are given in sentences apart, where the text compares."""
    kept: list[str] = []
    for name, _ in alone.most_common(_MOST_NAMES):
        if not any(_is_same(one, name) or _JOINS.search(name) for one in kept):
            kept.append(name)
    doses = [name for name in kept if DOSE.match(name) is not None]
    if len(doses) > 1:
        kept = [name for name in kept if name in doses or CONTROL.search(name) is not None]
        if any(alone[name] < 2 for name in doses):
            return None
    elif _COMPARES.search(text) is None or len(kept) > 2 or "placebo" in kept:
        return None
    times = sum(alone[name] for name in kept)
    return kept if 2 <= len(kept) <= _MOST and times > len(kept) else None


_COMPARES = re.compile(r"\brandomi[sz](?:ed|ation)\b|\bcomparative (?:study|trial)\b")


def _with_drug(document: Document, groups: Groups) -> Groups:
    """Label arms named by doses with the drug that the text names beside them: "lumarin 20 mg"."""
    doses = [arm.label for arm in groups.arms if DOSE.match(arm.label.lower()) is not None]
    if len(doses) < 2:
        return groups
    text, found = document.tokens.text, Counter[str]()
    for dose in doses:
        form = re.escape(dose.lower()).replace(r"\ ", "[ -]")
        behind = re.finditer(rf"(?<![\w.]){form}(?: (?:doses? )?(?:of )?)?([a-z]{{5,}})", text)
        before = re.finditer(rf"([a-z]{{5,}}) {form}(?![\w.])", text)
        found.update(match[1] for match in (*behind, *before) if DRUG.search(match[1]) is not None)
    if not found:
        return groups
    drug = found.most_common(1)[0][0]
    at = text.find(drug)
    label = document.cased[at : at + len(drug)]
    arms = tuple(replace(arm, label=f"{label} {arm.label}") if arm.label in doses else arm for arm in groups.arms)
    return replace(groups, arms=arms)


def _best(evidence: _Evidence, results: Mapping[int, int]) -> list[str] | None:
    """Return the names of the pair that results are compared by most, with those that stand together with both."""
    ranked = sorted(evidence.weight, key=lambda pair: (-evidence.weight[pair], sorted(pair)))
    if not ranked:
        return None
    best = ranked[0]
    worth = evidence.weight[best] + evidence.supported.get(best, 0.0) + sum(map(is_given, best)) / 2
    others = sum(evidence.weight[pair] for pair in ranked if not pair & best)
    covered = sum(results[sentence] for sentence in evidence.sentences[best]) / sum(results.values())
    if others >= evidence.weight[best] or worth < 1.5 or (covered < _SHARE and worth < 2.5):
        return None
    names = sorted(best)
    known = {name for pair in ranked for name in pair}
    names += [
        name
        for name in sorted(known - best)
        if all(frozenset((name, one)) in evidence.weight for one in best)
        or any(len(evidence.sentences.get(frozenset((name, one)), ())) > 1 for one in best)
        # "A was superior to placebo. B was not."
        or any(CONTROL.search(one) and frozenset((name, one)) in evidence.weight for one in best)
    ]
    return names[:_MOST]


_SHARE = 0.3
_MOST = 4
_LONGEST_SENTENCE = 1500

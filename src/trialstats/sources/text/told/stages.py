"""Find how many people a sentence tells at each stage of a trial: "512 screened, 260 randomised and 251 analysed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialstats.reported import Reported
from trialstats.sources.text.tokens.figures import in_figures
from trialstats.sources.text.told.sums_of_sentences import things_apart, whole_numbers

_STAGES = (
    r"approached|invited|contacted|referred|identified|screened|(?:had )?eligibility assessed|assessed for eligibility",
    r"eligible|met (?:the )?(?:inclusion|entry) criteria",
    r"consented|gave (?:written )?(?:informed )?consent|agreed to (?:take part|participate)|enrol\w+|recruited",
    r"randomi[sz]ed|underwent randomi[sz]ation|(?:randomly )?assigned|allocated",
    r"treated|received (?:the |at least one |their )?(?:study |trial )?(?:drug|treatment|medication|dose|intervention)"
    r"|started treatment",
    r"evaluable|analy[sz]ed|assessed|completed|followed(?: up)?|still on treatment"
    r"|included in the (?:primary )?analysis"
    r"|available|in the study",
)
"""Of each the people are among those of the one before, and of all before that, where they are told in this order."""
_STAGE = re.compile(
    r"[^0-9.;:()]{0,45}?\b(?:" + "|".join(f"(?P<s{at}>{words})" for at, words in enumerate(_STAGES)) + r")\b",
    re.IGNORECASE,
)
_STAGE_BEFORE = re.compile(
    r"\b(?:" + "|".join(f"(?P<s{at}>{words})" for at, words in enumerate(_STAGES[:4])) + r") $", re.IGNORECASE
)
"""Right before the first number: "We invited 640 women"."""
_HINT = re.compile("|".join(_STAGES[:4]), re.IGNORECASE)
_APART = re.compile(
    r"\b(?:v|vs|versus|respectively|groups?|arms?|each|per|compared|than|placebo|control|intervention|eyes|lesions|samples"
    r"|visits|women and|men and|planned|cohort|part|phase|stage|stud(?:y|ies)|trials?|sites?|cent(?:re|er)s"
    r"|practices|clinics"
    r"|hospitals|records|articles|another|additional|further|other)\b",
    re.IGNORECASE,
)
"""Words for other people than those before, or for things of which one has several."""
_LONGEST, _FEWEST, _MOST = 300, 2, 5


@dataclass(frozen=True, slots=True)
class Stages:
    """Two numbers of people of which the second are among the first, as the stages of the trial have it."""

    first: Reported
    second: Reported
    words: tuple[str, str]
    start: int
    end: int


def find_stages(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[Stages]:
    """Yield the stages of each sentence whose every number is that of one, two and two.

    Examples
    --------
    >>> text = "Of 318 men approached, 244 consented and 201 completed the diary."
    >>> [(one.first.text, one.second.text) for one in find_stages(text, [(0, len(text))])]
    [('318', '244'), ('318', '201'), ('244', '201')]
    """
    for begin, stop in sentences:
        if stop - begin > _LONGEST or _HINT.search(text, begin, stop) is None or _APART.search(text, begin, stop):
            continue
        words = in_figures(text[begin:stop])
        numbers = whole_numbers(words)
        if not _FEWEST <= len(numbers) <= _MOST:
            continue
        if things_apart(words, [end for _, _, end in numbers]):
            continue
        ends = [*(start for _, start, _ in numbers[1:]), len(words)]
        found = [_STAGE.match(words, end, last) for (_, _, end), last in zip(numbers, ends, strict=True)]
        told = [
            (int((one.lastgroup or "s0")[1:]), n, start, one)
            for one, (n, start, _) in zip(found, numbers, strict=True)
            if one
        ]
        before = _STAGE_BEFORE.search(words, 0, numbers[0][1])
        if found[0] is None and before is not None:
            told.insert(0, (int((before.lastgroup or "s0")[1:]), numbers[0][0], before.start(), before))
        if len(told) < len(numbers) - (len(numbers) > _FEWEST):
            continue
        for rank, n, start, one in told:
            for later, m, at, other in told:
                if later > rank and at > start:
                    yield Stages(
                        Reported(str(n)), Reported(str(m)), (one[one.lastgroup or 0], other[other.lastgroup or 0]),
                        begin + min(start, at), begin + max(one.end(), other.end()),
                    )  # fmt: skip

"""Read design statements: "85% power to detect a hazard ratio of 0.64 (one-sided alpha .1) requires 108 events".

A statement is the sentence that names a power, with the sentences before it that say what is assumed and those behind
it that say how many are recruited. What it must have is an effect and a number of patients or events. A number of that
sentence that has no place in the statement makes all of it uncertain.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trialstats.claims.model import Place, Plan
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.sources.text.document import Document
from trialstats.sources.text.lex import NUMBER_WORDS
from trialstats.sources.text.normalise import FILLER
from trialstats.sources.text.plan_forms import ARMS, BEYOND, DESIGNS, DIFFERENCE, FORMS, PAIRS, RATIO, SIDED

_STEMS = ("power", "two-stage", "two stage", "simon", "β", "beta ")
_ANCHOR = re.compile(r"\bpower|\bsimon\b|\btwo[- ]stage\b|\bβ|\bbeta\b|\btype (?:ii|2) error")
_LEADS = re.compile(
    r"\b(?:assum|expect|hypothes|anticipat|sample size|power|alpha|significance level|to detect|detecting"
    r"|standard deviation|hazard ratio|type (?:i|1) error|clinically (?:relevant|significant|important)"
    r"|consider|estimat|difference of|mean of)"
)
_GOES_ON = re.compile(
    r"\b(?:drop|attrition|loss|lost|withdraw|evaluable|required|needed|necessary|sample size|alpha|significance|sided"
    r"|tailed|recruit|enrol|randomi[sz]e|in total|patients in|standard deviation|\bsd\b|power|stage|respon)"
)
_RESULT = re.compile(
    r"\b(?:results?|findings|interpretation|conclusions?) ?:|\bconfidence interval|\bcis?\b"
    r"|\bp ?[=<>] ?0?\.(?!0[15]\b)[0-9]"
    r"|\b(?:were|was) (?:randomly|randomi[sz]ed|enrolled|recruited|assigned|included|excluded|lost)"
)
_TO_DO = re.compile(r"\b(?:would|will|aim|plan|to be|target|increas|inflat|allow|need|requir|account|compensat)")
_LONGEST, _NEIGHBOURS = 700, 3
_DIGITS = re.compile(r"(?<![a-z0-9.,-])[0-9]{1,3}(?:,[0-9]{3})+|(?<![a-z0-9.,-])(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_NO_PART = re.compile(
    r"[- ]sample|[-–]?\s?(?:months?|mo|years?|yrs?|weeks?|days?|h|hours?|min|minutes?)\b"
    r"|[- ](?:sided|tailed)|\s?(?:x|×) ?[0-9]|\s?:"
    r"|[- ](?:arms?|groups?|stages?|centres?|centers?|sites|practices|point scale)\b|(?:st|nd|rd|th)\b|\]"
)
_NO_PART_BEFORE = re.compile(
    r"(?:\b(?:month|week|day|year|phase|grade|stage|version|type|step|visit|table|figure|ref|p)s? ?"
    r"|[\[:/] ?|\b1 ?- ?|,)$"
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "one": 1}
_SIZES = {"per-arm", "patients", "events"}
_FEWEST, _TWO = 3, 2
_ALIKE = 0.011
"""By how much a difference of two shares may differ from the one printed beside them."""
_LARGEST_EFFECT = 3.0
"""The largest difference in standard deviations that a trial is designed for; beyond it is a difference itself."""
_CLOSEST = {"power": (0.5, 0.9995), "beta": (0.001, 0.95), "alpha": (0.0005, 0.999), "lost": (0.001, 0.8)}
"""Between what a share of a design must lie, or it is none."""


def find_plans(document: Document) -> tuple[Plan, ...]:
    """Return the design statements of a text that tell an effect and how many it takes, in order.

    Examples
    --------
    >>> from trialstats.sources.text.document import read_tokens
    >>> text = "With 85% power to detect a hazard ratio of 0.64 at a one-sided alpha of .1, 108 events were needed."
    >>> (plan,) = find_plans(read_tokens(text))
    >>> plan.effect, plan.sided, {name: str(number) for name, number in plan.numbers.items()}
    ('hazard-ratio', 1, {'power': '85%', 'alpha': '.1', 'ratio': '0.64', 'events': '108'})
    """
    text = document.tokens.text
    if not any(stem in text for stem in _STEMS):
        return ()
    found: list[Plan] = []
    spans = list(_sentences(document))
    anchors = [number for number, (first, last) in enumerate(spans) if _is_anchor(text, first, last)]
    for number in anchors:
        plan = _Statement(text, spans, number, frozenset(anchors)).plan(f"plan{len(found) + 1}", document)
        if plan is not None:
            found.append(plan)
    return tuple(found)


def tokens_of(document: Document, plan: Plan) -> list[int]:
    """Return the tokens of a statement's numbers."""
    return [bisect_left(document.tokens.starts, start) for _, start, _ in plan.where.numbers]


def _sentences(document: Document) -> Iterator[tuple[int, int]]:
    first, tokens = 0, document.tokens
    for end in (*document.sentence_ends, len(tokens) - 1):
        if end >= first and end < len(tokens):
            yield tokens.starts[first], tokens.ends[end]
            first = end + 1


def _is_anchor(text: str, first: int, last: int) -> bool:
    if _ANCHOR.search(text, first, last) is None:
        return False
    simon = any(word in text[first:last] for word in ("simon", "two-stage", "two stage"))
    return simon or any(one.search(text, first, last) for name in ("power", "beta") for one in FORMS[name])


@dataclass
class _Statement:
    """The sentences of one design statement, and the numbers found in them so far."""

    text: str
    spans: list[tuple[int, int]]
    anchor: int
    anchors: frozenset[int]
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where the number of each name stands, with its per cent sign."""
    more: list[tuple[int, int]] = field(default_factory=list)
    """Further sizes of the statement."""

    def __post_init__(self) -> None:
        spans, anchor = self.spans, self.anchor
        before = after = anchor
        for number in range(anchor - 1, max(0, anchor - _NEIGHBOURS) - 1, -1):
            if number in self.anchors:
                break
            before = number if self._is_joined(number, _LEADS) else before
        for number in range(anchor + 1, min(len(spans), anchor + _NEIGHBOURS + 1)):
            if number in self.anchors:
                break
            after = number if self._is_joined(number, _GOES_ON) else after
        # The sentence itself first, then what follows it, then what leads to it.
        self.window = [anchor, *range(anchor + 1, after + 1), *range(anchor - 1, before - 1, -1)]
        self.words = " ".join(self.text[slice(*spans[number])] for number in sorted(self.window))

    def _is_joined(self, number: int, words: re.Pattern[str]) -> bool:
        first, last = self.spans[number]
        if last - first > _LONGEST or words.search(self.text, first, last) is None:
            return False
        return _RESULT.search(self.text, first, last) is None

    # ---- numbers -----------------------------------------------------------------------------------------------------
    def _matches(self, forms: tuple[re.Pattern[str], ...]) -> Iterator[re.Match[str]]:
        for number in self.window:
            for form in forms:
                yield from form.finditer(self.text, *self.spans[number])

    def _is_free(self, start: int, end: int) -> bool:
        return all(end <= first or last <= start for first, last in self.numbers.values())

    def _take(self, name: str, forms: tuple[re.Pattern[str], ...]) -> bool:
        for match in self._matches(forms):
            start, end = match.span("n")
            if self._is_free(start, end) and self._may_be(name, start, end):
                self.numbers[name] = self._with_sign(start, end)
                return True
        return False

    def _with_sign(self, start: int, end: int) -> tuple[int, int]:
        sign = re.compile(r" ?(?:%|per ?cent\b)").match(self.text, end)
        return start, end if sign is None else sign.end()

    def _may_be(self, name: str, start: int, end: int) -> bool:
        if name not in _CLOSEST:
            return True
        value = float(self.text[start:end].replace(",", ""))
        value = value / 100 if value > 1 or self._with_sign(start, end)[1] > end else value
        low, high = _CLOSEST[name]
        return low <= value <= high and not (name == "alpha" and 0.25 < value < 0.75)

    def _pair(self, name: str) -> bool:
        for match in self._matches(PAIRS[name]):
            first, second = match.span("n"), match.span("m")
            if self._is_free(*first) and self._is_free(*second) and match["n"] != match["m"]:
                self.numbers["first"], self.numbers["second"] = self._with_sign(*first), self._with_sign(*second)
                return True
        return False

    # ---- the statement -----------------------------------------------------------------------------------------------
    def plan(self, name: str, document: Document) -> Plan | None:
        """Return the statement, if it tells an effect and how many it takes."""
        for one in ("power", "beta", "alpha", "lost", "ratio", "effect-size", "sd"):
            self._take(one, FORMS[one])
        design = next((meant for word, meant in DESIGNS.items() if word in self.words), None)
        sizes = self._sizes()
        effect = self._effect(design)
        if effect is None or not sizes:
            return None
        if "beta" in self.numbers and "power" in self.numbers:
            del self.numbers["beta"]
        try:
            numbers = self._reported(document)
        except InputError:
            return None
        sides = {_COUNTS.get(one["sides"], 0) or int(one["sides"]) for one in SIDED.finditer(self.words)}
        arms = {_COUNTS.get(one["arms"], 0) or int(one["arms"]) for one in ARMS.finditer(self.words)}
        arms |= {3 if one["third"] else 2 for one in RATIO.finditer(self.words)}
        first, last = self.spans[self.anchor]
        start, end = min(first, *self._starts()), max(last, *self._ends())
        return Plan(
            id=name,
            effect=effect,
            numbers=numbers,
            sided=sides.pop() if len(sides) == 1 else None,
            arms=arms.pop() if len(arms) == 1 else None,
            design=design if effect == "one-proportion" else None,
            says=tuple(dict.fromkeys(meant for word, meant in BEYOND.items() if word in self.words)),
            inferred=tuple(numbers) if self._left_over() or self._at_odds(numbers) or len(sides) > 1 else (),
            where=Place(start=start, end=end, quote=self.text_of(document, start, end), numbers=self._bare()),
        )

    def text_of(self, document: Document, start: int, end: int) -> str:
        """Return the words as they stand, in their own case."""
        return document.cased[start:end].replace(FILLER, "").strip()

    def _sizes(self) -> bool:
        """Find how many patients or events the statement takes: what is to be recruited stands behind the losses."""
        behind = self.numbers.get("lost", (len(self.text), 0))[0]
        self._take("events", FORMS["events"])
        for one in ("stage-1", "stop"):
            self._take(one, FORMS[one])
        for one, enlarged in (("per-arm", "recruited-per-arm"), ("patients", "recruited")):
            for match in self._matches(FORMS[one]):
                span = match.span("n")
                if not self._is_free(*span) or not self._is_size(*span) or self._is_another(one, span):
                    continue
                late = span[0] > behind and bool(_SIZES & self.numbers.keys()) and not self._of_the_arms(span)
                name = enlarged if late else one
                if name in self.numbers:
                    self.more.append(span)
                else:
                    self.numbers[name] = span
        told = {"recruited", "recruited-per-arm"} & self.numbers.keys()
        if "lost" in self.numbers and _SIZES & self.numbers.keys() and not told:
            self._enlarged()
        self._settle()
        return bool(_SIZES & self.numbers.keys())

    def _enlarged(self) -> None:
        """Find how many are to be recruited: in a sentence of what is to be done."""
        window = self.window
        self.window = [number for number in window if _TO_DO.search(self.text, *self.spans[number])]
        if not self._take("recruited-per-arm", FORMS["recruited-per-arm"]):
            self._take("recruited", FORMS["recruited"])
        self.window = window

    def _whole(self, span: tuple[int, int]) -> int:
        return int(self.text[slice(*span)].replace(",", ""))

    def _is_size(self, start: int, end: int) -> bool:
        printed = self.text[start:end].replace(",", "")
        return printed.isdigit() and int(printed) >= _FEWEST and self._with_sign(start, end)[1] == end

    def _is_another(self, name: str, span: tuple[int, int]) -> bool:
        """Whether a size was taken before, as one of more patients than are needed."""
        return name == "patients" and any(first < span[1] and span[0] < last for first, last in self.more)

    def _of_the_arms(self, span: tuple[int, int]) -> bool:
        """Whether a total is that of two or more arms of the size found: both say the same."""
        arm = self.numbers.get("per-arm")
        return arm is not None and self._whole(span) in {k * self._whole(arm) for k in range(2, 6)}

    def _settle(self) -> None:
        """Tell what is needed from what is recruited, where both an arm and a total are printed that do not agree."""
        arm, total = self.numbers.get("per-arm"), self.numbers.get("patients")
        if arm is None or total is None or self._of_the_arms(total):
            return
        if self._whole(total) < 2 * self._whole(arm) and "recruited-per-arm" not in self.numbers:
            self.numbers["recruited-per-arm"] = self.numbers.pop("per-arm")
        elif "recruited" not in self.numbers:
            self.numbers["recruited"] = self.numbers.pop("patients")

    def _effect(self, design: str | None) -> str | None:
        words = self.words
        if "ratio" in self.numbers:
            return "hazard-ratio"
        if "events" in self.numbers and "median" in words and self._pair("medians"):
            return "hazard-ratio"
        if "effect-size" in self.numbers:
            if "sd" in self.numbers and float(self.text[slice(*self.numbers["effect-size"])]) > _LARGEST_EFFECT:
                self.numbers["difference"] = self.numbers.pop("effect-size")
            return "means"
        if "sd" in self.numbers:
            found = self._pair("means") or self._difference(per_cent=self._is_share("sd"))
            return "means" if found else None
        if design is not None and "per-arm" not in self.numbers:
            found = self._pair("one-proportion") or self._two_shares()
            return "one-proportion" if found else None
        return "proportions" if self._two_shares() else None

    def _two_shares(self) -> bool:
        """Find two proportions: written as a pair, or the only shares of the sentence that are left over."""
        self._difference(per_cent=True)
        if self._pair("proportions"):
            return True
        shares = [span for span in map(re.Match.span, _DIGITS.finditer(self.text, *self.spans[self.anchor]))
                  if self._is_free(*span) and self._with_sign(*span) != span]  # fmt: skip
        if len(shares) != _TWO:
            return False
        self.numbers["first"], self.numbers["second"] = (self._with_sign(*span) for span in shares)
        first, second, gap = (self._share(name) for name in ("first", "second", "difference"))
        if gap and min(abs(abs(first - second) - gap), abs(abs(first - second) / max(first, second) - gap)) > _ALIKE:
            del self.numbers["first"], self.numbers["second"]
            return False
        return True

    def _share(self, name: str) -> float:
        span = self.numbers.get(name)
        return 0.0 if span is None else float(re.sub(r"[^0-9.]", "", self.text[slice(*span)])) / 100

    def _difference(self, *, per_cent: bool) -> bool:
        for match in self._matches(DIFFERENCE):
            if self._is_free(*match.span("n")) and per_cent is (match["unit"] is not None):
                self.numbers["difference"] = self._with_sign(*match.span("n"))
                return True
        return False

    def _at_odds(self, numbers: Mapping[str, Reported]) -> bool:
        """Whether two proportions are not as far apart as the difference beside them, absolute or relative."""
        if not {"first", "second", "difference"} <= numbers.keys():
            return False
        first, second, gap = (numbers[name] for name in ("first", "second", "difference"))
        apart, step = abs(first.value - second.value), gap.step
        return min(abs(apart - gap.value), abs(apart / max(first.value, second.value, step) - gap.value)) > step

    def _reported(self, document: Document) -> Mapping[str, Reported]:
        found = {}
        shares = {name for name in ("first", "second") if self._is_share(name)}
        for name, (start, end) in self.numbers.items():
            printed = self.text[start:end].replace(FILLER, "")
            sign = "%" if "%" in printed or "cent" in printed or (shares and name in ("first", "second")) else ""
            digits = str(NUMBER_WORDS.get(printed, re.sub(r"[^0-9.]", "", printed)))
            if (
                name in ("first", "second")
                and not shares.isdisjoint({"first", "second"})
                and digits.startswith((".", "0."))
            ):
                sign = ""
            found[name] = Reported(digits + sign)
        return found

    def _is_share(self, name: str) -> bool:
        span = self.numbers.get(name)
        return span is not None and ("%" in self.text[slice(*span)] or "cent" in self.text[slice(*span)])

    def _bare(self) -> tuple[tuple[str, int, int], ...]:
        """Return where the numbers stand without their per cent signs, in the order of the text."""
        found = (
            (name, start, start + len(self.text[start:end].rstrip("% percnt\x00")))
            for name, (start, end) in self.numbers.items()
        )
        return tuple(sorted(found, key=lambda one: one[1]))

    def _starts(self) -> list[int]:
        return [start for start, _ in self.numbers.values()]

    def _ends(self) -> list[int]:
        return [end for _, end in self.numbers.values()]

    def _left_over(self) -> list[str]:
        """Return the numbers of the statement's own sentence that have no place in it, and are none of a time."""
        first, last = self.spans[self.anchor]
        left = []
        for match in _DIGITS.finditer(self.text, first, last):
            own = any(first <= match.start() < last for first, last in self.more)
            if own or not self._is_free(*match.span()) or _NO_PART.match(self.text, match.end()):
                continue
            if match[0].isdigit() and self._of_the_arms(match.span()):
                continue
            if _NO_PART_BEFORE.search(self.text, max(first, match.start() - 12), match.start()) is None:
                left.append(match[0])
        return left

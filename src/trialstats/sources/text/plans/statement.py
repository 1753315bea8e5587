"""The sentences of one design statement and their numbers: which is what, and which are left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trialstats.reported import Reported
from trialstats.sources.text.plans.forms import CLUSTERS, FORMS, PAIRS, TIMES
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.lex import NUMBER_WORDS
from trialstats.sources.text.tokens.normalise import FILLER

_LEADS = re.compile(
    r"\b(?:assum|expect|hypothes|anticipat|sample size|power|alpha|significance level|to detect|detecting"
    r"|standard deviation|hazard ratio|type (?:i|1) error|clinically (?:relevant|significant|important)"
    r"|consider|estimat|difference of|mean of|margin|accrual|median|correlation)"
)
_GOES_ON = re.compile(
    r"\b(?:drop|attrition|loss|lost|withdraw|evaluable|required|needed|necessary|sample size|alpha|significance|sided"
    r"|tailed|recruit|enrol|randomi[sz]e|in total|patients in|standard deviation|\bsd\b|power|stage|respon"
    r"|accru|follow|correspond|margin|assum|correlation|cluster)"
)
_RESULT = re.compile(
    r"\b(?:results?|findings|interpretation|conclusions?) ?:|\bconfidence interval|\bcis?\b"
    r"|\bp ?[=<>] ?0?\.(?!0[15]\b)[0-9]"
    r"|\b(?:were|was) (?:randomly|randomi[sz]ed|enrolled|recruited|assigned|included|excluded|lost)"
)
_TO_DO = re.compile(r"\b(?:would|will|aim|plan|to be|target|increas|inflat|allow|need|requir|account|compensat)")
_LONGEST, _NEIGHBOURS = 700, 3
DIGITS = re.compile(r"(?<![a-z0-9.,-])[0-9]{1,3}(?:,[0-9]{3})+|(?<![a-z0-9.,-])(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
_NO_PART = re.compile(
    r"[- ]sample|[-–]?\s?(?:months?|mo|years?|yrs?|weeks?|days?|h|hours?|min|minutes?)\b"
    r"|[- ](?:sided|tailed)|\s?(?:x|×) ?[0-9]|\s?:|\s?(?:mg|µg|μg|mcg|iu)\b(?! ?/)"
    r"|[- ](?:arms?|groups?|stages?|centres?|centers?|sites|practices|point scale)\b|(?:st|nd|rd|th)\b|\]"
)
_NO_PART_BEFORE = re.compile(
    r"(?:\b(?:month|week|day|year|phase|grade|stage|version|type|step|visit|table|figure|ref|p)s? ?"
    r"|[\[:/] ?|\b1 ?- ?|,)$"
)
_SIZES = {"per-arm", "patients", "events"}
_CLUSTERS = ("icc", "cluster-size", "clusters-per-arm", "clusters")
_OF_CLUSTERS = re.compile(r"\bclusters?\b|\bintra-?(?:class|cluster)|\biccs?\b|\bdesign effect")
_COUNTS_CLUSTERS = re.compile(rf" (?:[a-z-]{{1,16}} )?{CLUSTERS}\b")
_DEVIATIONS = re.compile(r" (?:of (?:a|the|one|its) )?(?:standard deviation|sds?\b)")
_FEWEST = 3
_CLOSEST = {
    "power": (0.5, 0.9995), "beta": (0.001, 0.95), "alpha": (0.0005, 0.999), "lost": (0.001, 0.8),
    "reduction": (0.02, 0.95), "event-share": (0.01, 0.99), "icc": (0.0001, 0.6), "correlation": (0.01, 0.99),
}  # fmt: skip
"""Between what a share of a design must lie, or it is none."""
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


@dataclass
class Statement:
    """The sentences of one design statement, and the numbers found in them so far."""

    text: str
    spans: list[tuple[int, int]]
    anchor: int
    anchors: frozenset[int]
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where the number of each name stands, with its per cent sign."""
    units: dict[str, str] = field(default_factory=dict)
    """The unit of each that is a time."""
    more: list[tuple[int, int]] = field(default_factory=list)
    """Further sizes of the statement."""
    doubtful: bool = False
    """Whether something was put together from sentences that need not belong to one another."""

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
    def matches(self, forms: tuple[re.Pattern[str], ...]) -> Iterator[re.Match[str]]:
        """Yield where forms fit, in the order of the sentences of the window."""
        for number in self.window:
            for form in forms:
                yield from form.finditer(self.text, *self.spans[number])

    def is_free(self, start: int, end: int) -> bool:
        """Whether no number that was found stands there."""
        return all(end <= first or last <= start for first, last in self.numbers.values())

    def take(self, name: str, forms: tuple[re.Pattern[str], ...]) -> bool:
        """Find the number of a name by its forms; the first that is free and may be one."""
        for match in self.matches(forms):
            start, end = match.span("n")
            if self.is_free(start, end) and self._may_be(name, start, end):
                self.numbers[name] = self.with_sign(start, end)
                return True
        return False

    def take_times(self) -> None:
        """Find how long the trial recruits and follows its patients, and when rates are expected."""
        for name, forms in TIMES.items():
            if self.take(name, forms):
                end = self.numbers[name][1]
                unit = re.compile(r"[- ]?([dwmy])").match(self.text, end)
                self.units[name] = _UNITS[unit[1]] if unit else "months"

    def take_clusters(self) -> None:
        """Find what a text says of its clusters, before patients: both are so many in each arm."""
        if _OF_CLUSTERS.search(self.words) is not None:
            for name in _CLUSTERS:
                self.take(name, FORMS[name])

    def in_deviations(self) -> bool:
        """Whether the effect is printed in standard deviations, of which then none is printed."""
        span = self.numbers.get("effect-size")
        return span is not None and _DEVIATIONS.match(self.text, span[1]) is not None

    def with_sign(self, start: int, end: int) -> tuple[int, int]:
        """Return where a number ends with its per cent sign."""
        sign = re.compile(r" ?(?:%|per ?cent\b)").match(self.text, end)
        return start, end if sign is None else sign.end()

    def _may_be(self, name: str, start: int, end: int) -> bool:
        if name not in _CLOSEST:
            return not (name.startswith("recruited") and self._of_clusters((start, end)))
        value = float(self.text[start:end].replace(",", ""))
        value = value / 100 if value > 1 or self.with_sign(start, end)[1] > end else value
        low, high = _CLOSEST[name]
        return low <= value <= high and not (name == "alpha" and 0.25 < value < 0.75)

    def take_pair(self, name: str) -> bool:
        """Find the two numbers of a pair."""
        for match in self.matches(PAIRS[name]):
            first, second = match.span("n"), match.span("m")
            if self.is_free(*first) and self.is_free(*second) and match["n"] != match["m"]:
                self.numbers["first"], self.numbers["second"] = self.with_sign(*first), self.with_sign(*second)
                return True
        return False

    def take_means_with_sds(self) -> bool:
        """Find two means, each with its standard deviation behind it."""
        for match in self.matches(PAIRS["means-with-sds"]):
            spans = {"first": match.span("n"), "sd": match.span("sd"), "second": match.span("m"),
                     "second-sd": match.span("sds")}  # fmt: skip
            if all(self.is_free(*span) for span in spans.values()):
                self.numbers |= spans
                return True
        return False

    def drop(self, *names: str) -> None:
        """Forget numbers."""
        for name in names:
            self.numbers.pop(name, None)
            self.units.pop(name, None)

    def value(self, name: str) -> float:
        """Return a number, of a per cent its hundredth; 0 where there is none."""
        span = self.numbers.get(name)
        if span is None:
            return 0.0
        value = float(re.sub(r"[^0-9.]", "", self.text[slice(*span)]) or 0)
        return value / 100 if self.is_share(name) else value

    def is_share(self, name: str) -> bool:
        """Whether a number is printed as a per cent."""
        span = self.numbers.get(name)
        return span is not None and ("%" in self.text[slice(*span)] or "cent" in self.text[slice(*span)])

    # ---- sizes -------------------------------------------------------------------------------------------------------
    def take_sizes(self) -> bool:
        """Find how many patients or events the statement takes: what is to be recruited stands behind the losses."""
        behind = self.numbers.get("lost", (len(self.text), 0))[0]
        self.take("events", FORMS["events"])
        for one in ("stage-1", "stop"):
            self.take(one, FORMS[one])
        for one, enlarged in (("per-arm", "recruited-per-arm"), ("patients", "recruited")):
            for match in self.matches(FORMS[one]):
                span = match.span("n")
                if not self.is_free(*span) or not self._is_size(*span) or self._is_another(one, span):
                    continue
                if self._of_clusters(span):
                    self.more.append(span)
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
        clusters = {"clusters", "clusters-per-arm"} & self.numbers.keys()
        return bool(_SIZES & self.numbers.keys()) or ("cluster-size" in self.numbers and bool(clusters))

    def _enlarged(self) -> None:
        """Find how many are to be recruited: in a sentence of what is to be done."""
        window = self.window
        self.window = [number for number in window if _TO_DO.search(self.text, *self.spans[number])]
        if not self.take("recruited-per-arm", FORMS["recruited-per-arm"]):
            self.take("recruited", FORMS["recruited"])
        self.window = window

    def _of_clusters(self, span: tuple[int, int]) -> bool:
        """Whether a number counts clusters, in a statement that speaks of them."""
        told = _OF_CLUSTERS.search(self.words) is not None
        return told and _COUNTS_CLUSTERS.match(self.text, span[1]) is not None

    def _whole(self, span: tuple[int, int]) -> int:
        return int(self.text[slice(*span)].replace(",", ""))

    def _is_size(self, start: int, end: int) -> bool:
        printed = self.text[start:end].replace(",", "")
        return printed.isdigit() and int(printed) >= _FEWEST and self.with_sign(start, end)[1] == end

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
        if self._whole(total) < self._whole(arm):
            self.more.append(self.numbers.pop("patients"))
        elif self._whole(total) < 2 * self._whole(arm) and "recruited-per-arm" not in self.numbers:
            self.numbers["recruited-per-arm"] = self.numbers.pop("per-arm")
        elif "recruited" not in self.numbers:
            self.numbers["recruited"] = self.numbers.pop("patients")

    # ---- as printed --------------------------------------------------------------------------------------------------
    def reported(self) -> Mapping[str, Reported]:
        """Return the numbers as printed; a rate beside one in per cent is one in per cent."""
        found = {}
        shares = {name for name in ("first", "second") if self.is_share(name)}
        for name, (start, end) in self.numbers.items():
            printed = self.text[start:end].replace(FILLER, "")
            sign = "%" if "%" in printed or "cent" in printed or (shares and name in ("first", "second")) else ""
            digits = str(NUMBER_WORDS.get(printed, re.sub(r"[^0-9.]", "", printed)))
            if name in ("first", "second") and shares and digits.startswith((".", "0.")):
                sign = ""
            found[name] = Reported(digits + sign)
        return found

    def bare(self) -> tuple[tuple[str, int, int], ...]:
        """Return where the numbers stand without their per cent signs, in the order of the text."""
        found = (
            (name, start, start + len(self.text[start:end].rstrip("% percnt\x00")))
            for name, (start, end) in self.numbers.items()
        )
        return tuple(sorted(found, key=lambda one: one[1]))

    def extent(self) -> tuple[int, int]:
        """Return where the statement starts and ends: its own sentence, and its numbers."""
        first, last = self.spans[self.anchor]
        found = self.numbers.values()
        return min(first, *(start for start, _ in found)), max(last, *(end for _, end in found))

    def words_of(self, document: Document, start: int, end: int) -> str:
        """Return the words as they stand, in their own case."""
        return document.cased[start:end].replace(FILLER, "").strip()

    def left_over(self) -> list[str]:
        """Return the numbers of the statement's own sentence that have no place in it, and are none of a time."""
        first, last = self.spans[self.anchor]
        left = []
        for match in DIGITS.finditer(self.text, first, last):
            own = any(first <= match.start() < last for first, last in self.more)
            if own or not self.is_free(*match.span()) or _NO_PART.match(self.text, match.end()):
                continue
            if match[0].isdigit() and self._of_the_arms(match.span()):
                continue
            if _NO_PART_BEFORE.search(self.text, max(first, match.start() - 12), match.start()) is None:
                left.append(match[0])
        return left

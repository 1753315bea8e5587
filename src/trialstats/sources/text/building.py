"""Results as tokens -> claims, arms and sizes of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from trialstats.claims.model import Arm, Claim, Comparison, Estimate, Place, PValue, Reading, Size, Spread
from trialstats.reported import Reported
from trialstats.sources.text.groups.model import Groups, Sized
from trialstats.sources.text.measures.forms import of_a_curve
from trialstats.sources.text.measures.of_estimates import measure_of
from trialstats.sources.text.p_values.given import PToken
from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.tokens.normalise import FILLER

_ADJUSTED = re.compile(
    r"\b(?:(?P<no>unadjusted|crude|univaria|unweighted)|adjust(?!ed p\b)|stratified|weighted|imput|multivaria|model"
    r"|regression|propensity|pooled|standardi[sz]ed"
    r"|a(?:hr|or|irr)s?\b|arrs?\b(?![,:= ]{0,3}[0-9.]{1,5} ?%)|adj\b|covaria|mixed[- ]effects?|gee\b|ancova)"
)
_CRUDE = re.compile(r"\b(?:unadjusted|crude)\b[^.;()0-9]*$")
_LEAD = 50
"""Characters before a result without an interval in which its analysis is named."""
_STEMS = (
    "adj crude univaria weighted stratified imput multivaria model regression propensity ahr aor arr airr covaria mixed"
    " pooled standardi"
)
# One of these stands in all words in which the expression finds anything; they are looked for first.
_ADJUSTED_STEMS = tuple(f"{_STEMS} gee ancova".split())
_CREDIBLE = re.compile(r"cred|bayes|probab|posterior|\bb?cr[il]s?\b|hdi|hpd|\beti")
_ONE_SIDED = re.compile(
    r"(?:one|1|single)[ -]{1,2}(?:sided|tailed)[ (\[]{0,2}(?:upper |lower )?(?:\d[\d.]{0,4} ?%? ?)?(?:upper |lower )?"
    r"(?:ci|conf|cl\b)"
    r"|(?:ci|interval|limit|bound)s?[ ,;:(\[]{0,3}(?:one|1)[ -]{1,2}(?:sided|tailed)(?! ?(?:p\b|log|test))"
)
"""Sides of an interval, not of the P value beside it."""
_RATIOS = frozenset(("hazard-ratio", "odds-ratio", "risk-ratio"))


@lru_cache(maxsize=1 << 16)
def _reported(text: str, unit: str = "") -> Reported:
    # Papers print the same few numbers again and again (95%, <0.001), and a printed number never changes.
    return Reported(text, unit)


class Builder:
    """Turns tokens into claims."""

    def __init__(self, text: str, document: Document, p_values: list[PToken], groups: Groups) -> None:
        self.text = text
        self.document = document
        self.p_values = p_values
        self.arms = tuple(
            Arm(_slug(group.label, at, groups), _plain(group.label), _sizes(group.sizes), group.role)
            for at, group in enumerate(groups.arms)
        )
        self.whole = _sizes(groups.whole)
        self.id_of: dict[int, str] = {}
        self.number = 0

    def claims(self, results: Iterable[Result]) -> tuple[Claim, ...]:
        """Return the claims as they stand in the text; what is made of others is named after them."""
        results = list(results)
        made: dict[int, Claim] = {}
        for late in (False, True):
            for at, result in enumerate(results):
                if (result.measure == "p-only" or bool(result.of)) is late:
                    made[at] = self._comparison(result) if result.measure == "p-only" else self._estimate(result)
        return tuple(made[at] for at in range(len(results)))

    # ------------------------------------------------------------------ parts
    def _id(self) -> str:
        self.number += 1
        return f"c{self.number}"

    def _place(self, first: int, last: int, numbers: tuple[tuple[str, int, int], ...] = ()) -> Place:
        document = self.document
        start, end = document.tokens.starts[first], document.tokens.ends[last]
        if document.letters[last + 1 : last + 2] == ")" and document.partner.get(last + 1, -1) >= first:
            end = document.tokens.ends[last + 1]
        # What was moved behind a number belongs to it.
        while document.cased[end : end + 1] == FILLER:
            end += 1
        return Place(start=start, end=end, quote=self.text[start:end], numbers=numbers)

    def _numbers(self, result: Result) -> tuple[tuple[str, int, int], ...]:
        """Return where the numbers of a result stand, each without its sign, per cent sign and unit."""
        found = []
        for name in ("value", "lower", "upper", "x", "n"):
            token = getattr(result, name)
            if token >= 0:
                found.append((name, *self.document.bare(token)))
        if result.p >= 0:
            found.append(("p", *self.p_values[result.p].bare(self.document)))
        return tuple(found)

    def _value(
        self, token: int, sign: int = 1, unit: str = "", *, relation: bool = False, ratio: bool = False
    ) -> Reported | None:
        document = self.document
        if token < 0:
            return None
        document.used[token] = 1
        if document.letters[token] == "x":
            return _reported("not reached")
        # "OR 2.4 (95% CI, 1.8%-3.2%)": a ratio has no per cent sign of its own.
        per_cent = "%" if document.letters[token] == "q" and not ratio else ""
        before = document.tokens[token - 1][0] if relation and token and document.letters[token - 1] == "r" else ""
        return _reported(f"{before}{'-' if sign < 0 else ''}{document.digits(token)}{per_cent}", unit)

    def _p(self, number: int) -> PValue | None:
        return None if number < 0 else _p_value(self.p_values[number])

    # ------------------------------------------------------------------ claims
    def _estimate(self, result: Result) -> Estimate:
        interval = result.interval
        claim = Estimate(
            id=self._id(),
            # Events over their person-time are a rate of which the quotient is not printed.
            measure="rate" if result.is_over_time else "count" if self._is_nobody(result) else result.measure,
            value=None if result.is_over_time else self._estimated(result),
            spread=self._spread(result),
            p=self._p(result.p),
            x=self._counted(result),
            n=self._value(result.n),
            unit=None if result.unit in ("", "%") else _plain(result.unit),
            arms=self._arms(result),
            order_said=result.order_said,
            outcome=_plain(result.outcome) or None,
            time=_plain(result.time) or None,
            subgroup=_plain(result.subgroup) or None,
            role=result.role,
            of=tuple(self.id_of[token] for token in result.of if token in self.id_of),
            event=_plain(result.event) or None,
            says=result.says or None,
            inferred=self._inferred(result),
            adjusted=self._adjusted(interval) if interval is not None else self._of_result(result),
            where=self._place(*self._extent(result), self._numbers(result)),
        )
        if result.value >= 0:
            self.id_of.setdefault(result.value, claim.id)
        return claim

    def _is_nobody(self, result: Result) -> bool:
        """Whether it stands as nought without a sign beside a count with its percentage: "10 (21%) v 0"."""
        bare = result.measure == "proportion" and not result.unit and result.interval is None and result.x < 0
        return bare and self.document.letters[result.value] != "q" and self.document.value(result.value) == 0

    def _estimated(self, result: Result) -> Reported | None:
        sign = self._sign_of(result)
        if result.measure == "posterior-probability":
            digits = self.document.digits(result.value)
            text = digits if result.relation == "=" else f"{result.relation}{digits}"
            return _reported(f"{text}%" if self.document.letters[result.value] == "q" else text)
        if result.measure == "count" and result.counted is not None:
            return _reported(str(result.counted))
        counted = result.interval is None and result.measure == "proportion" and result.x >= 0
        return self._value(result.value, result.signs[0], sign, relation=counted)

    def _sign_of(self, result: Result) -> str:
        return "%" if result.unit == "%" and not self._on_another_scale(result) else ""

    def _extent(self, result: Result) -> tuple[int, int]:
        first, last = result.first, result.last
        if result.spread in ("sd", "se") and result.n >= 0:
            first = min(first, result.n)  # "the 41 women had a mean score of 3.1 ± 2.2"
        if result.p < 0:
            return first, last
        token = self.p_values[result.p]
        return min(first, token.first), max(last, token.last)

    def _spread(self, result: Result) -> Spread | None:
        if not result.spread:
            return None
        sign = self._sign_of(result)
        ratio = result.measure in _RATIOS and result.value >= 0 and self.document.letters[result.value] == "d"
        lower = self._value(result.lower, result.signs[1], sign, ratio=ratio)
        upper = self._value(result.upper, result.signs[2], sign, ratio=ratio)
        if result.spread in ("sd", "se"):
            return Spread(result.spread, value=lower)
        if result.interval is None:
            return Spread(result.spread, lower, upper)
        label = result.interval.label
        words = self.document.text_between(max(label, 0), result.lower) if label >= 0 else ""
        kind = "credible" if _CREDIBLE.search(words) else "confidence"
        sides = 1 if self._is_one_sided(result) else result.sides
        return Spread(kind, lower, upper, level=self._level(result.interval), sides=sides)

    def _is_one_sided(self, result: Result) -> bool:
        """Whether the words for an interval call it one-sided: "one-sided 95% CI, 70.6 to 100"."""
        interval, tokens = result.interval, self.document.tokens
        if interval is None or interval.label < 0 or not ("-sided" in tokens.text or "-tailed" in tokens.text):
            return False
        bound = min(token for token in (result.lower, result.upper) if token >= 0)
        first = max(interval.label - 4, self.document.sentence(interval.label)[0])
        return _ONE_SIDED.search(self.document.text_between(first, bound)) is not None

    def _inferred(self, result: Result) -> tuple[str, ...]:
        carried = result.interval is not None and result.interval.carried and result.level >= 0
        level = ("level",) if carried else ()
        return level + result.inferred + (("arms",) if result.arms and result.basis != "stated" else ())

    def _arms(self, result: Result) -> tuple[str, ...]:
        return tuple(self.arms[at].id for at in result.arms)

    def _on_another_scale(self, result: Result) -> bool:
        """Whether the bounds are fractions where the estimate is a percentage: "fell by 27% (95% CI 0.12-0.40)"."""
        letters, value = self.document.letters, self.document.value
        tokens = (result.value, result.lower, result.upper)
        if min(tokens) < 0 or "".join(letters[token] for token in tokens) != "qdd":
            return False
        return value(result.value) > 1 >= max(value(result.lower), value(result.upper))

    def _level(self, interval: Interval) -> Reported | None:
        document = self.document
        if interval.level < 0:
            word = re.search(r"(?:ci|ic|ki)(9[059])", document.tokens[interval.label]) if interval.label >= 0 else None
            return None if word is None else _reported(f"{word[1]}%")
        document.used[interval.level] = 1
        return _reported(f"{document.digits(interval.level)}%")

    def _counted(self, result: Result) -> Reported | None:
        if result.x < 0:
            return None
        self.document.used[result.x] = 1
        return _reported(str(result.counted) if result.counted is not None else self.document.digits(result.x))

    def _of_result(self, result: Result) -> bool | None:
        if result.is_contrast:
            start = self.document.tokens.starts[result.first]
            return False if _CRUDE.search(self.document.tokens.text, max(0, start - _LEAD), start) else None
        return (
            (of_a_curve(self.document, result.first) or None)
            if result.x >= 0 and result.measure == "proportion"
            else None
        )

    def _adjusted(self, interval: Interval) -> bool | None:
        document = self.document
        number = (
            interval.estimate if interval.estimate >= 0 else interval.lower if interval.lower >= 0 else interval.upper
        )
        start = document.tokens.starts[document.sentence(number)[0]]
        stop = document.tokens.ends[max(interval.last, number)]
        begin = max(start, document.tokens.starts[number] - 160)
        words = document.tokens.text[begin:stop]
        if not [stem for stem in _ADJUSTED_STEMS if stem in words]:
            return None
        said = [found["no"] is None for found in _ADJUSTED.finditer(document.tokens.text, begin, stop)]
        return said[-1] if said else None

    def _comparison(self, result: Result) -> Comparison:
        p = self.p_values[result.p]
        first = min((*result.of, p.first))
        return Comparison(
            id=self._id(),
            of=tuple(self.id_of[token] for token in result.of if token in self.id_of),
            p=_p_value(p),
            arms=self._arms(result),
            outcome=_plain(result.outcome) or None,
            time=_plain(result.time) or None,
            where=self._place(first, p.last, self._numbers(result)),
        )

    def unsure(self, interval: Interval, reason: str) -> Reading:
        """Return an interval whose kind or estimate the text leaves open, with its readings."""
        interval.measure, interval.guessed = measure_of(self.document, interval, None)
        sign = "%" if interval.unit == "%" else ""
        place = self._place(
            min(interval.first, interval.rival) if interval.rival >= 0 else interval.first, interval.last
        )
        value = self._value(interval.estimate, interval.signs[0], sign)
        lower = self._value(interval.lower, interval.signs[1], sign)
        upper = self._value(interval.upper, interval.signs[2], sign)
        name, level = self._id(), self._level(interval)
        confidence = Spread("confidence", lower, upper, level=level)
        if interval.rival >= 0:
            other = self._value(interval.rival, -1 if self.document.has_sign(interval.rival) else 1, sign)
            choices, inferred = [(value, confidence), (other, confidence)], "value"
        else:
            choices, inferred = [(value, confidence), (value, Spread("range", lower, upper))], "spread"
        readings = tuple(
            Estimate(
                id=name,
                measure=interval.measure,
                value=one,
                spread=spread,
                p=self._p(interval.p),
                inferred=(inferred,),
                where=place,
            )
            for one, spread in choices
        )
        return Reading(place, readings, reason)


def _plain(words: str | None) -> str:
    """Return words of the normalised text as a reader sees them, without what stands for used characters."""
    return " ".join(words.replace(FILLER, "").split()) if words and FILLER in words else words or ""


def _p_value(p: PToken) -> PValue:
    text = p.digits if p.relation == "=" else f"{p.relation}{p.digits}"
    return PValue(_reported(text), p.sided, p.test)


def _sizes(sizes: Iterable[Sized]) -> dict[str, Size]:
    return {
        size.population: Size(_reported(size.digits), place=(size.start, size.end)) for size in reversed(tuple(sizes))
    }


def _slug(label: str, at: int, groups: Groups) -> str:
    """Return a short name for an arm, unlike those of the others."""
    slug, *before = (
        re.sub(r"[^a-z0-9]+", "-", _plain(name).lower()).strip("-") or "arm"
        for name in (label, *(group.label for group in groups.arms[:at]))
    )
    same = [name for name in before if name == slug]
    return f"{slug}-{at + 1}" if same else slug

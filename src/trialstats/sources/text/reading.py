"""Text -> Paper: put together what the stages found."""

from __future__ import annotations

import re
from functools import lru_cache

from trialstats.claims.model import RATIO_MEASURES, Claim, Comparison, Estimate, Paper, Place, PValue, Reading, Spread
from trialstats.errors import InputError
from trialstats.reported import Reported
from trialstats.sources.file_names import refuse_file_name
from trialstats.sources.text.arms import arm_of, find_arms, find_total
from trialstats.sources.text.bare_ratios import find_bare_ratios
from trialstats.sources.text.beside import read_beside
from trialstats.sources.text.comparisons import Compared, compare
from trialstats.sources.text.counts import Count, find_counts
from trialstats.sources.text.document import Document, Interval, read_tokens
from trialstats.sources.text.intervals import find_intervals
from trialstats.sources.text.measure_forms import of_a_curve
from trialstats.sources.text.measures import measure_of
from trialstats.sources.text.normalise import FILLER
from trialstats.sources.text.posteriors import Posterior, find_posteriors
from trialstats.sources.text.pvalues import PToken, attach, find_p_values
from trialstats.sources.text.reductions import find_reductions

__all__ = ["extract"]

_ADJUSTED = re.compile(
    r"\b(?:(?P<no>unadjusted|crude|univaria|unweighted)|adjust|stratified|weighted|imput|multivaria|model"
    r"|regression|propensity|pooled|standardi[sz]ed|"
    r"a(?:hr|or|rr|irr)s?\b|adj\b|covaria|mixed[- ]effects?|gee\b|ancova)"
)
_STEMS = (
    "adj crude univaria weighted stratified imput multivaria model regression propensity ahr aor arr airr covaria mixed"
    " pooled standardi"
)
# One of these stands in all words in which the expression finds anything; they are looked for first.
_ADJUSTED_STEMS = tuple(f"{_STEMS} gee ancova".split())
_CREDIBLE = re.compile(r"cred|bayes|probab|posterior|\bb?cr[il]s?\b|hdi|hpd|\beti")


@lru_cache(maxsize=1 << 16)
def _reported(text: str, unit: str = "") -> Reported:
    # Papers print the same few numbers again and again (95%, <0.001), and a printed number never changes.
    return Reported(text, unit)


def extract(text: str, *, id: str = "text") -> Paper:  # noqa: A002 - the paper's own word for it
    """Read the claims of an abstract or article.

    Rules only: the same text gives the same claims, in a time linear in its length.

    Parameters
    ----------
    text : str
        As it stands in the source; places of claims are offsets in this text.
    id : str, optional
        What to call the paper.

    Returns
    -------
    Paper
        With its claims in the order of the text.

    Raises
    ------
    InputError
        If ``text`` is no text, or rather the name of a file.

    Examples
    --------
    >>> paper = extract("Response was 25% (8 of 32; 95% CI, 12 to 43) and OS longer (HR 0.54; CI 0.36-0.81; P = .003).")
    >>> for claim in paper.claims:
    ...     print(claim.measure, claim.value, claim.interval.lower, claim.interval.upper, claim.p and claim.p.value)
    proportion 25% 12 43 None
    hazard-ratio 0.54 0.36 0.81 .003
    >>> paper.claims[1].inferred
    ('level',)
    """
    if not isinstance(text, str):
        raise InputError(f"A text to read claims from must be a string, got {type(text).__name__}.")
    refuse_file_name(text)
    document = read_tokens(text)
    p_values = find_p_values(document)
    intervals, unsure = find_intervals(document)
    before: Interval | None = None
    ratio: str | None = None
    for interval in intervals:
        interval.measure, interval.guessed = measure_of(document, interval, before, ratio)
        before = interval
        ratio = interval.measure if interval.measure in RATIO_MEASURES else ratio
    counts = read_beside(document, intervals, find_counts(document))
    rivalled = [interval for interval, _ in unsure if interval.rival >= 0]
    owners = sorted(intervals + rivalled, key=lambda one: one.first) if rivalled else intervals
    attach(document, owners, p_values)
    builder = _Builder(text, document, p_values)
    compared = compare(document, owners, counts, p_values)
    posteriors = find_posteriors(document)
    builder.add_estimates(intervals, counts, posteriors)
    for comparison in compared:
        builder.add_comparison(comparison)
    alone = find_bare_ratios(document, p_values)
    for one in alone:
        builder.add_bare_ratio(one)
    for reduction in find_reductions(document, intervals + alone):
        builder.add_reduction(*reduction)
    claims = builder.in_order()
    readings = tuple(builder.unsure(interval, reason) for interval, reason in unsure)
    of = find_total(document, builder.arms)
    return Paper(
        id=id,
        arms=builder.arms,
        claims=claims,
        ambiguous=readings,
        of=of,
        text=text,
        unused=_unused(document),
    )


def _unused(document: Document) -> int:
    """Return how many numbers of a text belong to no claim: one bit for each token, all at once."""
    numbers = int.from_bytes(document.letters.encode("ascii").translate(_NUMBERS), "big")
    return (numbers & int.from_bytes(document.used.translate(_FREE), "big")).bit_count()


_NUMBERS = bytes(chr(letter) in "dq" for letter in range(256))
_FREE = bytes(use == 0 for use in range(256))


class _Builder:
    """Turns tokens into claims."""

    def __init__(self, text: str, document: Document, p_values: list[PToken]) -> None:
        self.text = text
        self.document = document
        self.p_values = p_values
        self.arms = find_arms(text, document)
        self.claims: list[tuple[int, int, Claim]] = []
        self.id_of: dict[int, str] = {}
        self.number = 0

    def in_order(self) -> tuple[Claim, ...]:
        """Return the claims as they stand in the text."""
        return tuple(claim for _, _, claim in sorted(self.claims, key=lambda item: item[:2]))

    # ------------------------------------------------------------------ parts
    def _id(self) -> str:
        self.number += 1
        return f"c{self.number}"

    def _place(self, first: int, last: int) -> Place:
        document = self.document
        start, end = document.tokens.starts[first], document.tokens.ends[last]
        if document.letters[last + 1 : last + 2] == ")" and document.partner.get(last + 1, -1) >= first:
            end = document.tokens.ends[last + 1]
        # What was moved behind a number belongs to it.
        while document.cased[end : end + 1] == FILLER:
            end += 1
        return Place(start=start, end=end, quote=self.text[start:end])

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
        if number < 0:
            return None
        p = self.p_values[number]
        return _p_value(p)

    # ------------------------------------------------------------------ claims
    def add_estimates(self, intervals: list[Interval], counts: list[Count], posteriors: list[Posterior]) -> None:
        """Add every interval, count and posterior probability, in the order of the text."""
        count_of = {count.percent: count for count in counts}
        items: list[tuple[int, Interval | Count | Posterior]] = []
        for interval in intervals:
            count = count_of.pop(interval.estimate, None) if interval.estimate >= 0 else None
            if count is not None:
                interval.x, interval.n = count.x, -1 if count.elsewhere else count.n
                interval.first = min(interval.first, count.first)
                interval.last = max(interval.last, count.last)
            items.append((interval.first, interval))
        items += [(count.first, count) for count in count_of.values()]
        items += [(posterior.first, posterior) for posterior in posteriors]
        items.sort(key=lambda item: item[0])
        values = {count.x: count.value for count in counts}
        for at, (first, item) in enumerate(items):
            floor, ceiling = -1, len(self.document)
            if self.arms:
                floor = max((other.last for _, other in items[max(0, at - 3) : at] if other.last < first), default=-1)
                ceiling = items[at + 1][0] if at + 1 < len(items) else ceiling
            if isinstance(item, Interval):
                claim = self._interval(item, values, floor, ceiling)
            elif isinstance(item, Count):
                claim = self._count(item, floor, ceiling)
            else:
                claim = self._posterior(item)
            self.claims.append((first, len(self.claims), claim))

    def _interval(self, interval: Interval, values: dict[int, int], floor: int, ceiling: int) -> Estimate:
        document = self.document
        unit = interval.unit
        sign = "%" if unit == "%" and not self._on_another_scale(interval) else ""
        p = self._p(interval.p)
        first, last = interval.first, interval.last
        if p is not None:
            token = self.p_values[interval.p]
            first, last = min(first, token.first), max(last, token.last)
        ratio = interval.measure in _RATIOS and interval.estimate >= 0 and document.letters[interval.estimate] == "d"
        label = document.text_between(max(interval.label, 0), interval.lower) if interval.label >= 0 else ""
        level = self._level(interval)
        inferred = (("level",) if level is not None and interval.carried else ()) + (
            ("measure",) if interval.guessed else ()
        )
        arm = arm_of(document, self.arms, floor, first, last, ceiling) if interval.measure in _OF_ONE_ARM else ()
        claim = Estimate(
            id=self._id(),
            measure=interval.measure,
            value=self._value(interval.estimate, interval.signs[0], sign),
            spread=Spread(
                "credible" if _CREDIBLE.search(label) else "confidence",
                self._value(interval.lower, interval.signs[1], sign, ratio=ratio),
                self._value(interval.upper, interval.signs[2], sign, ratio=ratio),
                level=level,
                sides=interval.sides,
            ),
            p=p,
            x=self._counted(interval.x, values),
            n=self._value(interval.n),
            unit=None if unit in ("", "%") else unit,
            arms=arm,
            inferred=inferred + (("arms",) if arm else ()),
            adjusted=self._adjusted(interval),
            where=self._place(first, last),
        )
        if interval.estimate >= 0:
            self.id_of.setdefault(interval.estimate, claim.id)
        return claim

    def _on_another_scale(self, interval: Interval) -> bool:
        """Whether the bounds are fractions where the estimate is a percentage: "fell by 27% (95% CI 0.12-0.40)"."""
        letters, value = self.document.letters, self.document.value
        tokens = (interval.estimate, interval.lower, interval.upper)
        if min(tokens) < 0 or "".join(letters[token] for token in tokens) != "qdd":
            return False
        return value(interval.estimate) > 1 >= max(value(interval.lower), value(interval.upper))

    def _level(self, interval: Interval) -> Reported | None:
        document = self.document
        if interval.level < 0:
            word = re.search(r"(?:ci|ic|ki)(9[059])", document.tokens[interval.label]) if interval.label >= 0 else None
            return None if word is None else _reported(f"{word[1]}%")
        document.used[interval.level] = 1
        return _reported(f"{document.digits(interval.level)}%")

    def _counted(self, token: int, values: dict[int, int]) -> Reported | None:
        if token < 0:
            return None
        self.document.used[token] = 1
        return _reported(str(values[token]) if token in values else self.document.digits(token))

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

    def _count(self, count: Count, floor: int, ceiling: int) -> Estimate:
        arm = arm_of(self.document, self.arms, floor, count.first, count.last, ceiling)
        claim = Estimate(
            id=self._id(),
            measure="proportion",
            value=self._value(count.percent, relation=True),
            x=self._counted(count.x, {count.x: count.value}),
            n=self._counted(count.n, {}),
            arms=arm,
            adjusted=of_a_curve(self.document, count.first) or None,
            inferred=(("n",) if count.elsewhere else ()) + (("arms",) if arm else ()),
            where=self._place(count.first, count.last),
        )
        self.id_of.setdefault(count.percent, claim.id)
        return claim

    def _posterior(self, posterior: Posterior) -> Estimate:
        document = self.document
        digits = document.digits(posterior.value)
        text = digits if posterior.relation == "=" else f"{posterior.relation}{digits}"
        return Estimate(
            id=self._id(),
            measure="posterior-probability",
            value=_reported(text, "%" if document.letters[posterior.value] == "q" else ""),
            event=posterior.event or None,
            where=self._place(posterior.first, posterior.last),
        )

    def add_comparison(self, compared: Compared) -> None:
        """Add a comparison, and those of its estimates that are no claims yet."""
        document, names = self.document, []
        first, last = min(compared.values), compared.p.last
        for token in compared.values:
            name = self.id_of.get(token)
            if name is None:
                name = self._id()
                self.id_of[token] = name
                sign = -1 if document.letters[token] == "d" and document.has_sign(token) else 1
                unit = "%" if compared.kind == "percent" else ""
                estimate = Estimate(
                    id=name,
                    measure=_MEASURE_OF_KIND[compared.kind],
                    value=self._value(token, sign, unit),
                    where=self._place(token - (sign < 0), token),
                )
                self.claims.append((token, len(self.claims), estimate))
            names.append(name)
        claim = Comparison(id=self._id(), of=tuple(names), p=_p_value(compared.p), where=self._place(first, last))
        self.claims.append((compared.p.first, len(self.claims), claim))

    def add_reduction(self, token: int, ratio: int) -> None:
        """Add the percentage by which a risk changes, derived from the ratio beside it."""
        claim = Estimate(
            id=self._id(),
            measure="relative-reduction",
            value=self._value(token),
            of=(self.id_of[ratio],),
            where=self._place(token, token),
        )
        self.claims.append((token, len(self.claims), claim))

    def add_bare_ratio(self, ratio: Interval) -> None:
        """Add a ratio that is printed without an interval."""
        claim = Estimate(
            id=self._id(),
            measure=ratio.measure,
            value=self._value(ratio.estimate),
            p=self._p(ratio.p),
            where=self._place(ratio.first, ratio.last),
        )
        self.id_of[ratio.estimate] = claim.id
        self.claims.append((ratio.first, len(self.claims), claim))

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


_RATIOS = frozenset(("hazard-ratio", "odds-ratio", "risk-ratio"))
_OF_ONE_ARM = frozenset(("proportion", "survival", "median", "mean"))
_MEASURE_OF_KIND = {"percent": "proportion", "median": "median", "mean": "mean", "other": "other"}


def _p_value(p: PToken) -> PValue:
    text = p.digits if p.relation == "=" else f"{p.relation}{p.digits}"
    return PValue(_reported(text), p.sided, p.test)

"""Text -> Paper: put together what the stages found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialstats.claims.model import RATIO_MEASURES, Paper
from trialstats.errors import InputError
from trialstats.sources.file_names import refuse_file_name
from trialstats.sources.text.arms.evidence import weighed
from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.building import Builder
from trialstats.sources.text.counts.with_percentages import find_counts
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.intervals.bare_ratios import find_bare_ratios
from trialstats.sources.text.intervals.found import find_intervals
from trialstats.sources.text.intervals.sizes_beside import read_beside
from trialstats.sources.text.measures.of_estimates import measure_of
from trialstats.sources.text.numbers.times_of_two_units import pass_by_times_of_two_units
from trialstats.sources.text.outcomes.changed import begin_at_baseline
from trialstats.sources.text.outcomes.of_results import describe
from trialstats.sources.text.outcomes.subgroups import find_subgroups
from trialstats.sources.text.p_values.comparisons import compare
from trialstats.sources.text.p_values.given import PToken, attach, find_p_values
from trialstats.sources.text.p_values.joined import in_order, untie
from trialstats.sources.text.plans.statements import find_plans, tokens_of
from trialstats.sources.text.results import Result, gather
from trialstats.sources.text.sizes.analysed import without_contradicted
from trialstats.sources.text.sizes.by_results import with_told
from trialstats.sources.text.sizes.untreated import with_untreated
from trialstats.sources.text.statements.in_each import told_of_each
from trialstats.sources.text.statements.own_p import of_two_arms
from trialstats.sources.text.statements.whose import link
from trialstats.sources.text.tokens.document import Document, Interval, read_tokens
from trialstats.sources.text.values.needed_to_treat import find_needed
from trialstats.sources.text.values.person_time import rates_with_events
from trialstats.sources.text.values.posteriors import find_posteriors
from trialstats.sources.text.values.reductions import find_reductions
from trialstats.sources.text.values.without_interval import find_values


@dataclass(frozen=True, slots=True)
class Read:
    """A text that was read: what it states, and the tokens and groups in which that was found."""

    paper: Paper
    document: Document
    groups: Groups
    intervals: tuple[Interval, ...]
    unsure: tuple[Interval, ...]
    """Those of what could be read in more than one way, in the order of the paper's."""
    p_values: tuple[PToken, ...]


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
    refuse_no_text(text)
    return read(text, id).paper


def refuse_no_text(text: object) -> None:
    """Refuse what was given for a text and is none, or is rather the name of a file."""
    if not isinstance(text, str):
        raise InputError(f"A text to read claims from must be a string, got {type(text).__name__}.")
    refuse_file_name(text)


def read(text: str, name: str) -> Read:
    """Read a text as `extract` does, whatever it looks like, and keep what its claims were found in."""
    document = read_tokens(text)
    pass_by_times_of_two_units(document)
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
    in_order(document, owners, p_values)
    attach(document, owners, p_values)
    untie(document, owners, p_values)
    compared = compare(document, owners, counts, p_values)
    posteriors = find_posteriors(document)
    needed = find_needed(document, intervals)
    alone = [*find_bare_ratios(document, p_values), *needed]
    use(document, [ratio.estimate for ratio in alone])
    reductions = find_reductions(document, intervals + alone)
    use(document, [token for count in counts for token in (count.percent, count.x, count.n)])
    use(document, [token for reduction in reductions for token in reduction])
    plans = find_plans(document)
    use(document, [token for plan in plans for token in tokens_of(document, plan)])
    groups = _without_needed(document, find_groups(document), needed)
    every = (*groups.whole, *(size for arm in groups.arms for size in arm.sizes))
    sizes = [*groups.apart, *(size.start for size in every if size.population not in _FLOW)]
    named = [(one.start, one.end) for one in groups.mentions]
    values = rates_with_events(document, find_values(document, sizes, counts, named))
    starts, ends = document.tokens.starts, document.tokens.ends
    values = [one for one in values if not groups.has_dose_at(document.tokens.text, starts[one.first])]
    results = gather(document, intervals + alone, counts, posteriors, reductions, values, compared, p_values)
    of_one, of_two = (
        [(starts[one.first], ends[one.last]) for one in results if one.is_contrast == contrast]
        for contrast in (False, True)
    )
    groups = weighed(document, groups, of_one, of_two)
    results = [one for one in results if not _is_of_a_name(document, groups, one)]
    results = _without_sizes(document, groups, results)
    link(document, groups, results)
    results = of_two_arms(document, groups, results, p_values)
    groups = without_contradicted(document, with_told(document, groups, results), results)
    results = find_subgroups(document, groups, results)
    describe(document, groups, results)
    groups = with_untreated(document, groups, results)
    begin_at_baseline(document, results)
    results = told_of_each(document, groups, results)
    builder = Builder(text, document, p_values, groups)
    claims = builder.claims(results)
    readings = tuple(builder.unsure(interval, reason) for interval, reason in unsure)
    paper = Paper(
        id=name,
        arms=builder.arms,
        claims=claims,
        ambiguous=readings,
        plans=plans,
        of=builder.whole,
        text=text,
        unused=_unused(document),
    )
    return Read(paper, document, groups, tuple(intervals), tuple(one for one, _ in unsure), tuple(p_values))


def _without_needed(document: Document, groups: Groups, needed: Sequence[Interval]) -> Groups:
    """Leave out of the sizes of the whole numbers needed to treat: "31 women would have to be treated"."""
    starts = {document.tokens.starts[one.estimate] for one in needed if one.estimate >= 0}
    if not any(size.start in starts for size in groups.whole):
        return groups
    return replace(groups, whole=tuple(size for size in groups.whole if size.start not in starts))


_FLOW = frozenset(("screened", "eligible", "completed"))
"""Numbers of patients on the way: they are results too."""


def _is_of_a_name(document: Document, groups: Groups, result: Result) -> bool:
    """Whether what was read as a result is the number in the name of an arm: "in the 20 million group"."""
    bare = result.interval is None and result.x < 0 and result.value >= 0 and not result.spread
    return bare and groups.has_dose_at(document.tokens.text, document.tokens.starts[result.value])


def _without_sizes(document: Document, groups: Groups, results: list[Result]) -> list[Result]:
    """Leave out counts that are the size of an arm: what is printed before it is of so many, "25% with X (n = 60)"."""
    sizes = {arm.sizes[0].start for arm in groups.arms if len(arm.sizes) == 1}
    left = []
    for one in results:
        token = one.x if one.x >= 0 else one.value
        told = token > 1 and document.letters[token - 2 : token] == "ne" and document.tokens.starts[token] in sizes
        if told and one.measure == "count":
            continue
        if told and one.measure == "proportion" and one.x == token and one.n < 0 and one.value < token:
            one.n, one.x, one.counted = token, -1, None
        left.append(one)
    return left


def use(document: Document, tokens: list[int]) -> None:
    """Mark tokens as those of a result."""
    for token in tokens:
        if token >= 0:
            document.used[token] = document.used[token] or 1


def _unused(document: Document) -> int:
    """Return how many numbers of a text belong to no claim: one bit for each token, all at once."""
    numbers = int.from_bytes(document.letters.encode("ascii").translate(_NUMBERS), "big")
    return (numbers & int.from_bytes(document.used.translate(_FREE), "big")).bit_count()


_NUMBERS = bytes(chr(letter) in "dq" for letter in range(256))
_FREE = bytes(use == 0 for use in range(256))

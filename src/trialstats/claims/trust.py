"""How a claim was read, and what may be said of it: the one rule of trust, whatever door the claim came through.

A question must not rest on a misreading of ours. What a person typed may always be asked about. What was read from
words may be asked about if the parts that the check rests on stand at their place, and a second, independent reading
finds the same numbers there. Otherwise somebody is asked to look: nothing that arithmetic finds impossible vanishes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from fractions import Fraction
from itertools import combinations
from math import ceil, floor, log2

from trialstats.claims.model import Arm, Basis, Claim, Estimate, Paper, Size
from trialstats.reported import Reported

__all__ = [
    "ENOUGH_BITS",
    "MOST_FIT",
    "assumed",
    "basis_of",
    "bits",
    "doubt",
    "is_of_others",
    "knows_arm",
    "knows_groups",
    "knows_measure",
    "knows_size",
    "sizes_agree",
]

OWN_SIZE = "own-size"
"""Among the parts that a question rests on: the number of patients follows from the claim's own count and share."""
_CARRIED = frozenset({"level", "n", "outcome", "time"})
"""Parts that are taken from another place of the text where they are not printed; others are guessed."""


def basis_of(paper: Paper, claim: Claim, part: str) -> Basis:
    """Return how one part of a claim was read.

    Examples
    --------
    >>> claim = Estimate(id="c1", measure="proportion", inferred=("level", "measure"))
    >>> paper = Paper(id="text", claims=(claim,))
    >>> [basis_of(paper, claim, part).value for part in ("value", "level", "measure")]
    ['stated', 'carried', 'guessed']
    """
    if isinstance(claim, Estimate) and part in claim.inferred:
        return Basis.CARRIED if part in _CARRIED else Basis.GUESSED
    return paper.basis


def knows_groups(paper: Paper) -> bool:
    """Whether every arm and size is listed, so that an estimate that names no arm is about all of them."""
    return paper.basis is Basis.TYPED


def in_cells(paper: Paper) -> bool:
    """Whether a paper was read from cells under headings, which say not all that a person who types it says."""
    return paper.basis is Basis.STRUCTURED


def knows_arm(paper: Paper, claim: Estimate) -> bool:
    """Whether it is known, not guessed, whose number an estimate is."""
    return knows_groups(paper) or bool(claim.arms and basis_of(paper, claim, "arms") is not Basis.GUESSED)


def knows_measure(paper: Paper, claim: Estimate) -> bool:
    """Whether it is printed, or borne out by the numbers or words beside it, what an estimate measures."""
    return "measure" not in set(claim.inferred) - _borne_out(paper, claim)


def knows_size(paper: Paper, claim: Estimate) -> bool:
    """Whether the number of patients of an estimate is printed with it, or is that of an arm that it names."""
    borne_out = (
        paper.text is None
        or knows_groups(paper)
        or sizes_agree(paper)
        or _counts_agree(paper, claim)
        or _said(paper, claim)
    )
    return claim.n is not None or (knows_arm(paper, claim) and borne_out)


def _said(paper: Paper, claim: Estimate) -> bool:
    """Whether the sizes of the claim's arm are printed as such: "(n = 55)"."""
    arm = paper.arm(claim.arms[0]) if claim.arms else None
    places = [] if arm is None else [size.place for size in arm.of.values()]
    text = paper.text or ""
    return bool(places) and all(place and _N_IS.search(text[max(0, place[0] - 6) : place[0]]) for place in places)


_N_IS = re.compile(r"\bn\s*[=:]\s*$", re.IGNORECASE)


def _counts_agree(paper: Paper, claim: Estimate) -> bool:
    """Whether other counts of the claim's arm print their percentages at a size read for it, or at their own.

    Two that are printed without a total, one with that size beside it, or those of the other arm whose size was read
    with this one.
    """
    arm = paper.arm(claim.arms[0]) if claim.arms else None
    if arm is None:
        return False
    counts = [one for one in paper.claims if isinstance(one, Estimate) and one.id != claim.id and _is_count(one)]
    others = [one for one in counts if one.arms == claim.arms]
    for n in _sizes_of(paper, arm.id):
        beside = any(one.n is not None and one.n.whole == n and _prints(one, n) for one in others)
        if beside or sum(one.n is None and _prints(one, n) for one in others) >= _TWO:
            return True
    return _partners_agree(paper, arm, [one for one in counts if one.n is None and len(one.arms) == 1])


def _partners_agree(paper: Paper, arm: Arm, counts: list[Estimate]) -> bool:
    """Whether most counts of two arms, whose sizes stand side by side, print their percentages at these sizes."""
    for other in paper.arms:
        for name, size in other.of.items():
            own = arm.of.get(name)
            if other.id == arm.id or own is None or not _side_by_side(own, size):
                continue
            n_of = {arm.id: own.value.whole, other.id: size.value.whole}
            fits = [
                (one, _prints(one, n)) for one in counts
                if (n := n_of.get(one.arms[0])) and one.x is not None and (one.x.whole or 0) <= n
            ]  # fmt: skip
            good = [one for one, fit in fits if fit]
            if sum(map(bits, good)) >= ENOUGH_BITS and len(good) >= MOST_FIT * len(fits):
                return True
    return False


def _side_by_side(one: Size, other: Size) -> bool:
    places = one.place, other.place
    return places[0] is not None and places[1] is not None and abs(places[0][0] - places[1][0]) < _APART


def _is_count(one: Estimate) -> bool:
    return one.measure == "proportion" and one.x is not None and one.value is not None and not one.value.is_missing


def bits(one: Estimate) -> float:
    """Return how much it says that a number of patients prints a percentage: 36% is one of about 36, 5 bits."""
    assert one.value is not None
    return log2(max(float(one.value.value / one.value.step), 1.0))


_APART = 200
MOST_FIT = 0.6
"""The least share of some counts that a number of patients must print, to be the one that they are of."""
ENOUGH_BITS = 7.0
"""How much it must print of them."""


_TWO = 2


def sizes_agree(paper: Paper) -> bool:
    """Whether a text's own numbers bear out the sizes read for its arms: they add up to a total that it prints.

    Examples
    --------
    >>> from trialstats.claims.model import Arm, Size
    >>> from trialstats.reported import Reported
    >>> arms = tuple(Arm(name, name, {"randomised": Size(Reported(n))}) for name, n in (("a", "40"), ("b", "41")))
    >>> sizes_agree(Paper(id="p", arms=arms, of={"randomised": Size(Reported("81"))}))
    True
    >>> sizes_agree(Paper(id="p", arms=arms))
    False
    """
    totals = {size.value.whole for size in paper.of.values()}
    populations = {name for arm in paper.arms for name in arm.of}
    for population in populations:
        sizes = [arm.of[population].value.whole for arm in paper.arms if population in arm.of]
        if len(sizes) == len(paper.arms) > 1 and sum(size or 0 for size in sizes) in totals:
            return True
    return False


def doubt(paper: Paper, claims: Iterable[Claim], rests_on: Collection[str], confirmed: Callable[[Claim], bool]) -> str:
    """Return why a question about some claims may rest on a misreading; empty where it may be asked.

    Parameters
    ----------
    paper : Paper
    claims : iterable of Estimate or Comparison
        Those that the question is about.
    rests_on : collection of str
        The parts of them that the check rests on; ``size`` is the number of patients, wherever it is printed.
    confirmed : callable
        Whether a second, independent reading of a claim's words finds the same; asked only of what was read from words.

    Returns
    -------
    str
        Completes "Please look at ...: ".
    """
    if knows_groups(paper):
        return ""
    about = tuple(claims)
    estimates = [claim for claim in about if isinstance(claim, Estimate)]
    if any((set(claim.inferred) - _borne_out(paper, claim)) & set(rests_on) for claim in estimates):
        return _UNCERTAIN
    if "x" in rests_on and any(claim.x is None for claim in estimates):
        return _UNCERTAIN
    if "size" in rests_on and not all(knows_size(paper, claim) for claim in estimates):
        return _UNCERTAIN
    if "n" in rests_on and any(not _size_bears(paper, claim) for claim in estimates):
        return _UNCERTAIN
    if paper.text is not None and not all(confirmed(claim) for claim in about):
        return _UNCERTAIN
    return ""


def _borne_out(paper: Paper, claim: Estimate) -> frozenset[str]:
    """Return the guessed parts that the numbers beside bear out: a percentage with its count is a proportion."""
    value, x = claim.value, claim.x
    if claim.measure != "proportion" or value is None or value.unit != "%":
        return frozenset()
    if x is None:
        return frozenset({"measure"}) if _is_of_people(paper, claim) else frozenset()
    if x.whole is None:
        return frozenset()
    stands_so = _SHARE.match(claim.where.quote or "") is not None
    # A total read from anywhere but right behind its count may be a dose or a level.
    told = _is_counted(paper, claim) if claim.n is not None else stands_so or _has_its_total(paper, x.whole, value)
    return frozenset({"measure"}) if told else frozenset()


_SHARE = re.compile(
    r"[\w ,-]{1,40}[ \u2009\u00a0]?[(\[]\d[\d.·]*[ \u2009\u00a0]?%"
    r"(?:[)\]]?$|[;,]?[ \u2009\u00a0]?[(\[]?9\d ?% (?:CI|confidence))"
)
"""A count with its percentage alone in brackets, or with its interval."""
_OF_PEOPLE = re.compile(
    r"[)\]]? of (?:the |all |these |those |our |\d{1,6} )?(?:[a-z][a-z-]+ ){0,2}"
    r"(?:those|patients|participants|subjects|children|infants|adults|women|men|people|persons|individuals|volunteers)\b"
)

_OF_SO_MANY = re.compile(
    r"(?:^|[.;] )Of (?:the |all |these |those )?\d{1,6} (?:[a-z][a-z-]+ ){0,3}"
    r"(?:patients|participants|subjects|children|infants|adults|women|men|people|persons|individuals|volunteers)\b"
    r"[^.;:()\d%]{0,80}$"
)


def _is_of_people(paper: Paper, claim: Estimate) -> bool:
    """Whether the words about a percentage and its interval say that it is one of people.

    Behind it "of those in group 1", or at the head of its sentence "of 50 patients treated".
    """
    text, start, end = paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None:
        return False
    return _OF_PEOPLE.match(text, end) is not None or _OF_SO_MANY.search(text, max(0, start - 160), start) is not None


_OF = re.compile(r"(?:\bof (?:the |all )?|/ ?|\bn ?= ?)$", re.IGNORECASE)
_WHOLE = re.compile(r"(?<![\d.,·])\d{1,3}(?:[ ,\u2009]?\d{3})*(?![\d%]|[.,·]\d)")
_LEVELS = frozenset({"90", "95", "99"})


def _is_counted(paper: Paper, claim: Estimate) -> bool:
    """Whether a total stands beside its count in the words "of 52" or "/52", and no level was read as a bound."""
    place = next((start for name, start, _ in claim.where.numbers if name == "n"), None)
    if claim.n is None or "n" in claim.inferred or paper.text is None or place is None:
        return False
    bounds = () if claim.spread is None else (claim.spread.lower, claim.spread.upper)
    taken = any(bound is not None and bound.digits in _LEVELS for bound in bounds) and "level" in claim.inferred
    return not taken and _OF.search(paper.text[max(0, place - 10) : place]) is not None


def _has_its_total(paper: Paper, x: int, value: Reported) -> bool:
    """Whether the text prints a number of which a count is the printed percentage."""
    values = value.range()
    lower, upper = values.lower, values.upper
    if paper.text is None or not (isinstance(lower, Fraction) and isinstance(upper, Fraction)) or lower <= 0:
        return False
    least, most = ceil(x / upper), floor(x / lower)
    printed = (int(re.sub(r"\D", "", found[0])) for found in _WHOLE.finditer(paper.text))
    return any(least <= n <= most and n > x for n in printed)


def _size_bears(paper: Paper, claim: Estimate) -> bool:
    """Whether a share of an arm may be held against the arm's size, which was read elsewhere in the text."""
    if not _by_arm(paper, claim):
        return True
    if claim.x is not None and any(_prints(claim, n) for n in _sizes_of(paper, claim.arms[0])):
        return True  # its own count and percentage bear the size out
    return knows_size(paper, claim)


def is_of_others(paper: Paper, claim: Estimate) -> bool:
    """Whether a share that a text was read to give of an arm is one of other patients, or the arm's size was misread.

    Its count and percentage fit another number of patients that the text prints, and not the arm's; or most other
    shares of the arm contradict its size too.

    Examples
    --------
    >>> from trialstats.claims.model import Arm, Size
    >>> from trialstats.reported import Reported
    >>> arms = tuple(Arm(name, name, {"randomised": Size(Reported("81"))}) for name in ("a", "b"))
    >>> share = Estimate(id="c", measure="proportion", value=Reported("17%"), x=Reported("27"), arms=("a",))
    >>> is_of_others(Paper(id="p", arms=arms, claims=(share,), text="..."), share)
    True
    """
    if not _by_arm(paper, claim):
        return False
    sizes = _sizes_of(paper, claim.arms[0])
    if any(_prints(claim, n) for n in sizes):
        return False
    if claim.x is not None and any(_prints(claim, n) for n in _other_sizes(paper, claim.arms[0])):
        return True
    others = [one for one in paper.claims if isinstance(one, Estimate) and one.arms == claim.arms and one is not claim]
    shares = [one for one in others if one.measure == "proportion" and one.n is None and one.value is not None][:_MOST]
    return 2 * sum(any(_prints(one, n) for n in sizes) for one in shares) < len(shares)


def _by_arm(paper: Paper, claim: Estimate) -> bool:
    """Whether a share can be held against no number of patients but that read for its arm."""
    if not claim.arms or claim.n is not None or claim.value is None or claim.value.is_missing:
        return False
    return claim.measure == "proportion" and paper.text is not None and not knows_groups(paper)


def _sizes_of(paper: Paper, arm_id: str) -> list[int]:
    arm = paper.arm(arm_id)
    return [] if arm is None else [n for size in arm.of.values() if (n := size.value.whole)]


def _other_sizes(paper: Paper, arm: str) -> set[int]:
    """Return the numbers of patients of the other arms, of two arms together and of the whole trial."""
    whole = {n for size in paper.of.values() if (n := size.value.whole)}
    arms = [{n for size in one.of.values() if (n := size.value.whole)} for one in paper.arms]
    apart = {n for one, sizes in zip(paper.arms, arms, strict=True) if one.id != arm for n in sizes}
    together = {a + b for first, second in combinations(arms, 2) for a in first for b in second}
    return whole | apart | together


_MOST = 40
"""Shares of an arm that are asked whether its size prints them."""


def _prints(claim: Estimate, n: int) -> bool:
    assert claim.value is not None
    values = claim.value.range()
    lower, upper = values.lower, values.upper
    if not (isinstance(lower, Fraction) and isinstance(upper, Fraction)):
        return True
    if claim.x is not None and claim.x.whole is not None:
        return lower <= Fraction(claim.x.whole, n) <= upper
    return ceil(lower * n) <= floor(upper * n)


_UNCERTAIN = "our reading of the text is uncertain here"


def assumed(claim: Claim) -> tuple[str, ...]:
    """Return the parts of a claim that its words at this place do not say, and that its numbers may be judged by.

    Examples
    --------
    >>> assumed(Estimate(id="c1", measure="hazard-ratio", inferred=("measure", "arms")))
    ('measure',)
    """
    if not isinstance(claim, Estimate):
        return ()
    level = claim.interval is not None and claim.interval.level is not None
    return tuple(
        part
        for part, told in (("measure", claim.measure != "other"), ("level", level))
        if told and part in claim.inferred
    )

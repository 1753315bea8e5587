"""Means, standard deviations and sizes of whole-number data: GRIM, GRIMMER and DEBIT, exact with integers.

Each function returns the data that print the numbers, so that an empty answer is the proof that none do: totals for a
mean (GRIM), totals with sums of squares for a mean and standard deviation (GRIMMER), counts for binary data (DEBIT).

Which sums of squares Q go with a total T of n whole numbers? Never one of another parity than T, since x^2 and x have
the same parity, and none below the sum for values as equal as can be. From five values on every other Q has its data:
four whole numbers have sum b and sum of squares a whenever b is odd, a is odd and 4a >= b^2 (4a - b^2 is then 3 modulo
8, and by Gauss the sum of three odd squares), and a fifth value 0 or 1 makes b odd. For four values with b even it
takes that a - (b/2)^2 is a sum of three squares; for two and three values we look.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from trialstats.errors import InputError
from trialstats.reported import DEFAULT_ROUNDING, Range, Reported
from trialstats.search.printed import as_reported

DIVISORS = ("n-1", "n")
"""What a sum of squared deviations is divided by: n - 1 for the sample standard deviation, n for the population's."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Total and sum of squares of whole numbers that print a mean and a standard deviation.

    Attributes
    ----------
    total, squares : int
        In units of one item: of the patients' sums over all items.
    n : int
        Patients.
    items : int
        Whole-number items that each patient's value is the mean of.

    Examples
    --------
    >>> Moments(total=13, squares=35, n=5).sd(), Moments(13, 35, 5).mean
    (0.5477225575051661, Fraction(13, 5))
    """

    total: int
    squares: int
    n: int
    items: int = 1

    @property
    def mean(self) -> Fraction:
        """The mean, exact."""
        return Fraction(self.total, self.n * self.items)

    def variance(self, divisor: str = "n-1") -> Fraction:
        """Return the variance, exact."""
        spread = self.squares - Fraction(self.total**2, self.n)
        return spread / ((self.n - 1 if divisor == "n-1" else self.n) * self.items**2)

    def sd(self, divisor: str = "n-1") -> float:
        """Return the standard deviation."""
        return math.sqrt(self.variance(divisor))


@dataclass(frozen=True, slots=True)
class BinaryCount:
    """x ones among n zeros and ones."""

    x: int
    n: int

    @property
    def mean(self) -> Fraction:
        """The mean, exact."""
        return Fraction(self.x, self.n)

    def variance(self, divisor: str = "n-1") -> Fraction:
        """Return the variance, exact."""
        return Moments(self.x, self.x, self.n).variance(divisor)

    def sd(self, divisor: str = "n-1") -> float:
        """Return the standard deviation."""
        return math.sqrt(self.variance(divisor))


def grim(mean: str | Reported, n: int, *, items: int = 1, rounding: str = DEFAULT_ROUNDING) -> range:
    """Return the totals of whole-number data that print a mean.

    Parameters
    ----------
    mean : str or Reported
        As printed; with a per cent sign it is a percentage of patients.
    n : int
        Patients.
    items : int, default 1
        Whole-number items that each patient's value is the mean of, such as the questions of a scale.
    rounding : str, default "nearest"
        A name of ``ROUNDINGS``.

    Returns
    -------
    range
        Every whole number T for which T / (n items) prints the mean; empty, and so false, where there is none.

    Raises
    ------
    NotTextError
        If the mean is not given as text.
    InputError
        If n or items is not a whole number of at least 1, or the mean is no number.
    UnknownNameError
        If there is no such rounding rule.

    References
    ----------
    .. [1] Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the reporting of
       results in psychology. Soc Psychol Personal Sci 2017;8:363-9.

    Examples
    --------
    >>> grim("5.19", 28), bool(grim("5.19", 28))
    (range(146, 146), False)
    >>> list(grim("5.18", 28)), list(grim("43%", 7))
    ([145], [3])
    """
    values, grains = _number(mean, "mean").range(rounding), _count(n, "n") * _count(items, "items")
    return _whole_numbers(Range(values.lower * grains, values.upper * grains, values.lower_closed, values.upper_closed))


def grimmer(
    mean: str | Reported,
    sd: str | Reported,
    n: int,
    *,
    items: int = 1,
    rounding: str = DEFAULT_ROUNDING,
    divisor: str = "n-1",
) -> Moments | None:
    """Return whole-number data, by total and sum of squares, that print a mean and a standard deviation.

    Parameters
    ----------
    mean, sd : str or Reported
        As printed.
    n : int
        Patients, at least 2.
    items : int, default 1
        Whole-number items that each patient's value is the mean of.
    rounding : str, default "nearest"
        A name of ``ROUNDINGS``, for both numbers.
    divisor : {"n-1", "n"}, default "n-1"
        Of the sum of squared deviations.

    Returns
    -------
    Moments or None
        The data with the smallest total and sum of squares; None is a proof that there are none.

    Raises
    ------
    NotTextError, InputError, UnknownNameError
        As for `grim`.

    References
    ----------
    .. [1] Anaya J. The GRIMMER test: a method for testing the validity of reported measures of variability.
       PeerJ Preprints 2016;4:e2400v1.
    .. [2] Cassels JWS. Rational Quadratic Forms. Academic Press; 1978. Sums of three squares.

    Examples
    --------
    >>> grimmer("2.60", "0.55", 5)
    Moments(total=13, squares=35, n=5, items=1)
    >>> grimmer("2.60", "0.60", 5) is None
    True
    """
    spread = _variances(sd, n, rounding, divisor)
    factor = n * (n - 1 if divisor == "n-1" else n) * items**2
    lower, upper = Fraction(spread.lower * factor), Fraction(spread.upper * factor)
    # n times a sum of squares lies between these and the square of its total: in whole numbers, over one bottom.
    bottom = math.lcm(lower.denominator, upper.denominator)
    low, high = int(lower * bottom), int(upper * bottom)
    for total in grim(mean, n, items=items, rounding=rounding):
        square = total**2 * bottom
        first = _first_whole(low + square, n * bottom, spread.lower_closed)
        after = -_first_whole(-(high + square), n * bottom, spread.upper_closed) + 1
        squares = next(_sums_of_squares(total, n, range(first, after)), None)
        if squares is not None:
            return Moments(total, squares, n, items)
    return None


def debit(
    mean: str | Reported,
    sd: str | Reported,
    n: int,
    *,
    rounding: str = DEFAULT_ROUNDING,
    divisor: str = "n-1",
) -> BinaryCount | None:
    """Return a count of binary data that prints a mean and a standard deviation.

    Parameters
    ----------
    mean, sd, n, rounding, divisor
        As `grimmer` takes them; the mean is the share of ones.

    Returns
    -------
    BinaryCount or None
        None is a proof that no count does. The test as published asks less: that some mean within rounding, be it of
        a whole count or not, has the standard deviation.

    Raises
    ------
    NotTextError, InputError, UnknownNameError
        As for `grim`.

    References
    ----------
    .. [1] Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. OSF; 2019. osf.io/5vb3u.

    Examples
    --------
    >>> debit("0.30", "0.48", 10)
    BinaryCount(x=3, n=10)
    >>> debit("0.30", "0.46", 10, divisor="n"), debit("0.30", "0.40", 10)
    (BinaryCount(x=3, n=10), None)
    """
    spread = _variances(sd, n, rounding, divisor)
    found = (BinaryCount(x, n) for x in grim(mean, n, rounding=rounding) if 0 <= x <= n)
    return next((one for one in found if one.variance(divisor) in spread), None)


# ---- Sums of squares of whole numbers --------------------------------------------------------------------------------
def _sums_of_squares(total: int, n: int, candidates: range) -> Iterator[int]:
    """Yield the candidates that are the sum of squares of n whole numbers with this total."""
    base, rest = divmod(total, n)  # moving all values by one whole number leaves the deviations alone
    shift = 2 * base * total - n * base**2
    least = rest + shift
    first = max(candidates.start, least)
    first += (first - total) % 2
    for squares in range(first, candidates.stop, 2):
        if _exist(n, rest, squares - shift):
            yield squares


def _exist(n: int, total: int, squares: int) -> bool:
    """Whether n whole numbers have a total, from 0 to n - 1, and a sum of squares of its parity and not below it."""
    if n == 1:
        return squares == total**2
    if n == 2:
        return _is_square(2 * squares - total**2)
    if n == 3:
        return any(_is_square(2 * (squares - x * x) - (total - x) ** 2) for x in _roots_up_to(squares))
    if n == 4 and total % 2 == 0:
        return _is_sum_of_three_squares(squares - (total // 2) ** 2)
    return True


def _roots_up_to(squares: int) -> range:
    root = math.isqrt(squares)
    return range(-root, root + 1)


def _is_square(number: int) -> bool:
    return number >= 0 and math.isqrt(number) ** 2 == number


def _is_sum_of_three_squares(number: int) -> bool:
    """By Gauss, all but the numbers 4^a (8b + 7)."""
    if number < 0:
        return False
    while number and number % 4 == 0:
        number //= 4
    return number % 8 != 7


# ---- Ranges and arguments --------------------------------------------------------------------------------------------
def _whole_numbers(values: Range) -> range:
    """Return the whole numbers in a range."""
    lower, upper = Fraction(values.lower), Fraction(values.upper)
    low = _first_whole(lower.numerator, lower.denominator, values.lower_closed)
    high = -_first_whole(-upper.numerator, upper.denominator, values.upper_closed)
    return range(low, max(high + 1, low))


def _first_whole(top: int, bottom: int, closed: bool) -> int:
    """Return the smallest whole number not below top/bottom, or above it where that end is open."""
    return -(-top // bottom) if closed else top // bottom + 1


def _variances(sd: str | Reported, n: int, rounding: str, divisor: str) -> Range:
    """Return the squares that a printed standard deviation of n patients, never negative, can stand for."""
    values = _number(sd, "standard deviation").range(rounding)
    if divisor not in DIVISORS:
        raise InputError(f"divisor must be one of {', '.join(DIVISORS)}, got {divisor!r}.")
    if _count(n, "n") < 2:
        raise InputError(f"A standard deviation takes at least 2 patients, got {n}.")
    if values.upper < 0:
        return Range(Fraction(0), Fraction(0), False, False)
    if values.lower < 0:
        return Range(Fraction(0), values.upper**2, True, values.upper_closed)
    return Range(values.lower**2, values.upper**2, values.lower_closed, values.upper_closed)


def _number(number: str | Reported, what: str) -> Reported:
    printed = as_reported(number)
    if printed is None or printed.is_missing or printed.relation != "=":
        raise InputError(f"The {what} must be one printed number such as '2.60', got {number!r}.")
    return printed


def _count(n: int, name: str) -> int:
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise InputError(f"{name} must be a whole number of at least 1, got {n!r}.")
    return n

"""What each search looks at before it stops and says that it met its limit: each bound with its reason.

A verdict takes at most about half a second and 200 megabytes. Beyond a bound a search says what it left out
(`not_searched`), and never that nothing prints the claim.
"""

from __future__ import annotations

LARGEST_N = 10_000_000
"""Largest number of patients below which other denominators than the printed ones are tried: its columns of numbers
take 80 megabytes each."""

MOST_COUNTS = 500_000
"""Counts behind a proportion with an interval, in one class of n: about 300 bytes each while they are looked at. All
explanations of so many take a minute or two; whether there is any, as a verdict asks, a moment."""

MOST_TABLES = 250_000
"""Two-by-two tables behind a P value, over all classes of n and roundings: about 200 bytes each, with the P values of
eight tests; half a microsecond each for the tests in closed form."""

MOST_EVENTS = 100_000
"""Patients with the event in both arms up to which exact limits of an odds ratio are worked out: their sums run over as
many tables, half a second and 15 megabytes at this size."""

MOST_EXACT_WORK = 6_000_000
"""Tables times patients for which exact tests are worked out: their sums run over all tables with the same margins,
about 80 nanoseconds a patient."""

MOST_OF_ONE_TEST = 1_000_000
"""Tables with the same margins up to which an exact test of printed counts is worked out: five columns of 8 megabytes
and a tenth of a second. It is then the chi-square test to many digits."""

MOST_LISTS = 500_000
"""Lists of P values, one for each row of a table of two arms, that are counted for what a hit is worth."""

MOST_POSTERIORS = 700_000
"""Combinations of prior, x and n near a printed posterior summary: about 250 bytes each, and one incomplete beta
function or two. The verdicts on texts look at 80,000 at most."""

MOST_SIMULATED = 30_000
"""Posteriors whose sampling error of draws is looked at: twenty microseconds each, for some numbers of draws."""

MOST_FOUND = 10_000
"""Posteriors with their summaries that are made into explanations: a tenth of a millisecond and a kilobyte each."""

MOST_PAIRS = 50_000
"""Pairs of posteriors, one for each arm, that are compared: about ten microseconds each."""

MOST_READINGS = 20_000
"""Sets of counts of several arms for which a common prior is traced."""

MOST_CELLS = 1_000_000
"""Cells of one table of the joint search: 8 megabytes, and each family has a table. Beyond it the choices of the
largest family are enumerated instead."""

MOST_ENUMERATED = 40_000_000
"""Cells of all tables of the joint search while choices are enumerated: about a second."""

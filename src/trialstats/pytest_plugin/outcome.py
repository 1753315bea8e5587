"""What a trial file's items stand for, and the words of one whose verdict is not the expected one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from textwrap import fill

from trialstats.errors import InputError, TrialFileError
from trialstats.findings import Details, Finding, TrialFindings, Verdict
from trialstats.reanalysis import reanalyse
from trialstats.report.words import NOTE, numbers_in_words
from trialstats.sources.trial_file import Trial, read_trial
from trialstats.sources.trial_file.places import Places, places_in
from trialstats.wording import convention_words, count_words

_MOST_LINES = 14
_WIDTH = 100


@dataclass(frozen=True)
class Reanalysed:
    """A trial file and its findings."""

    name: str
    """The file as messages call it."""
    trial: Trial
    whole: TrialFindings

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings, and one for each expectation of a check that found nothing to say."""
        return (*self.whole.findings, *self._unmet())

    def _unmet(self) -> Iterator[Finding]:
        met = {finding.claim for finding in self.whole.findings if finding.expected is not None}
        for claim in self.trial.claims:
            expect = claim.expect
            if expect is not None and claim.id not in met:
                check = expect.check or "expected"
                yield Finding(
                    claim=claim.id,
                    check=check,
                    code="",
                    verdict=Verdict.UNCHECKED,
                    details=Details(sentence=f"The check {check!r} has nothing to say of {claim.id}."),
                    expected=expect.verdict,
                    where=claim.where,
                )

    def expectation(self, finding: Finding) -> str:
        """Return what the trial file expects of a finding, and why; empty where it says nothing."""
        if finding.expected is None:
            return ""
        expect = self.trial.claim(finding.claim).expect
        reason = f" ({expect.reason})" if expect is not None and expect.reason else ""
        return f"{Verdict(finding.expected).printed}{reason}"

    @cached_property
    def _places(self) -> Places:
        return places_in((self.trial.toml or "").removeprefix("\ufeff"))

    def line_of(self, finding: Finding) -> int | None:
        """Return the line of the trial file that a finding is about."""
        if finding.where.line is not None:
            return finding.where.line
        for claim in self.trial.claims:
            if claim.id == finding.claim:
                return claim.where.line
        _, _, population = finding.claim.partition(".")  # totals are of sizes, which are no rows
        ways: tuple[tuple[str | int, ...], ...] = (("trial", "of", population), ("trial", "of"))
        ways += tuple(("arms", arm.id, "of") for arm in self.trial.arms if population in arm.of)
        return next((self._places[way] for way in ways if way in self._places), None)

    def excerpt(self, finding: Finding, line: int) -> Iterator[str]:
        """Yield the lines of the row, that of the number itself marked."""
        lines = (self.trial.toml or "").splitlines()
        end = line
        while end < min(len(lines), line - 1 + _MOST_LINES) and lines[end].strip() and lines[end].lstrip()[0] != "[":
            end += 1
        if not lines[line - 1].lstrip().startswith("[["):
            end = line
        row = range(line, end + 1)
        arm = finding.claim.partition(".")[2]
        printed = [f'"{text}"' for text in finding.reported.values()]
        hits = [k for k in row if any(text in lines[k - 1] for text in printed)]
        marked = next((k for k in hits if arm and arm in lines[k - 1]), hits[0] if hits else line)
        for k in row:
            yield f"{'>' if k == marked else ' '} {k:>4}  {lines[k - 1]}"


def reanalysed(path: Path, name: str) -> Reanalysed:
    """Read and reanalyse a trial file; the convention of the paper changes no verdict and is not searched."""
    try:
        trial = replace(read_trial(path), source=name)
    except TrialFileError as refused:
        raise InputError(name + str(refused).removeprefix(refused.file)) from None
    (whole,) = reanalyse(trial, convention=False).trials
    return Reanalysed(name, trial, whole)


class UnexpectedVerdictError(AssertionError):
    """A verdict that the trial file does not expect; prints as a reader wants it, without a traceback."""

    def __init__(self, finding: Finding, of: Reanalysed, line: int | None) -> None:
        self.sentence = _sentence(finding, of)
        """What is to be said in one line."""
        super().__init__("\n".join(_lines(finding, of, line, self.sentence)))


def _sentence(finding: Finding, of: Reanalysed) -> str:
    if finding.expected is not None:
        return f"The trial file expects: {of.expectation(finding)}. We found: {finding.verdict.printed}."
    return finding.details.sentence


def _lines(finding: Finding, of: Reanalysed, line: int | None, sentence: str) -> Iterator[str]:
    label = of.whole.labels.get(finding.claim, "")
    about = f"{finding.claim}{f', {label}' if label else ''}"
    yield f"{of.name}{f', line {line}' if line else ''}: {about}"
    yield ""
    if finding.expected is not None:
        yield fill(sentence, _WIDTH)
    yield fill(finding.message, _WIDTH)
    yield ""
    rows = [("as printed", numbers_in_words(finding.reported))]
    if finding.nearest is not None:
        nearest = finding.nearest
        one = nearest.explanation
        counts = count_words(one) if one.x is not None else ""
        how = ", ".join(part for part in (counts, convention_words(one)) if part)
        units = f"{nearest.steps:.3g} unit{'' if nearest.steps == 1 else 's'} of the last digit away"
        rows.append(
            ("nearest miss", "; ".join(part for part in (numbers_in_words(nearest.prints), how, units) if part))
        )
    elif finding.recomputed:
        rows.append(("as recomputed", numbers_in_words(finding.recomputed)))
    rows.append(("verdict", f"{finding.verdict.printed} ({finding.check}{f' {finding.code}' if finding.code else ''})"))
    if finding.expected is not None:
        rows.append(("expected", of.expectation(finding)))
    yield from (f"  {name:<14}{text}" for name, text in rows if text)
    if line is not None:
        yield ""
        yield from of.excerpt(finding, line)
    yield ""
    yield NOTE

"""The report: the findings of one or several trials, and the forms it can be written in.

`Report` stands here, not beside `Finding`, because it knows its renderers and imports point inward.
Renderers are imported only when asked for: pandas, jinja2 and rich cost more than a reanalysis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trialstats.errors import InputError, UnknownNameError, check_name
from trialstats.findings import FAIL_ON, Finding, TrialFindings, Verdict
from trialstats.report.by_claim import UnknownClaimError, findings_of, foremost
from trialstats.report.record import Record, record_findings
from trialstats.report.summary import asking_lines, counted, document_lines
from trialstats.report.table import Table, build_table
from trialstats.report.words import NOTE

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from trialstats.report.citable import CitableTable
    from trialstats.report.cite import Citation

__all__ = ["NOTE", "Record", "Report", "UnknownClaimError"]


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """The findings of one or several trials.

    Attributes
    ----------
    trials : tuple of TrialFindings

    Examples
    --------
    >>> from trialstats.findings import Coverage, Details
    >>> finding = Finding(claim="orr", check="totals", code="TS103", verdict=Verdict.REPRODUCED,
    ...                   details=Details(sentence="All add up."))
    >>> one = TrialFindings(
    ...     trial="alienor", title=None, sha256=None, source=None, findings=(finding,),
    ...     coverage=Coverage(3, 3, 0), catalogue="1",
    ... )
    >>> report = Report((one,))
    >>> report["orr"].verdict.printed, report.as_expected
    ('arithmetic agrees', True)
    >>> print(report)
    An unexplained number is a question for the authors, not a judgement of them.
    alienor: 1 claim (1 arithmetic agrees); 3 figures printed, 3 checked, 0 not checkable
    """

    trials: tuple[TrialFindings, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, trial by trial."""
        return tuple(finding for trial in self.trials for finding in trial.findings)

    @property
    def inconsistent(self) -> tuple[Finding, ...]:
        """The findings for which no explanation was found."""
        return tuple(finding for finding in self.findings if finding.verdict is Verdict.INCONSISTENT)

    @property
    def as_expected(self) -> bool:
        """Whether every verdict is the one its trial file expects; by default, nothing inconsistent."""
        return not self.unexpected()

    def unexpected(self, fail_on: str = "inconsistent") -> tuple[Finding, ...]:
        """Return the findings that are not as expected, the gravest first.

        Parameters
        ----------
        fail_on : str
            Which verdicts count where a trial file expects none: ``inconsistent``, ``strained`` (both questions do)
            or ``never``, which leaves nothing.

        Raises
        ------
        UnknownNameError
            If it is none of these.
        """
        check_name("grade", fail_on, FAIL_ON)
        found = [finding for finding in self.findings if not finding.is_as_expected(fail_on)]
        return tuple(sorted(found, key=lambda finding: finding.urgency, reverse=True))

    def of(self, claim_id: str) -> tuple[Finding, ...]:
        """Return all findings of a claim.

        Parameters
        ----------
        claim_id : str
            As in the trial file; ``trial:claim`` where several trials have a claim of that id.

        Raises
        ------
        UnknownClaimError
            If no claim has this id, or claims of several trials have it. It is a `KeyError`.
        """
        return findings_of(self.trials, claim_id)

    def __getitem__(self, claim_id: str) -> Finding:
        """Return the finding of a claim that most deserves reading; see `of` for all of them."""
        if not isinstance(claim_id, str):
            raise InputError(f"A report is asked by a claim's id, such as report['orr'], got {claim_id!r}.")
        return foremost(self.of(claim_id))

    def __iter__(self) -> Iterator[Finding]:
        """Go through all findings, trial by trial."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Return the number of findings."""
        return sum(len(trial.findings) for trial in self.trials)

    def __contains__(self, item: object) -> bool:
        """Return whether there is a claim of this id (``trial:claim`` too), or this finding."""
        if isinstance(item, str):
            return any(
                item in (finding.claim, f"{trial.trial}:{finding.claim}")
                for trial in self.trials
                for finding in trial.findings
            )
        return any(item is finding for finding in self.findings)

    def __repr__(self) -> str:
        """Return one short line: how many texts or trials, findings, and findings without explanation."""
        texts = all(trial.text is not None for trial in self.trials) and bool(self.trials)
        sources = counted(len(self.trials), "text" if texts else "trial")
        return f"<Report: {sources}, {counted(len(self), 'finding')}, {len(self.inconsistent)} without explanation>"

    def __bool__(self) -> bool:
        """Return True: a report without findings is one all the same."""
        return True

    def records(self) -> tuple[Record, ...]:
        """Return one flat record for each finding, in the order of the document; they cost no search.

        Examples
        --------
        >>> import trialstats as ts
        >>> (one,) = ts.check("Response was seen in 8 (25%) of 32 women.", id="own").records()
        >>> one.source, one.start, one.end, one.quotation, one.printed, one.verdict.value
        ('own', 21, 34, '8 (25%) of 32', '25%, 8 of 32', 'reproduced')
        >>> one.as_dict()["code"], one.sentence
        ('TS103', '25% is 8 of 32 patients.')
        """
        return tuple(self._records(full=False))

    def _records(self, *, full: bool) -> Iterator[Record]:
        for trial in self.trials:
            yield from record_findings(trial, full=full)

    @property
    def table(self) -> Table:
        """The neutral table that reports for readers are written from."""
        return build_table(self.trials)

    def summary(self) -> str:
        """Return a short plain text: counts of claims by verdict, and coverage, trial by trial."""
        return "\n".join((NOTE, *document_lines(self.trials)))

    def with_sampling(self, column: Callable[[TrialFindings], Mapping[tuple[str, str], object]]) -> Report:
        """Return the report with a further column: what ``bayes.mcmc_column`` says of each trial's posteriors."""
        return Report(
            tuple(
                replace(trial, mcmc={place: str(cell) for place, cell in column(trial).items()})
                for trial in self.trials
            )
        )

    def with_decisions(self, path: str | Path) -> Report:
        """Return the report with readers' decisions shown at the findings they are about; verdicts stay as they are.

        Parameters
        ----------
        path : str or Path
            A file of decisions; `to_decisions` writes one to complete.
        """
        from trialstats.report.adjudication import adjudicated, read_adjudications

        decisions = read_adjudications(path)
        return Report(tuple(adjudicated(trial, decisions) for trial in self.trials))

    def to_decisions(self, kept: str | Path | None = None) -> str:
        """Return a file of decisions to complete, in TOML: one for each finding without an ordinary explanation.

        Parameters
        ----------
        kept : str or Path, optional
            A file of decisions whose entries are carried over, also those that are about no finding of this report.
            Decisions that the report shows already are carried over anyway.
        """
        from trialstats.report.adjudication import draft, read_adjudications

        return draft(self.trials, () if kept is None else read_adjudications(kept))

    def to_line(self) -> str:
        """Return a line for each document: counts by verdict; then the questions, and what to look at."""
        return "\n".join((*document_lines(self.trials), *asking_lines(self.findings)))

    def __str__(self) -> str:
        return self.summary()

    def to_text(self, width: int = 100, *, colour: bool = False) -> str:
        """Return the report as a table for a terminal of this width."""
        from trialstats.report.terminal import render

        return render(self.table, width=width, colour=colour)

    def to_markdown(self) -> str:
        """Return the report as Markdown."""
        from trialstats.report.markdown import render

        return render(self.table)

    def to_latex(self) -> str:
        """Return the report as LaTeX, to be input into a document that loads booktabs and longtable."""
        from trialstats.report.latex import render

        return render(self.table)

    def to_html(self) -> str:
        """Return the report as one self-contained HTML page; a text is shown with its claims marked."""
        from trialstats.report.html import render

        return render(self.table, self.trials)

    def _repr_html_(self) -> str:
        from trialstats.report.html import render_fragment

        return render_fragment(self.table, self.trials)

    def to_json(self, indent: int | None = 2, *, full: bool = False) -> str:
        """Return the report as JSON, at full precision, by the schema of ``trialstats schema report``.

        Parameters
        ----------
        indent : int or None
            Blanks for each level, or None for one line.
        full : bool, default False
            Whether to search what each explanation is worth, how many there are, and the first five; else chance and
            totals are null, and the cheapest explanation stands alone.
        """
        from trialstats.report.report_json import render

        return render(self.trials, indent=indent, full=full)

    def to_csv(self) -> str:
        """Return the records as CSV, one line for each finding, in the order of the document."""
        from trialstats.report.spreadsheet import render

        return render(self._records(full=True))

    def to_queries(self, *, every: bool = False) -> str:
        """Return what the findings would ask of the authors, a neutral paragraph each.

        Parameters
        ----------
        every : bool
            Whether findings that ask nothing have a paragraph too.

        Examples
        --------
        >>> import trialstats as ts
        >>> print(ts.check("Response was seen in 8 (25%) of 32 women.", id="own").to_queries(), end="")
        own
        <BLANKLINE>
        Nothing to ask: every figure that could be checked has an ordinary explanation.
        """
        from trialstats.report.queries import render

        return render(self.trials, every=every)

    def to_frame(self) -> pd.DataFrame:
        """Return the records as a pandas frame, one row for each finding, in the order of the document."""
        from trialstats.report.spreadsheet import frame

        return frame(self._records(full=True))

    def table_of(
        self, trial: str | None = None, *, number: int = 1, caption: str | None = None, unchecked: bool = True
    ) -> CitableTable:
        """Return the table of one trial as a paper would print it: numbered, with caption, notes and references.

        Parameters
        ----------
        trial : str, optional
            Its id; may be left out where the report has one trial.
        number : int, default 1
        caption : str, optional
            By default the trial's name and what the table shows.
        unchecked : bool, default True
            Whether the results that were not checked have a line.

        Returns
        -------
        CitableTable
            With ``.to_markdown() .to_latex() .to_html() .to_word_html() .to_csv()`` and ``.bibtex``.

        Raises
        ------
        UnknownNameError
            If the report has no such trial.
        InputError
            If no trial is named and the report has none, or several.

        Examples
        --------
        >>> import trialstats as ts
        >>> table = ts.reanalyse(ts.load_trial("alienor")).table_of(number=3, unchecked=False)
        >>> table.number, table.headings[-1], table.rows[1].cells[-1], table.rows[2].marks
        (3, 'Verdict', '✓ arithmetic agrees', ('a',))
        """
        from trialstats.report.citable import citable_table

        named = {one.trial: one for one in self.trials}
        if trial is None and len(named) != 1:
            raise InputError(f"Name the trial whose table is wanted: this report has {', '.join(named) or 'none'}.")
        if trial is not None and trial not in named:
            raise UnknownNameError("trial", trial, named)
        found = self.trials[0] if trial is None else named[trial]
        return citable_table(found, number=number, caption=caption, unchecked=unchecked)

    def tables(self, *, first: int = 1, unchecked: bool = True) -> tuple[CitableTable, ...]:
        """Return the tables of all trials as a paper would print them, numbered on from ``first``; see `table_of`."""
        from trialstats.report.citable import citable_table

        return tuple(citable_table(one, number=k, unchecked=unchecked) for k, one in enumerate(self.trials, first))

    def cite(self) -> Citation:
        """Return what to cite: trialstats in this version, and each trial, in words and as BibTeX.

        Examples
        --------
        >>> import trialstats as ts
        >>> print(ts.reanalyse(ts.load_trial("tamrad")).cite().references[1].text)
        TAMRAD (GINECO). J Clin Oncol 2012;30(22):2718-24. doi:10.1200/JCO.2011.39.0708.
        """
        from trialstats.report.cite import cite

        return cite(((one.trial, one) for one in self.trials), [one.catalogue for one in self.trials])

"""The report as Markdown, with pipe tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.report.table import Figure, Table, TrialTable
from trialstats.report.words import NOTE

__all__ = ["escape", "render"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> escape("a|b <i>")
    'a\\|b \\<i\\>'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _figure(figure: Figure, sampled: bool) -> Iterator[str]:
    row = figure.main
    verdict = f"{row.sign} {row.verdict.printed}" + (f" ({row.remark})" if row.remark else "")
    yield _line(
        *map(
            escape,
            (
                f"{figure.claim}: {figure.label}" if figure.label else figure.claim,
                ", ".join(figure.reported),
                ", ".join(figure.recomputed),
                row.how,
                *((figure.mcmc,) if sampled else ()),
                verdict,
            ),
        )
    )
    for one in figure.listed:
        how = escape(f"{one.check}: {one.how}" if one.how else one.check)
        yield _line("", "", "", how, *(("",) if sampled else ()), escape(f"{one.sign} {one.verdict.printed}"))


def _trial(trial: TrialTable) -> Iterator[str]:
    yield f"\n## {escape(trial.heading)}\n"
    if trial.convention:
        yield f"- convention of the paper: {escape(trial.convention)}"
    if trial.source:
        yield f"- file: {escape(trial.source)}"
    if trial.sha256:
        yield f"- SHA-256: {escape(trial.sha256)}"
    yield f"- coverage: {escape(trial.coverage)}\n"
    by_sampling = ("by MCMC",) if trial.sampled else ()
    yield _line("claim", "as reported", "as recomputed", "by which data and convention", *by_sampling, "verdict")
    yield _line(*("---" for _ in range(5 + trial.sampled)))
    for figure in trial.figures:
        yield from _figure(figure, trial.sampled)
    if trial.to_read:
        yield "\n### To read\n"
        for row in trial.to_read:
            remark = f" ({escape(row.remark)})" if row.remark else ""
            yield f"- {row.sign} **{escape(row.claim)}** {row.code} {row.check}{remark}: {escape(row.sentences)}"
    if trial.not_checked:
        yield "\n### Not checked\n"
        for reason, claims in trial.not_checked:
            yield f"- {escape(', '.join(claims))}: {escape(reason)}"


def render(table: Table) -> str:
    """Return the report as Markdown."""
    lines = [NOTE, "", table.made_by]
    for trial in table.trials:
        lines += _trial(trial)
    return "\n".join(lines) + "\n"

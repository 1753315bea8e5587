r"""The report as LaTeX, to be ``\input`` into a document that loads booktabs, longtable and array."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from trialstats.report.table import Figure, Row, Table, TrialTable
from trialstats.report.words import NOTE

__all__ = ["escape", "render"]

_CHARACTERS = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\ensuremath{<}",
        ">": r"\ensuremath{>}",
        "|": r"\textbar{}",
        "`": r"\textasciigrave{}",
        "'": r"\textquotesingle{}",
        '"': r"\textquotedbl{}",
        "≤": r"\ensuremath{\leq}",
        "≥": r"\ensuremath{\geq}",
        "≈": r"\ensuremath{\approx}",
        "±": r"\ensuremath{\pm}",
        "−": r"\ensuremath{-}",
        "×": r"\ensuremath{\times}",
        "·": r"\ensuremath{\cdot}",
        "∞": r"\ensuremath{\infty}",
        "✓": r"\ensuremath{\surd}",
        "◆": r"\ensuremath{\diamond}",
        "–": r"\textendash{}",
        "—": r"\textemdash{}",
        "α": r"\ensuremath{\alpha}",
        "β": r"\ensuremath{\beta}",
        "χ": r"\ensuremath{\chi}",
        "²": r"\ensuremath{^2}",
    }
)
_SPECIAL = re.compile("[" + re.escape("".join(_CHARACTERS)) + "]")
_WIDTHS = (0.16, 0.17, 0.17, 0.22, 0.14)
_WIDTHS_SAMPLED = (0.13, 0.14, 0.14, 0.18, 0.14, 0.11)
_HEADINGS = ("Claim", "As reported", "As recomputed", "By which data and convention", "Verdict")


def _columns(widths: Sequence[float]) -> str:
    return "".join(rf">{{\raggedright\arraybackslash}}p{{{width}\linewidth}}" for width in widths)


def escape(text: str) -> str:
    r"""Return text that LaTeX sets as it is, on one line.

    Examples
    --------
    >>> print(escape("50% & P < .05"))
    50\% \& P \ensuremath{<} .05
    """
    return _SPECIAL.sub(lambda found: _CHARACTERS[found[0]], " ".join(text.split()))


def _verdict(row: Row) -> str:
    return row.verdict.printed + (f" ({row.remark})" if row.remark else "")


def _figure(figure: Figure, sampled: bool) -> Iterator[str]:
    row = figure.main
    by_sampling = (figure.mcmc,) if sampled else ()
    texts = (", ".join(figure.reported), ", ".join(figure.recomputed), row.how, *by_sampling, _verdict(row))
    # Ids are long words: they may break after a point.
    name = escape(figure.claim).replace(".", r".\allowbreak{}")
    if figure.label:
        name += rf" \footnotesize {escape(figure.label)}"
    cells = (name, *map(escape, texts))
    # A group keeps a cell that begins with [ or * from being read as an option of the \\ before it.
    yield " & ".join(f"{{{cell}}}" for cell in cells) + r" \\"
    for one in figure.listed:
        how = f"{one.check}: {one.how}" if one.how else one.check
        further = ["", "", "", f"{{\\footnotesize {escape(how)}}}", f"{{\\footnotesize {escape(one.verdict.printed)}}}"]
        if sampled:
            further.insert(4, "")
        yield " & ".join(further) + r" \\"


def _trial(trial: TrialTable, made_by: str) -> Iterator[str]:
    yield rf"\noindent Convention of the paper: {escape(trial.convention)}.\par"
    yield r"\begingroup\small"
    headings = " & ".join((*_HEADINGS[:4], "By MCMC", _HEADINGS[4]) if trial.sampled else _HEADINGS)
    yield r"\begin{longtable}{@{}" + _columns(_WIDTHS_SAMPLED if trial.sampled else _WIDTHS) + "@{}}"
    yield rf"\caption{{{escape(trial.heading)}: printed numbers as reported and as recomputed.}}\\"
    yield r"\toprule"
    yield headings + r" \\"
    yield r"\midrule\endfirsthead"
    yield r"\toprule"
    yield headings + r" \\"
    yield r"\midrule\endhead"
    yield r"\bottomrule\endfoot"
    for figure in trial.figures:
        yield from _figure(figure, trial.sampled)
    yield r"\end{longtable}"
    yield r"\endgroup"
    yield r"{\footnotesize\noindent"
    yield rf"Made by {escape(made_by)}" + (f" from {escape(trial.source)}" if trial.source else "") + r".\par\noindent"
    if trial.sha256:
        # Breakable in the middle: 64 characters are wider than many a text block.
        yield rf"SHA-256 {escape(trial.sha256[:32])}\allowbreak {escape(trial.sha256[32:])}.\par\noindent"
    yield rf"Coverage: {escape(trial.coverage)}.\par}}"
    notes = [f"{row.claim}, {row.code} {row.check}, {_verdict(row)}: {row.sentences}" for row in trial.to_read]
    notes += [f"{', '.join(claims)}, not checked: {reason}" for reason, claims in trial.not_checked]
    if notes:
        yield r"\begin{itemize}"
        yield from (rf"\item {{}}{escape(note)}" for note in notes)
        yield r"\end{itemize}"


def render(table: Table) -> str:
    """Return the report as a piece of LaTeX."""
    lines = [
        f"% {NOTE}",
        f"% {table.made_by}. In the preamble: \\usepackage{{booktabs,longtable,array,textcomp}}",
        r"\noindent " + escape(NOTE) + r"\par",
    ]
    for trial in table.trials:
        lines += ["", *_trial(trial, table.made_by)]
    return "\n".join(lines) + "\n"

"""A text -> the draft of its trial file, for a human to complete: what was read, and comments where something lacks.

The draft is read and reanalysed as it stands, with the verdicts of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from trialstats.__about__ import __version__
from trialstats.claims.model import RATIO_MEASURES, Basis, Claim, Comparison, Estimate, Paper, Reading
from trialstats.errors import TrialFileError
from trialstats.sources.text.reading import extract
from trialstats.sources.text.second_reading import agrees
from trialstats.sources.trial_file.layout import document_of, laid_out, toml_value
from trialstats.sources.trial_file.reading import parse_trial

_ROW, _ARM = "\n[[rows]]\n", "\n[arms."
_OF_ARMS = RATIO_MEASURES | {"difference"}
_HEAD = """\
# The draft of a trial file, written by trialstats {version} from a text.
# Every row holds what was read at one place; the words themselves stand above it. To complete it:
# compare each row with the paper, fill in what the comments ask for, and remove this and every other comment.
# A row with 'inferred' names what the text does not print at this place; remove the key once it is settled.
"""
_ASK_TRIAL = """\
# title = ""
# registry = ""
# citation = { journal = "", year = 2000, volume = "", issue = "", pages = "", doi = "" }
# design = { phase = "", randomised = true, blinded = true, framework = "frequentist" }
# of = { randomised = "" } # sizes printed for all arms together
"""
_ASK_ARMS = """
# The text gives no sizes of arms that we could read. One table for each arm:
# [arms.NAME]
# label = ""
# of = { randomised = "" }
"""


def draft_trial_file(source: str | Paper, *, id: str = "text") -> str:  # noqa: A002 - the trial file's own word for it
    """Return the draft of a trial file, made from a text.

    `parse_trial` and the command ``reproduce`` take it as it is; ``draft = true`` tells them that not every arm
    may be listed.

    Parameters
    ----------
    source : str or Paper
        The text, or what was read from it.
    id : str, optional
        What to call the trial; white space becomes hyphens.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If ``source`` is neither text nor a paper.

    Examples
    --------
    >>> draft = draft_trial_file("Response was 25% (8 of 32; 95% CI, 12 to 43).", id="mine")
    >>> print(draft[draft.index("[[rows]]"):])
    [[rows]]
    # 25% (8 of 32; 95% CI, 12 to 43)
    id = "c1"
    # section = "results"
    # outcome = ""
    # arm = ""
    measure = "proportion"
    outcome = "response"
    spread = "confidence"
    level = "95%"
    value = ["25%", "12", "43"]
    x = "8"
    n = "32"
    <BLANKLINE>
    """
    paper = source if isinstance(source, Paper) else _read(source, id)
    kept, refused = _acceptable(replace(paper, id="-".join(_one_line(paper.id).split()) or "text", basis=Basis.STATED))
    text = laid_out(document_of(kept))
    head, *rows = text.split(_ROW)
    parts = [_head(head, kept)]
    claims = {claim.id: claim for claim in kept.claims}
    parts += [_row(row, claims) for row in rows]
    parts += [_commented(paper, claim, reason) for claim, reason in refused]
    parts += [_unclear(reading) for reading in paper.ambiguous]
    if paper.unused:
        noun = "number belongs" if paper.unused == 1 else "numbers belong"
        parts.append(f"# {paper.unused} further {noun} to no row: add a row for each that states a result.\n")
    return "\n".join(parts)


def _read(text: str, name: str) -> Paper:
    """Return the claims of a text; the value counts as a guess where a second reading finds other numbers."""
    # What is no character of any text cannot stand in a file either; one for one, so that places stay.
    clean = re.sub(r"[\ud800-\udfff]", "\ufffd", text) if isinstance(text, str) else text
    paper = extract(clean, id=name)
    claims = tuple(
        replace(claim, inferred=(*claim.inferred, "value"))
        if isinstance(claim, Estimate) and not agrees(clean, claim)
        else claim
        for claim in paper.claims
    )
    return replace(paper, claims=claims)


# ---- What a trial file accepts ---------------------------------------------------------------------------------------
def _acceptable(paper: Paper) -> tuple[Paper, list[tuple[Claim, str]]]:
    """Return the paper with the claims that a trial file can hold, and the others with the reason."""
    kept: dict[str, Claim] = {}
    refused: list[tuple[Claim, str]] = []
    # Estimates first: a comparison stands or falls with those it compares.
    for claim in sorted(paper.claims, key=lambda claim: isinstance(claim, Comparison)):
        absent = [name for name in claim.of if name not in kept]
        if absent:
            refused.append((claim, f"it rests on {absent[0]}, which is no row"))
            continue
        needed = tuple(kept[name] for name in claim.of)
        for form in _forms(claim):
            reason = _refusal(replace(paper, claims=(*needed, form)), form)
            if reason is None:
                kept[claim.id] = form
                break
        else:
            refused.append((claim, reason or "it states nothing"))
    claims = tuple(kept[claim.id] for claim in paper.claims if claim.id in kept)
    return replace(paper, claims=claims), refused


def _forms(claim: Claim) -> Iterator[Claim]:
    """Yield a claim as it was read, then as the printed absurdity it may be, then without an event not understood."""
    yield claim
    yield replace(claim, sic=True)
    if isinstance(claim, Estimate) and claim.event is not None:
        yield replace(claim, event=None)
        yield replace(claim, event=None, sic=True)


def _refusal(paper: Paper, form: Claim) -> str | None:
    """Return why a trial file cannot hold a claim as it was read, or None."""
    try:
        read = parse_trial(laid_out(document_of(paper)), "draft").claim(form.id)
    except TrialFileError as problem:
        return str(problem).rpartition("': ")[2].partition(". If it is printed")[0].rstrip(".")
    same = replace(read, where=form.where) == form
    return None if same else "a trial file cannot say it, as with bounds in another unit than their estimate"


# ---- Comments --------------------------------------------------------------------------------------------------------
def _head(text: str, paper: Paper) -> str:
    trial, arms, rest = text.partition(_ARM)
    ask = _ASK_TRIAL
    if len(paper.arms) > 1:
        ask += f"# experimental = {toml_value(paper.arms[0].id)} # the arm that comes first in comparisons\n"
    trial = trial.rstrip().replace(
        "\ndraft = true", "\ndraft = true # remove it once every arm and result is listed and compared"
    )
    return f"{_HEAD.format(version=__version__)}{trial}\n{ask}{arms}{rest}" + ("" if arms else _ASK_ARMS)


def _row(text: str, claims: Mapping[str, Claim]) -> str:
    lines = text.rstrip("\n").split("\n")
    name = next(claim_id for claim_id in claims if lines[0] == f"id = {toml_value(claim_id)}")
    claim = claims[name]
    quote = [f"# {_one_line(claim.where.quote)}"] if claim.where.quote else []
    return "\n".join(["[[rows]]", *quote, lines[0], *_asked(claim), *lines[1:], ""])


def _asked(claim: Claim) -> list[str]:
    """Return the keys that a human has to fill in for a row."""
    asked: dict[str, Any] = {"section": "results", "outcome": ""}
    if isinstance(claim, Estimate):
        if claim.measure in _OF_ARMS:
            asked["arms"] = ["", ""]
        elif not claim.arms:
            asked["arm"] = ""
        if claim.measure == "survival":
            asked["time"] = ""
        if claim.measure == "posterior-probability" and claim.event is None:
            asked["event"] = "ARM > ARM"
    return [f"# {key} = {toml_value(value)}" for key, value in asked.items()]


def _commented(paper: Paper, claim: Claim, reason: str) -> str:
    rows = laid_out(document_of(replace(paper, arms=(), claims=(claim,)))).partition(_ROW)[2]
    words = [f"# Not a row as it was read: {_one_line(reason)}."]
    words += [f"# {_one_line(claim.where.quote)}"] if claim.where.quote else []
    return "\n".join([*words, "# [[rows]]", *(f"# {line}" for line in rows.rstrip().split("\n")), ""])


def _unclear(reading: Reading) -> str:
    reason, quote = _one_line(reading.reason), _one_line(reading.where.quote)
    return f"# Not a row: it can be read in more than one way ({reason}).\n# {quote}\n"


def _one_line(text: str | None) -> str:
    """Return text as a comment can hold it: TOML allows no control characters there."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", text or "").split())

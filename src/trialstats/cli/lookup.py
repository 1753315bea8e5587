"""The commands that answer from the package itself: ``rules``, ``explain`` and ``schema``."""

from __future__ import annotations

import click

from trialstats.cli.menus import CheckNames, Menu


@click.command()
def rules() -> None:
    """List the checks: code, name and what each compares."""
    from trialstats.checks import CHECKS

    widest = max(len(check.name) for check in CHECKS)
    for check in CHECKS:
        click.echo(f"{check.code}  {check.name:<{widest}}  {check.summary}")


@click.command()
@click.argument("code", type=CheckNames())
def explain(code: str) -> None:
    """Explain a check: what it compares, why, by which formula, with an example.

    CODE is its code or its name.
    """
    from trialstats.checks import find_check
    from trialstats.checks.measured import rates_in_words
    from trialstats.checks.serving import served_in_words

    check = find_check(code)
    click.echo(f"{check.code} {check.name}\n\n{check.explanation.strip()}")
    if check.assumes:
        click.echo(f"\nAssumes: {'; '.join(check.assumes)}.")
    if rates := rates_in_words(check.code):
        click.echo(f"\nMeasured: {' '.join(rates)}")
    if check.settled_by:
        click.echo(f"\nWhat would settle it: {check.settled_by}.")
    if check.serves:
        click.echo(f"\nServes: {served_in_words(check.serves)}.")


@click.command()
@click.argument("kind", type=Menu(("trial", "claims", "report")), default="trial")
def schema(kind: str) -> None:
    """Print the JSON Schema of a trial file, of extracted claims or of a report."""
    import json

    from trialstats.schemas import json_schema

    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))


INTO_YOUR_START_FILE = """\b
Put one of these into the start file of your shell:
  bash  eval "$(trialstats completion bash)"
  zsh   eval "$(trialstats completion zsh)"
  fish  trialstats completion fish | source"""


@click.command(epilog=INTO_YOUR_START_FILE)
@click.argument("shell", type=Menu(("bash", "zsh", "fish")))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands and options."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # click knows all three
    click.echo(made(context.find_root().command, {}, "trialstats", "_TRIALSTATS_COMPLETE").source())

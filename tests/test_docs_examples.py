"""Every example of the README and of the documentation runs, in order of its page, and prints what stands there.

A ``python`` block is a doctest where it has prompts, else it is only run. A ``console`` block has command lines
behind ``$`` and what they print; ``...`` stands for anything. A block with a caption is a file of that name. Other
blocks (``sh``, ``text``, ``toml``) are for reading.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from trialstats.checks import CHECKS
from trialstats.cli import main

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MADE_AT_BUILD = {"_build", "api", "checks", "methods"}
FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?:\{(?P<directive>[\w-]+)\})? *(?P<kind>\S*)[^\n]*\n"
    r"(?::caption: *(?P<caption>\S+)\n+)?(?P<body>.*?)^(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
RUN = ("python", "console")


def blocks(text):
    """Yield kind, caption, body and line of every block; the kind of a directive is its name."""
    for found in FENCE.finditer(text):
        kind = found["kind"] if found["directive"] in (None, "code-block") else found["directive"]
        yield kind, found["caption"], found["body"], text.count("\n", 0, found.start()) + 1


def pages():
    found = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
    return [page for page in found if not MADE_AT_BUILD & set(page.relative_to(ROOT).parts)]


def with_examples():
    return [page for page in pages() if any(kind in RUN for kind, *_ in blocks(page.read_text(encoding="utf-8")))]


class Shell:
    """Runs the commands of console blocks: trialstats in this process, pytest in another."""

    def __init__(self, capfd):
        self.capfd, self.status = capfd, 0

    def __call__(self, command):
        name, *arguments = shlex.split(command)
        if name == "echo":
            assert arguments == ["$?"]
            return f"{self.status}\n"
        if name == "pytest":
            # Only our own plugin: the others of an environment cost seconds and change what is printed.
            plugins = ["-p", "no:cacheprovider", "-p", "trialstats.pytest_plugin"]
            done = subprocess.run(
                [sys.executable, "-m", "pytest", *plugins, *arguments],
                capture_output=True,
                text=True,
                encoding="utf-8",
                env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "80", "NO_COLOR": "1"},
            )
            self.status = done.returncode
            return done.stdout + done.stderr
        assert name == "trialstats", f"the examples know no command {name}"
        self.capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        self.status = stopped.value.code
        out, err = self.capfd.readouterr()
        return out + err


def as_shown(wanted, printed):
    """Whether an output is what a page shows, up to white space, ``...`` standing for anything or nothing."""
    first, *others = [" ".join(part.split()) for part in wanted.split("...")]
    rest = " ".join(printed.split())
    if not others:
        return rest == first
    if not rest.startswith(first):
        return False
    rest, last = rest[len(first) :], others.pop()
    for part in others:
        _, found, rest = rest.partition(part) if part else ("", "yes", rest)
        if not found:
            return False
    return rest.endswith(last)


def compare(where, command, wanted, printed):
    if not as_shown(wanted, printed):
        pytest.fail(f"{where}: {command}\n--- the page says\n{wanted}\n--- printed\n{printed}", pytrace=False)


def run_console(where, body, shell):
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        printed = shell(command)
        compare(where, command, wanted, printed)


def run_python(where, body, names):
    if ">>>" not in body:
        exec(compile(body, where, "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(body, names, where, where, 0)
    said = []
    runner = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False)
    runner.run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    if runner.failures:
        pytest.fail("".join(said), pytrace=False)


@pytest.mark.parametrize("page", with_examples(), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_print_what_the_page_says(page, tmp_path, monkeypatch, capfd):
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    shell, names = Shell(capfd), {"__name__": "__main__"}
    for kind, caption, body, line in blocks(page.read_text(encoding="utf-8")):
        where = f"{page.name}, line {line}"
        if caption:
            (tmp_path / caption).write_text(body, encoding="utf-8")
        elif kind == "console":
            run_console(where, body, shell)
        elif kind == "python":
            run_python(where, body, names)


def test_no_page_needs_the_network_for_its_formulas():
    sources = [*(ROOT / "src").rglob("*.py"), *DOCS.rglob("*.md")]
    typeset = re.compile(r":math:|^\s*\.\. math::|^```\{math\}|\{math\}`", re.MULTILINE)
    assert [file.name for file in sources if typeset.search(file.read_text(encoding="utf-8"))] == []


def test_numbers_of_pages_written_by_hand_are_put_in_at_the_build():
    comparison = (DOCS / "comparison.md").read_text(encoding="utf-8")
    assert "{{ checks }} checks" in comparison and "{{ slips_not_ordinary }}" in comparison


def test_the_notebooks_are_linked():
    page, readme = ((ROOT / name).read_text(encoding="utf-8") for name in ("docs/notebooks.md", "README.md"))
    names = [path.name for path in (ROOT / "notebooks").glob("*.ipynb")]
    assert len(names) == 8 and all(f"(../notebooks/{name})" in page for name in names)
    assert "(docs/tutorial.md)" in readme and "(notebooks/)" in readme


def test_blocks_are_of_a_kind_that_is_run_or_meant_for_reading():
    known = {*RUN, "sh", "text", "toml", "csv", "yaml", "toctree", "glossary", "include", "bibtex"}
    for page in pages():
        for kind, _, _, line in blocks(page.read_text(encoding="utf-8")):
            assert kind in known, f"{page.name}, line {line}: a block of kind {kind!r}"


def test_what_is_left_out_may_be_anything_but_the_rest_must_stand_there():
    assert as_shown("a ... c\n", "a\nb  c\n") and as_shown("...", "") and as_shown("a ... a", "a a")
    assert not as_shown("a ... d", "a b c") and not as_shown("a ... b", "a b c") and not as_shown("a", "a b")


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_every_check_has_a_page_with_all_its_parts(check):
    parts = ("Why:",) if check.name == "nothing-to-check" else ("Why:", "Formula:\n    ", "Agrees", "Reference:")
    assert [part for part in parts if f"\n\n{part}" not in check.explanation] == []


def test_examples_are_found():
    names = {page.name for page in with_examples()}
    assert {"README.md", "tutorial.md"} <= names and len(names) >= 12

"""What other people's scripts rely on, against the committed list of it: tests/public_surface.txt.

Names and signatures, command-line options, test options and file formats. A change of the list is a change of the
contract: renew it on purpose, read the difference, and say it in the changelog.

    python tests/test_public_surface.py
"""

import enum
import inspect
import json
import sys
from pathlib import Path

import click

import trialstats
from trialstats.cli import cli
from trialstats.report.record import COLUMNS
from trialstats.schemas import KINDS, json_schema

LIST = Path(__file__).with_name("public_surface.txt")
RENEW = "python tests/test_public_surface.py"


# --------------------------------------------------------------------------------------------------
# Python
# --------------------------------------------------------------------------------------------------
def signature(thing):
    try:
        found = inspect.signature(thing)
    except (TypeError, ValueError):
        return "(...)"
    kept = [
        # What a default is printed as may change with Python or a dependency; that there is one may not.
        one if one.default is inspect.Parameter.empty or plain(one.default) else one.replace(default=...)
        for one in found.parameters.values()
    ]
    return str(found.replace(parameters=kept))


def plain(default):
    if isinstance(default, tuple):
        return all(map(plain, default))
    return default is None or (isinstance(default, (bool, int, float, str)) and not isinstance(default, enum.Enum))


def ours(cls, name):
    """Whether a class has this attribute from the package, not from Python."""
    return any(name in base.__dict__ and base.__module__.startswith("trialstats") for base in cls.__mro__)


def members(cls):
    for name in sorted(name for name in dir(cls) if not name.startswith("_") and ours(cls, name)):
        found = inspect.getattr_static(cls, name)
        if isinstance(found, (classmethod, staticmethod)) or inspect.isfunction(found):
            yield f"    .{name}{signature(getattr(cls, name))}"
        else:
            yield f"    .{name}"


def namespaces():
    """Return the package and the namespaces at its top."""
    found = (getattr(trialstats, name) for name in trialstats.__all__)
    return [trialstats, *(one for one in found if inspect.ismodule(one))]


def python_names(module, names):
    for name in sorted(names):
        thing = getattr(module, name)
        if isinstance(thing, type) and issubclass(thing, enum.Enum):
            yield f"enum {name}: {', '.join(f'{one.name}={one.value}' for one in thing)}"
        elif isinstance(thing, type) and issubclass(thing, Exception):
            yield f"exception {name}({', '.join(base.__name__ for base in thing.__bases__)})"
        elif isinstance(thing, type):
            yield f"class {name}{signature(thing)}"
            yield from members(thing)
        elif callable(thing):
            yield f"def {name}{signature(thing)}"
        elif hasattr(thing, "keys"):
            yield f"menu {name}: {', '.join(thing)}"
        elif inspect.ismodule(thing):
            yield f"namespace {name}"
        elif isinstance(thing, (tuple, frozenset)):
            yield f"{name}: {', '.join(sorted(thing))}"
        elif name != "__version__":
            yield f"{name}: {type(thing).__name__}"


# --------------------------------------------------------------------------------------------------
# Command line
# --------------------------------------------------------------------------------------------------
def commands(command, name):
    yield f"{name}"
    for one in command.params:
        if isinstance(one, click.Argument):
            choices = f" {{{','.join(map(str, one.type.choices))}}}" if isinstance(one.type, click.Choice) else ""
            yield f"    {one.name}{choices}{' (several)' if one.nargs == -1 else ''}"
        else:
            choices = f" {{{','.join(map(str, one.type.choices))}}}" if isinstance(one.type, click.Choice) else ""
            flag = " (flag)" if one.is_flag else " (repeatable)" if one.multiple else ""
            default = f" = {one.default}" if isinstance(one.default, (str, int)) and not one.is_flag else ""
            yield f"    {', '.join([*one.opts, *one.secondary_opts])}{choices}{flag}{default}"
    for sub in sorted(getattr(command, "commands", {})):
        yield from commands(command.commands[sub], f"{name} {sub}")


# --------------------------------------------------------------------------------------------------
# Formats
# --------------------------------------------------------------------------------------------------
_WORDS = frozenset({"title", "description", "$comment", "examples", "default", "$schema", "$id"})


def shape(schema):
    """Return a schema in one line: its words left out, its definitions referred to by name."""
    kept = {key: value for key, value in schema.items() if key not in _WORDS}
    return json.dumps(without_words(kept), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def without_words(value):
    if isinstance(value, dict):
        return {key: without_words(one) for key, one in value.items() if key not in _WORDS or isinstance(one, dict)}
    return [without_words(one) for one in value] if isinstance(value, list) else value


def schema_lines(schema):
    definitions = {"": {key: value for key, value in schema.items() if key != "$defs"}, **schema.get("$defs", {})}
    for name, definition in sorted(definitions.items()):
        rest = {key: value for key, value in definition.items() if key not in ("properties", "required")}
        yield f"  {name or 'document'} {shape(rest)}"
        required = set(definition.get("required", ()))
        for key, value in definition.get("properties", {}).items():
            yield f"    {key}{' (required)' if key in required else ''} {shape(value)}"


def surface():
    parts = [
        "# The public surface of trialstats. Not written by hand: renew it by",
        f"#     {RENEW}",
        "",
        *(line for one in namespaces() for line in (f"[{one.__name__}]", *python_names(one, one.__all__), "")),
        "[command line]",
        *commands(cli, "trialstats"),
        "",
        "[pytest]",
        *pytest_options(),
        "",
        "[records]",
        f"    {' '.join(COLUMNS)}",
    ]
    for kind in KINDS:
        parts += ["", f"[schema {kind}]", *schema_lines(json_schema(kind))]
    return "\n".join(parts) + "\n"


def pytest_options():
    from trialstats import pytest_plugin

    class Parser:
        def __init__(self):
            self.found = []

        def getgroup(self, _):
            return self

        def addoption(self, name, **_):
            self.found.append(name)

        def addini(self, name, *_, **__):
            self.found.append(f"{name} (setting)")

    parser = Parser()
    pytest_plugin.pytest_addoption(parser)
    return [f"    {name}" for name in parser.found]


def test_the_public_surface_is_the_committed_one():
    committed, found = LIST.read_text(encoding="utf-8").splitlines(), surface().splitlines()
    gone, new = [line for line in committed if line not in found], [line for line in found if line not in committed]
    assert committed == found, f"The public surface has changed; if on purpose: {RENEW}\ngone: {gone}\nnew: {new}"


def test_contributing_names_the_command():
    assert RENEW in (LIST.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_every_public_name_is_on_the_list():
    text = LIST.read_text(encoding="utf-8")
    for name in {name for one in namespaces() for name in one.__all__} - {"__version__"}:
        assert f" {name}" in text or f"\n{name}" in text


if __name__ == "__main__":
    LIST.write_text(surface(), encoding="utf-8")
    sys.stdout.write(f"{LIST.name} renewed\n")

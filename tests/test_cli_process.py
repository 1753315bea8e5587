"""The command line in real processes with real streams: pipes, terminals, encodings, Ctrl-C."""

import contextlib
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"


def command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "trialstats", *arguments], capture_output=True, timeout=60, check=False, **options
    )


@contextlib.contextmanager
def running(*arguments, **options):
    """Start the command where Ctrl-C is heard, and leave nothing behind, whatever happens meanwhile."""
    # A shell's background job ignores SIGINT, and a child inherits that; a handler, instead, is reset at its start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen([sys.executable, "-m", "trialstats", *arguments], **options)
    finally:
        signal.signal(signal.SIGINT, before)
    with process:
        try:
            yield process
        finally:
            process.kill()


def opened_for_reading(fifo, process):
    """Wait until a process reads from a pipe, and return the end for writing, to which nothing is written."""
    for _ in range(1200):
        with contextlib.suppress(OSError):  # nobody reads yet
            return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError("The command has not opened its file within a minute.")


def test_a_closed_pipe_is_silent():
    shell = f"'{sys.executable}' -m trialstats schema report | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60, check=True)
    first, status = done.stdout.splitlines()
    assert first == "{"
    assert done.stderr == ""
    assert status in ("0", "141")  # all had been written before head left, or not


def test_a_pipe_that_closes_early():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "trialstats", "schema", "report"], stdout=writing, stderr=subprocess.PIPE, timeout=60,
        check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_survives_a_terminal_that_knows_few_characters(tmp_path, encoding):
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": encoding}
    done = command("reproduce", str(SEEDS / "lms03.toml"), env=os.environ | poor)
    assert done.returncode in (0, 1)
    assert done.stderr == b""
    # Python's ASCII stands for a locale that nobody set, and gets UTF-8; Latin-1 has been asked for.
    sign = "≈".encode() if encoding == "ascii" else b"?"
    assert sign + b"  pfs9 " in done.stdout
    done = command("reproduce", str(tmp_path / "né.toml"), env=os.environ | poor)
    assert done.returncode == 2
    assert b"no such file" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_a_terminal_gets_its_width_and_colour_unless_it_wants_none(environment, coloured):
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 72, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    with running("reproduce", str(SEEDS / "lms03.toml"), stdout=theirs, env=plain | environment) as process:
        os.close(theirs)
        text = b""
        with contextlib.suppress(OSError):  # Linux says EIO where the other end has closed
            while piece := os.read(ours, 65536):
                text += piece
        os.close(ours)
        assert process.wait(timeout=60) in (0, 1)
    assert (b"\x1b[" in text) is coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text.decode())
    assert 70 < max(len(line.rstrip("\r")) for line in bare.split("\n")) <= 72


def test_ctrl_c_while_at_work(tmp_path):
    fifo = tmp_path / "slow.toml"
    os.mkfifo(fifo)  # who reads it waits for what is never written
    with running("reproduce", str(fifo), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        writing = opened_for_reading(fifo, process)
        try:
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            os.close(writing)
    assert (process.returncode, out) == (130, b"")
    assert err.split() == [b"Interrupted."]

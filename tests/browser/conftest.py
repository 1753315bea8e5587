"""Pages are tried in a real browser; where there is none their tests are not collected, and the summary says so."""

import base64
import hashlib
import html
import json
import os
import re
import shutil
import subprocess

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
MISSING = CHROMIUM is None
REQUIRED = os.environ.get("TRIALSTATS_REQUIRE_BROWSER") == "1"

# Where a browser is required its absence has to be seen: the tests are collected and stop at the first page.
collect_ignore = ["test_annotated_page.py"] if MISSING and not REQUIRED else []

DRIVER = """
const results = {};
const say = (name, value) => { results[name] = value; };
const tell = () => {
  const out = document.createElement("pre");
  out.id = "results";
  out.textContent = JSON.stringify(results);
  document.body.append(out);
};
"""


def pytest_terminal_summary(terminalreporter):
    if MISSING:
        words = "required" if REQUIRED else "NOT RUN"
        terminalreporter.line(f"tests/browser/test_annotated_page.py: {words}, no chromium")


class Browser:
    """Headless Chromium: opens a page, lets a script of the test act on it, gives back what the script says."""

    def __init__(self, folder):
        assert CHROMIUM is not None, f"no browser: none of {', '.join(NAMES)} is installed"
        self.folder = folder

    def run(self, page, *options):
        path = self.folder / "page.html"
        path.write_text(page, encoding="utf-8")
        command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                   f"--user-data-dir={self.folder / 'profile'}", *options, path.as_uri()]  # fmt: skip
        return subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()

    def ask(self, page, script, *options):
        """Append a script to a page, allowed by the page's own policy as nothing else is, and return what it says."""
        acting = f"try {{ {script} }} catch (problem) {{ say('problem', String(problem)); }}"
        source = f"(async () => {{{DRIVER}{acting} tell(); }})();"
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        page, known = re.subn(r"(script-src )(?:'none'(?: ))?", rf"\1'sha256-{digest}' ", page, count=1)
        assert known or "Content-Security-Policy" not in page
        page = page.replace("</body>", f"<script>{source}</script></body>")
        dom = self.run(page, "--virtual-time-budget=4000", "--dump-dom", *options)
        found = re.search(r'<pre id="results">(.*?)</pre>', dom, re.DOTALL)
        assert found, dom[-2000:]
        said = json.loads(html.unescape(found[1]))
        assert "problem" not in said, said
        return said

    def ask_in_frame(self, page, script, width, height=740):
        """Ask about a page shown in a frame of this size: a window of Chromium has a least width, a phone has less."""
        frame = f'<iframe srcdoc="{html.escape(page)}" width="{width}" height="{height}" style="border:0"></iframe>'
        outer = f"<!DOCTYPE html><html><body>{frame}</body></html>"
        loaded = (
            "const frame = document.querySelector('iframe');"
            "const there = () => frame.contentDocument.querySelector('.trialstats');"
            "if (frame.contentDocument.readyState !== 'complete' || !there())"
            "  await new Promise((done) => frame.addEventListener('load', done));"
            "const inner = frame.contentDocument; const view = frame.contentWindow;"
        )
        return self.ask(outer, loaded + script)


@pytest.fixture
def browser(tmp_path):
    return Browser(tmp_path)

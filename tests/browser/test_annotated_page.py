"""The page of a checked text in a real browser: marks, cards, filters, a phone, paper, darkness, a notebook."""

import re
from dataclasses import replace

import pytest

import trialstats
from trialstats.findings import Verdict

# Own sentences: overlapping claims, two findings of one claim, markup, a word that does not break.
TEXT = (
    "Patients were randomly assigned to a new drug (n = 32) or placebo (n = 28).\n\n"
    "Response was 25% (8 of 32; 95% CI, 12 to 43); survival was longer (HR 0.54; 95% CI 0.36-0.81; P = .003). "
    "Nausea: 17 (53%) of 32 vs 9 of 28 (32%), P = .04. Follow-up was 61 months (95% CI, 60 to 63). "
    "The mean score was 61.2 versus 58.9 (P = .30).\n"
    "<img src=x onerror=\"window.bad='image'\"></script><script>window.bad='script'</script> "
    f"{'unbroken' * 30} & HR 0.50 (95% CI 0.49 to 0.90; P = .2).\n"
)
CLAIMS = 10


def notes(page, verdict):
    """How many notes of a verdict were written into the page."""
    return len(re.findall(f'<li class="{verdict}" [^>]*data-n=', page))


def listed_explanations(page):
    """How many explanations are listed in the page, all notes together."""
    return sum(one.count("<li>") for one in re.findall(r'<details class="explanations">.*?</details>', page, re.DOTALL))


HOVER = """
const pointer = (element, type) =>
  element.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerType: "mouse" }));
const card = document.querySelector(".card");
const heads = () => [...card.querySelectorAll(".head b")].map((one) => one.textContent);
const mark = (words) => [...document.querySelectorAll(".m")].filter((one) => one.textContent.includes(words)).pop();
"""


@pytest.fixture(scope="module")
def report():
    return trialstats.check(TEXT, id="of our own", convention=True)


@pytest.fixture(scope="module")
def page(report):
    return report.to_html()


@pytest.fixture(scope="module")
def every_mark(report):
    """The page with one of the numbers that nobody checked hard to explain, and one to be looked at."""
    changed = {"9 of 28": {"look": True}, "53%) of 32 vs": {"verdict": Verdict.STRAINED}}
    (trial,) = report.trials
    findings = tuple(
        replace(one, **next((new for words, new in changed.items() if (one.where.quote or "").startswith(words)), {}))
        for one in trial.findings
    )
    return trialstats.Report((replace(trial, findings=findings),)).to_html()


def test_the_text_stands_there_whole_and_none_of_it_runs(browser, page):
    said = browser.ask(page, """
        const text = document.querySelector(".text").cloneNode(true);
        for (const sign of text.querySelectorAll(".sign")) sign.remove();
        say("text", text.textContent);
        say("bad", window.bad ?? null);
        say("images", document.images.length);
        say("live", document.querySelectorAll(".annotated.live").length);
    """)  # fmt: skip
    assert said == {"text": TEXT, "bad": None, "images": 0, "live": 1}


def test_only_the_script_that_the_page_came_with_may_run(browser, page):
    smuggled = page.replace("<h2>", "<script>window.bad = 1</script><img src=x onerror='window.bad = 2'><h2>", 1)
    said = browser.ask(smuggled, 'say("bad", window.bad ?? null); say("live", !!document.querySelector(".live"));')
    assert said == {"bad": None, "live": True}


def test_pointing_shows_reported_recomputed_and_why_and_all_claims_of_a_place(browser, page):
    said = browser.ask(page, HOVER + """
        say("before", card.hidden);
        pointer(mark("8 of 32"), "pointerover");
        say("one", heads());
        say("rows", [...card.querySelectorAll("dt")].map((one) =>
          [one.textContent, one.nextElementSibling.textContent]));
        say("why", card.querySelector(".why").textContent);
        pointer(mark("%) of 32"), "pointerover");
        say("two", heads());
        say("on", [...new Set([...document.querySelectorAll(".m.on")].map((one) => one.dataset.n))].length);
        pointer(document.querySelector(".text"), "pointerleave");
        await new Promise((done) => setTimeout(done, 600));
        say("after", card.hidden);
    """)  # fmt: skip
    assert said["before"] is True
    assert said["one"] == ["◆ explained"]
    assert said["rows"] == [
        ["reported", "25% (12 to 43), 8 of 32"],
        ["recomputed", "25% (12% to 43%)"],
        ["by", "8 of 32, Clopper-Pearson, rounded twice, through one more decimal"],
    ]
    assert "Of the claims that differ from this by one digit" in said["why"]
    assert said["two"] == ["✓ arithmetic agrees", "– not checked"]
    assert said["on"] == 2
    assert said["after"] is True


def test_a_click_keeps_the_card_until_escape_or_a_click_elsewhere(browser, page):
    said = browser.ask(page, HOVER + """
        mark("0.49 to").click();
        say("clicked", heads());
        pointer(document.querySelector(".text"), "pointerleave");
        await new Promise((done) => setTimeout(done, 600));
        say("stays", !card.hidden);
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
        say("escape", card.hidden);
        mark("0.49 to").click();
        document.querySelector("h2").click();
        say("elsewhere", card.hidden);
        mark("0.49 to").click();
        card.querySelector(".close").click();
        say("closed", card.hidden);
        say("moved", location.hash);
    """)  # fmt: skip
    assert said["clicked"] == ["? no explanation found"]
    assert [said[name] for name in ("stays", "escape", "elsewhere", "closed")] == [True] * 4
    assert said["moved"] == ""


def test_the_keyboard_reaches_every_claim_by_its_sign(browser, page):
    said = browser.ask(page, HOVER + """
        const seen = [];
        for (const sign of document.querySelectorAll(".text .sign")) {
          sign.focus();
          seen.push([document.activeElement === sign, card.hidden, heads().length, sign.getAttribute("aria-label")]);
        }
        say("seen", seen);
        document.querySelector(".sign").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        say("pinned", !!card.querySelector(".close"));
    """)  # fmt: skip
    assert len(said["seen"]) == CLAIMS
    for number, (focused, hidden, count, label) in enumerate(said["seen"], start=1):
        assert (focused, hidden, count) == (True, False, 1)
        assert label.startswith(f"note {number}: ")
    assert said["pinned"] is True


def test_filters_leave_what_was_chosen(browser, page):
    said = browser.ask(page, """
        const chips = Object.fromEntries([...document.querySelectorAll(".tally li[data-v] button")]
          .map((one) => [one.parentElement.dataset.v, one]));
        const state = () => ({
          marks: [...new Set([...document.querySelectorAll(".m:not(.off)")].map((one) => one.classList[1]))].sort(),
          signs: document.querySelectorAll(".text .sign:not(.off)").length,
          notes: [...document.querySelectorAll(".notes > li")].filter((one) => one.offsetHeight).length,
          pressed: Object.keys(chips).filter((one) => chips[one].getAttribute("aria-pressed") === "true").sort(),
          words: document.querySelector(".showing").textContent,
          all: document.querySelector(".all").offsetHeight > 0,
        });
        say("start", state());
        chips.explained.click();
        say("one", state());
        chips.inconsistent.click();
        say("two", state());
        document.querySelector(".all").click();
        say("end", state());
    """)  # fmt: skip
    start, one, two = said["start"], said["one"], said["two"]
    assert said["end"] == start
    assert start["notes"] == CLAIMS + 1  # and the total
    assert start["signs"] == CLAIMS
    assert (start["pressed"], start["words"], start["all"]) == ([], "", False)
    assert one["marks"] == one["pressed"] == ["explained"]
    explained, inconsistent = notes(page, "explained"), notes(page, "inconsistent")
    assert explained and inconsistent
    assert one["notes"] == one["signs"] == explained
    assert one["words"] == f"showing {explained} of {CLAIMS + 1} claims"
    assert one["all"] is True
    assert two["marks"] == two["pressed"] == ["explained", "inconsistent"]
    assert two["notes"] == explained + inconsistent


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_is_wider_than_the_screen(browser, page, width):
    said = browser.ask_in_frame(page, """
        say("wide", inner.documentElement.scrollWidth);
        inner.querySelector(".m").click();
        const box = inner.querySelector(".card").getBoundingClientRect();
        say("card", [box.left, box.right, box.bottom, view.innerHeight]);
        say("wide-with-card", inner.documentElement.scrollWidth);
    """, width)  # fmt: skip
    assert said["wide"] == said["wide-with-card"] == width
    left, right, bottom, height = said["card"]
    assert left >= 0
    assert right <= width
    if width < 640:  # a sheet at the foot of a phone's screen
        assert (left, right, bottom) == (0, width, height)


def test_tables_and_trials_fit_a_phone_too(browser, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("measure,estimate,lower,upper,p\nHR,0.54,0.36,0.81,.003\nHR,0.50,0.49,0.90,.2\n")
    for report in (trialstats.check_table(table), trialstats.reanalyse(trialstats.load_trial("desmoid"))):
        said = browser.ask_in_frame(report.to_html(), 'say("wide", inner.documentElement.scrollWidth);', 360)
        assert said["wide"] == 360


def printed(page):
    """The page as a screen that takes itself for paper."""
    page = page.replace("@media print", "@media all").replace("@media screen", "@media speech")
    return re.sub(r"<meta http-equiv[^>]*>", "", page)


def test_on_paper_all_notes_are_printed_and_no_controls(browser, page):
    said = browser.ask(printed(page), """
        const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility(
          { contentVisibilityAuto: true })).length;
        say("notes", shown(".notes > li"));
        say("explanations", shown(".explanations li"));
        say("controls", shown(".card, .back, button.all"));
        say("numbers", [...document.querySelectorAll(".text .sign")].map((one) => one.textContent));
        say("advice", shown(".advice li"));
    """)  # fmt: skip
    assert said["notes"] == CLAIMS + 1
    assert said["explanations"] == listed_explanations(page) > 0
    assert said["controls"] == 0
    assert [text[1:] for text in said["numbers"]] == [str(number) for number in range(1, CLAIMS + 1)]
    assert said["advice"] == 7


def test_a_page_can_be_printed(browser, page, tmp_path):
    target = tmp_path / "page.pdf"
    browser.run(page, "--no-pdf-header-footer", f"--print-to-pdf={target}")
    data = target.read_bytes()
    assert data.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 5


SEEN = """
const verdicts = ["reproduced", "consistent", "explained", "strained", "inconsistent", "look", "unchecked"];
const shape = (name) => {
  const mark = document.querySelector(".m." + name);
  const style = getComputedStyle(mark);
  return [style.borderTopStyle, style.borderBottomStyle];
};
// Colours are compared as painted, over what lies behind them.
const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const painted = (...colours) => {
  for (const colour of colours) { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); }
  return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
};
const light = (rgb) => rgb.map((one) => one / 255).map((one) =>
  one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4).reduce((sum, one, k) =>
  sum + one * [0.2126, 0.7152, 0.0722][k], 0);
const contrast = (one, two) => {
  const [a, b] = [light(one), light(two)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
};
const sheet = getComputedStyle(document.querySelector(".trialstats")).backgroundColor;
say("shapes", verdicts.map(shape));
say("contrast", verdicts.flatMap((name) => {
  const mark = document.querySelector(".m." + name);
  const sign = document.querySelector(".text .sign." + name);
  const behind = painted(sheet, getComputedStyle(mark).backgroundColor);
  return [contrast(painted(sheet, getComputedStyle(mark).color), behind),
          contrast(painted(sheet, getComputedStyle(sign).color), behind),
          contrast(painted(sheet, getComputedStyle(sign).color), painted(sheet))];
}));
say("sheet", light(painted(sheet)));
"""


@pytest.mark.parametrize("dark", [False, True])
def test_verdicts_differ_in_shape_and_are_readable_in_light_and_dark(browser, every_mark, dark):
    said = browser.ask(every_mark, SEEN, *(("--blink-settings=preferredColorScheme=0",) if dark else ()))
    shapes = [tuple(shape) for shape in said["shapes"]]
    assert len(set(shapes)) == 7
    assert min(said["contrast"]) >= 4.5  # WCAG 2.2, 1.4.3, level AA
    assert (said["sheet"] < 0.05) is dark


def test_without_scripts_the_signs_lead_to_the_notes(browser, page):
    dead = re.sub(r"<script>.*?</script>\n</body>", "</body>", page, flags=re.DOTALL)
    said = browser.ask(dead, """
        say("live", !!document.querySelector(".live"));
        const found = [];
        for (const sign of document.querySelectorAll(".text .sign")) {
          sign.click();
          await new Promise((done) => setTimeout(done, 20));
          const note = document.querySelector(".notes > li:target");
          found.push([note?.dataset.n === sign.dataset.n, note?.offsetHeight > 0]);
          found.push([document.querySelector(note.querySelector(".back").hash) === sign, true]);
        }
        say("found", found);
        document.querySelector(".note a").click();
        say("advice", document.querySelector("details:target")?.open ?? false);
    """)  # fmt: skip
    assert said["live"] is False
    assert said["found"] == [[True, True]] * 2 * CLAIMS
    assert said["advice"] is True


def test_the_summary_leads_to_the_notes_of_questions_and_of_what_to_look_at(browser, every_mark):
    said = browser.ask(
        every_mark,
        """
        const lists = [...document.querySelectorAll(".annotated > ul.read")];
        say("headings", lists.map((list) => list.previousElementSibling.textContent));
        const links = lists.flatMap((list) => [...list.querySelectorAll("a")]);
        say("signs", links.map((link) => link.textContent[0]));
        say("notes", links.map((link) => document.querySelector(link.hash).classList[0]));
    """,
    )
    assert said["headings"] == ["Questions", "To look at"]
    assert said["signs"] == ["?", "!", "▷"]
    assert said["notes"] == ["inconsistent", "strained", "look"]


def test_two_outputs_of_a_notebook_do_not_meddle_with_each_other(browser, report):
    piece = report._repr_html_()
    notebook = f"<!DOCTYPE html><html><body><div>{piece}</div><p class='m'>mine</p><div>{piece}</div></body></html>"
    said = browser.ask(notebook, """
        const [one, two] = document.querySelectorAll(".annotated");
        say("live", document.querySelectorAll(".annotated.live").length);
        say("cards", document.querySelectorAll(".card").length);
        one.querySelector(".tally button").click();
        say("notes", [one, two].map((root) =>
          [...root.querySelectorAll(".notes > li")].filter((note) => !note.hidden).length));
        two.querySelector(".m").click();
        say("shown", [one, two].map((root) => !root.querySelector(".card").hidden));
        say("focus", two.querySelector(".sign").tabIndex);
        say("ids", document.querySelectorAll(".trialstats [id]").length);
        say("outside", getComputedStyle(document.querySelector("p.m")).borderBottomStyle);
        say("bad", window.bad ?? null);
    """)  # fmt: skip
    assert said == {
        "live": 2, "cards": 2, "notes": [1, CLAIMS + 1], "shown": [False, True], "focus": 0, "ids": 0,
        "outside": "none", "bad": None,
    }  # fmt: skip

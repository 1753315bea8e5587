"""The notebooks: each runs from a clean kernel to what is committed, small, with nothing of the machine in it."""

import importlib.util
import json
import re
from pathlib import Path

import great_tables
import nbformat
import pytest

import trialstats
from trialstats.sources.trial_file import SHIPPED_TRIALS

HOME = Path(__file__).parents[2] / "notebooks"


def _execute():
    spec = importlib.util.spec_from_file_location("execute_notebooks", HOME / "execute.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


execute = _execute()
NOTEBOOKS = execute.notebooks()
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_there_is_one_for_each_trial_and_three_more():
    more = {"check-any-abstract", "which-interval-is-this", "a-reproducibility-report"}
    assert {path.stem for path in NOTEBOOKS} == {*SHIPPED_TRIALS, *more}


@every_notebook
def test_it_runs_from_a_clean_kernel_to_what_is_committed(path):
    changed = execute.differences(path, execute.executed(path))
    assert not changed, "\n".join([*changed, "Read them; then: python notebooks/execute.py"])


@every_notebook
def test_it_is_small_and_knows_no_machine(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) <= execute.LARGEST
    assert not re.search(r"/(work|tmp|root|home|Users|usr)/|[A-Z]:\\\\", text)
    document = json.loads(text)
    assert document["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert all(cell["metadata"] == {} for cell in document["cells"])
    nbformat.validate(nbformat.from_dict(document))


@every_notebook
def test_it_reads_as_a_story_with_pictures(path):
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
    assert sum(cell.cell_type == "markdown" for cell in cells) >= 4
    pictures = [output for cell in cells for output in cell.get("outputs", ()) if "image/png" in output.get("data", {})]
    assert pictures
    assert not any(output.output_type == "error" for cell in cells for output in cell.get("outputs", ()))


def test_a_changed_word_is_seen_and_other_markup_is_not(tmp_path):
    def notebook(html):
        output = nbformat.v4.new_output("display_data", data={"text/html": html, "text/plain": "x"})
        return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1", outputs=[output])])

    path = tmp_path / "one.ipynb"
    nbformat.write(notebook("<style>p {}</style><p class='a'>12 %</p>"), path)
    assert not execute.differences(path, notebook("<p><b>12 %</b></p>"))
    (changed,) = execute.differences(path, notebook("<p>13 %</p>"))
    assert "13 %" in changed


def test_a_table_can_be_handed_over_to_great_tables():
    table = trialstats.reanalyse(trialstats.load_trial("tamrad")).table_of(number=3, caption="The table & more.")
    styled = table.to_great_tables()
    assert isinstance(styled, great_tables.GT)
    page = styled.as_raw_html()
    assert "Table 3. The table &amp; more." in page
    assert "33 of 54, Clopper-Pearson" in page
    assert table.sha256[:12] in page

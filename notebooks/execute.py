"""Execute the notebooks, each from a clean kernel, and write them back as they are committed.

    python notebooks/execute.py                 # all of them
    python notebooks/execute.py alienor.ipynb   # some
    python notebooks/execute.py --check         # write nothing; say what would change, and exit with 1 if anything would

What is written is the same on every machine: no times, no counts of a session, no versions of Python. ``--check``
compares what a reader reads, that is text and tables; of a picture only that it is there, for its bytes depend on the
version of Matplotlib.
"""

from __future__ import annotations

import base64
import io
import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image

HOME = Path(__file__).parent
LARGEST = 300_000
"""Bytes of a committed notebook."""

Notebook = nbformat.NotebookNode


def notebooks() -> list[Path]:
    """Return the committed notebooks."""
    return sorted(HOME.glob("*.ipynb"))


def executed(path: Path) -> Notebook:
    """Return a notebook after a run from a clean kernel, in its own directory, cleaned."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(HOME)}}).execute()
    return cleaned(notebook)


def cleaned(notebook: Notebook) -> Notebook:
    """Take away what differs from run to run and from machine to machine."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata = nbformat.from_dict({"kernelspec": kernel, "language_info": {"name": "python"}})
    count = 0
    for k, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{k:02d}"
        cell["metadata"] = nbformat.from_dict({})
        if cell.cell_type == "code":
            count += 1
            cell["outputs"] = joined(cell.outputs)
            cell["execution_count"] = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output["execution_count"] = count
                if "metadata" in output:
                    output["metadata"] = nbformat.from_dict({})
                if "text/html" in output.get("data", {}):
                    output.data.pop("text/plain", None)  # the same once more, as Python writes it
                if "image/png" in output.get("data", {}):
                    output.data["image/png"] = smaller(output.data["image/png"])
    return notebook


def joined(outputs: list[Notebook]) -> list[Notebook]:
    """Join the pieces in which a printed text happened to arrive."""
    found: list[Notebook] = []
    for output in outputs:
        last = found[-1] if found else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last["text"] += output.text
        else:
            found.append(output)
    return found


def smaller(png: str) -> str:
    """Return a picture with at most 64 colours: a third of its size, and nothing to be seen of it."""
    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    out = io.BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(out, format="png", optimize=True)
    return base64.b64encode(out.getvalue()).decode()


def read_by_a_reader(notebook: Notebook) -> Iterator[tuple[int, str, str]]:
    """Yield cell, kind and words of every output; markup, styles and the bytes of pictures are left out."""
    for k, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", ()):
            if output.output_type == "stream":
                yield k, output.name, output.text
            elif output.output_type == "error":
                yield k, "error", f"{output.ename}: {output.evalue}"
            else:
                for kind, data in sorted(output.data.items()):
                    if kind == "text/html":
                        yield k, kind, words_of_html(data)
                    elif kind == "image/png":
                        yield k, kind, ""
                    elif "image/png" not in output.data:  # beside a picture there is only the name of its class
                        yield k, kind, data


def words_of_html(html: str) -> str:
    """Return the words of a piece of HTML."""
    plain = re.sub(r"<(style|script)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", plain)).split())


def differences(path: Path, fresh: Notebook) -> list[str]:
    """Return what a reader of the fresh notebook would read otherwise than in the committed one."""
    old, new = (list(read_by_a_reader(one)) for one in (nbformat.read(path, as_version=4), fresh))
    found = [f"{path.name}, cell {k}, {kind}:\n  was {was!r}\n  is  {now!r}"
             for (k, kind, was), (_, _, now) in zip(old, new, strict=False) if was != now]  # fmt: skip
    if len(old) != len(new):
        found.append(f"{path.name}: {len(old)} outputs are committed, and there are {len(new)}.")
    return found


def main(arguments: list[str]) -> int:
    """Execute the named notebooks, or all of them."""
    names = [one for one in arguments if not one.startswith("-")]
    status = 0
    for path in [HOME / Path(name).name for name in names] or notebooks():
        fresh = executed(path)
        if "--check" in arguments:
            changed = differences(path, fresh)
            print(f"{path.name}: {'as committed' if not changed else 'changed'}", *changed, sep="\n")
            status |= bool(changed)
        else:
            nbformat.write(fresh, path)
            print(f"{path.name}: {path.stat().st_size:,} bytes")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

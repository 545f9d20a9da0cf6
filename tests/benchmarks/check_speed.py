"""How long a check of a paper takes, and that it grows with the paper's length and no faster: one run, medians.

    python -m tests.benchmarks.check_speed                     # prints the tables, in a minute or two
    python -m tests.benchmarks.check_speed --corpus FOLDER     # … and of a folder of papers by other programs
    python -m tests.benchmarks.check_speed --markdown          # writes them into docs/explanation/speed.md

Converting to PDF is not among it: that is LibreOffice's time, not ours.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from xuncha_docs import check
from xuncha_docs.word.drafting import Draft
from xuncha_docs.word.measuring import measured

PAGE = Path(__file__).parent.parent.parent / "docs/explanation/speed.md"
START, END = "<!-- Made by tests.benchmarks.check_speed. -->", "<!-- The end of what check_speed made. -->"
SENTENCE = "巡察组认真落实党委部署，紧扣被巡察党组织职能责任，聚焦群众反映强烈的突出问题，扎实开展监督。"
ROUNDS = 5


def paper(pages: int) -> bytes:
    """Write a paper of so many pages: headings, and paragraphs of some four lines."""
    draft = Draft(title="工作报告", page_numbers=True)
    draft.add("公文标题", "关于巡察工作情况的报告")
    draft.blank()
    for _ in range(pages * 5):
        draft.add("公文正文", SENTENCE * 2)
    return draft.content()


def seconds(content: bytes, rounds: int = ROUNDS) -> float:
    """Return the median time of a check."""
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        assert check(content).notes
        taken.append(perf_counter() - start)
    return median(taken)


def lengths(sizes: Sequence[int] = (2, 20, 200)) -> Iterator[str]:
    """Yield the table of papers by their length."""
    yield "| Pages | `check`, ms | ms a page | a page takes so many times as long as in the row above |"
    yield "| ---: | ---: | ---: | ---: |"
    before = None
    for size in sizes:
        each = seconds(paper(size), 3 if size > 50 else ROUNDS) * 1000 / size
        yield f"| {size} | {each * size:.3g} | {each:.3g} | {f'{each / before:.2f}' if before else ''} |"
        before = each


def corpus(folder: Path) -> Iterator[str]:
    """Yield the table of a folder of papers by other programs; their pages are what they say of themselves."""
    files = sorted(folder.rglob("*.docx"))
    papers = [content for file in files if _is_read(content := file.read_bytes())]
    pages = sum(max(1, int(measured(content).properties.get("Pages", "1"))) for content in papers)
    taken = sum(seconds(content, 1) for content in papers)
    yield "| Files | read as papers | their pages | `check` of all, ms | ms a page |"
    yield "| ---: | ---: | ---: | ---: | ---: |"
    yield f"| {len(files)} | {len(papers)} | {pages} | {taken * 1000:.3g} | {taken * 1000 / max(pages, 1):.3g} |"


def _is_read(content: bytes) -> bool:
    try:
        return bool(measured(content).sections)
    except ValueError:
        return False


def main() -> None:
    """Print the tables, or write them into the page."""
    options = argparse.ArgumentParser()
    options.add_argument("--markdown", action="store_true")
    options.add_argument("--corpus", type=Path)
    said = options.parse_args()
    made = ["### Checking a paper", "", *lengths()]
    if said.corpus:
        made += ["", "Papers saved by other programs:", "", *corpus(said.corpus)]
    if not said.markdown:
        print("\n".join(made))
        return
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    tail = rest.partition(END)[2]
    PAGE.write_text(f"{head}{START}\n\n" + "\n".join(made) + f"\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()

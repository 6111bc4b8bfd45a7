#!/usr/bin/env python3
"""Measures claimbook against Hugo and Zola, and against a program that only writes the same files. Run by hand:

    benches/compare.py --markdown target/bench.md --json target/bench.json

Each round runs every program once, so that a slow minute of the machine affects all of them. The goals compare medians.
Hugo and Zola are measured if they are on the path. CONTRIBUTING.md explains how to run it.
"""

import argparse
import json
import re
import statistics
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import serve_latency
from bench import Bench, say
from goals import rows
from measure import TODAY, Book, build_peer, differences, measure, write_corpus, write_plainly
from report import machine, markdown, revision, today

HERE = Path(__file__).resolve().parent.parent
PARTS = ["clean", "again", "edit", "previews", "flat", "memory", "serve", "stress", "version", "check", "size"]
# Lines of the table `[build]`. The default build has none.
REDUCED = ("search = false", "previews = false")
PREVIEWS = ("search = false",)
FLAT = ('addresses = "files"',)
# How large the one large thing of a book is. Such a book is also built at a quarter of that size.
SHAPES = {"backlinks": 20_000, "tag": 10_000, "claims": 5_000}


def main() -> None:
    asked = arguments()
    bench = Bench(asked)
    run_rounds(bench)
    run_large(bench)
    run_stress(bench)
    run_serve(bench)
    run_small(bench)
    bench.disk.clear()
    goals = rows(bench)
    results = {
        "date": today(),
        "commit": revision(HERE),
        "machine": machine(asked.work),
        "versions": bench.programs.versions(),
        "rounds": bench.rounds,
        "goals": [row.data() for row in goals],
        "runs": [run(bench, name, size) for name, size in bench.samples],
        "served": [{"name": name, "size": size, "milliseconds": times} for (name, size), times in bench.served.items()],
        "failures": bench.failures,
    }
    text = json.dumps(results, indent=1) + "\n"
    if asked.json:
        asked.json.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    if asked.markdown:
        asked.markdown.write_text(markdown(results, goals), encoding="utf-8")


def run(bench: Bench, name: str, size: int) -> dict:
    """The samples of one run, with the files of its site."""
    site = bench.sites.get((name, size))
    return {
        "name": name,
        "size": size,
        "site": asdict(site) if site else None,
        "median": {what: bench.median(name, size, what) for what in ("seconds", "cpu", "megabytes")},
        "samples": [asdict(sample) for sample in bench.samples[name, size]],
    }


# --- Rounds -----------------------------------------------------------------------------------------------


def run_rounds(bench: Bench) -> None:
    """Run every program once in each round and size."""
    if not bench.wants("clean", "again", "edit", "previews", "flat"):
        return
    books = {size: bench.book(str(size)) for size in bench.sizes}
    peers = bench.programs.peers() if bench.wants("clean", "flat") else []
    corpora = {(peer, size): bench.disk.corpus(f"{peer}-{size}") for peer in peers for size in bench.sizes}
    for (peer, size), root in corpora.items():
        write_corpus(bench.programs, root, str(size), peer)
    for number in range(bench.rounds):
        bench.disk.rest()
        for size, book in books.items():
            say(f"round {number + 1} of {bench.rounds}, {size} write-ups")
            run_default(bench, size, book, number)
            run_reduced(bench, size, book)
            for peer in peers:
                run_peer(bench, size, peer, corpora[peer, size])
        bench.disk.end_round()


def run_default(bench: Bench, size: int, book: Book, number: int) -> None:
    """Builds with search and previews: a clean one, one after no change and one after a small change."""
    if bench.wants("clean", "again", "edit"):
        site = bench.disk.output("default")
        bench.add("default", size, lambda: book.build_clean(site), site)
        if bench.wants("again"):
            bench.add("again", size, lambda: book.build(site))
        if bench.wants("edit"):
            run_edit(bench, size, book, site, number)
    if bench.wants("flat"):
        flat = bench.disk.output("flat")
        bench.add("flat", size, lambda: book.build_clean(flat, *FLAT), flat)


def run_edit(bench: Bench, size: int, book: Book, site: Path, number: int) -> None:
    """Change a paragraph and build. In the last round, compare the whole site with a clean one."""
    path = book.root / f"content/articles/{size // 2 // 1000:02}/write-up-{size // 2}.md"
    original = path.read_text(encoding="utf-8")
    # The page of the claim that the sentence mentions shows the sentence too.
    changed = original.replace(", as always.", f", as edit {number} has it. Then there is more to say.", 1)
    assert changed != original, "the corpus has such a paragraph"
    path.write_text(changed, encoding="utf-8")
    bench.add("edit", size, lambda: book.build(site))
    if number == bench.rounds - 1:
        clean = bench.disk.output("clean")
        book.build_clean(clean)
        bench.different[size] = differences(site, clean)
    path.write_text(original, encoding="utf-8")


def run_reduced(bench: Bench, size: int, book: Book) -> None:
    """Builds without search: without previews as well, and with them. The difference is the cost of previews, for
    which only the largest book is built."""
    has_previews = bench.wants("previews") and size == max(bench.sizes)
    if bench.wants("clean") or has_previews:
        site = bench.disk.output("reduced")
        bench.add("reduced", size, lambda: book.build_clean(site, *REDUCED), site)
        if bench.wants("clean"):
            bench.add("writer", size, lambda: write_plainly(bench.programs, site, bench.disk.output("written")))
    if has_previews:
        pictures = bench.disk.output("previews")
        bench.add("previews", size, lambda: book.build_clean(pictures, *PREVIEWS), pictures)


def run_peer(bench: Bench, size: int, peer: str, root: Path) -> None:
    """Another generator, and Hugo with flat addresses as well."""
    names = [peer] if bench.wants("clean") else []
    if bench.wants("flat") and peer == "hugo":
        names.append("hugo flat")
    for name in names:
        output = bench.disk.output(name.replace(" ", "-"))
        bench.add(name, size, lambda name=name, output=output: build_peer(bench.programs, name, root, output), output)


# --- One program alone ------------------------------------------------------------------------------------


def run_large(bench: Bench) -> None:
    """Default builds of books that are too large for several rounds. They are built once, for the memory."""
    for size in bench.large if bench.wants("memory") else []:
        book, site = bench.book(str(size)), bench.disk.output("default")
        bench.disk.rest()
        say(f"one build of {size} write-ups")
        bench.add("default", size, lambda book=book, site=site: book.build_clean(site), site)
        bench.disk.end_round()


def run_stress(bench: Bench) -> None:
    """Default builds of books with one large thing, at a quarter and at full size."""
    if not bench.wants("stress"):
        return
    full = {shape: size // 20 if bench.quick else size for shape, size in SHAPES.items()}
    sizes = [(shape, part) for shape, size in full.items() for part in (size // 4, size)]
    books = {(shape, size): bench.book(shape, str(size)) for shape, size in sizes}
    for number in range(bench.rounds):
        bench.disk.rest()
        say(f"round {number + 1} of {bench.rounds}, one large thing")
        for (shape, size), book in books.items():
            site = bench.disk.output(shape)
            bench.add(shape, size, lambda book=book, site=site: book.build_clean(site), site)
        bench.disk.end_round()


def run_serve(bench: Bench) -> None:
    """The time from saving a file until pages show the change, with default settings."""
    for size in bench.sizes if bench.wants("serve") else []:
        book = bench.book(str(size))
        book.forget()
        book.configure()
        bench.disk.rest()
        say(f"serving {size} write-ups")
        with serve_latency.serving(str(bench.programs.claimbook), book.root) as address:
            path, edits = newest(book.root, address)
            for name, edit in edits.items():
                try:
                    times = serve_latency.latencies(address, path, edit, 3 if bench.quick else 11)
                except (TimeoutError, OSError) as failure:
                    bench.fail(f"serve {name}", failure)
                    continue
                bench.served[name, size] = times
                say(f"  {name}: {statistics.median(times):.1f} ms")


def newest(root: Path, address: str) -> tuple[Path, dict[str, serve_latency.Edit]]:
    """The write-up at the top of the list, and three edits of it: of its prose; of the title, which the list and the
    feed show; and of the title and a mention, whose sentence the page of the claim shows."""
    page = re.search(r'href="/(articles/\d+/write-up-\d+)(?:/|\.html)"', serve_latency.fetch(address + "articles/"))
    if not page:
        raise RuntimeError("the list of write-ups is empty")
    path = root / "content" / f"{page[1]}.md"
    files = (root / "content/articles").rglob("*.md")
    mentions = Counter(claim for file in files for claim in compared(file))
    # The first page of a claim shows all mentions if there are few.
    claim = min(compared(path), key=lambda claim: (mentions[claim], claim))

    def title(number: int, text: str) -> tuple[str, dict[str, str]]:
        word = f"title{number}word"
        return text.replace("title: ", f"title: {word} ", 1), {"articles/": word, "feed.xml": word}

    def everything(number: int, text: str) -> tuple[str, dict[str, str]]:
        text, pages = title(number, text)
        mention = f"mention{number}word"
        text = re.sub(rf"(\(claim:{claim}\)), as always", rf"\1, as {mention}", text, count=1)
        return text, {f"{page[1]}/": mention, f"claims/{claim}/": mention, **pages}

    return path, {"prose": serve_latency.add_word(f"{page[1]}/"), "title": title, "everything": everything}


def compared(file: Path) -> list[str]:
    """The claims of other write-ups that a write-up of the corpus mentions."""
    return re.findall(r"Compare \[[^]]*\]\(claim:([^)]+)\)", file.read_text(encoding="utf-8"))


def run_small(bench: Bench) -> None:
    """Runs of milliseconds."""
    program = bench.programs.claimbook
    if bench.wants("version"):
        for _ in range(max(bench.rounds, 11)):
            bench.add("version", 0, lambda: measure([program, "--version"])[0])
    if bench.wants("check"):
        for _ in range(max(bench.rounds, 5)):
            bench.add("check", 0, lambda: measure([program, "check", "--root", HERE, "--today", TODAY])[0])


# --- Command line -----------------------------------------------------------------------------------------


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure claimbook against other generators.")
    release = HERE / "target/release"
    published = HERE / "target/dist/claimbook"
    parser.add_argument("--claimbook", type=Path, default=published, help="the program to measure")
    parser.add_argument("--corpus", type=Path, default=release / "examples/corpus", help="the example of that name")
    parser.add_argument("--writer", type=Path, default=release / "examples/writer", help="the example of that name")
    parser.add_argument("--work", type=Path, default=HERE / "target/bench", help="folder to work in")
    parser.add_argument("--sizes", type=numbers, help="write-ups [default: 100,1000,10000]")
    parser.add_argument("--large", type=numbers, help="built once, for its memory [default: 50000; 0 for none]")
    parser.add_argument("--rounds", type=int, help="[default: 5]")
    parser.add_argument("--only", type=names, default=PARTS, metavar="NAMES", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small books and one round, to test the benchmark")
    parser.add_argument("--rest", type=float, help="seconds to wait after deleting files [default: 365]")
    parser.add_argument("--json", type=Path, help="where to write the JSON [default: standard output]")
    parser.add_argument("--markdown", type=Path, help="where to write the tables")
    asked = parser.parse_args()
    asked.sizes = asked.sizes or ([50, 200] if asked.quick else [100, 1000, 10_000])
    asked.rounds = asked.rounds or (1 if asked.quick else 5)
    if asked.large is None:
        asked.large = [] if asked.quick else [50_000]
    if asked.rest is None:
        asked.rest = 0.0 if asked.quick else 365.0
    # Programs are run in folders of their own.
    asked.work = asked.work.resolve()
    for name in ("claimbook", "corpus", "writer"):
        program = getattr(asked, name).resolve()
        if not program.exists():
            parser.error(f"{program} does not exist; CONTRIBUTING.md shows how to build it")
        setattr(asked, name, program)
    return asked


def numbers(text: str) -> list[int]:
    return sorted({int(part) for part in text.split(",")} - {0})


def names(text: str) -> list[str]:
    wanted = text.split(",")
    for name in wanted:
        if name not in PARTS:
            raise argparse.ArgumentTypeError(f"`{name}` is not one of {', '.join(PARTS)}")
    return wanted


if __name__ == "__main__":
    main()

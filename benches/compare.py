#!/usr/bin/env python3
"""How fast is claimbook, beside other generators and beside a plain writer of the same bytes? Run by hand:

    benches/compare.py --markdown target/bench.md --json target/bench.json

Each round runs every program once, so that a slow minute of the machine is everybody's; medians are
compared, as ratios. Hugo, Zola and Pagefind take part where they are on the path. CONTRIBUTING.md tells more.
"""

import argparse
import json
import re
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import serve_latency
from bench import Bench, say
from goals import rows
from measure import TODAY, Book, Failed, build_peer, count_files, differences, measure, write_corpus, write_plainly
from report import machine, markdown, revision, today

HERE = Path(__file__).resolve().parent.parent
PARTS = ["clean", "again", "edit", "flat", "search", "memory", "serve", "stress", "version", "check", "size"]
OFF = ("search = false", "previews = false")
FLAT = (*OFF, 'addresses = "files"')
SEARCH = ("previews = false",)
# The large thing of each book, at full size; the other size is a quarter of it.
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
    told = rows(bench)
    results = {
        "date": today(),
        "commit": revision(HERE),
        "machine": machine(asked.work),
        "versions": bench.programs.versions(),
        "rounds": bench.rounds,
        "goals": [row.data() for row in told],
        "runs": [run(bench, name, size) for name, size in bench.samples],
        "served": [{"name": name, "size": size, "milliseconds": times} for (name, size), times in bench.served.items()],
        "notes": bench.notes,
    }
    text = json.dumps(results, indent=1) + "\n"
    if asked.json:
        asked.json.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    if asked.markdown:
        asked.markdown.write_text(markdown(results, told), encoding="utf-8")


def run(bench: Bench, name: str, size: int) -> dict:
    """One line of the table of runs."""
    samples = bench.samples[name, size]
    return {
        "name": name,
        "size": size,
        "files": bench.files.get((name, size)),
        "median": {what: bench.median(name, size, what) for what in ("seconds", "cpu", "megabytes")},
        "samples": [asdict(sample) for sample in samples],
    }


# --- Rounds -----------------------------------------------------------------------------------------------


def run_rounds(bench: Bench) -> None:
    """Every program, once a round and size."""
    if not bench.wants("clean", "again", "edit", "flat", "search"):
        return
    books = {size: new_book(bench, str(size)) for size in bench.sizes}
    peers = bench.programs.peers() if bench.wants("clean", "flat", "search") else []
    corpora = {(peer, size): bench.disk.corpus(f"{peer}-{size}") for peer in peers for size in bench.sizes}
    for (peer, size), root in corpora.items():
        write_corpus(bench.programs, root, str(size), peer)
    has_flat = bench.wants("flat") and accepts_flat(bench)
    for number in range(bench.rounds):
        bench.disk.rest()
        for size, book in books.items():
            say(f"round {number + 1} of {bench.rounds}, {size} write-ups")
            run_book(bench, size, book, number)
            if has_flat:
                run_flat(bench, size, book)
            if bench.wants("search"):
                run_search(bench, size, book)
            for peer in peers:
                run_peer(bench, size, peer, corpora[peer, size])
        bench.disk.end_round()


def new_book(bench: Bench, *shape: str) -> Book:
    return Book(bench.programs, bench.disk.corpus("-".join(["book", *shape])), *shape)


def run_book(bench: Bench, size: int, book: Book, number: int) -> None:
    """A clean build, the same bytes written plainly, a build of no change and one of a small change."""
    if not bench.wants("clean", "again", "edit", "search"):
        return
    site = bench.disk.output("site")
    bench.add("clean", size, lambda: book.build_clean(site, *OFF))
    bench.files["clean", size] = count_files(site)
    if bench.wants("clean"):
        bench.add("writer", size, lambda: write_plainly(bench.programs, site, bench.disk.output("plain")))
    if bench.wants("again"):
        bench.add("again", size, lambda: book.build(site, *OFF))
    if bench.wants("edit"):
        with_edit(bench, size, book, site, number)
    if bench.wants("search"):
        # The cost of a change that no index would hold, to compare with that of a book with an index.
        book.build(site, *OFF)
        with_page(book, lambda: bench.add("page added", size, lambda: book.build(site, *OFF)))


def with_edit(bench: Bench, size: int, book: Book, site: Path, number: int) -> None:
    """Change a paragraph, build, and in the last round compare the whole site with a clean one."""
    path = book.root / f"content/articles/{size // 2 // 1000:02}/write-up-{size // 2}.md"
    original = path.read_text(encoding="utf-8")
    # The sentence is shown on the page of the claim it mentions too.
    changed = original.replace(", as always.", f", as edit {number} has it. Then there is more to say.", 1)
    assert changed != original, "the corpus has such a paragraph"
    path.write_text(changed, encoding="utf-8")
    bench.add("edit", size, lambda: book.build(site, *OFF))
    if number == bench.rounds - 1:
        clean = bench.disk.output("clean")
        book.build_clean(clean, *OFF)
        bench.different[size] = differences(site, clean)
    path.write_text(original, encoding="utf-8")


def with_page(book: Book, run: Callable[[], object]) -> None:
    """Do something while the book has one more page, which the search does not find."""
    page = book.root / "content/pages/one-more.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text("---\ntitle: One more\n---\n\nNot indexed.\n", encoding="utf-8")
    run()
    page.unlink()


def run_flat(bench: Bench, size: int, book: Book) -> None:
    """The same with `x.html` for `x/index.html`."""
    site = bench.disk.output("flat")
    bench.add("flat", size, lambda: book.build_clean(site, *FLAT))
    bench.files["flat", size] = count_files(site)
    bench.add("writer flat", size, lambda: write_plainly(bench.programs, site, bench.disk.output("plain")))


def run_search(bench: Bench, size: int, book: Book) -> None:
    """With an index: clean, again, and after a change to what is not indexed."""
    site = bench.disk.output("search")
    bench.add("search", size, lambda: book.build_clean(site, *SEARCH))
    bench.files["search", size] = count_files(site)
    bench.add("search again", size, lambda: book.build(site, *SEARCH))
    with_page(book, lambda: bench.add("search page added", size, lambda: book.build(site, *SEARCH)))


def run_peer(bench: Bench, size: int, peer: str, root: Path) -> None:
    """A peer, Pagefind over what it wrote, and the peer without folders where it can do that."""
    programs = bench.programs
    if bench.wants("clean", "search") or peer == "zola":
        output = bench.disk.output(peer)
        is_built = bench.add(peer, size, lambda: build_peer(programs, peer, root, output))
        bench.files[peer, size] = count_files(output)
        if is_built and programs.pagefind and bench.wants("search"):
            built = bench.samples[peer, size][-1]
            command = [programs.pagefind, "--quiet", "--site", output]
            bench.add(f"{peer} + pagefind", size, lambda: built + measure(command)[0])
    if bench.wants("flat") and peer == "hugo":
        output = bench.disk.output("hugo-flat")
        bench.add("hugo flat", size, lambda: build_peer(programs, "hugo flat", root, output))
        bench.files["hugo flat", size] = count_files(output)


def accepts_flat(bench: Bench) -> bool:
    """Does this claimbook know `[build] addresses`?"""
    book = new_book(bench, "1")
    book.settle(*FLAT)
    try:
        measure([bench.programs.claimbook, "check", "--root", book.root, "--today", TODAY])
    except Failed:
        bench.notes["flat"] = "not available: this claimbook does not know `[build] addresses`"
        return False
    return True


# --- One program alone ------------------------------------------------------------------------------------


def run_large(bench: Bench) -> None:
    """Books too large to be built again and again: once, for the memory."""
    for size in bench.large if bench.wants("memory") else []:
        book = new_book(bench, str(size))
        bench.disk.rest()
        say(f"one build of {size} write-ups")
        bench.add("clean once", size, lambda book=book: book.build_clean(bench.disk.output("site"), *OFF))
        bench.disk.end_round()


def run_stress(bench: Bench) -> None:
    """Books with one large thing, at a quarter and at full size."""
    if not bench.wants("stress"):
        return
    full = {shape: size // 20 if bench.quick else size for shape, size in SHAPES.items()}
    sizes = [(shape, part) for shape, size in full.items() for part in (size // 4, size)]
    books = {(shape, size): new_book(bench, shape, str(size)) for shape, size in sizes}
    for number in range(bench.rounds):
        bench.disk.rest()
        say(f"round {number + 1} of {bench.rounds}, one large thing")
        for (shape, size), book in books.items():
            site = bench.disk.output(shape)
            bench.add(shape, size, lambda book=book, site=site: book.build_clean(site, *OFF))
            bench.files[shape, size] = count_files(site)
        bench.disk.end_round()


def run_serve(bench: Bench) -> None:
    """The time from a save to pages that show it."""
    for size in bench.sizes if bench.wants("serve") else []:
        book = new_book(bench, str(size))
        book.settle(*OFF)
        bench.disk.rest()
        say(f"serving {size} write-ups")
        with serve_latency.serving(str(bench.programs.claimbook), book.root) as address:
            path, edits = newest(book.root, address)
            for name, edit in edits.items():
                try:
                    times = serve_latency.latencies(address, path, edit, 3 if bench.quick else 11)
                except (TimeoutError, OSError) as failure:
                    bench.notes[name] = str(failure)
                    say(f"  {name}: FAILED: {failure}")
                    continue
                bench.served[name, size] = times
                say(f"  {name}: {statistics.median(times):.1f} ms")


def newest(root: Path, address: str) -> tuple[Path, dict[str, serve_latency.Edit]]:
    """The write-up on top of the list, and what is edited in it: prose; the title, which the list and the
    feed show; and both, with a mention, whose sentence the page of the claim shows."""
    page = re.search(r'href="/(articles/\d+/write-up-\d+)(?:/|\.html)"', serve_latency.fetch(address + "articles/"))
    if not page:
        raise RuntimeError("the list of write-ups has none")
    path = root / "content" / f"{page[1]}.md"
    files = (root / "content/articles").rglob("*.md")
    mentions = Counter(claim for file in files for claim in compared(file))
    # A claim of few mentions shows them all on its first page.
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
    """The claims that a write-up of the corpus mentions beside its own."""
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


# --- What was typed ---------------------------------------------------------------------------------------


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure claimbook beside others.")
    release = HERE / "target/release"
    published = HERE / "target/dist/claimbook"
    parser.add_argument("--claimbook", type=Path, default=published, help="the program to measure")
    parser.add_argument("--corpus", type=Path, default=release / "examples/corpus", help="the example of that name")
    parser.add_argument("--writer", type=Path, default=release / "examples/writer", help="the example of that name")
    parser.add_argument("--work", type=Path, default=HERE / "target/bench", help="folder to work in")
    parser.add_argument("--sizes", type=numbers, help="write-ups [default: 1000,10000]")
    parser.add_argument("--large", type=numbers, help="built once, for its memory [default: 50000; 0 for none]")
    parser.add_argument("--rounds", type=int, help="[default: 5]")
    parser.add_argument("--only", type=names, default=PARTS, metavar="NAMES", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small books, one round: does the harness work?")
    parser.add_argument("--rest", type=float, help="seconds that the disk rests after deleting [default: 365]")
    parser.add_argument("--json", type=Path, help="where to write the JSON [default: standard output]")
    parser.add_argument("--markdown", type=Path, help="where to write the tables")
    asked = parser.parse_args()
    asked.sizes = asked.sizes or ([50, 200] if asked.quick else [1000, 10_000])
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
            parser.error(f"{program} is not there: see CONTRIBUTING.md on how to build it")
        setattr(asked, name, program)
    return asked


def numbers(text: str) -> list[int]:
    return sorted({int(part) for part in text.split(",")} - {0})


def names(text: str) -> list[str]:
    wanted = text.split(",")
    for name in wanted:
        if name not in PARTS:
            raise argparse.ArgumentTypeError(f"`{name}` is none of {', '.join(PARTS)}")
    return wanted


if __name__ == "__main__":
    main()

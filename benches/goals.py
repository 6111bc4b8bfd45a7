"""Which goals are held? Samples in, one row for each goal out."""

import statistics
from collections.abc import Iterable

from bench import Bench
from report import Row


def rows(bench: Bench) -> list[Row]:
    """All goals that were asked for."""
    return [
        *(row for size in bench.sizes for row in of_size(bench, size)),
        *growth(bench),
        *memory(bench),
        *served(bench),
        *stress(bench),
        *small(bench),
    ]


def of_size(bench: Bench, size: int) -> Iterable[Row]:
    clean = bench.median("clean", size)
    if bench.wants("clean"):
        name = f"Clean build, {size:,} write-ups, beside the faster peer"
        yield beside_peers(bench, name, 1 / 3, ("clean", size), ["hugo", "zola"])
        name = f"Clean build, {size:,}, beside the plain writer"
        yield Row(name, 1.7, ratio(clean, bench.median("writer", size)))
    if bench.wants("flat"):
        name = f"Flat addresses, {size:,}, beside the faster peer"
        yield beside_peers(bench, name, 1 / 6, ("flat", size), ["hugo flat", "zola"])
        value = ratio(bench.median("flat", size), bench.median("writer flat", size))
        name = f"Flat addresses, {size:,}, beside the plain writer"
        yield Row(name, None, value, note=bench.notes.get("flat", ""))
    if bench.wants("again"):
        name = f"Again, nothing changed, {size:,}, beside clean"
        yield Row(name, 1 / 20, ratio(bench.median("again", size), clean))
    if bench.wants("edit"):
        name = f"Again, one paragraph changed, {size:,}, beside clean"
        yield Row(name, 1 / 10, ratio(bench.median("edit", size), clean))
        different = bench.different.get(size)
        count = None if different is None else len(different)
        note = f"such as {different[0]}" if different else ""
        yield Row(f"Files that differ from a clean build, {size:,}", 0, count, "files", note)
    if bench.wants("search"):
        yield from search(bench, size)


def beside_peers(
    bench: Bench, name: str, limit: float, ours: tuple[str, int], peers: list[str], what: str = "seconds"
) -> Row:
    """Beside the faster of the peers that were measured."""
    run, size = ours
    own, fastest = bench.median(run, size, what), bench.fastest(peers, size, what)
    reasons = [bench.notes[name] for name in (run, *peers) if name in bench.notes]
    if own is None or fastest is None:
        return Row(name, limit, None, note=one_line(reasons[0]) if reasons else "no peer is installed")
    return Row(name, limit, ratio(own, fastest[1]), note=f"beside {fastest[0]}")


def search(bench: Bench, size: int) -> Iterable[Row]:
    if not bench.programs.pagefind:
        bench.notes["hugo + pagefind"] = "pagefind is not installed"
    for word, what in (("time", "seconds"), ("memory", "megabytes")):
        name = f"With search, {size:,}, {word}, beside peer + Pagefind"
        yield beside_peers(bench, name, 1 / 3, ("search", size), ["hugo + pagefind", "zola + pagefind"], what)

    def user(run: str) -> float:
        return bench.median(run, size, "user") or 0.0

    # Time of the kernel is the time of files, which an index has few of.
    index = user("search") - user("clean")
    more = user("search page added") - user("page added")
    name = f"With search, {size:,}, nothing indexed changed, beside making the index"
    value = max(more, 0.0) / index if index > 0 else None
    yield Row(name, 0.1, value, note=f"{more:.3f} s of {index:.3f} s of CPU")


def growth(bench: Bench) -> Iterable[Row]:
    small, large = min(bench.sizes), max(bench.sizes)
    if not bench.wants("clean") or small == large:
        return
    own = ratio(bench.median("clean", large), bench.median("clean", small))
    plain = ratio(bench.median("writer", large), bench.median("writer", small))
    note = f"{own:.2f} × and {plain:.2f} ×" if own and plain else ""
    name = f"Growth from {small:,} to {large:,}, beside that of the plain writer"
    yield Row(name, 1.05, ratio(own, plain), note=note)


def memory(bench: Bench) -> Iterable[Row]:
    if not bench.wants("memory", "clean"):
        return
    runs = [("clean", size) for size in bench.sizes] + [("clean once", size) for size in bench.large]
    for name, size in runs:
        megabytes = bench.median(name, size, "megabytes")
        if megabytes is not None:
            yield Row(f"Peak memory, {size:,}", 300, megabytes, "MB")


def served(bench: Bench) -> Iterable[Row]:
    words = {"prose": "its page", "title": "list and feed", "everything": "page, list, feed and backlinks"}
    for size in bench.sizes if bench.wants("serve") else []:
        limit = 50 if size <= 1000 else 100 if size <= 10_000 else None
        for name, pages in words.items():
            times = bench.served.get((name, size))
            median = statistics.median(times) if times else None
            note = f"most {max(times):.1f} ms" if times else one_line(bench.notes.get(name, ""))
            yield Row(f"Served after an edit, {size:,}: {pages}", limit, median, "ms", note)


def stress(bench: Bench) -> Iterable[Row]:
    """Growth of time beside growth of size."""
    for shape in ("backlinks", "tag", "claims") if bench.wants("stress") else ():
        sizes = sorted(size for name, size in bench.samples if name == shape)
        if len(sizes) < 2:
            yield Row(f"Linear: {shape}", 1.1, None, note=one_line(bench.notes.get(shape, "")))
            continue
        seconds, cpu = (grown(bench, shape, sizes, what) for what in ("seconds", "cpu"))
        note = f"CPU {cpu:.3f} ×, {bench.median(shape, sizes[-1]):.2f} s" if cpu else ""
        yield Row(f"Linear: {shape}, {sizes[0]:,} to {sizes[-1]:,}, time beside size", 1.1, seconds, note=note)


def grown(bench: Bench, shape: str, sizes: list[int], what: str) -> float | None:
    value = ratio(bench.median(shape, sizes[-1], what), bench.median(shape, sizes[0], what))
    return value and value * sizes[0] / sizes[-1]


def small(bench: Bench) -> Iterable[Row]:
    if bench.wants("version"):
        yield Row("`--version`", 10, milliseconds(bench.median("version", 0)), "ms")
    if bench.wants("check"):
        yield Row("`check` of the demo book, CPU", 60, milliseconds(bench.median("check", 0, "cpu")), "ms")
    if bench.wants("size"):
        yield Row("Size of the program", None, bench.programs.claimbook.stat().st_size / 1e6, "MB")


def milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else 1000 * seconds


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def one_line(note: str) -> str:
    return note.split("\n", 1)[0]

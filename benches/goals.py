"""Compares the samples with the goals: one row of the report for each goal."""

import statistics
from collections.abc import Iterable

from bench import Bench
from report import Row


def rows(bench: Bench) -> list[Row]:
    """The goals of all parts that were measured, those of the default build first."""
    return [
        *(row for size in bench.sizes for row in default_build(bench, size)),
        *(row for size in bench.sizes for row in changes(bench, size)),
        *previews(bench, max(bench.sizes)),
        *(row for size in bench.sizes for row in reduced_build(bench, size)),
        *(row for size in bench.sizes for row in flat_addresses(bench, size)),
        *memory(bench),
        *served(bench),
        *stress(bench),
        *small(bench),
    ]


def default_build(bench: Bench, size: int) -> Iterable[Row]:
    """Time and size of a site with search and previews."""
    if not bench.wants("clean"):
        return
    name = f"Default build, {size:,} write-ups"
    yield compared(bench, f"{name}: time ÷ time of Hugo", 1.0, ("default", "hugo"), size)
    if bench.programs.zola:
        yield compared(bench, f"{name}: time ÷ time of Zola", None, ("default", "zola"), size)
    site = bench.sites.get(("default", size))
    note = f"{site.blocks / 1e6:,.0f} MB of disk blocks with folders" if site else ""
    value = site and site.bytes / 1e6
    yield Row(f"{name}: size of all files", at_10_000(size, 800), value, "MB", note)
    note = f"{site.files:,} files, {site.pages:,} pages" if site else ""
    value = site and ratio(site.files, site.pages)
    yield Row(f"{name}: files per page", at_10_000(size, 1.3), value, "", note)


def changes(bench: Bench, size: int) -> Iterable[Row]:
    """Builds after no change and after a small one, with default settings."""
    if bench.wants("again"):
        name = f"Nothing changed, {size:,} write-ups: time ÷ time of a clean default build"
        yield compared(bench, name, 1 / 20, ("again", "default"), size)
    if bench.wants("edit"):
        name = f"One paragraph changed, {size:,} write-ups"
        yield compared(bench, f"{name}: time ÷ time of a clean default build", 1 / 10, ("edit", "default"), size)
        different = bench.different.get(size)
        count = None if different is None else len(different)
        note = f"such as {different[0]}" if different else ""
        yield Row(f"{name}: files that differ from a clean build", 0, count, "files", note)


def previews(bench: Bench, size: int) -> Iterable[Row]:
    """The cost of one preview image: the additional processor time of a build with them, divided by their number."""
    if not bench.wants("previews"):
        return
    own, base = bench.median("previews", size, "cpu"), bench.median("reduced", size, "cpu")
    site = bench.sites.get(("previews", size))
    value, note = None, ""
    if own is not None and base is not None and site and site.pictures:
        value = 1000 * (own - base) / site.pictures
        note = f"({own:.3f} s − {base:.3f} s) ÷ {site.pictures:,} previews"
    yield Row(f"One preview, {size:,} write-ups: processor time", 1.5, value, "ms", note)
    value = site and site.largest_picture / 1e3
    yield Row(f"One preview, {size:,} write-ups: size of the largest file", 20, value, "KB")


def reduced_build(bench: Bench, size: int) -> Iterable[Row]:
    """Time of a site without search and previews. The goals apply to books that are not small."""
    if not bench.wants("clean"):
        return
    name = f"Without search and previews, {size:,} write-ups"
    hugo, writer = (1 / 3, 1.7) if size >= 1000 else (None, None)
    yield compared(bench, f"{name}: time ÷ time of Hugo", hugo, ("reduced", "hugo"), size)
    yield compared(bench, f"{name}: time ÷ time of writing the same files", writer, ("reduced", "writer"), size)


def flat_addresses(bench: Bench, size: int) -> Iterable[Row]:
    """The default build with a file for each page in place of a folder, against Hugo with the same. It has no goal."""
    if bench.wants("flat"):
        name = f"Default build with addresses such as `x.html`, {size:,} write-ups: time ÷ time of Hugo"
        yield compared(bench, name, None, ("flat", "hugo flat"), size)


def memory(bench: Bench) -> Iterable[Row]:
    """Peak memory, with goals at 10,000 write-ups."""
    if not bench.wants("memory", "clean"):
        return
    for run, name, limit in [("default", "Default build", 500), ("reduced", "Without search and previews", 300)]:
        for size in [*bench.sizes, *bench.large]:
            megabytes = bench.median(run, size, "megabytes")
            if megabytes is not None:
                yield Row(f"{name}, {size:,} write-ups: peak memory", at_10_000(size, limit), megabytes, "MB")


def served(bench: Bench) -> Iterable[Row]:
    """Time until a change is served, with default settings."""
    shown = {
        "prose": "its page shows a changed text",
        "title": "the list and the feed show a changed title",
        "everything": "its page, the list, the feed and the page of a claim show a changed title and mention",
    }
    for size in bench.sizes if bench.wants("serve") else []:
        for name, pages in shown.items():
            times = bench.served.get((name, size))
            median = statistics.median(times) if times else None
            note = f"slowest of {len(times)}: {max(times):.1f} ms" if times else ""
            yield Row(f"`serve`, {size:,} write-ups: time until {pages}", 50, median, "ms", note)


def stress(bench: Bench) -> Iterable[Row]:
    """Whether time grows as slowly as the one large thing of a book."""
    words = {"backlinks": "mentions of one claim", "tag": "write-ups with one tag", "claims": "claims in one write-up"}
    for shape, things in words.items() if bench.wants("stress") else ():
        sizes = sorted(size for name, size in bench.samples if name == shape)
        name, value, note = f"Growth with the number of {things}", None, ""
        if len(sizes) == 2:
            small, large = sizes
            name = f"{name}, {small:,} to {large:,}: growth of time ÷ growth of number"
            value, cpu = (
                ratio(bench.median(shape, large, what), bench.median(shape, small, what)) * small / large
                for what in ("seconds", "cpu")
            )
            note = f"{bench.median(shape, large):.2f} s; growth of processor time {cpu:.3f}×"
        yield Row(name, 1.1, value, note=note)


def small(bench: Bench) -> Iterable[Row]:
    """Runs of milliseconds, and the program itself."""
    if bench.wants("version"):
        yield Row("`claimbook --version`: time", 10, milliseconds(bench.median("version", 0)), "ms")
    if bench.wants("check"):
        cpu = milliseconds(bench.median("check", 0, "cpu"))
        yield Row("`claimbook check` of the demo book: processor time", 60, cpu, "ms")
    if bench.wants("size"):
        yield Row("Size of the program", None, bench.programs.claimbook.stat().st_size / 1e6, "MB")


def compared(bench: Bench, name: str, limit: float | None, runs: tuple[str, str], size: int) -> Row:
    """The time of the first run divided by that of the second."""
    one, other = (bench.median(run, size) for run in runs)
    note = f"{one:.3f} s and {other:.3f} s" if one is not None and other is not None else ""
    return Row(name, limit, ratio(one, other), note=note)


def at_10_000(size: int, limit: float) -> float | None:
    """A goal that applies to books of this size only."""
    return limit if size == 10_000 else None


def milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else 1000 * seconds


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None

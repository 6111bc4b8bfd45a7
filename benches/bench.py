"""The options of one benchmark, and everything that was measured so far."""

import statistics
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from measure import Book, Disk, Failed, Programs, Sample, Site, survey


class Bench:
    """Collects samples under the name of a run and the size of its book."""

    def __init__(self, asked: Namespace) -> None:
        self.programs = Programs(asked.claimbook, asked.corpus, asked.writer)
        self.disk = Disk(asked.work, asked.rest)
        self.parts: set[str] = set(asked.only)
        self.sizes: list[int] = asked.sizes
        self.rounds: int = asked.rounds
        self.quick: bool = asked.quick
        self.large: list[int] = asked.large
        self.books: dict[str, Book] = {}
        self.samples: dict[tuple[str, int], list[Sample]] = {}
        self.sites: dict[tuple[str, int], Site] = {}
        self.different: dict[int, list[str]] = {}
        self.served: dict[tuple[str, int], list[float]] = {}
        self.failures: dict[str, str] = {}

    def wants(self, *parts: str) -> bool:
        """Whether at least one of these parts should be measured."""
        return not self.parts.isdisjoint(parts)

    def book(self, *shape: str) -> Book:
        """The book of this shape. It is written once, because a deleted book makes the disk slow."""
        name = "-".join(["book", *shape])
        if name not in self.books:
            self.books[name] = Book(self.programs, self.disk.corpus(name), *shape)
        return self.books[name]

    def add(self, name: str, size: int, run: Callable[[], Sample], site: Path | None = None) -> None:
        """Take one sample, and count the files of the site that it built. A program that fails is reported
        and gives no sample."""
        try:
            sample = run()
        except Failed as failure:
            self.fail(name, failure)
            return
        self.samples.setdefault((name, size), []).append(sample)
        say(f"  {name} {size}: {sample.seconds:.3f} s, {sample.cpu:.3f} s of CPU, {sample.megabytes:.0f} MB")
        if site:
            self.sites[name, size] = survey(site)

    def fail(self, name: str, failure: Exception) -> None:
        """Remember why a run gave no sample."""
        self.failures[name] = str(failure)
        say(f"  {name}: FAILED: {failure}")

    def median(self, name: str, size: int, what: str = "seconds") -> float | None:
        """The median of the samples, or `None` if there are no samples."""
        samples = self.samples.get((name, size))
        return statistics.median(getattr(sample, what) for sample in samples) if samples else None


def say(text: str) -> None:
    """Report progress."""
    print(text, file=sys.stderr, flush=True)

"""What is measured in this run, and what was measured so far?"""

import statistics
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable

from measure import Disk, Failed, Programs, Sample


class Bench:
    """What is asked, and the samples so far."""

    def __init__(self, asked: Namespace) -> None:
        self.programs = Programs(asked.claimbook, asked.corpus, asked.writer)
        self.disk = Disk(asked.work, asked.rest)
        self.parts: set[str] = set(asked.only)
        self.sizes: list[int] = asked.sizes
        self.rounds: int = asked.rounds
        self.quick: bool = asked.quick
        self.large: list[int] = asked.large
        self.samples: dict[tuple[str, int], list[Sample]] = {}
        self.files: dict[tuple[str, int], int] = {}
        self.notes: dict[str, str] = {}
        self.different: dict[int, list[str]] = {}
        self.served: dict[tuple[str, int], list[float]] = {}

    def wants(self, *parts: str) -> bool:
        return not self.parts.isdisjoint(parts)

    def add(self, name: str, size: int, run: Callable[[], Sample]) -> bool:
        """Take a sample; a program that fails is told of and left out."""
        try:
            sample = run()
        except Failed as failure:
            self.notes[name] = str(failure)
            say(f"  {name}: FAILED: {failure}")
            return False
        self.samples.setdefault((name, size), []).append(sample)
        say(f"  {name} {size}: {sample.seconds:.3f} s, {sample.cpu:.3f} s of CPU, {sample.megabytes:.0f} MB")
        return True

    def median(self, name: str, size: int, what: str = "seconds") -> float | None:
        samples = self.samples.get((name, size))
        return statistics.median(getattr(sample, what) for sample in samples) if samples else None

    def fastest(self, names: Iterable[str], size: int, what: str = "seconds") -> tuple[str, float] | None:
        """The peer that took least."""
        taken = [(name, self.median(name, size, what)) for name in names]
        here = [(name, median) for name, median in taken if median is not None]
        return min(here, key=lambda pair: pair[1]) if here else None


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

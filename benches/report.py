"""Writes the results as JSON and as Markdown, with a description of the machine."""

import datetime
import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


# How the tables call each run.
RUNS = {
    "default": "Default build: search and previews",
    "again": "Default build again, nothing changed",
    "edit": "Default build again, one paragraph changed",
    "flat": "Default build with addresses such as `x.html`",
    "reduced": "Build without search and previews",
    "writer": "The files of the line above, only written, by two threads",
    "previews": "Build without search, with previews",
    "hugo": "Hugo, without search and previews",
    "hugo flat": "Hugo with addresses such as `x.html`",
    "zola": "Zola, without search and previews",
    "backlinks": "Default build, one claim with this many mentions",
    "tag": "Default build, one tag on this many write-ups",
    "claims": "Default build, one write-up with this many claims",
    "version": "`claimbook --version`",
    "check": "`claimbook check` of the demo book",
}


@dataclass
class Row:
    """A goal and the measured value."""

    name: str
    limit: float | None
    """The largest value that meets the goal; `None` if the value has no goal."""
    value: float | None
    """`None` if it was not measured."""
    unit: str = "×"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; `None` if there is no goal or no value."""
        if self.limit is None or self.value is None:
            return None
        return self.value <= self.limit

    def data(self) -> dict[str, Any]:
        """The row as JSON."""
        return {**asdict(self), "met": self.met}


def machine(folder: Path) -> dict[str, Any]:
    """The machine, with the file system of the folder in which the sites were written."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory": _field("/proc/meminfo", "MemTotal"),
        "kernel": f"{platform.system()} {platform.release()}",
        "file system": _file_system(folder),
    }


def revision(folder: Path) -> str | None:
    """The commit of this repository, with `-dirty` if something is not committed."""
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def markdown(results: dict[str, Any], rows: list[Row]) -> str:
    """The whole report, for people."""
    judged = [row.met for row in rows if row.met is not None]
    versions = [version or f"{name}: not installed" for name, version in results["versions"].items()]
    places = [f"{name}: {value}" for name, value in results["machine"].items() if value]
    parts = [
        "# Benchmark\n",
        f"{results['date']}, claimbook at commit {results['commit']}. {sum(judged)} of {len(judged)} goals are met.\n",
        "The default build has search and previews, as without any option in `site.toml`. Hugo and Zola build the same "
        "book as plain pages, without search and previews. Each program runs once a round; "
        f"values are medians. Number of rounds: {results['rounds']}. 1 MB is a million bytes.\n",
        *(f"- {place}" for place in places),
        *(f"- {version}" for version in versions),
        "\n## Goals\n",
        "| What is measured | Goal: at most | Measured | Result | Details |",
        "| --- | ---: | ---: | --- | --- |",
        *(_goal(row) for row in rows),
        "\n## Time and memory of each run\n",
        "The size is the number of write-ups in the book, unless the run names other things. Values of memory below "
        "30 MB are those of the benchmark itself.\n",
        "| Run | Size | Rounds | Seconds | Fastest to slowest | Processor seconds | Peak memory, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_run(run) for run in results["runs"]),
        "\n## Files of each site\n",
        "The disk space is that of all blocks of files and folders.\n",
        "| Run | Size | Files | HTML pages | Previews | Size of all files, MB | Disk space, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_site(run) for run in results["runs"] if run["site"]),
    ]
    if results["failures"]:
        failures = [f"- {name}: {text.splitlines()[0]}" for name, text in results["failures"].items()]
        parts += ["\n## Failures\n", *failures]
    return "\n".join(parts) + "\n"


def _goal(row: Row) -> str:
    result = {True: "met", False: "**missed**", None: "not measured" if row.value is None else "no goal"}[row.met]
    numbers = f"{_number(row.limit, row.unit)} | {_number(row.value, row.unit)}"
    return f"| {row.name} | {numbers} | {result} | {row.note} |"


def _run(run: dict[str, Any]) -> str:
    median = run["median"]
    seconds = [sample["seconds"] for sample in run["samples"]]
    return _line(
        *_names(run),
        f"{len(seconds)}",
        f"{median['seconds']:.3f}",
        f"{min(seconds):.3f} to {max(seconds):.3f}",
        # The plain writer reports only the time of the writing.
        f"{median['cpu']:.3f}" if median["cpu"] else "",
        f"{median['megabytes']:.0f}" if median["megabytes"] else "",
    )


def _site(run: dict[str, Any]) -> str:
    site = run["site"]
    counts = [f"{site[what]:,}" for what in ("files", "pages", "pictures")]
    return _line(*_names(run), *counts, *(f"{site[what] / 1e6:,.1f}" for what in ("bytes", "blocks")))


def _names(run: dict[str, Any]) -> tuple[str, str]:
    return RUNS[run["name"]], f"{run['size']:,}" if run["size"] else ""


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(number: float | None, unit: str) -> str:
    if number is None:
        return ""
    digits = 3 if unit == "×" else 0 if number >= 100 or number == int(number) else 1 if number >= 10 else 2
    return f"{number:,.{digits}f}{'' if unit == '×' else ' '}{unit}".strip()


def _field(file: str, name: str) -> str | None:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), None)


def _file_system(folder: Path) -> str | None:
    """The type of the file system of a folder."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    path = folder.absolute()
    over = [(point, kind) for point, kind in mounts if path.is_relative_to(point)]
    return max(over, key=lambda mount: len(mount[0]))[1] if over else None

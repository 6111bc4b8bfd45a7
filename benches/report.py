"""How are the results told? Rows in; JSON and Markdown out, with the machine they are true of."""

import datetime
import os
import platform
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass
class Row:
    """One goal and what became of it."""

    name: str
    limit: float | None
    """At most this; `None` where the number is only told."""
    value: float | None
    """`None` where it could not be measured, for the reason in `note`."""
    unit: str = "×"
    note: str = ""

    @property
    def held(self) -> bool | None:
        if self.limit is None or self.value is None:
            return None
        return self.value <= self.limit

    def data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "limit": self.limit,
            "value": self.value,
            "unit": self.unit,
            "held": self.held,
            "note": self.note,
        }


def machine(folder: Path) -> dict[str, Any]:
    """Where this was measured; `folder` is where the sites were written."""
    return {
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory": _field("/proc/meminfo", "MemTotal"),
        "kernel": f"{platform.system()} {platform.release()}",
        "file system": _file_system(folder),
    }


def revision(folder: Path) -> str | None:
    """The commit of this repository, with `-dirty` where something is not committed."""
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=12"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def markdown(results: dict[str, Any], rows: list[Row]) -> str:
    """The whole report, for people."""
    held = sum(row.held is True for row in rows)
    judged = sum(row.held is not None for row in rows)
    versions = ", ".join(version or f"{name}: not installed" for name, version in results["versions"].items())
    places = ", ".join(f"{name}: {value}" for name, value in results["machine"].items() if value)
    parts = [
        "# Measured\n",
        f"{results['date']}, commit {results['commit']}. {results['rounds']} interleaved rounds, medians. "
        f"{held} of {judged} goals held.\n",
        f"Machine: {places}.\n",
        f"Versions: {versions}.\n",
        "## Goals\n",
        "| Goal | At most | Measured | |",
        "| --- | ---: | ---: | --- |",
        *(_goal(row) for row in rows),
        "",
        "## Runs\n",
        "Medians; the samples are in the JSON.\n",
        "| Run | Size | Files | Seconds | Least to most | Processor seconds | Memory, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_run(run) for run in results["runs"]),
    ]
    return "\n".join(parts) + "\n"


def _goal(row: Row) -> str:
    word = {True: "held", False: "**missed**", None: "not measured" if row.value is None else ""}[row.held]
    told = "; ".join(part for part in (word, row.note) if part)
    return f"| {row.name} | {_number(row.limit, row.unit)} | {_number(row.value, row.unit)} | {told} |"


def _run(run: dict[str, Any]) -> str:
    median = run["median"]
    seconds = [sample["seconds"] for sample in run["samples"]]
    cells = [
        run["name"],
        f"{run['size']:,}" if run["size"] else "",
        f"{run['files']:,}" if run["files"] else "",
        f"{median['seconds']:.3f}",
        f"{min(seconds):.3f} to {max(seconds):.3f}",
        # Of the plain writer only the time of the writing is known.
        f"{median['cpu']:.3f}" if median["cpu"] else "",
        f"{median['megabytes']:.0f}" if median["megabytes"] else "",
    ]
    return f"| {' | '.join(cells)} |"


def _number(number: float | None, unit: str) -> str:
    if number is None:
        return ""
    digits = 3 if unit == "×" else 0 if number >= 100 or number == int(number) else 1
    return f"{number:,.{digits}f}{'' if unit == '×' else ' '}{unit}"


def _field(file: str, name: str) -> str | None:
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(name)), None)


def _file_system(folder: Path) -> str | None:
    """Type of the file system that the folder lies on."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return None
    path = folder.absolute()
    over = [(point, kind) for point, kind in mounts if path.is_relative_to(point)]
    return max(over, key=lambda mount: len(mount[0]))[1] if over else None

"""What does one run of a program cost? A command in; seconds, processor time and memory out. Below it, the
programs that are compared, and the folders they work in."""

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

TODAY = "2026-11-22"


@dataclass
class Sample:
    """One run."""

    seconds: float
    user: float
    """Processor time of the program itself."""
    system: float
    """Processor time of the kernel for it, most of it for files."""
    megabytes: float
    """The most memory that was held at once."""

    @property
    def cpu(self) -> float:
        return self.user + self.system

    def __add__(self, other: "Sample") -> "Sample":
        """One program after the other."""
        memory = max(self.megabytes, other.megabytes)
        return Sample(self.seconds + other.seconds, self.user + other.user, self.system + other.system, memory)


class Failed(Exception):
    """A program that did not do what was asked."""


def measure(command: list[str | Path], environment: dict[str, str] | None = None) -> tuple[Sample, str]:
    """Run it once; what it writes to standard output comes back too.

    What was written before is on the disk when the clock starts. The memory of a process counts what it
    was forked from, about 30 MB of Python, so this one must stay small: nothing here holds a site.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as problems:
        os.sync()
        started = time.perf_counter()
        process = subprocess.Popen(words, stdout=out, stderr=problems, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        problems.seek(0)
        text = out.read().decode(errors="replace")
        if process.returncode != 0:
            told = (text + problems.read().decode(errors="replace")).strip()
            raise Failed(f"{' '.join(words)}: exit code {process.returncode}\n{told[-2000:]}")
    # Linux counts kilobytes, macOS bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Sample(seconds, usage.ru_utime, usage.ru_stime, usage.ru_maxrss / unit), text


@dataclass
class Programs:
    """Whom we ask. Peers that are not installed are `None`."""

    claimbook: Path
    corpus: Path
    writer: Path
    hugo: Path | None = field(default_factory=lambda: find_hugo())
    zola: Path | None = field(default_factory=lambda: find("zola"))
    # `npx pagefind` runs the second.
    pagefind: Path | None = field(default_factory=lambda: find("pagefind") or find("pagefind_extended"))

    def peers(self) -> list[str]:
        """The names of those that are here."""
        return [name for name in ("hugo", "zola") if getattr(self, name)]

    def versions(self) -> dict[str, str | None]:
        """How each calls itself."""
        asked = {
            "claimbook": [self.claimbook, "--version"],
            "hugo": self.hugo and [self.hugo, "version"],
            "zola": self.zola and [self.zola, "--version"],
            "pagefind": self.pagefind and [self.pagefind, "--version"],
        }
        return {name: first_line(command) if command else None for name, command in asked.items()}


def find(name: str) -> Path | None:
    """A program on the path."""
    found = shutil.which(name)
    return Path(found) if found else None


def find_hugo() -> Path | None:
    """Hugo itself. The Python package starts it with Python, which would be counted against it."""
    launcher = find("hugo")
    if not launcher:
        return None
    told = subprocess.run([launcher, "version"], capture_output=True, text=True, check=False).stdout
    behind = re.search(r"hugo-python-distributions at ([^\x1b\n]+)", told)
    return Path(behind[1]) if behind and Path(behind[1]).exists() else launcher


def first_line(command: list[str | Path]) -> str:
    told = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False).stdout
    return told.strip().split("\n")[0]


class Disk:
    """The folder to work in.

    ext4 passes over the inodes of files that were deleted a short while ago, one by one, each time it looks
    for a free one: after a large site was deleted, writing one takes several times as long, for a minute,
    or for six where the table of inodes was not yet written. So sites are kept as long as there is space,
    and once some were deleted, the disk has its rest before the next round.
    """

    def __init__(self, work: Path, rest: float) -> None:
        self.work, self.seconds = work, rest
        self.outputs = 0
        work.mkdir(parents=True, exist_ok=True)
        # Says when something was deleted last, also by an earlier run.
        self.sign = work / "deleted"
        self.delete(work / "sites")
        self.free = shutil.disk_usage(work).free

    def corpus(self, name: str) -> Path:
        """A folder for a corpus of this name; an earlier one is deleted."""
        root = self.work / name
        self.delete(root)
        return root

    def output(self, name: str) -> Path:
        """A folder that is not there yet, for a site."""
        self.outputs += 1
        folder = self.work / "sites"
        folder.mkdir(exist_ok=True)
        return folder / f"{self.outputs}-{name}"

    def end_round(self) -> None:
        """Delete all sites if another round like this one, and half of one, would not fit."""
        os.sync()
        free = shutil.disk_usage(self.work).free
        if free < 1.5 * (self.free - free):
            self.clear()
        self.free = shutil.disk_usage(self.work).free

    def clear(self) -> None:
        """Delete all sites."""
        self.delete(self.work / "sites")

    def delete(self, path: Path) -> None:
        if path.exists():
            # Much faster than Python for a hundred thousand files.
            subprocess.run(["rm", "-rf", "--", str(path.absolute())], check=True)
            os.sync()
            self.sign.touch()

    def rest(self) -> None:
        """Wait until the file system has forgotten what was deleted."""
        if self.sign.exists():
            wait = self.sign.stat().st_mtime + self.seconds - time.time()
            if wait > 0:
                print(f"the disk rests for {wait:.0f} s", file=sys.stderr, flush=True)
                time.sleep(wait)


class Book:
    """A corpus on the disk, as claimbook reads it."""

    def __init__(self, programs: Programs, root: Path, *shape: str) -> None:
        self.programs, self.root = programs, root
        write_corpus(programs, root, *shape)
        self.site = (root / "site.toml").read_text(encoding="utf-8")
        self.own = {path.name for path in root.iterdir()}

    def build(self, output: Path, *options: str) -> Sample:
        """Build with these lines in the table `[build]`."""
        self.settle(*options)
        command = [self.programs.claimbook, "build", "--quiet", "--root", self.root, "--output", output]
        return measure([*command, "--today", TODAY])[0]

    def build_clean(self, output: Path, *options: str) -> Sample:
        """Build into a new folder, as if for the first time: what earlier builds left in the book is gone."""
        for path in self.root.iterdir():
            if path.name not in self.own:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        return self.build(output, *options)

    def settle(self, *options: str) -> None:
        """Write the configuration, unless it is so already: a build that sees no change must see none."""
        path = self.root / "site.toml"
        text = "\n".join([self.site, "[build]", *options, ""]) if options else self.site
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def write_corpus(programs: Programs, root: Path, *shape: str) -> None:
    """Write a new book: `1000`, or `1000 hugo`, or `tag 5000`."""
    measure([programs.corpus, shape[0], root, *shape[1:]])


def build_peer(programs: Programs, name: str, root: Path, output: Path) -> Sample:
    """Let Hugo or Zola build the whole site into a new folder.

    `hugo flat` writes `x.html`, which Zola cannot. The links in its text still name folders: to mend them
    would only cost it more.
    """
    if name == "zola":
        return measure([programs.zola, "--root", root, "build", "--output-dir", output])[0]
    command = [programs.hugo, "build", "--quiet", "--noBuildLock", "--source", root, "--destination", output]
    return measure(command, {"HUGO_UGLYURLS": "true"} if name == "hugo flat" else None)[0]


def write_plainly(programs: Programs, site: Path, output: Path) -> Sample:
    """Let the plain writer write the bytes of this site; only the seconds are those of the writing."""
    return Sample(json.loads(measure([programs.writer, site, output])[1])["seconds"], 0.0, 0.0, 0.0)


def differences(one: Path, other: Path) -> list[str]:
    """Files that are not the same in both, except for what claimbook keeps for itself."""
    ours, theirs = files_below(one), files_below(other)
    differ = {name for name in ours & theirs if not filecmp.cmp(one / name, other / name, shallow=False)}
    return sorted(differ | (ours ^ theirs))


def files_below(root: Path) -> set[str]:
    paths = (Path(folder, name) for folder, _, names in os.walk(root) for name in names)
    return {str(path.relative_to(root)) for path in paths if not path.name.startswith(".claimbook")}


def count_files(root: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(root))

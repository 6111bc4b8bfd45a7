"""Runs a program and measures time, processor time and memory. Contains the programs that are compared, and the
folders in which they work."""

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
    """Peak memory of the process."""

    @property
    def cpu(self) -> float:
        return self.user + self.system


class Failed(Exception):
    """A program that did not do what was asked."""


def measure(command: list[str | Path], environment: dict[str, str] | None = None) -> tuple[Sample, str]:
    """Run a command once, and return its sample and its standard output.

    Files that were written before are on the disk when the clock starts. Linux counts the memory of the process
    that starts a program as memory of the program, so this process must stay small: it never reads a whole site.
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
            message = (text + problems.read().decode(errors="replace")).strip()
            raise Failed(f"{' '.join(words)}: exit code {process.returncode}\n{message[-2000:]}")
    # macOS counts bytes, Linux units of 1,024 bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Sample(seconds, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * unit / 1e6), text


@dataclass
class Programs:
    """The programs that are measured. Other generators that are not installed are `None`."""

    claimbook: Path
    corpus: Path
    writer: Path
    hugo: Path | None = field(default_factory=lambda: find_hugo())
    zola: Path | None = field(default_factory=lambda: find("zola"))

    def peers(self) -> list[str]:
        """The other generators that are installed."""
        return [name for name in ("hugo", "zola") if getattr(self, name)]

    def versions(self) -> dict[str, str | None]:
        """The first line of what each program prints as its version."""
        asked = {
            "claimbook": [self.claimbook, "--version"],
            "hugo": self.hugo and [self.hugo, "version"],
            "zola": self.zola and [self.zola, "--version"],
        }
        return {name: first_line(command) if command else None for name, command in asked.items()}


def find(name: str) -> Path | None:
    """A program on the path."""
    found = shutil.which(name)
    return Path(found) if found else None


def find_hugo() -> Path | None:
    """The program of Hugo. The Python package starts it from Python, whose time would count as time of Hugo."""
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
    """The folder in which everything is built.

    When ext4 looks for a free inode, it skips those of recently deleted files one by one. After a large site was
    deleted, writing a site takes several times as long, for one minute, or for six minutes where the table of
    inodes was not yet written. So each site gets a new folder, sites are kept as long as there is space, and after
    a deletion the next round waits until the file system is fast again.
    """

    def __init__(self, work: Path, rest: float) -> None:
        self.work, self.seconds = work, rest
        self.outputs = 0
        work.mkdir(parents=True, exist_ok=True)
        # The time of this file is that of the last deletion, also by an earlier benchmark.
        self.last_deletion = work / "deleted"
        self.delete(work / "sites")
        self.free = shutil.disk_usage(work).free

    def corpus(self, name: str) -> Path:
        """A new folder for a corpus. One of the same name is deleted."""
        root = self.work / name
        self.delete(root)
        return root

    def output(self, name: str) -> Path:
        """A path for a site, at which no file was before."""
        self.outputs += 1
        folder = self.work / "sites"
        folder.mkdir(exist_ok=True)
        return folder / f"{self.outputs}-{name}"

    def end_round(self) -> None:
        """Delete all sites if the disk has less space than one and a half rounds like the last one need."""
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
            self.last_deletion.touch()

    def rest(self) -> None:
        """Wait until the last deletion no longer makes the file system slow."""
        if self.last_deletion.exists():
            wait = self.last_deletion.stat().st_mtime + self.seconds - time.time()
            if wait > 0:
                print(f"waiting {wait:.0f} s after a deletion", file=sys.stderr, flush=True)
                time.sleep(wait)


class Book:
    """A book for claimbook on the disk."""

    def __init__(self, programs: Programs, root: Path, *shape: str) -> None:
        self.programs, self.root = programs, root
        write_corpus(programs, root, *shape)
        self.site = (root / "site.toml").read_text(encoding="utf-8")
        self.own = {path.name for path in root.iterdir()}

    def build(self, output: Path, *options: str) -> Sample:
        """Build with these lines in the table `[build]` of `site.toml`, or with default settings."""
        self.configure(*options)
        command = [self.programs.claimbook, "build", "--quiet", "--root", self.root, "--output", output]
        return measure([*command, "--today", TODAY])[0]

    def build_clean(self, output: Path, *options: str) -> Sample:
        """Build into a new folder, as if for the first time."""
        self.forget()
        return self.build(output, *options)

    def forget(self) -> None:
        """Delete the few files that earlier builds left in the book to speed up the next one."""
        for path in self.root.iterdir():
            if path.name not in self.own:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def configure(self, *options: str) -> None:
        """Write `site.toml` if its text changes. A build after no change must find the file untouched."""
        path = self.root / "site.toml"
        text = "\n".join([self.site, "[build]", *options, ""]) if options else self.site
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def write_corpus(programs: Programs, root: Path, *shape: str) -> None:
    """Write a new book of a shape such as `1000`, `1000 hugo` or `tag 5000`."""
    measure([programs.corpus, shape[0], root, *shape[1:]])


def build_peer(programs: Programs, name: str, root: Path, output: Path) -> Sample:
    """Let Hugo or Zola build the site into a new folder.

    `hugo flat` writes `x.html` in place of `x/index.html`, which Zola cannot do. Links in its text still lead to
    folders; correcting them would only cost Hugo more time.
    """
    if name == "zola":
        return measure([programs.zola, "--root", root, "build", "--output-dir", output])[0]
    command = [programs.hugo, "build", "--quiet", "--noBuildLock", "--source", root, "--destination", output]
    return measure(command, {"HUGO_UGLYURLS": "true"} if name == "hugo flat" else None)[0]


def write_plainly(programs: Programs, site: Path, output: Path) -> Sample:
    """Write the files of a built site again with the writer of two threads. It reports the seconds of the writing
    alone, so the sample has no processor time and no memory."""
    return Sample(json.loads(measure([programs.writer, site, output])[1])["seconds"], 0.0, 0.0, 0.0)


def differences(one: Path, other: Path) -> list[str]:
    """Files that are not the same in both sites. Files that claimbook writes for its own use do not count."""
    ours, theirs = files_below(one), files_below(other)
    differ = {name for name in ours & theirs if not filecmp.cmp(one / name, other / name, shallow=False)}
    return sorted(differ | (ours ^ theirs))


def files_below(root: Path) -> set[str]:
    paths = (Path(folder, name) for folder, _, names in os.walk(root) for name in names)
    return {str(path.relative_to(root)) for path in paths if not path.name.startswith(".claimbook")}


@dataclass
class Site:
    """The files of a built site, with those that claimbook writes for its own use."""

    files: int = 0
    pages: int = 0
    """Files whose name ends in `.html`."""
    bytes: int = 0
    """The sum of the sizes of all files."""
    blocks: int = 0
    """Bytes of the disk blocks of files and folders, as `du` counts them."""
    pictures: int = 0
    """PNG files. The corpus has none, so all of them are previews."""
    largest_picture: int = 0
    """Bytes of the largest PNG file."""


def survey(root: Path) -> Site:
    """Count the files of a site and add up their sizes."""
    # Some file systems reserve the blocks of a file only when it is written to the disk.
    os.sync()
    site = Site()
    for folder, _, names in os.walk(root):
        site.blocks += 512 * os.stat(folder).st_blocks
        for name in names:
            status = os.stat(os.path.join(folder, name))
            site.files += 1
            site.pages += name.endswith(".html")
            site.bytes += status.st_size
            site.blocks += 512 * status.st_blocks
            if name.endswith(".png"):
                site.pictures += 1
                site.largest_picture = max(site.largest_picture, status.st_size)
    return site

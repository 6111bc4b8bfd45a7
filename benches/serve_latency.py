#!/usr/bin/env python3
"""How long does it take from saving a write-up to its new page? Run by hand:

    benches/serve_latency.py target/release/claimbook target/corpus content/articles/00/write-up-7.md articles/00/write-up-7/

Serves the book, saves the file again and again, each time with another word at its end, and requests the
page until it contains that word. Prints milliseconds as JSON, and restores the file. `compare.py` uses these
functions to measure more kinds of edits.
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROUNDS = 21
# The most seconds to wait for the server to start or to show a change: far more than any goal.
PATIENCE = 120.0

# A function that takes the number of the save and the original text. It returns the new text, and for each page that
# changes a word that the page must then contain.
Edit = Callable[[int, str], tuple[str, dict[str, str]]]


@contextmanager
def serving(program: str, root: Path) -> Iterator[str]:
    """Serve the book inside a `with` block, and give its address."""
    with tempfile.TemporaryFile("w+") as log:
        command = [program, "serve", "--root", str(root), "--port", "0", "--today", "2026-11-22"]
        server = subprocess.Popen(command, stderr=log, stdout=subprocess.DEVNULL)
        try:
            yield _address(server, log)
        finally:
            server.kill()
            server.wait()


def latencies(address: str, path: Path, edit: Edit, rounds: int) -> list[float]:
    """Milliseconds from each save until all pages show it. Restores the file and waits until pages show that too."""
    original = path.read_text(encoding="utf-8")
    times: list[float] = []
    pages: dict[str, str] = {}
    try:
        for number in range(rounds):
            text, pages = edit(number, original)
            # The server would handle saves that follow at once as one.
            time.sleep(0.5)
            started = time.perf_counter()
            path.write_text(text, encoding="utf-8")
            for page, word in pages.items():
                _wait(lambda page=page, word=word: word in fetch(address + page), f"{word} in {page}")
            times.append(1000 * (time.perf_counter() - started))
    finally:
        path.write_text(original, encoding="utf-8")
    for page, word in pages.items():
        _wait(lambda page=page, word=word: word not in fetch(address + page), f"no {word} in {page}")
    return times


def add_word(page: str) -> Edit:
    """An edit that adds a word at the end of the write-up, which its page must then show."""
    return lambda number, original: (f"{original}\nsave{number}word\n", {page: f"save{number}word"})


def summary(times: list[float]) -> dict[str, float]:
    """The numbers that are printed."""
    return {"median": statistics.median(times), "least": min(times), "most": max(times), "rounds": len(times)}


def fetch(address: str) -> str:
    """The text of a page."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def _address(server: subprocess.Popen, log) -> str:
    text = ""

    def is_ready() -> bool:
        nonlocal text
        log.seek(0)
        text = log.read()
        if server.poll() is not None:
            raise RuntimeError(f"the server stopped: {text}")
        return "ready in" in text

    _wait(is_ready, "the server")
    found = re.search(r"serving (http:\S+/)", text)
    if not found:
        raise RuntimeError(f"the server does not print its address: {text}")
    return found[1]


def _wait(condition: Callable[[], bool], what: str) -> None:
    """Return as soon as the condition holds."""
    started = time.perf_counter()
    while not condition():
        if time.perf_counter() - started > PATIENCE:
            raise TimeoutError(f"waited for {what}")
        time.sleep(0.001)


def main(program: str, root: str, name: str, page: str) -> None:
    with serving(program, Path(root)) as address:
        print(json.dumps(summary(latencies(address, Path(root) / name, add_word(page), ROUNDS))))


if __name__ == "__main__":
    main(*sys.argv[1:5])

#!/usr/bin/env python3
"""How long does it take from saving a write-up to its new page? Run by hand:

    benches/serve_latency.py target/release/claimbook target/corpus content/articles/00/write-up-7.md articles/00/write-up-7/

Serves the book, saves the file again and again, each time with another word at its end, and asks for the
page until it holds that word. Prints milliseconds as JSON. The file is put back.
"""

import json
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROUNDS = 21


def main(program: str, root: str, name: str, page: str) -> None:
    server = subprocess.Popen(
        [program, "serve", "--root", root, "--port", "0", "--today", "2026-11-22"], stderr=subprocess.PIPE, text=True
    )
    path = Path(root) / name
    original = path.read_text(encoding="utf-8")
    try:
        address = ""
        for line in server.stderr:
            if found := re.search(r"serving (http:\S+/)", line):
                address = found[1] + page
            if "ready in" in line:
                break
        times = []
        for number in range(ROUNDS):
            word = f"save{number}word"
            time.sleep(0.5)
            started = time.perf_counter()
            path.write_text(f"{original}\n{word}\n", encoding="utf-8")
            while word not in urllib.request.urlopen(address).read().decode():
                time.sleep(0.001)
            times.append(1000 * (time.perf_counter() - started))
        print(json.dumps({"median": statistics.median(times), "least": min(times), "most": max(times), "rounds": ROUNDS}))
    finally:
        path.write_text(original, encoding="utf-8")
        server.kill()
        server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:5])

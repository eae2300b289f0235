"""`measure.py result.json command argument…`: runs a command and tells what it cost.

Writes {seconds, cpuSeconds, peakMiB}: CPU time of the command and of all descendants that ended
before it (exact, from the kernel), and the most memory that all of them had resident at once
(sampled twice a second). Standard output and the exit status are the command's.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

SAMPLE_SECONDS = 0.5


def main() -> int:
    result, *command = sys.argv[1:]
    started = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _: child.send_signal(number))
    peak = [0]
    over = threading.Event()
    sampler = threading.Thread(target=sample, args=(child.pid, peak, over), daemon=True)
    sampler.start()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - started
    over.set()
    sampler.join()
    with open(result, "w", encoding="utf-8") as file:
        cpu = usage.ru_utime + usage.ru_stime
        json.dump({"seconds": seconds, "cpuSeconds": cpu, "peakMiB": peak[0] / 1024}, file)
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def sample(root: int, peak: list, over: threading.Event) -> None:
    while not over.is_set():
        peak[0] = max(peak[0], resident_kib(root))
        over.wait(SAMPLE_SECONDS)


def resident_kib(root: int) -> int:
    """Of a process and all its descendants."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=False)
    children: dict = {}
    resident: dict = {}
    for line in listing.stdout.splitlines():
        pid, parent, kib = (int(word) for word in line.split())
        children.setdefault(parent, []).append(pid)
        resident[pid] = kib
    total, open_pids = 0, [root]
    while open_pids:
        pid = open_pids.pop()
        total += resident.get(pid, 0)
        open_pids += children.get(pid, [])
    return total


if __name__ == "__main__":
    sys.exit(main())

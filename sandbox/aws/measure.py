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
from typing import Iterator, Tuple

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
    children: dict = {}
    resident: dict = {}
    for pid, parent, kib in processes_of_proc() if os.path.isdir("/proc/self") else processes_of_ps():
        children.setdefault(parent, []).append(pid)
        resident[pid] = kib
    total, open_pids = 0, [root]
    while open_pids:
        pid = open_pids.pop()
        total += resident.get(pid, 0)
        open_pids += children.get(pid, [])
    return total


def processes_of_proc() -> Iterator[Tuple[int, int, int]]:
    """Id, parent and resident KiB of each process, without another one to measure beside them."""
    page_kib = os.sysconf("SC_PAGE_SIZE") // 1024
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue  # it ended
        yield int(pid), int(fields[1]), int(fields[21]) * page_kib


def processes_of_ps() -> Iterator[Tuple[int, int, int]]:
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=False)
    for line in listing.stdout.splitlines():
        pid, parent, kib = (int(word) for word in line.split())
        yield pid, parent, kib


if __name__ == "__main__":
    sys.exit(main())

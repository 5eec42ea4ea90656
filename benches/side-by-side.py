#!/usr/bin/env python3
"""The same scoring job by leadscore and by DuckDB, in turn, on made-up files.

    pip install duckdb
    cargo build --release
    rustc -O --edition 2024 -o target/generate benches/generate.rs
    target/generate target/market 1_000_000 20_000_000
    python3 benches/side-by-side.py target/market

Prints the median of three runs each, how many leads come out differently, and the ratio.
"""
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(HERE, "..", "target", "release", "leadscore")
THREADS = os.cpu_count() or 1


def duckdb_job(folder, out):
    """What the child process does: the whole job, in DuckDB."""
    import duckdb

    with open(os.path.join(HERE, "side-by-side.sql"), encoding="utf-8") as file:
        job = file.read().replace("{folder}", folder).replace("{out}", out)
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}; SET preserve_insertion_order = false")
    connection.execute(job)


def timed(command):
    """Seconds on the clock, seconds of processor, MiB of memory."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def results(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["lead_id"]: (float(row["total"]), row["stage"]) for row in csv.DictReader(file)}


def main(folder, n_runs=3):
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = os.path.join(scratch, "ours"), os.path.join(scratch, "theirs.csv")
        leadscore = [OURS, "score", os.path.join(HERE, "side-by-side.yaml"), "--leads", f"{folder}/leads.csv", "--events",
                     f"{folder}/events.csv", "--as-of", "2026-01-01T00:00:00Z", "--out", ours, "--quiet"]
        commands = {
            "leadscore": leadscore,
            "leadscore --input-sums none": [*leadscore, "--input-sums", "none"],
            "DuckDB": [sys.executable, os.path.abspath(__file__), "--duckdb", folder, theirs],
        }
        taken = {name: [] for name in commands}
        for _ in range(n_runs):
            for name, command in commands.items():
                taken[name].append(timed(command))
        print(f"{'':27} {'wall s':>8} {'CPU s':>8} {'MiB':>6}")
        middle = {name: [statistics.median(column) for column in zip(*runs)] for name, runs in taken.items()}
        for name, (wall, cpu, memory) in middle.items():
            print(f"{name:27} {wall:8.2f} {cpu:8.2f} {memory:6.0f}   {middle['DuckDB'][0] / wall:5.2f} times as fast as DuckDB")
        here, there = results(os.path.join(ours, "scored.csv")), results(theirs)
        far = sum(abs(here[lead][0] - there[lead][0]) > 0.05 for lead in here)
        stages = sum(here[lead][1] != there[lead][1] for lead in here)
        print(f"{len(here)} leads; totals more than 0.05 apart: {far}; other stages: {stages}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--duckdb"]:
        duckdb_job(*sys.argv[2:4])
    elif len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        sys.exit(__doc__)

"""The command line of scripts/fuzz."""

import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from . import judge, reduce, runs
from .program import Program

# What scripts/test runs: always the same programs. So many types have to come exactly.
CI_SEEDS = {"debug": [1, 2, 3], "release": [1, 3]}
CI_TYPES = {"debug": 1400, "release": 600}
CI_SUBJECTS = 200
SMALL_SUBJECTS = 30
CHUNK = 10


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/fuzz",
        description="Generates programs full of types, sends their values through hooks that copy"
                    " them or put others in their places, and holds the output against the plain"
                    " program's. Without options: the programs that CI runs.")
    parser.add_argument("--seed", type=int, help="the first program's seed")
    parser.add_argument("--types", type=int, default=CI_SUBJECTS, metavar="N",
                        help=f"how many types to test; {CI_SUBJECTS} go into a program")
    parser.add_argument("--builds", default="", metavar="LIST",
                        help="comma-separated: debug, release, twins, address, valgrind"
                             " (default: all but valgrind)")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR",
                        help="leave programs and binaries there")
    parser.add_argument("--no-reduce", action="store_true",
                        help="do not look for a minimal program when one fails")
    return parser.parse_args()


class Task:
    """One program in one build; the plain program is built once."""

    def __init__(self, seed, subjects, build, modes=runs.MODES, wrapper=(), waits=True):
        self.seed, self.subjects, self.build = seed, subjects, build
        self.modes, self.wrapper, self.waits = modes, wrapper, waits

    @property
    def key(self):
        return self.seed, self.subjects, self.waits


def tasks(options):
    """The large programs in place at both levels; smaller ones with twins and under tools."""
    seeds, count = CI_SEEDS, CI_SUBJECTS
    if options.seed is not None:
        programs = max(1, -(-options.types // CI_SUBJECTS))
        numbers = [options.seed + i for i in range(programs)]
        seeds = {"debug": numbers, "release": numbers}
        count = min(options.types, CI_SUBJECTS)
    small = min(SMALL_SUBJECTS, count)
    found = {"debug": [Task(seed, count, runs.DEBUG) for seed in seeds["debug"]],
             "release": [Task(seed, count, runs.RELEASE) for seed in seeds["release"]]}
    # Programs of their own, so that more types are seen.
    first, second = seeds["debug"][0] + 100, seeds["debug"][0] + 101
    found["twins"] = [Task(first, small, runs.Build("debug", runs.TWINS)),
                      Task(second, small, runs.Build("release", runs.TWINS))]
    # A replaced loaded value is kept for good, and told as a leak: not so in these modes.
    modes = ["identity", "results"]
    found["address"] = [Task(first, small, runs.Build("debug", (), runs.ADDRESS), modes,
                             waits=False)]
    if shutil.which("valgrind") and "valgrind" in options.builds:
        found["valgrind"] = [Task(first, small, runs.DEBUG, modes, runs.VALGRIND, waits=False)]
    wanted = options.builds.split(",") if options.builds else list(found)
    return [task for name in wanted for task in found.get(name, [])]


def main():
    options = parse_arguments()
    started = time.monotonic()

    def say(text):
        print(f"fuzz: {time.monotonic() - started:4.0f} s  {text}", file=sys.stderr, flush=True)

    if "RAYC_HOME" not in os.environ and subprocess.run(
            [runs.ROOT / "scripts/setup"]).returncode != 0:
        return 1
    with tempfile.TemporaryDirectory(prefix="rayc-fuzz-") as folder:
        return run(options, runs.Workplace(options.keep or pathlib.Path(folder)), say)


def run(options, place, say):
    failures, totals = [], {}
    todo = tasks(options)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        plain = {}
        for task in todo:
            if task.key not in plain:
                plain[task.key] = pool.submit(prepare, place, *task.key)
        waiting = {pool.submit(do, place, task, plain): task for task in todo}
        for done in concurrent.futures.as_completed(waiting):
            task = waiting[done]
            found, counts = done.result()
            failures += found
            name = task.build.name + ("-valgrind" if task.wrapper else "")
            totals.setdefault(name, judge.Counts()).add(counts)
            say(f"seed {task.seed}, {name}: {len(counts.types):,} types in {counts.exact:,} exact"
                f" of {counts.events:,} events" + (f", {len(found)} failures" if found else ""))
    for name, counts in totals.items():
        say(f"{name}: {len(counts.types):,} types came exactly, {counts.seen:,} of {counts.subjects:,}"
            f" subjects; {counts.replaced_results:,} results and {counts.replaced_loads:,} loaded"
            " values were replaced")
    for failure in failures[:20]:
        say(failure.title)
    if failures and not options.no_reduce:
        show_reduced(place, failures[0], say)
    if options.seed is None and not options.builds and not failures:
        for build in (runs.DEBUG, runs.RELEASE):
            if len(totals[build.name].types) < CI_TYPES[build.name]:
                say(f"error: only {len(totals[build.name].types)} types came exactly, not"
                    f" {CI_TYPES[build.name]}")
                return 1
    print(f"fuzz: {len(todo)} runs, {len(failures)} failures")
    return 1 if failures else 0


def prepare(place, seed, subjects, waits):
    """The program, its source and the plain binary; without subjects that fail plainly."""
    program = Program(seed, subjects, waits=waits)
    source = place.write(f"p{seed}x{subjects}{'' if waits else 's'}", program)
    try:
        plain = place.plain(source, program)
    except runs.BuildFailed:
        program.subjects = compiled(place, program, source.stem)
        plain = place.plain(place.write(source.stem, program), program)
    if runs.run([plain]).complaint or runs.run([plain, "swap"]).complaint:
        program.subjects = [
            subject for subject in program.subjects
            if not runs.run([plain, subject.number]).complaint
            and not runs.run([plain, "swap", subject.number]).complaint]
        plain = place.plain(place.write(source.stem, program), program)
    return program, source, plain


def compiled(place, program, name):
    """The subjects without those among which is one that the compiler itself fails over."""
    found = []
    for start in range(0, len(program.subjects), CHUNK):
        chunk = program.subjects[start:start + CHUNK]
        source = place.write(f"{name}from{start}", program, {one.number for one in chunk})
        try:
            place.plain(source, program)
            found += chunk
        except runs.BuildFailed:
            pass
    return found


def do(place, task, plain):
    program, source, binary = plain[task.key].result()
    return judge.judge(place, program, task.build, source, binary, task.modes, task.wrapper)


def show_reduced(place, failure, say):
    say(f"reducing: {failure.title}")
    file = reduce.reduce(place, failure, say)
    if file:
        prelude = len(runs.PRELUDE.read_text().splitlines())
        lines = file.read_text().splitlines()[prelude:]
        print(f"// scripts/fuzz --seed {failure.program.seed}"
              f" --types {len(failure.program.subjects)}; after Fuzz/Prelude.swift:")
        print("\n".join(lines))
    else:
        say("it does not fail alone")

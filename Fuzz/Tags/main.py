"""The command line of scripts/fuzz-tags."""

import argparse
import concurrent.futures
import pathlib
import re
import shutil
import sys
import tempfile
import threading

from .. import runs
from . import reference
from .generate import Program

HERE = pathlib.Path(__file__).parent
CONTEXT = HERE.parent / "Contexts" / "TagBits.swift"
# What scripts/test runs: always the same programs.
CI_SEEDS = [1, 2, 3]
SHOWN = 5
# The reference notes what it sees in one list.
REFERENCE = threading.Lock()


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/fuzz-tags",
        description="Generates programs, gives their inputs tags, and holds the tags of all values"
                    " that reach a sink against a reference interpreter: none may be false, none"
                    " lost. Without options: the programs that CI runs.")
    parser.add_argument("--seed", type=int, help="the first program's seed")
    parser.add_argument("--count", type=int, default=1, metavar="N", help="how many programs")
    parser.add_argument("--tests", type=int, default=8, metavar="N",
                        help="how many functions each tests")
    parser.add_argument("--statements", type=int, default=14, metavar="N",
                        help="how long these are")
    parser.add_argument("--builds", default="debug,release", metavar="LIST",
                        help="comma-separated: debug, release")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIR", help="leave programs there")
    return parser.parse_args()


def expected(program):
    """What the reference says: (sink, value, inputs), in order."""
    names = {name: getattr(reference, name) for name in dir(reference)}
    with REFERENCE:
        reference.EVENTS.clear()
        exec(compile("\n".join(program.python), "program", "exec"), names)
        return list(reference.EVENTS)


def seen(ran):
    """The same of a run."""
    values = [line.split(" ", 1) for line in ran.stdout.splitlines()]
    tags = re.findall(r"^tag (\d+) (\d+)$", ran.stderr, re.MULTILINE)
    if [number for number, _ in values] != [number for number, _ in tags]:
        return None
    return [(int(number), value, int(tag)) for (number, value), (_, tag) in zip(values, tags)]


def differences(wanted, got):
    found = []
    for (number, value, tag, kept), (other, value_seen, tag_seen) in zip(wanted, got):
        if (number, value) != (other, value_seen):
            return found + [f"sink {other}: the reference itself is wrong: {value} at {number},"
                            f" the program has {value_seen}"]
        lost, false = kept & ~tag_seen, tag_seen & ~tag
        if lost or false:
            found.append(f"sink {number} ({value}): lost {inputs(lost)}, false {inputs(false)}")
    if len(wanted) != len(got):
        found.append(f"{len(got)} values came to sinks, and should be {len(wanted)}")
    return found


def inputs(bits):
    return [i for i in range(64) if bits >> i & 1]


def check(options, folder, seed, build):
    """One program in one build: how many values it compared, and what is wrong."""
    program = Program(seed, options.tests, options.statements)
    place = folder / f"{seed}-{build}"
    place.mkdir(parents=True, exist_ok=True)
    file, binary = place / "program.swift", place / "program"
    file.write_text((HERE / "Prelude.swift").read_text() + "\n" + "\n".join(program.swift) + "\n")
    (place / "program.py").write_text("\n".join(program.python) + "\n")
    wanted = expected(program)
    command = [runs.TOOLKIT / "bin" / "rayc", "build", "-c", build, "-W", f"{CONTEXT}:TagBits",
               file, "-o", binary]
    built = runs.run(command, timeout=runs.BUILD_SECONDS)
    if built.status:
        return 0, [f"it does not build: {built.stderr.strip()[-2000:]}"]
    ran = runs.run([binary])
    if ran.complaint:
        return 0, [ran.complaint]
    (place / "tags").write_text(ran.stderr)
    got = seen(ran)
    if got is None:
        return 0, ["values and tags do not belong together: a sink was not seen"]
    return len(got), differences(wanted, got)


def main():
    options = parse_arguments()
    seeds = CI_SEEDS if options.seed is None else range(options.seed, options.seed + options.count)
    folder = options.keep or pathlib.Path(tempfile.mkdtemp(prefix="rayc-fuzz-tags-"))
    compared = wrong = 0
    tasks = [(seed, build) for seed in seeds for build in options.builds.split(",")]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = {task: pool.submit(check, options, folder, *task) for task in tasks}
        for (seed, build), result in results.items():
            values, problems = result.result()
            compared += values
            if problems:
                wrong += 1
                print(f"seed {seed}, {build}:")
                for problem in problems[:SHOWN]:
                    print(f"  {problem}")
                if len(problems) > SHOWN:
                    print(f"  and {len(problems) - SHOWN} more")
    if not options.keep:
        shutil.rmtree(folder)
    print(f"{len(tasks)} programs, {compared} values compared, {wrong} programs with differences")
    return 1 if wrong or not compared else 0


if __name__ == "__main__":
    sys.exit(main())

"""The command line of scripts/corpus."""

import argparse
import os
import pathlib
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import time

from . import modes, packages, report, runs

FOLDER = runs.ROOT / ".build-corpus"
RERUNS = 3


def main():
    known = packages.read_list()
    options = parse_arguments(known)
    command = shlex.join(["scripts/corpus", *without_places(sys.argv[1:])])
    started = time.monotonic()

    def say(text):
        print(f"corpus: {time.monotonic() - started:5.0f} s  {text}", file=sys.stderr, flush=True)

    if "RAYC_HOME" not in os.environ and not options.report:
        if subprocess.run([runs.ROOT / "scripts/setup"]).returncode != 0:
            return 1
    if not (runs.TOOLKIT / "bin/rayc").exists() or not shutil.which("swift"):
        print("corpus: rayc is not built, or swift is not on PATH; run scripts/setup",
              file=sys.stderr)
        return 1
    if options.fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(exist_ok=True)
    facts = machine_facts()
    place = runs.Workplace(FOLDER, runs.fingerprint(runs.TOOLKIT), facts["swift"], say,
                           options.timeout, options.keep_builds)
    signal.signal(signal.SIGTERM, interrupt)
    results, not_plain, failures = [], [], 0
    try:
        for package in options.packages:
            wanted = options.modes or modes.usual(package)
            look = collect_kept if options.report else collect
            failures += look(place, package, wanted, results, not_plain)
    except (runs.Interrupted, KeyboardInterrupt):
        say("interrupted; the same command goes on from here")
        return 130
    report.compare_coverage(results)
    text = report.markdown(results, not_plain, facts, command)
    print(text, end="")
    if options.table:
        report.put_into(options.table, text)
    report.write_json(options.json, results, not_plain, facts, command)
    say(f"written: {options.json}")
    return 0 if not failures and all(result.is_right for result in results) else 1


def without_places(arguments):
    """The arguments without where results go: that is somebody's folder."""
    left = iter(arguments)
    kept = []
    for argument in left:
        if argument in ("--table", "--json"):
            next(left, None)
        elif not argument.startswith(("--table=", "--json=")):
            kept.append(argument)
    return kept


def interrupt(number, frame):
    raise runs.Interrupted


def parse_arguments(known):
    parser = argparse.ArgumentParser(
        prog="scripts/corpus",
        description="Runs other people's test suites plain and under rayc, compares them test by"
                    " test, and prints a table. What has been run is kept in .build-corpus.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="every package of Corpus/packages.json")
    which.add_argument("--packages", type=lambda text: package_list(known, text), metavar="LIST",
                       help="comma-separated: names of the list, such as Rainbow,swift-log, or"
                            " any package as URL@TAG")
    which.add_argument("--quick", action="store_true",
                       help="two small packages in four modes: does it work at all?")
    parser.add_argument("--modes", type=mode_list, metavar="LIST",
                        help="modes by words: 'all', or such as debug/twins,release/count/native;"
                             " without it native ones, and swiftbuild where the list says so")
    parser.add_argument("--fresh", action="store_true", help="forget what was run before")
    parser.add_argument("--report", action="store_true",
                        help="run nothing: report what has been run, with whatever state of rayc")
    parser.add_argument("--timeout", type=float, default=3600, metavar="SECONDS",
                        help="ends a run that takes longer (default 3600)")
    parser.add_argument("--keep-builds", action="store_true",
                        help="keep the scratch folders, of some hundred megabytes each")
    parser.add_argument("--table", type=pathlib.Path, metavar="FILE",
                        help="put the Markdown table there, between its corpus markers if it has"
                             " some")
    parser.add_argument("--json", type=pathlib.Path, default=FOLDER / "corpus.json",
                        metavar="FILE", help="where the JSON goes (default"
                                             " .build-corpus/corpus.json)")
    options = parser.parse_args()
    if options.quick:
        options.packages = [package for package in known if package.quick]
        options.modes = options.modes or modes.choose(modes.QUICK)
    elif options.all:
        options.packages = known
    return options


def package_list(known, text):
    by_name = {package.name.lower(): package for package in known}
    chosen = []
    for item in text.split(","):
        url, at, tag = item.rpartition("@")
        if at and "/" in url and tag:
            chosen.append(packages.Package(url, tag))
        elif item.lower() in by_name:
            chosen.append(by_name[item.lower()])
        else:
            raise argparse.ArgumentTypeError(
                f"no package '{item}'; any is named by URL@TAG, and the list has " + ",".join(
                    sorted(package.name for package in known)))
    return chosen


def mode_list(text):
    try:
        return modes.choose(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error))


def collect(place, package, wanted, results, not_plain):
    """Runs the package plainly and in the modes; returns the number of what could not be run."""
    for plain in dict.fromkeys(mode.plain for mode in wanted):
        try:
            plain_runs = place.runs(package, plain, 1)
        except packages.PackageError as error:
            place.say(f"{package.name}: {error}")
            return 1
        if plain_runs[0].error:
            place.say(f"{package.name}  {plain.name}: {plain_runs[0].error}")
            not_plain.append(report.NotPlain(package, plain, plain_runs[0].error))
            continue
        place.say(f"{package.name}  {plain.name}: {plain_runs[0].count} tests,"
                  f" {plain_runs[0].test_seconds:.2f} s")
        for mode in (mode for mode in wanted if mode.plain == plain):
            result = judge(place, package, mode)
            results.append(result)
            place.say(f"{package.name}  {mode.name}: {report.cell(result)}")
            place.clear_builds(package, mode)
        place.clear_builds(package, plain)
    return 0


def judge(place, package, mode):
    """Runs the mode; what differs is run again, plainly and instrumented, to tell flaky tests."""
    number = 1
    while True:
        result = report.Result(package, mode, place.runs(package, mode.plain, number),
                               place.runs(package, mode, number), place.toolkit)
        builds = not result.runs[0].error
        if not result.differences or not builds or number == RERUNS:
            return result
        place.say(f"{package.name}  {mode.name}: {report.cell(result)}; again")
        number += 1


def collect_kept(place, package, wanted, results, not_plain):
    for plain in dict.fromkeys(mode.plain for mode in wanted):
        plain_runs = place.kept(package, plain) or []
        if plain_runs and plain_runs[0].error:
            not_plain.append(report.NotPlain(package, plain, plain_runs[0].error))
            continue
        for mode in (mode for mode in wanted if mode.plain == plain):
            mode_runs = place.kept(package, mode, of_any_rayc=True)
            if plain_runs and mode_runs:
                results.append(report.Result(package, mode, plain_runs, mode_runs,
                                             place.made_with(package, mode)))
    return 0


def machine_facts():
    version = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
    head = subprocess.run(["git", "-C", runs.ROOT, "describe", "--always", "--dirty"],
                          capture_output=True, text=True).stdout.strip()
    return {"system": platform.freedesktop_os_release().get("PRETTY_NAME", "Linux"),
            "architecture": platform.machine(), "processors": os.cpu_count(),
            "swift": version.splitlines()[0], "commit": head}

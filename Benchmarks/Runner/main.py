"""The command line of scripts/bench."""

import argparse
import os
import pathlib
import subprocess
import sys
import time

from . import baselines, kernels, measure, rayc, report, tools
from .modes import Native


def main():
    options = parse_arguments()
    started = time.monotonic()

    def report_step(text):
        print(f"bench: {time.monotonic() - started:5.0f} s  {text}", file=sys.stderr, flush=True)

    if any(mode in rayc.MODES for mode in options.chosen) and "RAYC_HOME" not in os.environ:
        if subprocess.run([tools.ROOT / "scripts/setup"]).returncode != 0:
            return 1
    missing = tools.missing_tool("swiftc", tools.OPT, tools.LLC)
    if missing:
        print(f"bench: '{missing}' is not installed; run scripts/setup", file=sys.stderr)
        return 1
    tools.OUTPUT.mkdir(exist_ok=True)
    machine = tools.machine_facts()
    modes, skipped = available_modes(options)
    native = Native()
    samples = options.samples or (1 if options.quick else 5)
    results = []
    for kernel in options.kernels:
        try:
            results.append((kernel, measure.measure_kernel(
                kernel, native, modes, samples, options.quick, report_step)))
        except tools.BuildError as error:
            print(f"bench: {kernel.name}: {error}", file=sys.stderr)
            return 1
    report.print_report(results, native, modes, rayc.MODES, skipped)
    report.write_json(
        options.json, results, native, modes, skipped, machine, samples, options.quick)
    print(f"written: {options.json}")
    cells = [cells[mode.name] for _, cells in results for mode in modes]
    is_right = all(cell.is_checksum_equal and not cell.failure for cell in cells)
    return 0 if is_right and not report.lost_events(results) else 1


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description="Compares rayc with the plain program and with other tools on the same IR.")
    parser.add_argument("--quick", action="store_true",
                        help="one sample of a tenth of the work: does everything run?")
    parser.add_argument("--samples", type=int, metavar="N", help="samples per mode (default 5)")
    parser.add_argument("--kernels", type=kernel_list, default=kernels.KERNELS, metavar="LIST",
                        help="comma-separated files of Benchmarks/Kernels, such as Fib,NBody")
    parser.add_argument("--modes", default="all", metavar="LIST",
                        help="rayc's modes: all, none, or some of "
                             + ",".join(mode.name for mode in rayc.MODES))
    parser.add_argument("--baselines", default="all", metavar="LIST",
                        help="all, none, or some of "
                             + ",".join(mode.name for mode in baselines.BASELINES))
    parser.add_argument("--json", type=pathlib.Path, default=tools.OUTPUT / "bench.json",
                        metavar="FILE", help="where the JSON goes (default .build-bench/bench.json)")
    options = parser.parse_args()
    options.chosen = (choose(parser, rayc.MODES, options.modes)
                      + choose(parser, baselines.BASELINES, options.baselines))
    return options


def kernel_list(text):
    by_file = {kernel.file.lower(): kernel for kernel in kernels.KERNELS}
    unknown = [name for name in text.split(",") if name.lower() not in by_file]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"no kernel '{unknown[0]}'; there are "
            + ",".join(kernel.file for kernel in kernels.KERNELS))
    return [by_file[name.lower()] for name in text.split(",")]


def choose(parser, modes, text):
    if text in ("all", "none"):
        return list(modes) if text == "all" else []
    by_name = {mode.name: mode for mode in modes}
    for name in text.split(","):
        if name not in by_name:
            parser.error(f"no mode '{name}'; there are {','.join(by_name)}")
    return [by_name[name] for name in text.split(",")]


def available_modes(options):
    """The chosen modes that can run here, prepared, and the others with the reason."""
    ready, skipped = [], []
    for mode in options.chosen:
        reason = mode.unavailable()
        if reason is None:
            try:
                mode.prepare()
                ready.append(mode)
                continue
            except tools.BuildError as error:
                reason = str(error)
        skipped.append((mode, reason))
        print(f"bench: {mode.title}: skipped, {reason}", file=sys.stderr)
    return ready, skipped

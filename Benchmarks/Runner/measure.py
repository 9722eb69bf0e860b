"""Runs the built programs, modes interleaved, and keeps every sample."""

import dataclasses
import os
import re
import statistics
import subprocess
import sys

from . import baselines, kernels, tools

SLOW_RUN_LIMIT_SECONDS = 300

# Fewer say nothing about the cost of one.
LEAST_EVENTS = 1_000_000

# Without it a dictionary's collisions, and so the calls it makes, differ from run to run.
EQUAL_RUNS = {"SWIFT_DETERMINISTIC_HASHING": "1"}


@dataclasses.dataclass
class Cell:
    """One kernel in one mode."""

    ratios: list = dataclasses.field(default_factory=list)
    elapsed_seconds: list = dataclasses.field(default_factory=list)
    cpu_seconds: list = dataclasses.field(default_factory=list)
    events: dict = dataclasses.field(default_factory=dict)
    is_checksum_equal: bool = True
    """Why there is no ratio: the failed command and what it printed."""
    failure: str = ""
    """Processor time beyond the plain program's, of recorders."""
    added_seconds: list = dataclasses.field(default_factory=list)
    """What reading the processor's counter cost at the time of each of these."""
    counter_nanoseconds: list = dataclasses.field(default_factory=list)

    def add(self, sample):
        self.elapsed_seconds.append(sample.elapsed)
        self.cpu_seconds.append(sample.cpu)

    @property
    def ratio(self):
        return statistics.median(self.ratios) if self.ratios else None

    @property
    def event_nanoseconds(self):
        """What a recorded event costs; None where that is not known."""
        return self.nanoseconds("recorded")

    @property
    def timed_nanoseconds(self):
        """What a recorded event with a time costs, if those without one cost nothing."""
        return self.nanoseconds("timed")

    @property
    def timed_ratio(self):
        """The same against reading the counter alone, each sample with its own."""
        count = self.events.get("timed", 0)
        if count < LEAST_EVENTS or not self.counter_nanoseconds:
            return None
        return statistics.median(
            seconds / count * 1e9 / counter
            for seconds, counter in zip(self.added_seconds, self.counter_nanoseconds))

    def nanoseconds(self, kind):
        count = self.events.get(kind, 0)
        if count < LEAST_EVENTS or not self.added_seconds:
            return None
        return statistics.median(self.added_seconds) / count * 1e9


@dataclasses.dataclass
class Sample:
    elapsed: float
    """Processor time of the program: other work on the machine disturbs it less."""
    cpu: float
    checksum: str
    events: dict

    def seconds(self, mode):
        """What ratios are made of. The slow tools work in other processes too."""
        return self.elapsed if mode.is_slow else self.cpu


def run_once(mode, binary, rounds, folder):
    command = [str(word) for word in mode.command(binary, rounds, folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=folder, timeout=SLOW_RUN_LIMIT_SECONDS,
        env={**os.environ, **EQUAL_RUNS, **mode.environment()})
    checksum = re.search(r"^checksum (-?\d+)$", done.stdout, re.MULTILINE)
    times = {name: int(number) / 1e9 for name, number
             in re.findall(r"^(elapsed|cpu)_ns (\d+)$", done.stdout, re.MULTILINE)}
    if done.returncode != 0 or not checksum or len(times) != 2:
        raise tools.BuildError(
            f"{' '.join(command)}\nexit status {done.returncode}\n{(done.stderr or '')[-2000:]}")
    return Sample(times["elapsed"], times["cpu"], checksum[1],
                  mode.events(done.stdout + done.stderr, folder))


def measure_kernel(kernel, native, modes, samples, is_quick, report_step):
    """Builds and runs one kernel in every mode: `{mode name: Cell}`, native included."""
    report_step(f"{kernel.name}: building")
    bitcode = kernels.compile_to_ir(kernel)
    folder = bitcode.parent
    cells = {mode.name: Cell() for mode in (native, *modes)}
    binaries = {native.name: native.build(kernel, bitcode, folder)}
    for mode in modes:
        try:
            binaries[mode.name] = mode.build(kernel, bitcode, folder)
        except tools.BuildError as error:
            fail(cells[mode.name], kernel, mode, error)

    fast = [mode for mode in modes if not mode.is_slow and mode.name in binaries]
    slow = [mode for mode in modes
            if mode.is_slow and not mode.is_recorder and mode.name in binaries]
    recorders = [mode for mode in modes if mode.is_recorder and mode.name in binaries]
    rounds = max(1, kernel.rounds // 10) if is_quick else kernel.rounds
    for number in range(samples):
        report_step(f"{kernel.name}: sample {number + 1} of {samples}")
        measure_pass(kernel, native, fast, binaries, rounds, folder, cells, keeps_native=True)
        if recorders:
            measure_pass(
                kernel, native, recorders, binaries, kernel.recorder_rounds, folder, cells)
    if slow:
        report_step(f"{kernel.name}: {', '.join(mode.title for mode in slow)}, small input")
        measure_pass(kernel, native, slow, binaries, kernel.small_rounds, folder, cells)
    return cells


def measure_pass(
    kernel, native, modes, binaries, rounds, folder, cells, keeps_native=False):
    """One turn: native, then each mode once; a mode's ratio is against this turn's native."""
    reference = run_once(native, binaries[native.name], rounds, folder)
    if not keeps_native:
        # The input is small here: the quickest of a few runs is the least disturbed one.
        again = [run_once(native, binaries[native.name], rounds, folder) for _ in range(4)]
        reference = min([reference, *again], key=lambda sample: sample.elapsed)
    else:
        cells[native.name].add(reference)
        cells[native.name].ratios.append(1.0)
    for mode in modes:
        cell = cells[mode.name]
        if cell.failure:
            continue
        try:
            sample = run_once(mode, binaries[mode.name], rounds, folder)
        except (tools.BuildError, subprocess.TimeoutExpired) as error:
            fail(cell, kernel, mode, error)
            continue
        cell.add(sample)
        cell.ratios.append(sample.seconds(mode) / reference.seconds(mode))
        if mode.is_recorder:
            cell.added_seconds.append(sample.cpu - reference.cpu)
            counter = baselines.counter_nanoseconds()
            if counter:
                cell.counter_nanoseconds.append(counter)
        cell.is_checksum_equal &= sample.checksum == reference.checksum
        cell.events = sample.events


def fail(cell, kernel, mode, error):
    cell.failure = str(error)
    # A crashed tool prints pages of stack; the JSON has them.
    beginning = "\n".join(line[:200] for line in str(error).splitlines()[:4])
    print(f"bench: {kernel.name}, {mode.title}: {beginning}", file=sys.stderr)

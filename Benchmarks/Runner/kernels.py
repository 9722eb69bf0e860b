"""The benchmark programs, and the one compilation of each to IR."""

import dataclasses
import pathlib
import re

from . import tools

SOURCES = tools.BENCHMARKS / "Kernels"


@dataclasses.dataclass(frozen=True)
class Kernel:
    name: str
    file: str
    """How many of the kernel's rounds the slow tools get (the program's first argument)."""
    small_rounds: int
    """Counted in the set whose events DESIGN's goal is about."""
    in_event_set: bool = False
    """Reported apart: dominated by the Swift runtime's reference counting."""
    is_arc: bool = False

    @property
    def recorder_rounds(self):
        """More than that, so that a recorder's beginning and end count for little."""
        return min(10 * self.small_rounds, self.rounds)

    @property
    def rounds(self):
        text = (SOURCES / f"{self.file}.swift").read_text()
        return int(re.search(r"var rounds: Int \{ ([\d_]+) \}", text)[1].replace("_", ""))


KERNELS = [
    Kernel("fib", "Fib", 1, in_event_set=True),
    Kernel("sum", "Sum", 30),
    Kernel("gather", "Gather", 10),
    Kernel("n-body", "NBody", 2, in_event_set=True),
    Kernel("tree", "Tree", 1, in_event_set=True, is_arc=True),
    Kernel("words", "Words", 1, in_event_set=True),
    Kernel("axpy", "Axpy", 500),
    Kernel("json", "JSON", 2),
    Kernel("fib, 2 threads", "FibThreads", 1),
]


def compile_to_ir(kernel) -> pathlib.Path:
    """Stage 1: the IR every mode of this kernel starts from."""
    folder = tools.OUTPUT / kernel.file
    folder.mkdir(parents=True, exist_ok=True)
    bitcode = folder / "kernel.bc"
    tools.run([
        "swiftc", "-O", "-wmo", "-parse-as-library", "-g", "-module-name", f"Bench{kernel.file}",
        "-emit-bc", "-Xfrontend", "-disable-llvm-optzns",
        SOURCES / "Harness.swift", SOURCES / f"{kernel.file}.swift", "-o", bitcode,
    ])
    return bitcode

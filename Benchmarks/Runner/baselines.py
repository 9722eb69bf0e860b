"""The other ways to see a program's calls and loads, on the same IR."""

import os
import pathlib
import re
import shutil
import subprocess

from . import tools
from .modes import Mode, Native, packages_needed

C_SOURCES = tools.BENCHMARKS / "Baselines"


def counter_nanoseconds():
    """What reading the processor's counter costs now; None without a C compiler."""
    if tools.missing_tool(tools.CLANG):
        return None
    program = tools.OUTPUT / "rdtsc"
    if not program.exists():
        tools.run([tools.CLANG, "-O2", C_SOURCES / "rdtsc.c", "-o", program])
    return float(tools.run([program]))


class SanitizerCoverage(Mode):
    """Edges and loads, out-of-line callbacks, inserted before optimisation as rayc's hooks are."""

    name = "sancov"
    title = "SanitizerCoverage"

    def unavailable(self):
        return packages_needed("clang-22") if tools.missing_tool(tools.CLANG) else None

    def prepare(self):
        self.runtime = tools.compile_c(C_SOURCES / "sancov.c", tools.OUTPUT / "sancov.o")

    def build(self, kernel, bitcode, folder):
        text = folder / "sancov.ll"
        tools.optimise(bitcode, text, "sancov-module", [
            "-S", "-disable-verify", "-sanitizer-coverage-level=3",
            "-sanitizer-coverage-trace-pc-guard", "-sanitizer-coverage-trace-loads"])
        text.write_text(without_swifterror_callbacks(text.read_text()))
        optimised = tools.optimise(text, folder / "sancov.bc")
        return tools.link(
            [tools.generate_object(optimised, folder / "sancov.o"), self.runtime],
            folder / "sancov")


def without_swifterror_callbacks(text):
    """Removes the load callbacks on swifterror slots, which make Swift's IR invalid:
    such a slot may only be loaded, stored, or passed as swifterror."""
    kept = []
    slots = set()
    for line in text.splitlines():
        if line.startswith("define "):
            slots = set(re.findall(r"swifterror[^,]*? (%[\w.\"]+)[,)]", line))
        elif " = alloca swifterror " in line:
            slots.add(line.split(" = ")[0].strip())
        callback = re.search(r"@__sanitizer_cov_load\d+\(ptr [^%)]*(%[\w.\"]+)\)", line)
        if not (callback and callback[1] in slots):
            kept.append(line)
    return "\n".join(kept) + "\n"


class FunctionAttribute(Mode):
    """A tool that the code generator serves when every function carries an attribute."""

    attribute = ""

    def build_object(self, bitcode, folder):
        optimised = tools.optimise(bitcode, folder / f"{self.name}.ll", options=["-S"])
        text = re.sub(
            r"^(attributes #\d+ = \{) ", rf"\1 {self.attribute} ", optimised.read_text(),
            flags=re.MULTILINE)
        optimised.write_text(text)
        return tools.generate_object(optimised, folder / f"{self.name}.o")


class XRayCount(FunctionAttribute):
    """LLVM XRay's sleds in every function left after inlining, with a handler that counts."""

    name = "xray"
    title = "XRay, counting"
    attribute = '"function-instrument"="xray-always"'

    def archives(self):
        folder = pathlib.Path(tools.run([tools.CLANG, "-print-runtime-dir"]).strip())
        return [folder / f"libclang_rt.{part}-x86_64.a"
                for part in ("xray", "xray-basic", "xray-fdr")]

    def unavailable(self):
        if tools.missing_tool(tools.CLANG) or not all(map(pathlib.Path.exists, self.archives())):
            return packages_needed("clang-22", "libclang-rt-22-dev")
        return None

    def prepare(self):
        self.runtime = tools.compile_c(C_SOURCES / "xray.c", tools.OUTPUT / "xray.o")

    def build(self, kernel, bitcode, folder):
        words = ["--whole-archive", *self.archives(), "--no-whole-archive"]
        return tools.link(
            [self.build_object(bitcode, folder), self.runtime], folder / self.name,
            ["-lrt", *(option for word in words for option in ("-Xlinker", word))])

    def environment(self):
        return {"BENCH_XRAY": "count"}

    def events(self, output, folder):
        return {"calls": super().events(output, folder).get("calls", 0)}


class XRayFDR(XRayCount):
    """XRay's flight data recorder: a time stamp and a record for each entry and exit."""

    name = "xray-fdr"
    title = "XRay FDR"
    is_slow = is_recorder = True

    def command(self, binary, rounds, folder):
        self.last_command = super().command(binary, rounds, folder)
        return self.last_command

    def environment(self):
        return {"XRAY_OPTIONS": "patch_premain=true xray_mode=xray-fdr",
                "XRAY_FDR_OPTIONS": "func_duration_threshold_us=0"}

    def events(self, output, folder):
        """Its files hold what fitted into its buffers, so the same binary counts its calls."""
        for log in folder.glob("xray-log.*"):
            log.unlink()
        done = subprocess.run(
            [str(word) for word in self.last_command], cwd=folder, capture_output=True, text=True,
            env={**os.environ, **super().environment()})
        return entries_and_exits(super().events(done.stderr, folder)["calls"])


def entries_and_exits(calls):
    """What a tracer of functions writes: all of it with times."""
    return {"calls": calls, "recorded": 2 * calls, "timed": 2 * calls}


class UFTrace(FunctionAttribute):
    """uftrace record: a time stamp and a record for each entry and exit, written to files."""

    name = title = "uftrace"
    attribute = '"fentry-call"="true"'
    is_slow = is_recorder = True

    def unavailable(self):
        return packages_needed("uftrace") if tools.missing_tool("uftrace") else None

    def build(self, kernel, bitcode, folder):
        return tools.link([self.build_object(bitcode, folder)], folder / self.name)

    def command(self, binary, rounds, folder):
        data = folder / "uftrace.data"
        shutil.rmtree(data, ignore_errors=True)
        return ["uftrace", "record", "--no-libcall", "--no-event", "-d", data, binary, str(rounds)]

    def events(self, output, folder):
        data = folder / "uftrace.data"
        report = tools.run(["uftrace", "report", "-d", data, "--no-pager"])
        shutil.rmtree(data, ignore_errors=True)
        rows = re.findall(r"^\s*[\d.]+ +\w+ +[\d.]+ +\w+ +(\d+) ", report, re.MULTILINE)
        return entries_and_exits(sum(map(int, rows)))


class Valgrind(Mode):
    """A valgrind tool on the native binary."""

    is_slow = True
    options = []

    def unavailable(self):
        return packages_needed("valgrind") if tools.missing_tool("valgrind") else None

    def build(self, kernel, bitcode, folder):
        native = folder / "native"
        return native if native.exists() else Native().build(kernel, bitcode, folder)

    def command(self, binary, rounds, folder):
        options = [option.format(folder=folder) for option in self.options]
        return ["valgrind", *options, binary, str(rounds)]


class Callgrind(Valgrind):
    """Calls between all functions, the Swift library's included."""

    name = title = "callgrind"
    options = ["--tool=callgrind", "--callgrind-out-file={folder}/callgrind.out"]

    def events(self, output, folder):
        file = folder / "callgrind.out"
        counts = re.findall(r"^calls=(\d+)", file.read_text(), re.MULTILINE)
        file.unlink()
        return {"calls": sum(map(int, counts))}


class Lackey(Valgrind):
    """Counts of every load, the Swift library's included."""

    name = "lackey"
    title = "lackey, counting"
    options = ["--tool=lackey", "--basic-counts=no", "--detailed-counts=yes"]

    def events(self, output, folder):
        rows = re.findall(r"^==\d+==\s+[IFVD]\d+\s+([\d,]+)", output, re.MULTILINE)
        return {"loads": sum(int(row.replace(",", "")) for row in rows)}


class LackeyTrace(Valgrind):
    """Every load and store written out as text (here to /dev/null)."""

    name = "lackey-trace"
    title = "lackey --trace-mem"
    options = ["--tool=lackey", "--basic-counts=no", "--trace-mem=yes", "--log-file=/dev/null"]

    def events(self, output, folder):
        return {}


BASELINES = [SanitizerCoverage(), XRayCount(), XRayFDR(), UFTrace(), Callgrind(), Lackey(),
             LackeyTrace()]

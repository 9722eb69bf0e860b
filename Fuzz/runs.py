"""Builds generated programs, plain and with the context, and runs them."""

import dataclasses
import os
import pathlib
import signal
import subprocess

from . import compare

ROOT = pathlib.Path(__file__).resolve().parents[1]
TOOLKIT = pathlib.Path(os.environ.get("RAYC_HOME") or ROOT / ".build-rayc").absolute()
CONTEXT = pathlib.Path(__file__).with_name("Contexts") / "Values.swift"
PRELUDE = pathlib.Path(__file__).with_name("Prelude.swift")
RUN_SECONDS, BUILD_SECONDS = 60, 900
MODES = ["identity", "results", "loads"]


@dataclasses.dataclass(frozen=True)
class Build:
    """One way of building: `-Onone` or `-O`, in place or with twins, with a sanitizer or not."""
    configuration: str
    options: tuple = ()
    flags: tuple = ()

    @property
    def name(self):
        return "-".join([self.configuration, *(word.lstrip("-").replace("=", "-")
                                               for word in self.options + self.flags)])


DEBUG, RELEASE = Build("debug"), Build("release")
TWINS = ("--scope", "dynamic", "--trigger", "main")
ADDRESS = ("-sanitize=address",)
# What is lost for good, or read or freed wrongly, ends with status 9. Padding may be compared.
VALGRIND = ("valgrind", "-q", "--error-exitcode=9", "--undef-value-errors=no", "--leak-check=full",
            "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite")


class BuildFailed(Exception):
    """A compiler's or rayc's own complaint."""


@dataclasses.dataclass
class Ran:
    stdout: str
    stderr: str
    status: int

    @property
    def complaint(self):
        """Why it ended as it should not have; empty: it did not."""
        if self.status == 0:
            return ""
        ending = (f"ended by {signal.Signals(-self.status).name}" if self.status < 0
                  else f"exit status {self.status}")
        told = [line for line in self.stderr.splitlines() if line.strip()]
        return f"{ending}: {told[0]}" if told else ending


def run(command, environment=None, timeout=RUN_SECONDS):
    variables = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1", "SWIFT_BACKTRACE": "enable=no",
                 **(environment or {})}
    try:
        done = subprocess.run([str(word) for word in command], capture_output=True, env=variables,
                              timeout=timeout)
    except subprocess.TimeoutExpired:
        return Ran("", f"no end after {timeout} s", -signal.SIGKILL)
    return Ran(done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"),
               done.returncode)


class Workplace:
    """The folder that programs are written to and built in."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name, program, numbers=None):
        source = self.folder / f"{name}.swift"
        source.write_text(program.render(numbers))
        return source

    def build(self, command, out):
        ran = run([*command, "-o", out], timeout=BUILD_SECONDS)
        if ran.status != 0:
            errors = [line for line in ran.stderr.splitlines() if "error:" in line]
            raise BuildFailed("\n".join(errors[:5]) or ran.stderr[-2000:] or ran.complaint)
        return out

    def plain(self, source, program, flags=("-Onone",)):
        return self.build(["swiftc", *flags, "-suppress-warnings", "-module-name", "p",
                           *program.flags, source], source.with_suffix(".plain"))

    def instrumented(self, source, program, build):
        flags = [word for flag in ("-suppress-warnings", "-module-name", "p", *program.flags,
                                   *build.flags) for word in ("-Xswiftc", flag)]
        return self.build([TOOLKIT / "bin/rayc", "build", "-c", build.configuration,
                           *build.options, *flags, "-W", f"{CONTEXT}:Values", source],
                          source.with_name(f"{source.stem}.{build.name}"))


def run_mode(binary, mode, numbers=(), wrapper=()):
    """An instrumented program's run, and what its context saw."""
    file = binary.with_name(f"{binary.name}.{mode}.{os.getpid()}.report")
    file.unlink(missing_ok=True)
    ran = run([*wrapper, binary, *numbers], {"FUZZ_MODE": mode, "FUZZ_REPORT": str(file)},
              timeout=RUN_SECONDS * (20 if wrapper else 1))
    report = compare.read_report(file.read_text() if file.exists() else "")
    file.unlink(missing_ok=True)
    return ran, report

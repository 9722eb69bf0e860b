"""The repository's folders, the tools of the build, and how commands are run."""

import os
import pathlib
import platform
import shutil
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "Benchmarks"
OUTPUT = ROOT / ".build-bench"
"""rayc's parts; RAYC_HOME names another copy, and then this checkout is not built first."""
TOOLKIT = pathlib.Path(os.environ.get("RAYC_HOME") or ROOT / ".build-rayc").absolute()

OPT, LLC, LLVM_DIS, CLANG = "opt-22", "llc-22", "llvm-dis-22", "clang-22"


class BuildError(Exception):
    """A step of a build failed; the text is the command and what it printed."""


def run(command, **options):
    """Runs a build step and returns its standard output; a failure is a BuildError."""
    command = [str(word) for word in command]
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        text = (done.stderr or done.stdout).strip()
        raise BuildError(f"{' '.join(command)}\n{text}")
    return done.stdout


def optimise(bitcode, output, passes="default<O2>", options=()):
    run([OPT, f"-passes={passes}", *options, bitcode, "-o", output])
    return output


def generate_object(bitcode, output):
    run([LLC, "-O2", "-relocation-model=pic", "-filetype=obj", bitcode, "-o", output])
    return output


def link(objects, output, options=()):
    run(["swiftc", *objects, *options, "-lpthread", "-ldl", "-o", output])
    return output


def compile_c(source, output):
    run([CLANG, "-O2", "-fPIC", "-c", source, "-o", output])
    return output


def missing_tool(*names):
    """The first of the commands that is not on PATH, or None."""
    return next((name for name in names if not shutil.which(name)), None)


def machine_facts():
    """What a reader needs to judge the numbers."""
    model = "unknown"
    with open("/proc/cpuinfo") as cpuinfo:
        for line in cpuinfo:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    release = platform.freedesktop_os_release()
    return {
        "processor": model,
        "processors": os.cpu_count(),
        "loadAverageAtStart": os.getloadavg()[0],
        "architecture": platform.machine(),
        "system": release.get("PRETTY_NAME", "Linux"),
        "kernel": platform.release(),
        "swift": run(["swiftc", "--version"]).splitlines()[0],
        "llvm": llvm_version(),
    }


def llvm_version():
    lines = run([OPT, "--version"]).splitlines()
    return next(line.strip() for line in lines if "LLVM version" in line)

"""Runs `swift test` commands, and keeps what came out so that an interrupted run goes on."""

import dataclasses
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

from . import output, packages

SCHEMA_VERSION = 1
ROOT = pathlib.Path(__file__).resolve().parents[1]
"""Another copy of rayc may be named by RAYC_HOME; then this checkout is not built first."""
TOOLKIT = pathlib.Path(os.environ.get("RAYC_HOME") or ROOT / ".build-rayc").absolute()
HEARTBEAT_SECONDS = 30
"""How `swift test` ends if somebody else ends it: that says nothing about the tests."""
OUTSIDE_STATUSES = {
    status for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
    for status in (-number, 128 + number)}


class Interrupted(Exception):
    """SIGINT or SIGTERM came, to this process or to `swift test`, which has been ended."""


class Workplace:
    """The folder everything lands in: checkouts, one scratch folder per mode, results, logs.

    `toolkit` and `swift` say what results were made with; a kept result of another state is
    not used again, except for a report.
    """

    def __init__(self, folder, toolkit, swift, say, timeout=3600, keeps_builds=False):
        self.folder, self.toolkit, self.swift, self.say = folder, toolkit, swift, say
        self.timeout, self.keeps_builds = timeout, keeps_builds

    def checkout(self, package):
        return self.folder / "sources" / package.name

    def scratch(self, package, mode):
        return self.folder / "builds" / package.name / mode.name.replace("/", "-")

    def result_file(self, package, mode):
        return self.folder / "results" / package.name / (mode.name.replace("/", "-") + ".json")

    def key(self, package, mode):
        """What a result depends on; the plain run does not depend on rayc."""
        key = {"schemaVersion": SCHEMA_VERSION, **package.key, "mode": mode.name,
               "swift": self.swift}
        if mode.is_instrumented:
            key |= {"rayc": self.toolkit, "context": mode.context_source}
        return key

    def runs(self, package, mode, number):
        """The first `number` runs of the mode: kept ones, and new ones as far as they are missing."""
        runs = self.kept(package, mode) or []
        while len(runs) < number:
            runs.append(self.run(package, mode, len(runs) + 1))
            file = self.result_file(package, mode)
            document = {"key": self.key(package, mode),
                        "runs": [dataclasses.asdict(run) for run in runs]}
            write_whole(file, json.dumps(document, indent=1) + "\n")
        return runs

    def kept(self, package, mode, of_any_rayc=False):
        """The runs that are there already, or None."""
        try:
            document = json.loads(self.result_file(package, mode).read_text())
        except (OSError, ValueError):
            return None
        key = self.key(package, mode)
        if of_any_rayc and mode.is_instrumented:
            key["rayc"] = document["key"]["rayc"]
        return [output.Run(**run) for run in document["runs"]] if document["key"] == key else None

    def made_with(self, package, mode):
        """The state of rayc that the kept result was made with."""
        return json.loads(self.result_file(package, mode).read_text())["key"]["rayc"]

    def run(self, package, mode, number):
        packages.check_out(package, self.checkout(package))
        scratch = self.fresh_enough_scratch(package, mode)
        log = self.result_file(package, mode).with_suffix(f".{number}.log")
        stream = log.with_suffix(".jsonl")
        log.parent.mkdir(parents=True, exist_ok=True)
        stream.unlink(missing_ok=True)
        command = mode.command(
            TOOLKIT / "bin/rayc", ROOT, package, self.checkout(package), scratch)
        command += ["--event-stream-output-path", str(stream), "--event-stream-version", "0"]
        started = time.monotonic()
        status, timed_out = self.execute(command, log, f"{package.name}  {mode.name}")
        text = log.read_text(errors="replace").replace(f"{self.checkout(package)}/", "")
        events = stream.read_text(errors="replace") if stream.exists() else ""
        run = output.parse(text, events, status)
        run.elapsed_seconds, run.timed_out = round(time.monotonic() - started, 1), timed_out
        return run

    def fresh_enough_scratch(self, package, mode):
        """The mode's scratch folder; one that was built with another key, or elsewhere, is emptied."""
        scratch = self.scratch(package, mode)
        stamp = scratch.with_name(scratch.name + ".json")
        text = json.dumps({**self.key(package, mode), "folder": str(scratch)}, indent=1)
        if not stamp.exists() or stamp.read_text() != text:
            shutil.rmtree(scratch, ignore_errors=True)
        write_whole(stamp, text)
        return scratch

    def clear_builds(self, package, mode):
        if not self.keeps_builds:
            shutil.rmtree(self.scratch(package, mode), ignore_errors=True)

    def execute(self, command, log, label):
        """Runs the command with its output in the log; returns its status and whether it hung.

        The command gets a session of its own: that is what is ended if it hangs.
        """
        with open(log, "wb") as file:
            file.write((" ".join(command) + "\n").encode())
            file.flush()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                cwd=self.folder, start_new_session=True)
            started = shown = time.monotonic()
            try:
                while process.poll() is None:
                    time.sleep(0.1)
                    now = time.monotonic()
                    if now - started > self.timeout:
                        end_session(process)
                        return process.wait(), True
                    if now - shown > HEARTBEAT_SECONDS:
                        shown = now
                        self.say(f"{label}  … {last_line(log)}")
            except (Interrupted, KeyboardInterrupt):
                end_session(process)
                raise Interrupted from None
        if process.returncode in OUTSIDE_STATUSES:
            raise Interrupted
        return process.returncode, False


def end_session(process):
    """Ends the process and what it started, also what SwiftPM put into groups of their own."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for member in session_members(process.pid):
            try:
                os.kill(member, number)
            except ProcessLookupError:
                pass
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and session_members(process.pid):
            process.poll()
            time.sleep(0.1)
    process.wait()


def session_members(session):
    """The living processes of the session."""
    members = []
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.getsid(int(entry)) == session:
                members.append(int(entry))
        except ProcessLookupError:
            pass
    return members


def last_line(log):
    with open(log, "rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 400))
        lines = file.read().decode(errors="replace").strip().splitlines()
    return lines[-1][:60] if lines else ""


def write_whole(file, text):
    """Writes in one move, so that an interrupt leaves the old file or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    new.write_text(text)
    new.replace(file)


def fingerprint(folder):
    """Eight digits that change when a file of the toolkit does."""
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        if not file.name.startswith("."):
            digest.update(str(file.relative_to(folder)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:8]

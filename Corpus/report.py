"""The Markdown table and the JSON file."""

import dataclasses
import json

from . import compare
from .output import UNFINISHED, counted

SCHEMA_VERSION = 1
BEGIN, END = "<!-- corpus: begin -->", "<!-- corpus: end -->"
SHOWN_DIFFERENCES = 3
LEAST_SECONDS = 0.05
"""Of the events in place, so many at least must come when the whole run is one extent."""
LEAST_COVERAGE = 0.9


@dataclasses.dataclass
class Result:
    """A package in one mode, held against the plain run; `rayc` is the state it was run with."""
    package: object
    mode: object
    plain_runs: list
    runs: list
    rayc: str

    def __post_init__(self):
        self.differences = compare.differences(self.plain_runs, self.runs)
        if self.mode.counts_events and self.runs[0].tests and not self.event_count:
            self.differences.append(
                compare.Difference("events of the context", ["some"], ["none"]))

    @property
    def event_count(self):
        return sum((self.runs[0].events or {}).values())

    @property
    def verdict(self):
        return compare.verdict(self.differences)

    @property
    def is_right(self):
        return self.verdict in (compare.IDENTICAL, compare.FLAKY)

    @property
    def ratio(self):
        """Test time against the plain run's; None if that is too short to tell."""
        plain = self.plain_runs[0].test_seconds
        return self.runs[0].test_seconds / plain if plain >= LEAST_SECONDS else None


@dataclasses.dataclass
class NotPlain:
    """A package whose tests do not run plainly in a configuration; `error` is the first one."""
    package: object
    plain: object
    error: str


def compare_coverage(results):
    """Twins that see much less than code that is instrumented in place leave tests outside."""
    in_place = {(result.package.name, result.mode.plain): result for result in results
                if result.mode.counts_events and result.mode.placement == "in-place"}
    for result in results:
        other = in_place.get((result.package.name, result.mode.plain))
        if result.mode.counts_events and result.mode.placement == "twins" and other:
            if result.event_count < LEAST_COVERAGE * other.event_count:
                result.differences.append(compare.Difference(
                    "events", [f"{other.event_count:,}"], [f"{result.event_count:,}"],
                    sides=("in place", "twins")))


def markdown(results, not_plain, facts, command):
    """The table, what it leaves out, and what was done to packages beforehand."""
    lines = [f"`{command}` on {facts['system']}, {facts['swift']}:", ""]
    lines += [summary(results), ""]
    states = sorted({result.rayc for result in results})
    if len(states) > 1:
        lines += ["Made with several states of rayc: " + ", ".join(states) + ".", ""]
    if results:
        lines += ["| package | tests | mode | result | events | time |",
                  "|---|---:|---|---|---:|---:|"]
        lines += [row(result) for result in results]
        lines.append("")
    lines += notes(results, not_plain)
    return "\n".join(lines).rstrip() + "\n"


def summary(results):
    counts = {}
    for result in results:
        counts[result.verdict] = counts.get(result.verdict, 0) + 1
    parts = [f"{counts[kind]} {kind}" for kind in
             (compare.IDENTICAL, compare.FLAKY, compare.UNSTEADY, compare.DIFFERENT)
             if kind in counts]
    names = {result.package.name for result in results}
    return (f"{counted(len(names), 'package')}, {counted(len(results), 'run')}: "
            + (", ".join(parts) or "none") + ".")


def row(result):
    run = result.runs[0]
    events = f"{result.event_count:,}" if run.events else "–"
    ratio = f"{result.ratio:.2f}" if result.ratio is not None else "–"
    return (f"| {result.package.name} {result.package.tag} | {result.plain_runs[0].count} "
            f"| {result.mode.name} | {cell(result)} | {events} | {ratio} |")


def cell(result):
    """The verdict, and what led to it: tests that differ in the same way are told together."""
    if not result.differences:
        return "identical"
    groups = {}
    for difference in result.differences:
        if difference.kind == result.verdict:
            groups.setdefault(outcomes(difference), []).append(difference.what)
    texts = [f"{several(names)}: {what}" for what, names in groups.items()]
    if len(texts) > SHOWN_DIFFERENCES:
        texts[SHOWN_DIFFERENCES:] = [f"and {len(texts) - SHOWN_DIFFERENCES} more"]
    if result.runs[0].last_words:
        texts.append(f"it said '{result.runs[0].last_words}'")
    head = "identical but for flaky tests" if result.verdict == compare.FLAKY else result.verdict
    return escaped(f"**{head}**: " + "; ".join(texts))


def several(names):
    return names[0] if len(names) == 1 else f"{names[0]} and {counted(len(names) - 1, 'other')}"


def outcomes(difference):
    plain, instrumented = difference.sides
    return (f"{plain} {sequence(difference.plain)},"
            f" {instrumented} {sequence(difference.instrumented)}")


def sequence(runs):
    return runs[0] if len(set(runs)) == 1 else " then ".join(runs)


def escaped(text):
    return text.replace("|", "\\|").replace("\n", " ")


def notes(results, not_plain):
    lines = [f"- {note.package.name} {note.package.tag} does not run plainly ({note.plain.name}):"
             f" `{note.error}`" for note in not_plain]
    for name, configuration, plain in failing_plainly(results):
        lines.append(f"- {name}'s own run fails plainly, too ({configuration}):"
                     f" {plain_failure(plain)}")
    packages = {item.package.name: item.package for item in (*results, *not_plain)}
    for package in packages.values():
        if package.arguments:
            lines.append(f"- {package.name} is run with `{' '.join(package.arguments)}`:"
                         f" {package.why}")
        if package.preparation:
            lines.append(f"- {package.name} is prepared, *{package.preparation['name']}*:"
                         f" {package.preparation['why']} {steps(package.preparation)}")
    return lines


def steps(preparation):
    """What a preparation does, in words."""
    return " ".join(
        [f"`{source}` is copied to " + " and ".join(f"`{copy}`" for copy in copies) + "."
         for source, copies in preparation.get("copy", {}).items()]
        + [f"In `{file}` `{old}` becomes `{new}`."
           for file, (old, new) in preparation.get("replace", {}).items()])


def failing_plainly(results):
    found = {(result.package.name, result.mode.plain.name): result.plain_runs[0]
             for result in results if result.plain_runs[0].status != 0}
    return [(*names, plain) for names, plain in found.items()]


def plain_failure(run):
    """What ended a run that had started, or the tests that failed in it."""
    if run.last_words:
        return run.last_words
    failed = [name for name, ends in run.tests.items()
              if any(end.startswith(("fail", UNFINISHED)) for end in ends)]
    return several(failed) if failed else f"status {run.status}"


def put_into(file, text):
    """Writes the text, between the markers if the file is there and has them."""
    old = file.read_text() if file.exists() else ""
    if BEGIN in old and END in old:
        text = (old[:old.index(BEGIN) + len(BEGIN)] + "\n\n" + text + "\n" + old[old.index(END):])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def write_json(file, results, not_plain, facts, command):
    document = {
        "schemaVersion": SCHEMA_VERSION, "command": command, **facts,
        "results": [result_json(result) for result in results],
        "notPlain": [{"package": note.package.name, "mode": note.plain.name, "error": note.error}
                     for note in not_plain],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, indent=2) + "\n")


def result_json(result):
    return {
        "package": result.package.name, "tag": result.package.tag, "mode": result.mode.name,
        "rayc": result.rayc, "verdict": result.verdict, "tests": result.plain_runs[0].count,
        "differences": [dataclasses.asdict(difference) for difference in result.differences],
        "events": result.runs[0].events,
        "plainTestSeconds": [run.test_seconds for run in result.plain_runs],
        "testSeconds": [run.test_seconds for run in result.runs],
        "ratio": result.ratio,
        "elapsedSeconds": result.runs[0].elapsed_seconds,
    }

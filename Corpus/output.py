"""What `swift test` told of its tests: XCTest in its output, Swift Testing in its event stream.

Swift Testing's own lines are not read: a test that logs from another thread breaks them up.
"""

import dataclasses
import json
import re

UNFINISHED = "did not end"

# A test's own output may stand in front of XCTest's, so no anchors.
XCTEST = re.compile(r"Test Case '([^'\n]+)' (started|passed|failed|skipped)\b")
XCTEST_FAILURE = re.compile(r": error: (\S+) : ")
XCTEST_SECONDS = re.compile(r"Executed \d+ tests?, with .* in ([\d.]+) \([\d.]+\) seconds")
STARTED = re.compile(r"Test Suite '|Test run started")
SIGNAL = re.compile(r"unexpected signal code (\d+)")
EVENTS = re.compile(r"rayc count: ([\d,]+) calls, ([\d,]+) runtime calls, ([\d,]+) loads")
ERROR = re.compile(r"^(?:.*[^\w\n])?error: .*$", re.MULTILINE)
LAST_WORDS = re.compile(r"^.*Fatal error: .*$|^rayc: .*$", re.MULTILINE)
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclasses.dataclass
class Run:
    """One run of a package's tests.

    `tests` maps a test's name to its outcomes, sorted: a name may stand for several tests.
    `error` is the first error of a run in which no test was started; `last_words` is what a
    run said that was ended by a signal.
    """
    status: int
    tests: dict
    test_seconds: float = 0
    events: dict | None = None
    signals: list = dataclasses.field(default_factory=list)
    error: str | None = None
    last_words: str | None = None
    elapsed_seconds: float = 0
    timed_out: bool = False

    @property
    def count(self):
        return sum(map(len, self.tests.values()))


def parse(text, stream, status):
    """The run with this output (standard output and error), event stream and exit status."""
    text = COLOURS.sub("", text)
    xctest = xctest_outcomes(text)
    testing, testing_seconds = testing_outcomes(stream)
    names = sorted({*xctest, *testing})
    run = Run(status, {name: sorted(xctest.get(name, []) + testing.get(name, []))
                       for name in names})
    run.test_seconds = xctest_seconds(text) + testing_seconds
    run.events = events(text)
    run.signals = [int(signal) for signal in SIGNAL.findall(text)]
    if status != 0 and not STARTED.search(text):
        run.error = first_error(text)
    elif run.signals:
        match = LAST_WORDS.search(text)
        run.last_words = match[0].strip() if match else None
    return run


def xctest_outcomes(text):
    """A start counts as unfinished until an end takes its place."""
    found = {}
    for name, word in XCTEST.findall(text):
        outcomes = found.setdefault(name, [])
        if word == "started":
            outcomes.append(UNFINISHED)
        elif UNFINISHED in outcomes:
            outcomes[outcomes.index(UNFINISHED)] = word
        else:
            outcomes.append(word)
    failures = XCTEST_FAILURE.findall(text)
    for name in {*failures} & {*found}:
        found[name][-1] += f", {counted(failures.count(name), 'failure')}"
    return found


def xctest_seconds(text):
    """What the last suite took: each suite is told of after its parts."""
    suites = XCTEST_SECONDS.findall(text)
    return float(suites[-1]) if suites else 0


def testing_outcomes(stream):
    """The outcomes by test, such as `pass, 3 cases` or `fail, 1 issue`, and the seconds taken.

    A process that was killed leaves its last line unfinished.
    """
    functions, ends, cases, issues, instants = {}, {}, {}, {}, []
    for line in stream.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        payload = record["payload"]
        if record["kind"] == "test":
            if payload["kind"] == "function":
                functions[payload["id"]] = payload.get("isParameterized", False)
            continue
        test, kind = payload.get("testID"), payload["kind"]
        instants.append(payload["instant"]["absolute"])
        if kind in ("testEnded", "testSkipped", "testCancelled"):
            ends[test] = next((message["symbol"] for message in payload["messages"]), kind)
        elif kind == "testStarted":
            ends.setdefault(test, UNFINISHED)
        elif kind == "testCaseEnded":
            cases[test] = cases.get(test, 0) + 1
        elif kind == "issueRecorded":
            issues[test] = issues.get(test, 0) + 1
    found = {}
    for test, is_parameterized in functions.items():
        parts = [ends.get(test, "not run")]
        if is_parameterized:
            parts.append(counted(cases.get(test, 0), "case"))
        if test in issues:
            parts.append(counted(issues[test], "issue"))
        found.setdefault(readable(test), []).append(", ".join(parts))
    return found, max(instants) - min(instants) if instants else 0


def readable(test):
    """`Module.Suite/test()/File.swift:20:6` without its last part."""
    return re.sub(r"/[^/]+:\d+:\d+$", "", test)


def counted(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def events(text):
    """The sum over the test processes, each of which reports its own; None if none did."""
    reports = [[int(number.replace(",", "")) for number in numbers]
               for numbers in EVENTS.findall(text)]
    if not reports:
        return None
    calls, runtime_calls, loads = map(sum, zip(*reports))
    return {"calls": calls, "runtimeCalls": runtime_calls, "loads": loads}


def first_error(text):
    match = ERROR.search(text)
    if match:
        return match[0].strip()
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "it printed nothing"

"""Tests of Corpus: what it reads from the test libraries' output, and how it compares runs."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from Corpus import compare, main, modes, output, packages, report, runs  # noqa: E402

XCTEST = """\
Build complete! (42.41s)
Test Suite 'All tests' started at 2026-11-21 15:28:08.951
Test Suite 'debug.xctest' started at 2026-11-21 15:28:08.953
Test Suite 'Old' started at 2026-11-21 15:28:08.953
Test Case 'Old.testBad' started at 2026-11-21 15:28:08.953
Tests/TinyTests/T.swift:11: error: Old.testBad : XCTAssertEqual failed: ("1") is not ("2") -
Test Case 'Old.testBad' failed (0.016 seconds)
Test Case 'Old.testGood' started at 2026-11-21 15:28:08.968
no newlineTest Case 'Old.testGood' passed (0.0 seconds)
Test Case 'Old.testSkipped' started at 2026-11-21 15:28:08.969
Test Case 'Old.testSkipped' skipped (0.0 seconds)
Test Suite 'Old' failed at 2026-11-21 15:28:08.969
\t Executed 3 tests, with 1 test skipped and 1 failure (0 unexpected) in 0.016 (0.016) seconds
Test Suite 'debug.xctest' failed at 2026-11-21 15:28:08.969
\t Executed 3 tests, with 1 test skipped and 1 failure (0 unexpected) in 0.016 (0.016) seconds
Test Suite 'All tests' failed at 2026-11-21 15:28:08.969
\t Executed 3 tests, with 1 test skipped and 1 failure (0 unexpected) in 0.017 (0.017) seconds
rayc count: 1,104 calls, 25 runtime calls, 2,231 loads
◇ Test run started.
✔ Test run with 0 tests in 0 suites passed after 0.001 seconds.
rayc count: 45 calls, 43 runtime calls, 47 loads
"""

TRAP = """\
Test Suite 'Trap' started at 2026-11-21 15:28:08.969
Test Case 'Trap.testTrap' started at 2026-11-21 15:28:08.969
TinyTests/Z.swift:4: Fatal error: trapped
error: Process '/tmp/TinyPackageTests.xctest' exited with unexpected signal code 4
"""


def function(test, is_parameterized=False):
    return {"kind": "test", "version": 0, "payload": {
        "id": test, "kind": "function", "isParameterized": is_parameterized, "name": test}}


def event(kind, test=None, symbol=None, at=0.0):
    payload = {"kind": kind, "instant": {"absolute": at, "since1970": at},
               "messages": [{"symbol": symbol, "text": ""}] if symbol else []}
    return {"kind": "event", "version": 0, "payload": {**payload, "testID": test} if test
            else payload}


def stream(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def command_line(process):
    try:
        return (process / "cmdline").read_text()
    except OSError:
        return ""


def run(tests, status=0, **facts):
    return output.Run(status, {name: [outcome] for name, outcome in tests.items()}, **facts)


class XCTestOutput(unittest.TestCase):
    def test_outcomes_also_behind_a_tests_own_output(self):
        self.assertEqual(output.parse(XCTEST, "", 1).tests, {
            "Old.testBad": ["failed, 1 failure"],
            "Old.testGood": ["passed"],
            "Old.testSkipped": ["skipped"]})

    def test_the_outermost_suite_tells_the_time(self):
        self.assertEqual(output.parse(XCTEST, "", 1).test_seconds, 0.017)

    def test_events_of_both_test_processes_are_added_up(self):
        self.assertEqual(output.parse(XCTEST, "", 1).events,
                         {"calls": 1149, "runtimeCalls": 68, "loads": 2278})
        self.assertIsNone(output.parse(TRAP, "", 1).events)

    def test_a_trap_leaves_a_test_unfinished(self):
        trapped = output.parse(TRAP, "", 1)
        self.assertEqual(trapped.tests, {"Trap.testTrap": [output.UNFINISHED]})
        self.assertEqual(trapped.signals, [4])
        self.assertEqual(trapped.last_words, "TinyTests/Z.swift:4: Fatal error: trapped")
        self.assertIsNone(trapped.error)

    def test_the_compilers_first_error_if_nothing_was_built(self):
        failed = output.parse(
            "[1/2] Compiling A\n/p/A.swift:6:10: \x1b[31merror: \x1b[0mno such thing\n"
            "error: emit-module command failed with exit code 1\n", "", 1)
        self.assertEqual(failed.error, "/p/A.swift:6:10: error: no such thing")


class SwiftTestingEvents(unittest.TestCase):
    def test_outcomes_with_cases_and_issues(self):
        events = stream(
            function("M.good()/T.swift:3:2"), function("M.bad()/T.swift:4:2"),
            function("M.off()/T.swift:5:2"), function("M.many(x:)/T.swift:7:2", True),
            {"kind": "test", "version": 0, "payload": {"id": "M.S", "kind": "suite", "name": "S"}},
            event("runStarted", at=2.0),
            event("testSkipped", "M.off()/T.swift:5:2", "skip", at=2.0),
            event("testStarted", "M.good()/T.swift:3:2", "default", at=2.0),
            event("issueRecorded", "M.bad()/T.swift:4:2", "fail", at=2.1),
            event("issueRecorded", "M.bad()/T.swift:4:2", "fail", at=2.1),
            event("testEnded", "M.bad()/T.swift:4:2", "fail", at=2.2),
            event("testEnded", "M.good()/T.swift:3:2", "pass", at=2.2),
            event("testCaseEnded", "M.many(x:)/T.swift:7:2", at=2.3),
            event("testCaseEnded", "M.many(x:)/T.swift:7:2", at=2.3),
            event("testEnded", "M.many(x:)/T.swift:7:2", "pass", at=2.3),
            event("testEnded", "M.S", "fail", at=2.3),
            event("runEnded", symbol="fail", at=2.5))
        parsed = output.parse("", events, 1)
        self.assertEqual(parsed.tests, {
            "M.good()": ["pass"], "M.bad()": ["fail, 2 issues"], "M.off()": ["skip"],
            "M.many(x:)": ["pass, 2 cases"]})
        self.assertAlmostEqual(parsed.test_seconds, 0.5)

    def test_a_stream_that_breaks_off(self):
        events = stream(
            function("M.a()/T.swift:3:2"), function("M.b()/T.swift:4:2"),
            event("testStarted", "M.a()/T.swift:3:2", "default")) + '{"kind":"ev'
        self.assertEqual(output.parse("", events, 1).tests,
                         {"M.a()": [output.UNFINISHED], "M.b()": ["not run"]})


class Comparing(unittest.TestCase):
    def test_equal_runs(self):
        plain = run({"a": "passed", "b": "failed"}, status=1)
        self.assertEqual(compare.differences([plain], [plain]), [])
        self.assertEqual(compare.verdict([]), compare.IDENTICAL)

    def test_an_outcome_a_missing_test_and_the_status_differ(self):
        found = compare.differences(
            [run({"a": "passed", "b": "passed"})], [run({"a": "failed"}, status=1)])
        self.assertEqual([(each.what, each.plain, each.instrumented) for each in found], [
            ("the run", ["status 0"], ["status 1"]),
            ("test a", ["passed"], ["failed"]),
            ("test b", ["passed"], ["not run"])])
        self.assertEqual(compare.verdict(found), compare.DIFFERENT)

    def test_what_does_not_build_under_rayc_is_one_difference(self):
        found = compare.differences([run({"a": "passed", "b": "passed"})],
                                    [run({}, status=1, error="error: no")])
        self.assertEqual([each.instrumented for each in found], [["error: no"]])

    def test_how_often_a_name_comes_is_compared(self):
        once, twice = output.Run(0, {"a": ["passed"]}), output.Run(0, {"a": ["passed", "passed"]})
        self.assertEqual(len(compare.differences([once], [twice])), 1)

    def test_a_signal_and_running_out_of_time_are_told(self):
        found = compare.differences([run({})], [run({}, status=1, signals=[11])])
        self.assertEqual(found[0].instrumented, ["status 1, signal 11"])
        found = compare.differences([run({})], [run({}, status=-15, timed_out=True)])
        self.assertEqual(found[0].instrumented, ["ran out of time"])

    def test_a_test_that_differs_among_plain_runs_is_flaky(self):
        good, bad = run({"a": "passed"}), run({"a": "failed"})
        self.assertEqual(
            compare.verdict(compare.differences([good, bad], [bad, good])), compare.FLAKY)

    def test_a_test_that_only_differs_now_and_then_under_rayc_is_unsteady(self):
        good, bad = run({"a": "passed"}), run({"a": "failed"})
        self.assertEqual(
            compare.verdict(compare.differences([good, good], [bad, good])), compare.UNSTEADY)
        self.assertEqual(
            compare.verdict(compare.differences([good, good], [bad, bad])), compare.DIFFERENT)


class Choosing(unittest.TestCase):
    def test_modes_by_words(self):
        self.assertEqual([mode.name for mode in modes.choose("twins/debug/native")],
                         ["debug/twins/count/native", "debug/twins/identity/native"])
        self.assertEqual(modes.choose("all"), modes.MODES)
        self.assertEqual(len(modes.MODES), 16)
        self.assertEqual([mode.name for mode in modes.choose("boxing/release/twins/native")],
                         ["release/twins/boxing/native"])
        # Nothing is observed there, so there is nothing to have twins for.
        roundtrip = modes.choose("roundtrip/native")
        self.assertEqual([mode.name for mode in roundtrip], [
            "debug/in-place/roundtrip/native", "release/in-place/roundtrip/native"])
        command = roundtrip[0].command("rayc", "/r", packages.read_list()[0], "/c", "/s")
        self.assertIn("-D /r/Examples/Dynamos/Guide.swift:Roundtrip", " ".join(command))
        with self.assertRaisesRegex(ValueError, "no mode is 'twin'"):
            modes.choose("debug/twin")

    def test_commands(self):
        package = packages.Package("https://example.com/a/P.git", "1.0", ("--flag",))
        mode = modes.Mode("release", "twins", "identity", "native")
        self.assertEqual(
            mode.command("rayc", "/root", package, "/c", "/s"),
            ["rayc", "test", "--package-path", "/c", "--scratch-path", "/s", "-c", "release",
             "--build-system", "native", "-Xswiftc", "-enable-testing",
             "-W", "/root/Corpus/Contexts/Identity.swift:Identity", "--trigger", "main",
             "--", "--flag"])
        self.assertEqual(
            mode.plain.command("rayc", "/root", package, "/c", "/s"),
            ["swift", "test", "--package-path", "/c", "--scratch-path", "/s", "-c", "release",
             "--build-system", "native", "-Xswiftc", "-enable-testing", "--flag"])

    def test_the_list_reads(self):
        known = packages.read_list()
        self.assertEqual(len({package.name for package in known}), len(known))
        self.assertTrue(any(package.quick for package in known))
        for package in known:
            self.assertTrue(package.why or not package.arguments, package.name)

    def test_packages_by_name(self):
        known = packages.read_list()
        self.assertEqual([package.name for package in main.package_list(known, "rainbow")],
                         ["Rainbow"])

    def test_any_package_by_url_and_tag(self):
        url = "https://github.com/attaswift/BigInt.git"
        for text in (f"{url}@6.0.1", f"{url.removesuffix('.git')}/@6.0.1"):
            [package] = main.package_list(packages.read_list(), text)
            self.assertEqual((package.name, package.tag), ("BigInt", "6.0.1"))


class Keeping(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.package = packages.Package("https://example.com/a/P.git", "1.0")
        self.mode = modes.MODES[0]

    def place(self, toolkit, run_again=None):
        place = runs.Workplace(self.folder, toolkit, "Swift 6.3", lambda text: None)
        place.run = run_again or (lambda *_: self.fail("it was run again"))
        return place

    def test_a_kept_result_is_not_run_again(self):
        first = self.place("one", lambda *_: run({"a": "passed"})).runs(self.package, self.mode, 1)
        self.assertEqual(self.place("one").runs(self.package, self.mode, 1), first)

    def test_another_rayc_runs_the_mode_again_but_not_the_plain_one(self):
        for mode in (self.mode, self.mode.plain):
            self.place("one", lambda *_: run({"a": "passed"})).runs(self.package, mode, 1)
        again = self.place("two", lambda *_: run({"a": "failed"}))
        self.assertIsNone(again.kept(self.package, self.mode))
        self.assertEqual(again.kept(self.package, self.mode, of_any_rayc=True)[0].tests,
                         {"a": ["passed"]})
        self.assertEqual(again.made_with(self.package, self.mode), "one")
        self.assertIsNotNone(again.kept(self.package, self.mode.plain))

    def test_a_run_that_hangs_is_ended_with_all_it_started(self):
        place = self.place("one")
        place.timeout = 0.5
        log = self.folder / "log"
        command = ["sh", "-c", "(set -m; sleep 1000 & echo $!); sleep 1000"]
        status, timed_out = place.execute(command, log, "")
        self.assertTrue(timed_out)
        self.assertLess(status, 0)
        sleeper = int(log.read_text().split()[-1])
        self.assertNotIn(sleeper, {int(entry.name) for entry in pathlib.Path("/proc").iterdir()
                                   if entry.name.isdigit() and "sleep" in command_line(entry)})

    def test_a_run_that_somebody_else_ended_is_no_result(self):
        for command in ("kill -KILL $$", "exit 143"):
            with self.assertRaises(runs.Interrupted):
                self.place("one").execute(["sh", "-c", command], self.folder / "log", "")

    def test_a_preparation_copies_files_and_replaces_text(self):
        (self.folder / "A").mkdir()
        (self.folder / "A/x.swift").write_text("let x = 1\n")
        preparation = {"name": "n", "why": "w", "copy": {"A/x.swift": ["A/y.swift"]},
                       "replace": {"A/x.swift": ["= 1", "= 2"]}}
        prepared = packages.Package("u", "1", preparation=preparation)
        packages.prepare(prepared, self.folder)
        self.assertEqual((self.folder / "A/y.swift").read_text(), "let x = 1\n")
        self.assertEqual((self.folder / "A/x.swift").read_text(), "let x = 2\n")
        with self.assertRaisesRegex(packages.PackageError, "no '= 1' in 'A/x.swift'"):
            packages.prepare(prepared, self.folder)
        self.assertEqual(report.steps(preparation), "`A/x.swift` is copied to `A/y.swift`."
                         " In `A/x.swift` `= 1` becomes `= 2`.")


class Report(unittest.TestCase):
    def setUp(self):
        self.package = packages.Package(
            "https://example.com/a/P.git", "1.0", ("--flag",), why="Why.")
        self.mode = modes.MODES[0]
        self.facts = {"system": "Linux", "swift": "Swift 6.3"}
        self.events = {"calls": 1000, "runtimeCalls": 200, "loads": 34}

    def result(self, tests, **facts):
        plain = run({"a": "passed"}, test_seconds=2.0)
        instrumented = run(tests, test_seconds=3.0, **{"events": self.events, **facts})
        return report.Result(self.package, self.mode, [plain], [instrumented], "0123")

    def test_the_table(self):
        text = report.markdown([self.result({"a": "passed"})], [], self.facts, "scripts/corpus")
        self.assertIn("1 package, 1 run: 1 identical.", text)
        self.assertIn("| P 1.0 | 1 | debug/in-place/count/native | identical | 1,234 | 1.50 |",
                      text)
        self.assertIn("- P is run with `--flag`: Why.", text)

    def test_a_difference_in_the_table(self):
        result = self.result({"a": "failed"})
        self.assertFalse(result.is_right)
        self.assertEqual(report.cell(result), "**different**: test a: plain passed, rayc failed")

    def test_tests_that_differ_in_the_same_way_are_told_together(self):
        plain = run({"a": "passed", "b": "passed", "c": "passed"})
        result = report.Result(self.package, self.mode, [plain], [run({}, events=self.events)], "")
        self.assertEqual(report.cell(result),
                         "**different**: test a and 2 others: plain passed, rayc not run")

    def test_a_count_without_events_is_a_difference(self):
        self.assertFalse(self.result({"a": "passed"}, events=None).is_right)

    def test_tests_that_ran_outside_the_extent_are_noticed(self):
        twins = next(mode for mode in modes.choose("debug/twins/count/native"))
        few = self.result({"a": "passed"}, events={"calls": 5})
        few.mode = twins
        report.compare_coverage([self.result({"a": "passed"}), few])
        self.assertEqual(report.cell(few), "**different**: events: in place 1,234, twins 5")
        nearly_all = self.result({"a": "passed"}, events={"calls": 1200})
        nearly_all.mode = twins
        report.compare_coverage([self.result({"a": "passed"}), nearly_all])
        self.assertTrue(nearly_all.is_right)

    def test_a_package_that_does_not_build_plainly(self):
        note = report.NotPlain(self.package, self.mode.plain, "A.swift:1:1: error: no")
        text = report.markdown([], [note], self.facts, "scripts/corpus")
        self.assertIn("- P 1.0 does not run plainly (debug/plain/native):"
                      " `A.swift:1:1: error: no`", text)

    def test_a_package_whose_tests_fail_plainly(self):
        failing = run({"a": "failed, 1 failure", "b": "passed"}, status=1, events=self.events)
        result = report.Result(self.package, self.mode, [failing], [failing], "")
        self.assertEqual(report.cell(result), "identical")
        self.assertIn("- P's own run fails plainly, too (debug/plain/native): a",
                      report.notes([result], []))

    def test_the_table_goes_between_the_markers_of_a_page(self):
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.md"
            page.write_text(f"# Page\n\n{report.BEGIN}\nold\n{report.END}\n\nMore.\n")
            report.put_into(page, "new\n")
            self.assertEqual(page.read_text(),
                             f"# Page\n\n{report.BEGIN}\n\nnew\n\n{report.END}\n\nMore.\n")


if __name__ == "__main__":
    unittest.main()

"""Tests of Benchmarks/Runner: what it reads from other tools' output, and its arithmetic."""

import io
import contextlib
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks"))

from Runner import baselines, kernels, measure, modes, rayc, report  # noqa: E402


class ToolOutput(unittest.TestCase):
    def test_counts_of_a_context(self):
        output = "checksum 1\nelapsed_ns 5\ncpu_ns 5\n29 calls, 7 loads\n"
        self.assertEqual(rayc.MODES[0].events(output, None), {"calls": 29, "loads": 7})

    def test_lackey_adds_up_the_load_column(self):
        output = ("==12==    Type        Loads       Stores       AluOps\n"
                  "==12==    I8        291,299       35,778      585,396\n"
                  "==12==    V128       16,715       11,637       46,264\n")
        self.assertEqual(baselines.Lackey().events(output, None), {"loads": 308014})

    def test_callgrind_adds_up_calls(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "callgrind.out").write_text("fn=(1) a\n3 4\ncalls=5 12\n3 9\ncalls=7 1\n")
            self.assertEqual(baselines.Callgrind().events("", folder), {"calls": 12})

    def test_the_events_of_a_recording(self):
        profile = {
            "links": [{"calls": 10}, {"calls": 3}],
            "functions": [{"isPrimitive": False}, {"isPrimitive": True}],
            "nodes": [{"function": -1, "calls": 0}, {"function": 0, "calls": 10},
                      {"function": 1, "calls": 3}],
            "lines": [{"loads": 5}, {"loads": 2}], "unseen": {"runtimeCalls": 4}}
        expected = {"calls": 13, "loads": 7, "recorded": 2 * 17 + 2 * 10 + 7}
        self.assertEqual(rayc.recorded_events(profile, False), expected)
        self.assertEqual(rayc.recorded_events(profile, True), {**expected, "timed": 34})

    def test_callbacks_on_swifterror_slots_are_removed(self):
        text = ("define swiftcc void @f(i64 %0, ptr noalias swifterror captures(none) %1) {\n"
                "  %slot = alloca swifterror ptr, align 8\n"
                "  call void @__sanitizer_cov_load8(ptr nonnull %slot), !dbg !1\n"
                "  call void @__sanitizer_cov_load8(ptr %1)\n"
                "  call void @__sanitizer_cov_load8(ptr %2)\n"
                "}\n")
        kept = baselines.without_swifterror_callbacks(text)
        self.assertNotIn("%slot)", kept)
        self.assertNotIn("(ptr %1)", kept)
        self.assertIn("(ptr %2)", kept)


class Arithmetic(unittest.TestCase):
    def setUp(self):
        self.mode = rayc.MODES[0]
        self.results = [
            (kernel, {"native": measure.Cell([1.0], [0.5], [0.5]),
                      self.mode.name: measure.Cell([4.0 if kernel.is_arc else 1.0], [0.5],
                                                   [0.5], {"calls": 10, "loads": 5})})
            for kernel in kernels.KERNELS]

    def test_the_median_is_the_ratio(self):
        self.assertEqual(measure.Cell([1.0, 9.0, 2.0]).ratio, 2.0)
        self.assertIsNone(measure.Cell().ratio)

    def test_what_an_event_costs(self):
        cell = measure.Cell(added_seconds=[0.5, 0.2, 0.3],
                            counter_nanoseconds=[10, 10, 2],
                            events={"calls": 10, "recorded": 100_000_000, "timed": 50_000_000})
        self.assertAlmostEqual(cell.event_nanoseconds, 3)
        self.assertAlmostEqual(cell.timed_nanoseconds, 6)
        self.assertAlmostEqual(cell.timed_ratio, 1, msg="the median of 1, 0.4 and 3")
        few = measure.Cell(added_seconds=[1], events={"recorded": 10})
        self.assertIsNone(few.event_nanoseconds)

    def test_recorders_are_held_against_the_counter(self):
        mode = baselines.UFTrace()
        results = [(kernels.KERNELS[0], {mode.name: measure.Cell(
            added_seconds=[1.0], counter_nanoseconds=[10.0],
            events=baselines.entries_and_exits(5_000_000))})]
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            report.print_recorders(results, [mode])
        self.assertEqual(text.getvalue().splitlines()[2].split(), ["fib", "100.00", "100.00", "10.00"])

    def test_the_tree_is_reported_apart(self):
        everything, without_tree = report.means(self.results, self.mode)
        self.assertAlmostEqual(everything, 4 ** (1 / len(kernels.KERNELS)))
        self.assertAlmostEqual(without_tree, 1.0)

    def test_the_event_set_is_whole_or_nothing(self):
        self.assertEqual(report.event_set_total(self.results, self.mode), 4 * 15)
        self.assertIsNone(report.event_set_total(self.results[1:], self.mode))

    def test_events_that_inlining_loses_are_noticed(self):
        self.assertEqual(report.lost_events(self.results), [])
        for kernel, cells in self.results[:2]:
            cells["out-of-line"] = measure.Cell([1.0], [0.5], [0.5], {"calls": 10, "loads": 5})
        self.assertEqual(report.lost_events(self.results), [])
        self.results[0][1]["out-of-line"].events["calls"] = 11
        self.assertEqual(report.lost_events(self.results), [self.results[0][0]])

    def test_the_report_shows_failures_and_skipped_modes(self):
        cell = self.results[0][1][self.mode.name]
        cell.is_checksum_equal = False
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            report.print_report(self.results, modes.Native(), [self.mode], rayc.MODES,
                                [(baselines.UFTrace(), "needs uftrace: apt-get install -y uftrace")])
        self.assertIn("1.00*", text.getvalue())
        self.assertIn("uftrace: skipped, needs uftrace: apt-get install -y uftrace",
                      text.getvalue())

    def test_the_json_has_a_version_and_every_sample(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "bench.json"
            report.write_json(file, self.results, modes.Native(), [self.mode], [], {}, 1, False)
            document = json.loads(file.read_text())
        self.assertEqual(document["schemaVersion"], 1)
        self.assertEqual(len(document["kernels"]), len(kernels.KERNELS))
        self.assertEqual(document["kernels"][0]["modes"][1]["events"], {"calls": 10, "loads": 5})


class Kernels(unittest.TestCase):
    def test_every_kernel_file_is_listed_and_states_its_rounds(self):
        files = {file.stem for file in kernels.SOURCES.glob("*.swift")} - {"Harness"}
        self.assertEqual(files, {kernel.file for kernel in kernels.KERNELS})
        for kernel in kernels.KERNELS:
            self.assertGreater(kernel.rounds, kernel.small_rounds)


if __name__ == "__main__":
    unittest.main()

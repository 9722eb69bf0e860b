"""Tests of Fuzz: that programs are the same each time, and that what is wrong is told."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from Fuzz import compare, judge, runs  # noqa: E402
from Fuzz.program import Program  # noqa: E402

REPORT = """\
events 10 8
first 3 140
type S3<Int>
seen 3_direct result 3 exact 140 2 2
seen 3_field load 3 exact 141 1 0
"""
PLAIN = ["3_direct b", "3_field b", "live 0"]
SWAPPED = ["3_direct a", "3_field a", "live 0"]


class Generator(unittest.TestCase):
    def test_a_seed_makes_one_program(self):
        self.assertEqual(Program(5, 30).render(), Program(5, 30).render())
        self.assertNotEqual(Program(5, 30).render(), Program(6, 30).render())

    def test_a_part_of_a_program_has_the_same_subjects(self):
        program = Program(5, 30)
        whole = program.render()
        part = program.render({7})
        self.assertIn("run_7()", part)
        self.assertNotIn("run_8()", part)
        self.assertLess(len(part), len(whole))

    def test_no_type_is_tested_twice(self):
        names = [subject.type.name for subject in Program(5, 100).subjects if subject.is_delivered]
        self.assertEqual(len(names), len(set(names)))


class Comparing(unittest.TestCase):
    def setUp(self):
        self.report = compare.read_report(REPORT)

    def differences(self, lines, mode="results", may_keep=False):
        return compare.differences(PLAIN, SWAPPED, lines, self.report, mode, may_keep)

    def test_what_was_replaced_has_to_show(self):
        self.assertEqual(self.differences(["3_direct a", "3_field b", "live 0"]), [])
        self.assertEqual(len(self.differences(PLAIN)), 1)

    def test_what_was_not_replaced_has_to_stay(self):
        self.assertEqual(self.differences(PLAIN, mode="identity"), [])
        self.assertEqual(len(self.differences(["3_direct a", "3_field b", "live 0"],
                                              mode="identity")), 1)

    def test_a_leak_is_told_unless_values_are_kept(self):
        lines = ["3_direct a", "3_field b", "live 2"]
        self.assertEqual(len(self.differences(lines)), 1)
        self.assertEqual(self.differences(lines, may_keep=True), [])

    def test_a_release_too_many_is_told_always(self):
        lines = ["3_direct a", "3_field b", "live -1"]
        self.assertEqual(len(self.differences(lines, may_keep=True)), 1)

    def test_a_wrong_type_is_told(self):
        self.assertEqual(compare.wrong_types(self.report, {3: {"140", "141"}}), [])
        self.assertEqual(
            compare.wrong_types(self.report, {3: {"140"}}),
            [(3, "the load of 3_field came as another type")])

    def test_missing_output_is_told(self):
        self.assertTrue(self.differences(PLAIN[:1], mode="identity"))



class Blaming(unittest.TestCase):
    """Whose fault it is if a subject of an optimised program fails."""

    class Place:
        """Subject 4 is one that the plain compiler fails over."""

        def write(self, name, program, numbers):
            return numbers

        def plain(self, numbers, program, flags):
            if numbers == {4}:
                raise runs.BuildFailed
            return pathlib.Path("/bin/true")

    def blamed(self, build):
        failures = [judge.Failure(None, build, "identity", number, "") for number in (3, 4)]
        plain = pathlib.Path("/bin/true")
        return [failure.number for failure in
                judge.without_the_compilers(self.Place(), plain, failures)]

    def test_what_the_compiler_gets_wrong_itself_is_none_of_rayc_s(self):
        self.assertEqual(self.blamed(runs.RELEASE), [3])
        self.assertEqual(self.blamed(runs.DEBUG), [3, 4])
        self.assertEqual(self.blamed(runs.Build("debug", (), runs.ADDRESS)), [3])


if __name__ == "__main__":
    unittest.main()

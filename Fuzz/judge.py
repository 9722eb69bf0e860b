"""Decides whether one program behaves under rayc as it does plain, and finds who is to blame."""

import dataclasses
import re

from . import compare, runs

# A type that is declared in a generated program, by its name.
DECLARED = re.compile(r"\b(p\.|[A-Z][0-9]+\b)")

# Why a result may have no exact type: it is a function, a tuple whose elements lie
# apart, or a type whose mangled name is not understood.
LIMITS = {"function", "unknownLayout", "unknownName", "noncopyable", "none",
          "machineLevel"}
MISSING_SHARE = 0.5


@dataclasses.dataclass
class Failure:
    """What is wrong with one subject of a program; `number` is None if nobody knows whose."""
    program: object
    build: runs.Build
    mode: str
    number: int | None
    what: str

    @property
    def title(self):
        subject = "" if self.number is None else f", subject {self.number}"
        return (f"seed {self.program.seed}, {self.build.name}, {self.mode}{subject}: "
                + self.what.splitlines()[0][:300])


@dataclasses.dataclass
class Counts:
    """What the hooks have received."""
    programs: int = 0
    subjects: int = 0
    events: int = 0
    exact: int = 0
    """Names of types; one that the program declares stands with the program's seed."""
    types: set = dataclasses.field(default_factory=set)
    seen: int = 0
    replaced_results: int = 0
    replaced_loads: int = 0

    def add(self, other):
        for field in dataclasses.fields(self):
            own, more = getattr(self, field.name), getattr(other, field.name)
            setattr(self, field.name, own | more if isinstance(own, set) else own + more)


def problems(plain, binary, mode, build, numbers=(), wrapper=()):
    """What differs from the plain program, as (number, sentence), and the context's report."""
    numbers = [str(number) for number in numbers]
    ran, report = runs.run_mode(binary, mode, numbers, wrapper)
    if ran.complaint:
        return [(None, ran.complaint)], report
    expected, _ = compare.read_output(runs.run([plain, *numbers]).stdout)
    swapped, _ = compare.read_output(runs.run([plain, "swap", *numbers]).stdout)
    lines, types = compare.read_output(ran.stdout)
    # A result that the optimiser left to the caller to retain is borrowed, as a loaded value is.
    may_keep = mode == "loads" or mode == "results" and build.configuration == "release"
    found = compare.wrong_types(report, types)
    return found + compare.differences(expected, swapped, lines, report, mode, may_keep), report


def judge(place, program, build, source, plain, modes=runs.MODES, wrapper=()):
    """Builds a program with the context and runs it in the modes: (failures, counts)."""
    try:
        binary = place.instrumented(source, program, build)
    except runs.BuildFailed as error:
        return [Failure(program, build, "build", None, str(error))], Counts(1)
    failures, counts = [], Counts(1, len(program.subjects))
    for mode in modes:
        found, report = problems(plain, binary, mode, build, wrapper=wrapper)
        if found:
            blamed = blame(program, build, mode, plain, binary, found, wrapper)
            failures += without_the_compilers(place, plain, blamed)
        counts.events += report.events
        counts.exact += report.exact
        counts.types |= {f"{program.seed}: {name}" if DECLARED.search(name) else name
                         for name in report.types}
        counts.seen = max(counts.seen, len(report.firsts))
        for (_, kind), seen in report.seen.items():
            if kind == "result":
                counts.replaced_results += seen.replaced
            else:
                counts.replaced_loads += seen.replaced
        failures += unseen(program, build, mode, report, found)
    return failures, counts


def blame(program, build, mode, plain, binary, found, wrapper):
    """Runs the subjects one by one: which of them fail by themselves."""
    failures = []
    for subject in program.subjects:
        alone, _ = problems(plain, binary, mode, build, [subject.number], wrapper)
        if alone:
            failures.append(Failure(program, build, mode, subject.number, alone[0][1]))
    return failures or [Failure(program, build, mode, None, found[0][1])]


def without_the_compilers(place, plain, failures):
    """The failures but those of subjects that fail under plain `swiftc`, too, at that level or
    with that sanitizer."""
    if not failures:
        return failures
    build = failures[0].build
    flags = ("-O" if build.configuration == "release" else "-Onone", *build.flags)
    if flags == ("-Onone",):
        return failures
    numbers = {failure.number for failure in failures} - {None}
    own = {number for number in numbers
           if fails_plainly(place, plain, failures[0].program, number, flags)}
    return [failure for failure in failures if failure.number not in own]


def fails_plainly(place, plain, program, number, flags):
    """Whether the subject alone does not with the flags what it does without optimisation."""
    source = place.write(f"{plain.stem}only{number}", program, {number})
    try:
        built = place.plain(source, program, flags)
    except runs.BuildFailed:
        return True
    for arguments in ([number], ["swap", number]):
        ran, expected = runs.run([built, *arguments]), runs.run([plain, *arguments])
        if ran.complaint or shown(ran) != shown(expected):
            return True
    return False


def shown(ran):
    """What a run printed, but for the addresses of types."""
    return compare.read_output(ran.stdout)[0]


def unseen(program, build, mode, report, found):
    """Subjects whose first value, which a function returns directly, did not come exactly.

    rayc says why one did not; some reasons are its documented limits. Not all types can have one
    of these, and what cannot be copied must not come at all.
    """
    if found:
        return []
    delivered = [subject for subject in program.subjects if subject.is_delivered]
    missing = [subject for subject in delivered if subject.number not in report.firsts]
    received = [subject for subject in program.subjects if subject.is_unseen
                and any(seen.number == subject.number and seen.typing == "exact"
                        for seen in report.seen.values())]
    failures = [Failure(program, build, mode, subject.number, "it came, and cannot be copied")
                for subject in received]
    for subject in missing:
        # Nothing was returned: the type has no bits.
        seen = report.seen.get((f"first_{subject.number}", "result"))
        if seen and seen.typing not in LIMITS:
            failures.append(Failure(program, build, mode, subject.number,
                                    f"a value of {subject.type.name} came with '{seen.typing}'"))
    if len(missing) > len(delivered) * MISSING_SHARE:
        failures.append(Failure(program, build, mode, None,
                                f"{len(missing)} of {len(delivered)} subjects did not come in"
                                " their exact types"))
    return failures

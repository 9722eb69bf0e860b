"""Whether an instrumented run did what the plain one did, test by test."""

import dataclasses

IDENTICAL, FLAKY, UNSTEADY, DIFFERENT = "identical", "flaky", "unsteady", "different"


@dataclasses.dataclass
class Difference:
    """What one test, or the run as a whole, did plainly and under rayc, run by run.

    `sides` are the names of what is compared, in case it is something else.
    `kind` is `flaky` if the plain runs differ among themselves in the same way, `unsteady` if
    only some of the instrumented runs differ, and `different` if all of them do.
    """
    what: str
    plain: list
    instrumented: list
    kind: str = DIFFERENT
    sides: tuple = ("plain", "rayc")


def facts(run):
    """Everything that must be equal, by name: each test's outcomes, and how the run ended."""
    ended = "ran out of time" if run.timed_out else f"status {run.status}"
    ended += "".join(f", signal {signal}" for signal in run.signals)
    return {**{f"test {name}": ", ".join(outcomes) for name, outcomes in run.tests.items()},
            "the run": run.error or ended}


def differences(plain_runs, instrumented_runs):
    """The facts in which the first runs differ, judged by all of the runs.

    A test of which neither side's first run differs is not looked at: the runs after the first
    are there to judge, not to find. The run as a whole comes first; if nothing was built, only it.
    """
    plain_facts = [facts(run) for run in plain_runs]
    instrumented_facts = [facts(run) for run in instrumented_runs]
    names = ["the run", *sorted({*plain_facts[0], *instrumented_facts[0]} - {"the run"})]
    found = []
    for name in names:
        plain = [each.get(name, "not run") for each in plain_facts]
        instrumented = [each.get(name, "not run") for each in instrumented_facts]
        if plain[0] != instrumented[0]:
            found.append(Difference(name, plain, instrumented, kind(plain, instrumented)))
    return found[:1] if instrumented_runs[0].error else found


def kind(plain, instrumented):
    if len(set(plain)) > 1 and set(instrumented) <= set(plain):
        return FLAKY
    if set(instrumented) & set(plain):
        return UNSTEADY
    return DIFFERENT


def verdict(found):
    """The worst of the differences."""
    kinds = {difference.kind for difference in found}
    return next((kind for kind in (DIFFERENT, UNSTEADY, FLAKY) if kind in kinds), IDENTICAL)

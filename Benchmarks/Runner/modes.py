"""What a mode is: a way to build a kernel from its IR and to run it under observation."""

import re

from . import tools


class Mode:
    """One column of the report."""

    name = ""
    title = ""
    """The slow tools run a smaller input, compared with native on that input, and only once."""
    is_slow = False
    """Writes down every event. These run ten times the small input in each sample, and what an
    event costs is told in processor time."""
    is_recorder = False

    def unavailable(self):
        """None, or why this mode cannot run here and the command that mends it."""
        return None

    def prepare(self):
        """Builds what all kernels share; called once before any kernel."""

    def build(self, kernel, bitcode, folder):
        """Builds the kernel's binary for this mode from `bitcode` and returns its path."""
        raise NotImplementedError

    def command(self, binary, rounds, folder):
        return [binary, str(rounds)]

    def environment(self):
        return {}

    def events(self, output, folder):
        """`{"calls": …, "loads": …}` from what the run printed and left in `folder`."""
        found = re.search(r"(\d+) calls, (\d+) loads", output)
        return {"calls": int(found[1]), "loads": int(found[2])} if found else {}


class Native(Mode):
    """The same IR through the same optimiser and code generator, nothing else."""

    name = title = "native"

    def build(self, kernel, bitcode, folder):
        optimised = tools.optimise(bitcode, folder / "native.bc")
        return tools.link(
            [tools.generate_object(optimised, folder / "native.o")], folder / "native")

    def events(self, output, folder):
        return {}


def packages_needed(*packages):
    return f"needs {' '.join(packages)}: apt-get install -y {' '.join(packages)}"

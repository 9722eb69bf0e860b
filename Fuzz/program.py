"""A generated program: its subjects, and its text, whole or with some of the subjects only."""

import random

from . import deliveries, runs, specials
from .choose import Chooser
from .declarations import declarations
from .swifttypes import is_function

LOCAL_SHARE, SPECIAL_SHARE = 0.08, 0.04


class Subject:
    """A type, the ways in which its values are handed on, and two numbers that make values."""

    is_delivered, is_unseen = True, False

    def __init__(self, number, type, chosen, first, second):
        self.number, self.type, self.deliveries = number, type, chosen
        self.first, self.second = first, second
        self.is_local = False

    @property
    def is_async(self):
        return any(delivery.is_async for delivery in self.deliveries)


class Program:
    """`count` subjects, from a seed. `ways` is how many deliveries a subject has.

    Half of the programs are scripts, whose variables are globals of their own kind; so are those
    that never wait, which sanitizers and valgrind can follow.
    """

    def __init__(self, seed, count, ways=4, waits=True):
        self.seed, self.waits = seed, waits
        self.is_script = seed % 2 == 0 or not waits
        self.random = random.Random(seed)
        self.chooser = Chooser(self.random)
        self.numbers = {}
        self.subjects = []
        # Types without values that can be told apart in registers: nothing is returned.
        known = {"Void", "Int.Type", "Never?"}
        for number in range(count):
            if self.random.random() < SPECIAL_SHARE:
                self.subjects.append(specials.choose(self.random, number, waits))
                continue
            is_local = self.random.random() < LOCAL_SHARE
            while True:
                type = self.local() if is_local else self.chooser.subject()
                if type.name not in known:
                    break
            known.add(type.name)
            self.subjects.append(self.subject(number, type, ways, is_local))

    def subject(self, number, type, ways, is_local):
        usable = [delivery for delivery in deliveries.DELIVERIES
                  if (not is_local or delivery.at_top) and (self.waits or not delivery.is_async)]
        named = [deliveries.BY_NAME["direct"]]
        others = [delivery for delivery in usable if delivery not in named]
        chosen = named + self.random.sample(others, ways - 1)
        first = self.random.randrange(60)
        found = Subject(number, type, chosen, first,
                        first + self.random.choice([1, 1, 5, 7, 11]))
        found.is_local = is_local
        return found

    def local(self):
        """A type that is declared in a function, possibly in a generic one."""
        return self.chooser.nominal(1, is_local=True)

    def number(self, type):
        return self.numbers.setdefault(type.name, len(self.numbers))

    def make(self, type, n):
        return f"make_{self.number(type)}({n})"

    def text(self, type, v):
        return f"text_{self.number(type)}({v})"

    def render(self, numbers=None):
        """The program's Swift, with the subjects of those numbers, or with all."""
        subjects = [subject for subject in self.subjects
                    if numbers is None or subject.number in numbers]
        copyable = [subject for subject in subjects if isinstance(subject, Subject)]
        local = {subject.type.name for subject in copyable if subject.is_local}
        types = self.closure([subject.type for subject in copyable])
        lines = [runs.PRELUDE.read_text()]
        for declaration in declared(types):
            if not any(type.name in local and declaration in type.declarations
                       for type in types):
                lines += [*declaration.lines(), ""]
        for type in types:
            if type.name not in local:
                lines += [*self.functions(type, access_of(type)), ""]
        for subject in subjects:
            lines += [*self.group(subject), ""]
        return "\n".join([*lines, *self.main(subjects), ""])

    def closure(self, types):
        found, waiting = {}, list(types)
        while waiting:
            type = waiting.pop(0)
            if type.name in found:
                continue
            found[type.name] = type
            waiting += type.used()
        return list(found.values())

    def functions(self, type, access):
        """`make_N` and `text_N`."""
        number = self.number(type)
        return [f"@inline(never) {access}func make_{number}(_ n: Int) -> {type.name} {{",
                *("  " + line for line in type.make(self)), "}",
                f"@inline(never) {access}func text_{number}(_ v: {type.name}) -> String {{",
                *("  " + line for line in type.text(self)), "}"]

    def group(self, subject):
        """Everything of one subject, with `run_N` at its end."""
        if not isinstance(subject, Subject):
            return subject.lines(self)
        type, k = subject.type, subject.number
        words = {"k": k, "t": self.number(type), "T": type.name, "first": subject.first,
                 "second": subject.second, "access": "" if subject.is_local else access_of(type),
                 "esc": "@escaping " if is_function(type) else ""}
        words["give"] = deliveries.VALUE.format(**words)

        def filled(text):
            return text.format(**words).strip("\n").split("\n")
        lines = [f"@inline(never) {words['access']}func first_{k}() -> {type.name}"
                 f" {{ make_{words['t']}({subject.first}) }}"]
        run = [f"sink(first_{k}())", f"showType({k}, {metatype(type)})"]
        for delivery in subject.deliveries:
            lines += filled(delivery.lines)
            for line in delivery.run:
                run += filled(line)
        head = f"@inline(never) func run_{k}() " + ("async " if subject.is_async else "") + "{"
        if subject.is_local:
            own = [line for declaration in type.declarations for line in declaration.lines()]
            inside = [*own, *self.functions(type, ""), *lines, *run]
            return [head, *("  " + line for line in inside), "}"]
        return [*lines, head, *("  " + line for line in run), "}"]

    def main(self, subjects):
        calls = [f"if isWanted({subject.number}) {{ " + ("await " if subject.is_async else "")
                 + f"run_{subject.number}() }}" for subject in subjects]
        calls += ["_ = forget_everything()", 'print("live", live)']
        if self.is_script:
            return calls
        return ["@main struct Main {", "  static func main() async {",
                *("    " + call for call in calls), "  }", "}"]

    @property
    def flags(self):
        return [] if self.is_script else ["-parse-as-library"]


def declared(types):
    """The declarations of types and of what their declarations name, each once."""
    found, waiting = {}, [declaration for type in types for declaration in declarations(type)]
    while waiting:
        declaration = waiting.pop(0)
        root = declaration.root()
        if root.name in found:
            continue
        found[root.name] = root
        waiting += root.used_declarations()
    return list(found.values())


def metatype(type):
    return f"({type.name}).self" if not type.name.isidentifier() else f"{type.name}.self"


def access_of(type):
    return "fileprivate " if type.is_private else ""

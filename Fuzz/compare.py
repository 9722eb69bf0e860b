"""Holds what an instrumented program printed and its context saw against the plain program."""

import dataclasses


@dataclasses.dataclass
class Seen:
    """What the context saw of one delivery."""
    number: int
    typing: str
    type: str
    events: int
    replaced: int


@dataclasses.dataclass
class Report:
    """What the context wrote at the end: see Contexts/Values.swift."""
    events: int = 0
    exact: int = 0
    firsts: dict = dataclasses.field(default_factory=dict)
    types: set = dataclasses.field(default_factory=set)
    seen: dict = dataclasses.field(default_factory=dict)


def read_report(text):
    report = Report()
    for line in text.splitlines():
        word, *rest = line.split(" ")
        if word == "events":
            report.events, report.exact = map(int, rest)
        elif word == "first":
            report.firsts[int(rest[0])] = rest[1]
        elif word == "type":
            report.types.add(" ".join(rest))
        elif word == "seen":
            delivery, kind, number, typing, type, events, replaced = rest
            report.seen[delivery, kind] = Seen(int(number), typing, type, int(events),
                                               int(replaced))
    return report


def read_output(text):
    """The lines of the deliveries, and the types that the program names, by number."""
    lines, types = [], {}
    for line in text.splitlines():
        if line.startswith("type "):
            _, number, type = line.split()
            types.setdefault(int(number), set()).add(type)
        else:
            lines.append(line)
    return lines, types


def wrong_types(report, types):
    """What the context received as another type than the program's own."""
    found = []
    for number, type in sorted(report.firsts.items()):
        if type not in types.get(number, {type}):
            found.append((number, f"first_{number} came as another type"))
    for (delivery, kind), seen in sorted(report.seen.items()):
        of_another = (delivery.endswith("_pair") or delivery.endswith("_pack"))
        if seen.typing == "exact" and not of_another and seen.type not in types.get(
                seen.number, {seen.type}):
            found.append((seen.number, f"the {kind} of {delivery} came as another type"))
    return found


def differences(plain, swapped, lines, report, mode, may_keep):
    """Where the output is not what it should be: (subject's number or None, a sentence).

    A delivery whose result the context replaced has to read as in the program that delivers the
    other value itself; one whose loaded value it replaced, as in either.
    """
    found = []
    if len(plain) != len(lines):
        found.append((number_of(plain, lines),
                      f"{len(lines)} lines of output in place of {len(plain)}"))
    for old, new, line in zip(plain, swapped, lines):
        delivery = line.split(" ", 1)[0]
        allowed = {old}
        if mode == "results" and was_replaced(report, delivery, "result"):
            allowed = {new}
        elif mode == "loads" and was_replaced(report, delivery, "load"):
            allowed = {old, new}
        if line.startswith("live ") and may_keep:
            # What was put in the place of a borrowed value is kept for good.
            if int(line.split()[1]) >= int(old.split()[1]):
                continue
        if line not in allowed:
            found.append((number_of([old], [line]),
                          f"'{line}' in place of '{allowed.pop()}'"))
            if line.split(" ", 1)[0] != old.split(" ", 1)[0]:
                break
    return found


def was_replaced(report, delivery, kind):
    seen = report.seen.get((delivery, kind))
    return bool(seen and seen.replaced)


def number_of(old, new):
    """The subject that the first line that differs belongs to."""
    for index, line in enumerate(old):
        if index >= len(new) or new[index] != line:
            word = line.split("_", 1)[0]
            return int(word) if word.isdigit() else None
    return None

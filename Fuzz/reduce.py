"""Makes a failing program small: fewer subjects, then fewer ways of handing values on."""

import copy

from . import judge, runs


def reduce(place, failure, say):
    """The smallest program that still fails in the same build and mode, as a file, or None."""
    program = failure.program
    numbers = [failure.number] if failure.number is not None else [
        subject.number for subject in program.subjects]

    def fails(candidate, numbers):
        source = place.write("reduced", candidate, set(numbers))
        try:
            plain = place.plain(source, candidate)
            if failure.mode == "build":
                place.instrumented(source, candidate, failure.build)
                return False
            binary = place.instrumented(source, candidate, failure.build)
        except runs.BuildFailed:
            return failure.mode == "build"
        return bool(judge.problems(plain, binary, failure.mode, failure.build)[0])

    if not fails(program, numbers):
        return None
    # Halves first, then one by one.
    size = len(numbers) // 2
    while size >= 1 and len(numbers) > 1:
        for start in range(0, len(numbers), size):
            fewer = numbers[:start] + numbers[start + size:]
            if fewer and fails(program, fewer):
                numbers = fewer
                break
        else:
            size //= 2
        say(f"reduced to {len(numbers)} subjects")
    for number in numbers:
        program = with_fewer_ways(program, number, lambda one: fails(one, numbers))
    fails(program, numbers)
    return place.folder / "reduced.swift"


def with_fewer_ways(program, number, fails):
    """The program with as few deliveries of one subject as still fail."""
    index = [subject.number for subject in program.subjects].index(number)
    subject = program.subjects[index]
    if not subject.is_delivered:
        return program
    for delivery in list(subject.deliveries):
        fewer = copy.copy(program)
        fewer.subjects = list(program.subjects)
        fewer.subjects[index] = copy.copy(program.subjects[index])
        fewer.subjects[index].deliveries = [
            other for other in program.subjects[index].deliveries if other is not delivery]
        if fails(fewer):
            program = fewer
    return program

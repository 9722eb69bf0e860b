"""The table on the terminal and the JSON file."""

import json
import math
import statistics

from . import kernels

SCHEMA_VERSION = 1
EVENT_GOAL = 60_000_000


def geometric_mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else None


def means(results, mode):
    """The mode's geometric means: over all kernels, and over those that are not the ARC tree."""
    rows = [(kernel, cells[mode.name].ratio) for kernel, cells in results
            if cells[mode.name].ratio is not None]
    return (geometric_mean([ratio for _, ratio in rows]),
            geometric_mean([ratio for kernel, ratio in rows if not kernel.is_arc]))


def event_set_total(results, mode):
    """Calls and loads of the set that DESIGN's goal names; None unless all of it was run."""
    cells = [row[mode.name] for kernel, row in results if kernel.in_event_set]
    wanted = sum(kernel.in_event_set for kernel in kernels.KERNELS)
    if len(cells) < wanted or not all(cell.events for cell in cells):
        return None
    return sum(cell.events.get(kind, 0) for cell in cells for kind in ("calls", "loads"))


def lost_events(results):
    """Kernels where inlined hooks saw other events than the same hooks out of line."""
    pairs = [(kernel, cells.get("counter"), cells.get("out-of-line")) for kernel, cells in results]
    return [kernel for kernel, inlined, called in pairs
            if inlined and called and inlined.events != called.events
            and not inlined.failure and not called.failure]


def print_report(results, native, modes, goal_modes, skipped):
    print_ratios(results, native, modes)
    print()
    print_events(results, modes)
    print_recorders(results, modes)
    for mode in modes:
        total = event_set_total(results, mode)
        if total is not None and mode in goal_modes:
            state = "at least" if total >= EVENT_GOAL else "fewer than"
            print(f"{mode.title}: {total:,} events in n-body + fib + tree + words"
                  f" ({state} {EVENT_GOAL:,})")
    for kernel in lost_events(results):
        print(f"{kernel.name}: Counter and the same out of line differ in their counts")
    for mode, reason in skipped:
        print(f"{mode.title}: skipped, {reason}")


def print_ratios(results, native, modes):
    columns = [("native s", 9)] + [(mode.title, max(8, len(mode.title))) for mode in modes]
    print("Processor time against native (slow tools: elapsed), the same IR, medians of "
          "interleaved runs; * a checksum differs, - failed")
    print_row("", [(title, width) for title, width in columns])
    for kernel, cells in results:
        row = [f"{statistics.median(cells[native.name].cpu_seconds):.3f}"]
        for mode in modes:
            cell = cells[mode.name]
            row.append("-" if cell.ratio is None
                       else format_ratio(cell.ratio) + ("" if cell.is_checksum_equal else "*"))
        print_row(kernel.name, list(zip(row, (width for _, width in columns))))
    for index, label in enumerate(("geometric mean", "  without tree")):
        row = [""] + [format_ratio(means(results, mode)[index]) for mode in modes]
        print_row(label, list(zip(row, (width for _, width in columns))))


def format_ratio(ratio):
    if ratio is None:
        return "-"
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"


def print_row(label, cells):
    print(f"{label:15}" + "".join(f"  {text:>{width}}" for text, width in cells))


def print_events(results, modes):
    counting = [mode for mode in modes if any(cells[mode.name].events for _, cells in results)]
    columns = [(mode, kind) for mode in counting for kind in ("calls", "loads")
               if any(kind in cells[mode.name].events for _, cells in results)]
    if not columns:
        return
    print("Events of one run (slow tools: of the small input)")
    heads = [f"{mode.title}: {kind}" for mode, kind in columns]
    widths = [max(14, len(head)) for head in heads]
    print_row("", list(zip(heads, widths)))
    for kernel, cells in results:
        texts = [f"{cells[mode.name].events[kind]:,}" if kind in cells[mode.name].events else "-"
                 for mode, kind in columns]
        print_row(kernel.name, list(zip(texts, widths)))
    print()


def print_recorders(results, modes):
    """What an event costs; of events with times also against reading the counter alone."""
    recorders = [mode for mode in modes if mode.is_recorder]
    if not recorders:
        return
    print("Nanoseconds of the program's processor time for an event that is written down, medians")
    columns = []
    for mode in recorders:
        columns.append((mode, mode.title, "event_nanoseconds"))
        if any("timed" in cells[mode.name].events for _, cells in results):
            columns.append((mode, "a timed one", "timed_nanoseconds"))
            columns.append((mode, "/ rdtsc", "timed_ratio"))
    widths = [max(8, len(title)) for _, title, _ in columns]
    print_row("", list(zip([title for _, title, _ in columns], widths)))
    for kernel, cells in results:
        values = [getattr(cells[mode.name], name) for mode, _, name in columns]
        texts = ["-" if value is None else f"{value:.2f}" for value in values]
        print_row(kernel.name, list(zip(texts, widths)))
    print()


def write_json(file, results, native, modes, skipped, machine, samples, is_quick):
    document = {
        "schemaVersion": SCHEMA_VERSION,
        "machine": machine,
        "samples": samples,
        "quick": is_quick,
        "kernels": [kernel_json(kernel, cells, (native, *modes)) for kernel, cells in results],
        "modes": [mode_json(results, mode) for mode in modes],
        "skipped": [{"mode": mode.name, "reason": reason} for mode, reason in skipped],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, indent=2) + "\n")


def kernel_json(kernel, cells, modes):
    return {"name": kernel.name, "arc": kernel.is_arc, "inEventSet": kernel.in_event_set,
            "modes": [cell_json(mode, cells[mode.name]) for mode in modes]}


def cell_json(mode, cell):
    return {"mode": mode.name, "medianRatio": cell.ratio, "ratios": cell.ratios,
            "elapsedSeconds": cell.elapsed_seconds, "cpuSeconds": cell.cpu_seconds,
            "addedSeconds": cell.added_seconds, "eventNanoseconds": cell.event_nanoseconds,
            "timedNanoseconds": cell.timed_nanoseconds, "timedRatio": cell.timed_ratio,
            "counterNanoseconds": cell.counter_nanoseconds, "events": cell.events,
            "checksumEqual": cell.is_checksum_equal, "failure": cell.failure or None}


def mode_json(results, mode):
    all_kernels, without_arc = means(results, mode)
    return {"name": mode.name, "title": mode.title, "smallInput": mode.is_slow,
            "geometricMean": all_kernels, "geometricMeanWithoutTree": without_arc,
            "eventSetTotal": event_set_total(results, mode)}

"""rayc's own modes: a context linked into the kernel's IR before it is optimised."""

import json

from . import tools
from .modes import Mode

CONTEXTS = tools.BENCHMARKS / "Contexts"
BUILT_IN = tools.ROOT / "Sources/RayContexts"
EXAMPLES = tools.ROOT / "Examples"
PLUGIN = tools.TOOLKIT / "lib/rayc/libRaycPasses.so"
RUNTIME = tools.TOOLKIT / "lib/rayc/libRay.a"
GLUE = tools.TOOLKIT / "share/rayc/Glue.swift"


class Rayc(Mode):
    """One context at one placement; `options` go to the pass."""

    def __init__(self, name, title, context, *options, is_read_only=False):
        self.name, self.title, self.context, self.options = name, title, context, options
        self.is_read_only = is_read_only

    def unavailable(self):
        if all(file.exists() for file in (PLUGIN, RUNTIME, GLUE)):
            return None
        return "rayc is not built: scripts/setup"

    def prepare(self):
        self.context_bitcode, self.context_objects = build_context(
            self.context, self.is_read_only)

    def build(self, kernel, bitcode, folder):
        instrumented = tools.optimise(
            bitcode, folder / f"{self.name}.bc",
            options=[f"-load-pass-plugin={PLUGIN}", f"-rayc-context={self.context_bitcode}",
                     f"-rayc-module=Bench{kernel.file}", *self.options])
        kernel_object = tools.generate_object(instrumented, folder / f"{self.name}.o")
        return tools.link(
            [kernel_object, *self.context_objects, RUNTIME], folder / self.name)


class Recorder(Rayc):
    """The context `record`: every event to a file on disk, as uftrace and XRay write theirs."""

    is_slow = is_recorder = True

    def __init__(self, name, title, *arguments):
        super().__init__(name, title, "Record")
        self.arguments = ["-o", str(self.file), *arguments]
        self.conditions = [
            "RAYC_" + argument[2:].upper().replace("-", "_") for argument in arguments]

    file = tools.OUTPUT / "record.data"

    def prepare(self):
        self.context_bitcode, self.context_objects = build_context(
            self.context, arguments=self.arguments, conditions=self.conditions)

    def events(self, output, folder):
        profile = tools.run(
            [tools.TOOLKIT / "bin/rayc", "export", "--format", "json", "-o", "-", self.file])
        self.file.unlink()
        return recorded_events(json.loads(profile), "--time" in self.arguments)


def recorded_events(profile, is_timed):
    """What a recording holds, by the profile made of it: calls and loads, and under `recorded` all
    events. A call is two, a function's beginning and end are two; calls have times."""
    calls = sum(link["calls"] for link in profile["links"])
    entered = sum(node["calls"] for node in profile["nodes"]
                  if node["function"] >= 0
                  and not profile["functions"][node["function"]]["isPrimitive"])
    loads = sum(line["loads"] for line in profile["lines"])
    timed = 2 * (calls + profile["unseen"]["runtimeCalls"])
    counts = {"calls": calls, "loads": loads, "recorded": timed + 2 * entered + loads}
    return {**counts, "timed": timed} if is_timed else counts


_contexts = {}


def build_context(names, is_read_only=False, arguments=(), conditions=()):
    """The bitcode of a context, or of several joined by `+`, which the pass links into modules,
    and the objects every link gets."""
    key = "-".join([names, *(["read-only"] if is_read_only else []), *conditions])
    if key not in _contexts:
        folder = tools.OUTPUT / "contexts" / key
        folder.mkdir(parents=True, exist_ok=True)
        first, *others = [compile_context(name, index, folder, is_read_only, conditions)
                          for index, name in enumerate(names.split("+"))]
        bitcode = tools.optimise(
            first, folder / "context.bc", "default<O2>,rayc-context",
            [f"-load-pass-plugin={PLUGIN}", *[f"-rayc-stack={other}" for other in others],
             *(["-rayc-read-only"] if is_read_only else [])])
        context = tools.generate_object(bitcode, folder / "context.o")
        _contexts[key] = (bitcode, [context, build_arguments(names.split("+"), folder, arguments)])
    return _contexts[key]


def compile_context(name, index, folder, is_read_only, conditions):
    """One context and its glue, not optimised yet."""
    glue = folder / f"glue-{index}.swift"
    glue.write_text(GLUE.read_text().replace("__RAYC_CONTEXT__", name))
    source = next(file for file in (folder / f"{name}.swift" for folder in
                                    (CONTEXTS, EXAMPLES, BUILT_IN)) if file.exists())
    library = tools.TOOLKIT / "lib/rayc"
    raw = folder / f"raw-{index}.bc"
    tools.run([
        "swiftc", "-O", "-wmo", "-parse-as-library", "-g",
        *(["-D", "RAYC_READ_ONLY"] if is_read_only else []),
        *(option for condition in conditions for option in ("-D", condition)),
        "-module-name", f"RaycContext{index}_{name}", "-I", library, "-I", library / "include",
        "-Xfrontend", "-disable-llvm-optzns", "-emit-bc", source, glue, "-o", raw])
    return raw


def build_arguments(names, folder, arguments):
    """The object with the contexts' arguments, if any the first one's, and their names for
    messages."""
    text = folder / "arguments.ll"
    words = "".join(f"{word}" + chr(92) + "00" for word in arguments) or chr(92) + "00"
    size = sum(len(word) + 1 for word in arguments) or 1
    counts = ", ".join(f"i64 {len(arguments) if index == 0 else 0}" for index in range(len(names)))
    text.write_text(
        f"@rayc_context_count = constant i64 {len(names)}\n"
        f'@rayc_context_names = constant [{sum(len(name) + 1 for name in names)} x i8] '
        f'c"{"".join(name + chr(92) + "00" for name in names)}"\n'
        f'@rayc_context_arguments = constant [{size} x i8] c"{words}"\n'
        f"@rayc_context_argument_counts = constant [{len(names)} x i64] [{counts}]\n")
    return tools.generate_object(text, folder / "arguments.o")


MODES = [
    Rayc("counter", "Counter", "Counter"),
    Rayc("outside", "twins, outside", "Counter", "-rayc-scope=dynamic"),
    Rayc("inside", "twins, inside", "Counter", "-rayc-scope=dynamic", "-rayc-trigger=main"),
    Rayc("identity", "identity", "Identity"),
    Rayc("nans", "NaNs", "NaNs"),
    Rayc("nans-read-only", "NaNs, read-only", "NaNs", is_read_only=True),
    Rayc("stacked", "Counter twice", "Counter+Counter"),
    Rayc("tags", "tags", "Union"),
    Rayc("once", "each site once", "Once"),
    Rayc("optimized", "Counter, --at optimized", "Counter", "-rayc-at=optimized"),
    Recorder("record", "record"),
    Recorder("record-time", "record, timed calls", "--time", "--no-loads"),
    Rayc("out-of-line", "Counter, out of line", "Counter", "-rayc-no-inline"),
]

"""rayc's own modes: a context linked into the kernel's IR before it is optimised."""

from . import tools
from .modes import Mode

CONTEXTS = tools.BENCHMARKS / "Contexts"
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


_contexts = {}


def build_context(names, is_read_only=False):
    """The bitcode of a context, or of several joined by `+`, which the pass links into modules,
    and the objects every link gets."""
    key = names + ("-read-only" if is_read_only else "")
    if key not in _contexts:
        folder = tools.OUTPUT / "contexts" / key
        folder.mkdir(parents=True, exist_ok=True)
        first, *others = [compile_context(name, index, folder, is_read_only)
                          for index, name in enumerate(names.split("+"))]
        bitcode = tools.optimise(
            first, folder / "context.bc", "default<O2>,rayc-context",
            [f"-load-pass-plugin={PLUGIN}", *[f"-rayc-stack={other}" for other in others],
             *(["-rayc-read-only"] if is_read_only else [])])
        context = tools.generate_object(bitcode, folder / "context.o")
        _contexts[key] = (bitcode, [context, build_arguments(names.split("+"), folder)])
    return _contexts[key]


def compile_context(name, index, folder, is_read_only):
    """One context and its glue, not optimised yet."""
    glue = folder / f"glue-{index}.swift"
    glue.write_text(GLUE.read_text().replace("__RAYC_CONTEXT__", name))
    source = next(file for file in (CONTEXTS / f"{name}.swift", EXAMPLES / f"{name}.swift")
                  if file.exists())
    library = tools.TOOLKIT / "lib/rayc"
    raw = folder / f"raw-{index}.bc"
    tools.run([
        "swiftc", "-O", "-wmo", "-parse-as-library", "-g",
        *(["-D", "RAYC_READ_ONLY"] if is_read_only else []),
        "-module-name", f"RaycContext{index}_{name}", "-I", library, "-I", library / "include",
        "-Xfrontend", "-disable-llvm-optzns", "-emit-bc", source, glue, "-o", raw])
    return raw


def build_arguments(names, folder):
    """The object with the contexts' arguments, none here, and their names for messages."""
    text = folder / "arguments.ll"
    text.write_text(
        f"@rayc_context_count = constant i64 {len(names)}\n"
        f'@rayc_context_names = constant [{sum(len(name) + 1 for name in names)} x i8] '
        f'c"{"".join(name + chr(92) + "00" for name in names)}"\n'
        '@rayc_context_arguments = constant [1 x i8] c"\\00"\n'
        f"@rayc_context_argument_counts = constant [{len(names)} x i64] zeroinitializer\n")
    return tools.generate_object(text, folder / "arguments.o")


MODES = [
    Rayc("counter", "Counter", "Counter"),
    Rayc("outside", "twins, outside", "Counter", "-rayc-scope=dynamic"),
    Rayc("inside", "twins, inside", "Counter", "-rayc-scope=dynamic", "-rayc-trigger=main"),
    Rayc("identity", "identity", "Identity"),
    Rayc("nans", "NaNs", "NaNs"),
    Rayc("nans-read-only", "NaNs, read-only", "NaNs", is_read_only=True),
    Rayc("stacked", "Counter twice", "Counter+Counter"),
    Rayc("once", "each site once", "Once"),
    Rayc("optimized", "Counter, --at optimized", "Counter", "-rayc-at=optimized"),
    Rayc("out-of-line", "Counter, out of line", "Counter", "-rayc-no-inline"),
]

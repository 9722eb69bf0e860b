"""rayc's own modes: a context linked into the kernel's IR before it is optimised."""

from . import tools
from .modes import Mode

CONTEXTS = tools.BENCHMARKS / "Contexts"
PLUGIN = tools.TOOLKIT / "lib/rayc/libRaycPasses.so"
RUNTIME = tools.TOOLKIT / "lib/rayc/libRay.a"
GLUE = tools.TOOLKIT / "share/rayc/Glue.swift"


class Rayc(Mode):
    """One context at one placement; `options` go to the pass."""

    def __init__(self, name, title, context, *options):
        self.name, self.title, self.context, self.options = name, title, context, options

    def unavailable(self):
        if all(file.exists() for file in (PLUGIN, RUNTIME, GLUE)):
            return None
        return "rayc is not built: scripts/setup"

    def prepare(self):
        self.context_bitcode, self.context_objects = build_context(self.context)

    def build(self, kernel, bitcode, folder):
        instrumented = tools.optimise(
            bitcode, folder / f"{self.name}.bc",
            options=[f"-load-pass-plugin={PLUGIN}", f"-rayc-context={self.context_bitcode}",
                     f"-rayc-module=Bench{kernel.file}", *self.options])
        kernel_object = tools.generate_object(instrumented, folder / f"{self.name}.o")
        return tools.link(
            [kernel_object, *self.context_objects, RUNTIME], folder / self.name)


_contexts = {}


def build_context(name):
    """The context's bitcode, which the pass links into modules, and the objects every link gets."""
    if name not in _contexts:
        folder = tools.OUTPUT / "contexts" / name
        folder.mkdir(parents=True, exist_ok=True)
        glue = folder / "glue.swift"
        glue.write_text(GLUE.read_text().replace("__RAYC_CONTEXT__", name))
        library = tools.TOOLKIT / "lib/rayc"
        tools.run([
            "swiftc", "-O", "-wmo", "-parse-as-library", "-g",
            "-module-name", f"RaycContext_{name}", "-I", library, "-I", library / "include",
            "-Xfrontend", "-disable-llvm-optzns", "-emit-bc",
            CONTEXTS / f"{name}.swift", glue, "-o", folder / "raw.bc"])
        bitcode = tools.optimise(
            folder / "raw.bc", folder / "context.bc", "default<O2>,rayc-context",
            [f"-load-pass-plugin={PLUGIN}"])
        context = tools.generate_object(bitcode, folder / "context.o")
        _contexts[name] = (bitcode, [context, build_arguments(name, folder)])
    return _contexts[name]


def build_arguments(name, folder):
    """The object with the context's arguments, none here, and its name for messages."""
    text = folder / "arguments.ll"
    text.write_text(
        '@rayc_context_arguments = constant [1 x i8] c"\\00"\n'
        "@rayc_context_arguments_count = constant i64 0\n"
        f'@rayc_context_name = constant [{len(name) + 1} x i8] c"{name}\\00"\n')
    return tools.generate_object(text, folder / "arguments.o")


MODES = [
    Rayc("counter", "Counter", "Counter"),
    Rayc("outside", "twins, outside", "Counter", "-rayc-scope=dynamic"),
    Rayc("inside", "twins, inside", "Counter", "-rayc-scope=dynamic", "-rayc-trigger=main"),
    Rayc("identity", "identity", "Identity"),
    Rayc("once", "each site once", "Once"),
    Rayc("optimized", "Counter, --at optimized", "Counter", "-rayc-at=optimized"),
    Rayc("out-of-line", "Counter, out of line", "Counter", "-rayc-no-inline"),
]

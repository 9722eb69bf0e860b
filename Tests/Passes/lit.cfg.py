# The tests of the pass (stage 2). For each behaviour there are two files: `x.ll` shows the
# IR that the pass makes, `x_exec.ll` runs it with Inputs/runtime.c in place of the runtime.
import os
import shutil

import lit.formats

LLVM_MAJOR = 22
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOLKIT = os.environ.get("RAYC_HOME") or os.path.join(ROOT, ".build-rayc")
PLUGIN = os.path.join(TOOLKIT, "lib", "rayc", "libRaycPasses.so")

config.name = "Passes"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".ll", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
config.test_exec_root = os.path.join(ROOT, ".build-lit")
config.environment["PATH"] = os.environ["PATH"]
config.environment["PYTHONDONTWRITEBYTECODE"] = "1"
if not os.path.exists(PLUGIN):
    lit_config.fatal(f"no plugin '{PLUGIN}'; build it first: cmake --build and --install, or scripts/test")


def tool(name):
    return f"{name}-{LLVM_MAJOR}"


# The triple brings the data layout that Swift's modules have.
OPT = f"{tool('opt')} -mtriple=x86_64-unknown-linux-gnu -load-pass-plugin={PLUGIN}"
INCLUDE = os.path.join(ROOT, "Sources", "CRay", "include")
INPUTS = os.path.join(config.test_source_root, "Inputs")

SWIFTC = shutil.which("swiftc")
DEMANGLER = os.path.join(
    os.path.dirname(os.path.dirname(os.path.realpath(SWIFTC or ""))), "lib", "libswiftDemangle.so")

config.environment.update(OPT=OPT, LLC=tool("llc"), CLANG=tool("clang"), INCLUDE=INCLUDE)

# The names are matched in this order, so that a longer one comes before its beginning.
config.substitutions += [
    # %show CONTEXT.ll MODULE.ll [option of opt…]
    # %build CONTEXT.ll MODULE.ll EXECUTABLE [option of opt…]
    ("%show", os.path.join(INPUTS, "show")),
    ("%build", os.path.join(INPUTS, "build")),
    # %tagged CONTEXT.ll MODULE.ll EXECUTABLE [option of opt…]
    ("%tagged", os.path.join(INPUTS, "tagged")),
    # %dynamic CONTEXT.ll MODULE.ll EXECUTABLE [option of opt…]
    ("%dynamic", os.path.join(INPUTS, "dynamic")),
    # %rules [option of opt…] MODULE.ll: what rules and triggers mean in the module MyLib
    ("%rules", f"{OPT} -disable-output -passes=rayc-instrument -rayc-report=- -rayc-module=MyLib"
     f" -rayc-demangler={DEMANGLER}"),
    ("%demangler", DEMANGLER),
    ("%FileCheck", tool("FileCheck")),
    ("%clang", f"{tool('clang')} -I{INCLUDE}"),
    ("%opt", OPT),
    ("%llc", f"{tool('llc')} -relocation-model=pic"),
    ("%not", tool("not")),
    ("%split-file", tool("split-file")),
    ("%readelf", tool("llvm-readelf")),
    ("%python", "python3"),
    ("%root", ROOT),
    ("%inputs", INPUTS),
]
if shutil.which("ld.bfd"):
    config.available_features.add("ld.bfd")

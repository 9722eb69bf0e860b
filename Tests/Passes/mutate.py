"""mutate.py --work DIR --context FILE [--count N] [--seed N] MODULE…: changes modules at
random and checks that the plugin neither crashes nor hangs, and makes valid IR of whatever
the verifier takes. The same seed makes the same mutants. What fails is kept in DIR."""
import argparse
import os
import random
import re
import shlex
import subprocess
import sys

OPT = shlex.split(os.environ.get("OPT", "opt-22"))
STRESS = "/usr/lib/llvm-22/bin/llvm-stress"
TYPES = ("i1 i7 i8 i16 i24 i32 i64 i128 i256 half float double x86_fp80 ptr <4xfloat> <3xi32> <8xi1> "
         "{i64,i1} {i64,ptr} {i8,{i8,i8}} <{i8,i64}> [2xi64] [40xi8] {}").split()
TYPES = [re.sub(r"(\d)x", r"\1 x ", each) for each in TYPES]
CALL_ATTRIBUTES = ["noreturn", "returns_twice", "memory(none)", "nounwind", "convergent"]
LIMIT_SECONDS = 60


def run(arguments, **options):
    """Exit status and what was written on stderr; a hang is the status 124."""
    try:
        done = subprocess.run(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, timeout=LIMIT_SECONDS, text=True, **options)
        return done.returncode, done.stderr
    except subprocess.TimeoutExpired:
        return 124, "it hangs"


# Mutations: each takes a function's lines and changes them -------------------------------


def is_instruction(line):
    return line.startswith("  ") and not line.lstrip().startswith(("#dbg", ";", "]"))


def is_terminator(line):
    return re.match(r"  (br|ret|switch|unreachable|resume|indirectbr|.*invoke|.*callbr)\b", line)


def places(lines, accept):
    return [i for i, line in enumerate(lines) if is_instruction(line) and accept(line)]


def delete(lines, rng):
    found = places(lines, lambda line: not is_terminator(line))
    if found:
        del lines[rng.choice(found)]


def duplicate(lines, rng):
    found = places(lines, lambda line: not is_terminator(line) and " phi " not in line)
    if not found:
        return
    at = rng.choice(found)
    copy = re.sub(r"^  %(\S+) =", lambda match: f"  %mutant{rng.randrange(10**9)} =", lines[at])
    lines.insert(at + 1, copy)


def swap(lines, rng):
    found = places(lines, lambda line: not is_terminator(line) and " phi " not in line)
    if len(found) > 1:
        at = rng.randrange(len(found) - 1)
        a, b = found[at], found[at + 1]
        lines[a], lines[b] = lines[b], lines[a]


def end_here(lines, rng):
    found = places(lines, is_terminator)
    if found:
        lines[rng.choice(found)] = "  unreachable"


def go_straight(lines, rng):
    found = places(lines, lambda line: re.match(r"  br i1", line))
    if found:
        at = rng.choice(found)
        targets = re.findall(r"label (%\S+?)(?:,|$)", lines[at])
        lines[at] = f"  br label {rng.choice(targets)}"


def insert_load(lines, rng):
    found = places(lines, lambda line: " phi " not in line and "landingpad" not in line)
    if found:
        name, kind = f"%mutant{rng.randrange(10**9)}", rng.choice(TYPES)
        volatile = rng.choice(["", "volatile "])
        lines.insert(rng.choice(found), f"  {name} = load {volatile}{kind}, ptr @mutant_memory")


def insert_call(lines, rng):
    found = places(lines, lambda line: " phi " not in line and "landingpad" not in line)
    if found:
        name, kind = f"%mutant{rng.randrange(10**9)}", rng.choice(TYPES)
        arguments = ", ".join(f"{rng.choice(TYPES)} poison" for _ in range(rng.randrange(4)))
        callee = rng.choice(["@mutant_function", "@swift_mutant", "@mutant_memory"])
        lines.insert(rng.choice(found), f"  {name} = call {kind} {callee}({arguments})")


def change_call(lines, rng):
    found = places(lines, lambda line: re.search(r"\bcall\b.*\)", line) and "llvm." not in line)
    if not found:
        return
    at = rng.choice(found)
    if rng.random() < 0.5:
        marked = re.sub(r"\b((must|no)?tail )?call\b", rng.choice(["musttail", "notail", "tail"]) + " call", lines[at], count=1)
    else:
        attribute = rng.choice(CALL_ATTRIBUTES)
        head, _, tail = lines[at].rpartition(")")
        marked = f"{head}) {attribute}{tail}"
    lines[at] = marked


def change_function(lines, rng):
    lines[0] = rng.choice([
        lambda: lines[0].replace(" {", " noinline naked {"),
        lambda: re.sub(r"^define \w*", "define available_externally", lines[0]),
        lambda: lines[0].replace(" {", " memory(none) {"),
        lambda: lines[0].replace(" {", " noinline optnone {"),
        lambda: lines[0].replace("define ", "define swifttailcc ", 1),
    ])()


MUTATIONS = [delete, delete, duplicate, duplicate, swap, end_here, go_straight, insert_load,
             insert_load, insert_call, insert_call, change_call, change_function]
PREAMBLE = """
@mutant_memory = external global [64 x i8], align 16
declare void @mutant_function()
declare void @swift_mutant()
"""


def mutant(text, rng, mutations):
    parts = re.split(r"(^define [^\n]*\{\n.*?^\}\n)", text, flags=re.M | re.S)
    functions = [i for i, part in enumerate(parts) if part.startswith("define ")]
    for _ in range(rng.randint(1, 6)):
        at = rng.choice(functions)
        lines = parts[at].split("\n")
        rng.choice(mutations)(lines, rng)
        parts[at] = "\n".join(lines)
    return "".join(parts) + PREAMBLE


# Checking --------------------------------------------------------------------------------


class Check:
    def __init__(self, options):
        self.options, self.checked, self.refused, self.failures = options, 0, 0, 0

    def module(self, text, label, rng):
        # Its own name: two runs may share the folder.
        path = os.path.join(self.options.work, f"module{os.getpid()}.ll")
        with open(path, "w") as file:
            file.write(text)
        quiet = [*OPT, "-disable-output", path]
        if run([*quiet, "-passes=verify"])[0]:
            self.refused += 1
            return
        self.checked += 1
        if self.options.contexts:
            status, said = run([*quiet, "-passes=rayc-context,verify"])
            # A context may be refused, if it is told why.
            if status == 1 and "ERROR: rayc: the context's size" in said:
                status = 0
        else:
            status, said = self.instrumented(quiet, rng)
        if status:
            self.failures += 1
            kept = os.path.join(self.options.work, f"failure{self.failures}.ll")
            os.replace(path, kept)
            print(f"{label}: status {status}: {kept}")
            # A crash's first frames are LLVM's own.
            told = [line for line in said.splitlines() if not re.match(r" *#\d+ (?!.*rayc::)|PLEASE", line)]
            print("\n".join("    " + line[:200] for line in told[:8]))

    def instrumented(self, quiet, rng):
        """Status and messages of the passes, and now and then of a whole pipeline."""
        instrumented = [*quiet, f"-rayc-context={self.options.context}"]
        status, said = run([*instrumented, "-rayc-report=/dev/null", "-passes=rayc-instrument,verify,rayc-lower-state,verify"])
        if status == 0 and rng.random() < self.options.pipelines:
            pipeline = rng.choice(["default<O0>", "default<O2>"])
            at = rng.choice(["source", "optimized"])
            status, said = run([*instrumented, f"-rayc-at={at}", f"-passes={pipeline},verify"])
            # What LLVM itself cannot take says nothing about the plugin.
            if status and run([*quiet, f"-passes={pipeline}"])[0]:
                status = 0
        return status, said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100, help="mutants that the verifier takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stress", type=int, default=0, help="modules of llvm-stress, unchanged")
    parser.add_argument("--pipelines", type=float, default=0.2, help="share that is optimised too")
    parser.add_argument("--contexts", action="store_true", help="the modules are contexts to prepare")
    parser.add_argument("--work", required=True)
    parser.add_argument("--context", help="prepared; for modules that are no contexts")
    parser.add_argument("modules", nargs="*")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    check = Check(options)
    for seed in range(options.stress if os.path.exists(STRESS) else 0):
        made = subprocess.run([STRESS, f"-seed={options.seed + seed}", "-size=300"], capture_output=True, text=True)
        if made.returncode == 0:
            check.module(made.stdout, f"llvm-stress -seed={options.seed + seed}", random.Random(seed))
    texts = []
    for module in options.modules:
        # Named values, so that a line can go or come.
        named = subprocess.run([*OPT, "-S", "-passes=instnamer", module], capture_output=True, text=True)
        if named.returncode == 0 and "\ndefine " in named.stdout:
            texts.append((os.path.basename(module), named.stdout))
    # A context's functions come from a compiler, which makes none of them naked.
    mutations = [each for each in MUTATIONS if each is not change_function or not options.contexts]
    tries = 0
    goal = check.checked + options.count
    while texts and check.checked < goal and tries < 20 * options.count:
        rng = random.Random(options.seed * 1_000_003 + tries)
        name, text = texts[tries % len(texts)]
        check.module(mutant(text, rng, mutations), f"mutant {tries} of {name}", rng)
        tries += 1
    print(f"{check.checked} modules checked, {check.refused} not taken by the verifier, {check.failures} failures")
    return check.failures != 0


if __name__ == "__main__":
    sys.exit(main())

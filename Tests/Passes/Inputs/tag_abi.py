# tag_abi.py ROOT: holds Passes/TagAbi.h against Sources/CRay/include/ray_tags.h, each name once.
import re
import sys
from pathlib import Path

root = Path(sys.argv[1])
header = (root / "Sources/CRay/include/ray_tags.h").read_text()
own = (root / "Passes/TagAbi.h").read_text()


def plain(name):
    return name.replace("_", "").lower()


def check(prefix, pattern, text):
    known = {plain(name): int(number) for name, number in re.findall(rf"{prefix}(\w+) = (\d+)", header)}
    seen = dict(pattern(text))
    for name, number in known.items():
        if seen.get(name) != number:
            sys.exit(f"{prefix}{name} is {number}, in TagAbi.h {seen.get(name)}")


check("RAY_OP_", lambda text: [("none" if (n := plain(name)) == "unknown" else n, int(number))
                               for name, number in re.findall(r"\bOp(\w+) = (\d+)", text)], own)
types = re.search(r"enum MachineType : unsigned {(.*?)};", own, re.S)[1]
check("RAY_MACHINE_", lambda text: [(plain(name), index)
                                    for index, name in enumerate(re.findall(r"\w+", text))], types)
for name in ("ARGUMENTS", "RESULTS"):
    number = re.search(rf"RAY_TAG_{name} = (\d+)", header)[1]
    if not re.search(rf"Maximal{name.capitalize()} = {number}\b", own):
        sys.exit(f"RAY_TAG_{name} is {number} and is another number in TagAbi.h")

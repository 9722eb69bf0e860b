"""abi.py HEADER ABI_H CONTEXT_IR MODULE_IR [CONTEXT_IR…]: holds ray_abi.h against the plugin.

HEADER is Sources/CRay/include/ray_abi.h and ABI_H is Passes/Abi.h, both read by libclang;
CONTEXT_IR are contexts that have every hook together, prepared, MODULE_IR an instrumented module.
Prints every number that agrees, and ends with status 1 where one does not."""
import os
import re
import sys
import tempfile

import libclang
from libclang import CONSTANT, FIELD, FUNCTION, STRING, STRUCT, VARIABLE, call, children, name

BYTES = {"i8": 1, "i16": 2, "i32": 4, "i64": 8, "ptr": 8}
problems = 0


def check(what, header, plugin):
    global problems
    if header == plugin:
        print(f"{what}: {header}")
    else:
        problems += 1
        print(f"{what}: {header} in the header, {plugin} in the plugin")


# The header ----------------------------------------------------------------------------


class Header:
    def __init__(self, path):
        path = os.path.abspath(path)
        source = open(path).read()
        macros = re.findall(r"^#define (RAYC?_\w+) +\S", source, re.M)
        with tempfile.NamedTemporaryFile("w", suffix=".c") as file:
            file.write(f'#include "{path}"\n')
            # libclang evaluates no macros: an enumerator of each one's value.
            for macro in macros:
                file.write(f"enum {{ value_of_{macro} = (int)({macro}) }};\n")
            file.flush()
            cursors = list(libclang.descendants(libclang.parse(file.name)))
        self.constants = {
            name(each).removeprefix("value_of_"): call("getEnumConstantDeclValue", each)
            for each in cursors
            if each.kind == CONSTANT
        }
        self.names = {name(each) for each in cursors if each.kind in (FUNCTION, VARIABLE)}
        self.structs = {}
        for each in cursors:
            if each.kind == STRUCT and name(each).startswith("ray_"):
                self.structs[name(each)] = Layout.of_declaration(each)


class Layout:
    """Size and alignment of a struct; offset and size of each field, in order."""

    def __init__(self, size, alignment, fields):
        self.size, self.alignment, self.fields = size, alignment, fields

    @staticmethod
    def of_declaration(cursor):
        kind = call("getCursorType", cursor)
        fields = [
            (name(each), call("Cursor_getOffsetOfField", each) // 8,
             call("Type_getSizeOf", call("getCursorType", each)))
            for each in children(cursor)
            if each.kind == FIELD
        ]
        return Layout(call("Type_getSizeOf", kind), call("Type_getAlignOf", kind), fields)

    @staticmethod
    def of_ir(types):
        fields, end, alignment = [], 0, 1
        for each in types:
            size = BYTES[each]
            end = -(-end // size) * size
            fields.append((end, size))
            end, alignment = end + size, max(alignment, size)
        return Layout(-(-end // alignment) * alignment, alignment, fields)


# The plugin ----------------------------------------------------------------------------


def plugin_constants(path):
    """The numbers, enumerators and strings of Passes/Abi.h."""
    include = f"/usr/lib/llvm-{libclang.MAJOR}/include"
    numbers, strings = {}, {}
    unit = libclang.parse(path, "-x", "c++", "-std=c++17", f"-isystem{include}")
    for space in children(unit):
        if name(space) not in ("rayc", "abi"):
            continue
        for each in libclang.descendants(space):
            if each.kind == CONSTANT:
                numbers[name(each)] = call("getEnumConstantDeclValue", each)
            elif each.kind == VARIABLE:
                literals = [name(x) for x in libclang.descendants(each) if x.kind == STRING]
                if literals:
                    strings[name(each)] = literals[0].strip('"')
                else:
                    result = call("Cursor_Evaluate", each)
                    numbers[name(each)] = call("EvalResult_getAsLongLong", result)
    return numbers, strings


def check_record(header, struct, ir, pattern):
    """A global's type and alignment in the IR against a struct of the header."""
    match = re.search(pattern + r".*?\{ ((?:\w+, )*\w+) \}.*?(?:, align (\d+))?$", ir, re.M)
    if not match:
        raise SystemExit(f"no record of {struct} in the module")
    declared, emitted = header.structs[struct], Layout.of_ir(match[1].split(", "))
    check(f"sizeof({struct})", declared.size, emitted.size)
    check(f"alignof({struct})", declared.alignment, int(match[2] or emitted.alignment))
    check(f"fields of {struct}", len(declared.fields), len(emitted.fields))
    for (field, *at), emitted_at in zip(declared.fields, emitted.fields):
        check(f"{struct}.{field} (offset, size)", tuple(at), emitted_at)


def check_hooks(header, context):
    """Which hook a guard says the thread is in, and where it says so."""
    numbers = {"willCall": "WILL_CALL", "didCall": "DID_CALL", "result": "RESULT", "load": "LOAD",
               "store": "STORE", "operation": "OPERATION", "runtime": "RUNTIME",
               "outcome": "OUTCOME", "didEnter": "WILL_CALL", "willLeave": "DID_CALL"}
    in_hook = dict((field, offset) for field, offset, _ in header.structs["ray_thread"].fields)["in_hook"]
    bodies = re.findall(r"^define [^\n]*@rayc_hook_(\w+)\(.*?^\}", context, re.M | re.S)
    for hook in bodies:
        body = re.search(rf"^define [^\n]*@rayc_hook_{hook}\(.*?^\}}", context, re.M | re.S)[0]
        # `or` with 0 is nothing at all.
        mark = re.search(r" = or (?:disjoint )?i64 %\d+, (\d+)", body)
        constant = f"RAY_HOOK_{numbers[hook.split('_')[0]]}"
        check(f"{constant} in {hook}", header.constants[constant], int(mark[1]) if mark else 0)
        offset = int(re.search(r"i8, ptr %\w+, i64 (-\d+)", body)[1])
        check(f"ray_thread.in_hook in {hook}",
              in_hook - header.constants["RAY_THREAD_VALUE_OFFSET"], offset)


def main(header_path, abi_path, context_path, module_path, *more_contexts):
    header = Header(header_path)
    numbers, strings = plugin_constants(abi_path)
    constants = header.constants
    context, module = open(context_path).read(), open(module_path).read()

    check("RAYC_ABI_VERSION", constants["RAYC_ABI_VERSION"], numbers["Version"])
    check("rayc_abi_N", f"rayc_abi_{constants['RAYC_ABI_VERSION']}", strings["VersionSymbol"])
    # Its low half: the enumerators that stand for macros are ints.
    check("RAY_TWIN_MAGIC", constants["RAY_TWIN_MAGIC"] & 0xFFFFFFFF, numbers["TwinMagic"] & 0xFFFFFFFF)
    check("RAY_THREAD_VALUE_OFFSET", constants["RAY_THREAD_VALUE_OFFSET"], numbers["ThreadValueOffset"])
    kinds = {"CALL": "Call", "RUNTIME_CALL": "RuntimeCall", "LOAD": "Load", "STORE": "Store",
             "OPERATION": "Operation", "RUNTIME": "Runtime", "FUNCTION": "Function"}
    for constant, enumerator in kinds.items():
        check(f"RAY_SITE_{constant}", constants[f"RAY_SITE_{constant}"], numbers[enumerator])
    sites = [each for each in constants if each.startswith("RAY_SITE_")]
    check("kinds of sites", len(sites), len(set(kinds.values()) & numbers.keys()))

    # The names that instrumented code refers to, but for what the context's object defines.
    for key in ("VersionSymbol", "ThreadEnter", "ThreadAim", "Start", "Stopped", "ImageLoaded", "CodeLoaded",
                "CodeUnloaded", "CodeBegin", "CodeSize", "FindTwin", "TwinMagicVariable", "TaskEnter",
                "GateEnter", "GateLeave", "TriggerEnter", "TriggerLeave", "TriggerBegin", "ProgramEnter",
                "FrameRelease"):
        check(f"{strings[key]} is declared", True, strings[key] in header.names)

    check_record(header, "ray_site", module, r'^@rayc\.site\S* =')
    offsets = {field: offset for field, offset, _ in header.structs["ray_site"].fields}
    check("ray_site.disabled", offsets["disabled"], numbers["SiteDisabledOffset"])
    check_record(header, "ray_type", module, r'^@rayc\.type\.\S* =')
    # A place with two frames is the place and twice a frame.
    place = "i32, i32, i32, i16, i16, i32"
    frame = "i32, i32, i32, i32"
    check_record(header, "ray_place", module.replace(f"{{ {place}, {frame}, {frame} }}", f"{{ {place} }}"),
                 r'^@rayc\.place\S* =')
    check_record(header, "ray_source_frame",
                 module.replace(f"{{ {place}, {frame}, {frame} }}", f"{{ {frame} }}"),
                 r'^@rayc\.place\S* =')
    # The table of one argument is its number and that argument.
    one = re.sub(r"\{ i32, (i32, i32, i8, i8, i16) \}", r"{ \1 }", module)
    check_record(header, "ray_argument", one, r'^@rayc\.arguments\S* =')
    check("sizeof(ray_arguments)", header.structs["ray_arguments"].size, BYTES["i32"])
    for flag in ("IsReceiver", "IsInOut", "IsAbsent"):
        constant = "RAY_ARGUMENT_" + re.sub(r"(?<=.)([A-Z])(?![A-Z])", r"_\1", flag).upper().replace("IN_OUT", "INOUT")
        check(constant, constants[constant], numbers["Argument" + flag])
    thread = header.structs["ray_thread"]
    offsets = {field: offset for field, offset, _ in thread.fields}
    check("sizeof(ray_thread)", thread.size, numbers["ThreadValueOffset"])
    for field, key in {"state": "State", "in_hook": "InHook", "extent": "Extent", "frame": "Frame", "depth": "Depth"}.items():
        check(f"ray_thread.{field}", offsets[field], numbers[f"Thread{key}Offset"])
    # LowerThreadState reads the head's first word.
    check("ray_thread.state is the first word", offsets["state"], 0)
    for field, *at in thread.fields:
        print(f"ray_thread.{field} (offset, size): {tuple(at)}")
    size = re.search(r"@rayc_thread = .*\[(\d+) x i8\] .*align (\d+)", context)
    value = 8  # of the context at hand
    head_and_value = -(-(thread.size + value) // 16) * 16
    check("rayc_thread", 2 * head_and_value, int(size[1]))
    check("rayc_thread_size", head_and_value,
          int(re.search(r"@rayc_thread_size = constant i64 (\d+)", context)[1]))
    check("rayc_thread is aligned for ray_thread", True, int(size[2]) >= thread.alignment)
    for each in (context_path, *more_contexts):
        check_hooks(header, open(each).read())
    print(f"{problems} differences")
    return problems != 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

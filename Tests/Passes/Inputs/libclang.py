"""The little of libclang that abi.py needs, through ctypes: libclang comes with clang, its
Python binding is a package of its own."""
import ctypes
import subprocess
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_longlong, c_uint, c_void_p

MAJOR = 22
STRUCT, ENUM, VARIABLE, STRING = 2, 5, 9, 109
FIELD, CONSTANT, FUNCTION, ENTER = 6, 7, 8, 2


class Cursor(Structure):
    _fields_ = [("kind", c_int), ("xdata", c_int), ("data", c_void_p * 3)]


class Type(Structure):
    _fields_ = [("kind", c_int), ("data", c_void_p * 2)]


class Text(Structure):
    _fields_ = [("data", c_void_p), ("flags", c_uint)]


Visitor = CFUNCTYPE(c_int, Cursor, Cursor, c_void_p)

# Result and parameters of each function that is used.
PROTOTYPES = {
    "createIndex": (c_void_p, [c_int, c_int]),
    "parseTranslationUnit": (
        c_void_p,
        [c_void_p, c_char_p, POINTER(c_char_p), c_int, c_void_p, c_uint, c_uint],
    ),
    "getTranslationUnitCursor": (Cursor, [c_void_p]),
    "getNumDiagnostics": (c_uint, [c_void_p]),
    "getDiagnostic": (c_void_p, [c_void_p, c_uint]),
    "getDiagnosticSeverity": (c_int, [c_void_p]),
    "getDiagnosticSpelling": (Text, [c_void_p]),
    "visitChildren": (c_uint, [Cursor, Visitor, c_void_p]),
    "getCursorSpelling": (Text, [Cursor]),
    "getCursorType": (Type, [Cursor]),
    "Type_getSizeOf": (c_longlong, [Type]),
    "Type_getAlignOf": (c_longlong, [Type]),
    "Cursor_getOffsetOfField": (c_longlong, [Cursor]),
    "getEnumConstantDeclValue": (c_longlong, [Cursor]),
    "Cursor_Evaluate": (c_void_p, [Cursor]),
    "EvalResult_getAsLongLong": (c_longlong, [c_void_p]),
    "getCString": (c_char_p, [Text]),
}


def _load():
    clang = subprocess.check_output([f"clang-{MAJOR}", "-print-resource-dir"], text=True).strip()
    library = ctypes.CDLL(f"/usr/lib/llvm-{MAJOR}/lib/libclang-{MAJOR}.so.1")
    for name, (result, parameters) in PROTOTYPES.items():
        function = getattr(library, f"clang_{name}")
        function.restype, function.argtypes = result, parameters
    return library, clang


_library, _resources = _load()


def call(name, *arguments):
    return getattr(_library, f"clang_{name}")(*arguments)


def text(string):
    return call("getCString", string).decode()


def parse(path, *options):
    """The cursor of a translation unit; an error in the source ends the script."""
    arguments = [option.encode() for option in (*options, "-resource-dir", _resources)]
    array = (c_char_p * len(arguments))(*arguments)
    index = call("createIndex", 0, 0)
    unit = call("parseTranslationUnit", index, path.encode(), array, len(arguments), None, 0, 0)
    if not unit:
        raise SystemExit(f"libclang cannot parse '{path}'")
    for i in range(call("getNumDiagnostics", unit)):
        diagnostic = call("getDiagnostic", unit, i)
        if call("getDiagnosticSeverity", diagnostic) >= 3:
            raise SystemExit(text(call("getDiagnosticSpelling", diagnostic)))
    return call("getTranslationUnitCursor", unit)


def children(cursor):
    found = []

    def visit(child, _parent, _data):
        found.append(Cursor.from_buffer_copy(child))
        return 1

    call("visitChildren", cursor, Visitor(visit), None)
    return found


def name(cursor):
    return text(call("getCursorSpelling", cursor))


def descendants(cursor):
    for child in children(cursor):
        yield child
        yield from descendants(child)

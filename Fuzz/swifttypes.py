"""Swift types as the generator knows them: how each is written, made and turned into text."""


class Type:
    """A type: its spelling, the types it consists of, and the Swift that makes and shows a value.

    `make` and `text` give the lines of `func make_N(_ n: Int) -> T` and of
    `func text_N(_ v: T) -> String`; in them `program.make(type, n)` and `program.text(type, v)`
    call those of other types. Each `n` gives a value of its own where the type has several.
    """
    parts = ()
    hashable = False
    """The declarations that the type needs, each with `lines` and `uses`."""
    declarations = ()
    copyable = True
    is_reference = False

    def __init__(self, name):
        self.name = name

    @property
    def is_private(self):
        return (any(part.is_private for part in self.parts)
                or any(declaration.is_private for declaration in self.declarations))

    def with_parts(self, parts):
        raise NotImplementedError

    def substitute(self, arguments):
        """The type with types put in the places of generic parameters."""
        if not self.parts:
            return self
        return self.with_parts([part.substitute(arguments) for part in self.parts])

    def used(self):
        """The types whose `make` and `text` this one's call."""
        return self.parts


class Parameter(Type):
    """A generic parameter; never made or shown."""

    def __init__(self, name, hashable=False):
        super().__init__(name)
        self.hashable = hashable

    def substitute(self, arguments):
        return arguments.get(self.name, self)


class Simple(Type):
    """A type of the standard library or of the prelude, by expressions with `n` and `v`."""

    def __init__(self, name, make, text=r'"\(v)"', hashable=False, is_reference=False):
        super().__init__(name)
        self.expression, self.shown, self.hashable = make, text, hashable
        self.is_reference = is_reference

    def make(self, program):
        return [f"return {self.expression}"]

    def text(self, program):
        return [f"return {self.shown}"]


def integer(name):
    return Simple(name, f"{name}(truncatingIfNeeded: n &* 37 &+ 5)", hashable=True)


INTEGERS = [integer(name) for name in (
    "Int", "UInt", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64",
    "Int128")]
INT = INTEGERS[0]
STRING = Simple("String", "makeString(n)", hashable=True)
SIMPLE = [
    *INTEGERS, STRING,
    Simple("Bool", "n % 2 == 0", hashable=True),
    Simple("Double", "Double(n) * 1.25", hashable=True),
    Simple("Float", "Float(n) + 0.5", hashable=True),
    Simple("Float16", "Float16(n % 100) + 0.5"),
    Simple("Character", 'n % 2 == 0 ? "c" : "🧑‍🚀"', hashable=True),
    Simple("Unicode.Scalar", 'n % 2 == 0 ? "x" : "ß"', hashable=True),
    Simple("Substring", 'makeString(n &* 4 &+ 1).dropFirst(3 + n % 7)', hashable=True),
    Simple("StaticString", 'n % 2 == 0 ? "static" : "other"'),
    Simple("Range<Int>", "n..<(n &+ 3)", hashable=True),
    Simple("ClosedRange<UInt8>", "1...UInt8(truncatingIfNeeded: n % 100 + 1)", hashable=True),
    Simple("Duration", ".milliseconds(n)", hashable=True),
    Simple("AnyHashable", "n % 2 == 0 ? AnyHashable(n) : AnyHashable(makeString(n))"),
    Simple("Token", "Token(n)", r'"Token \(v.number)"', is_reference=True),
    Simple("Animal", "n % 2 == 0 ? Animal(n) : Cat(n)", "v.name", is_reference=True),
    Simple("Cat", "Cat(n)", "v.name", is_reference=True),
    Simple("AnyObject", "Token(n)", r'"object \((v as! Token).number)"', is_reference=True),
    Simple("Any", "makeAny(n)", "textOfAny(v)"),
    Simple("any Error", "makeError(n)", "textOfError(v)"),
    Simple("any Describes", "([Small(mark: n), Large(mark: n), Heavy(n)] as [any Describes])[n % 3]",
           "v.description_"),
    Simple("any Describes & Marks",
           "([Heavy(n), Large(mark: n), Small(mark: n)] as [any Describes & Marks])[n % 3]",
           r'"\(v.mark) \(v.description_)"'),
    Simple("any Marks & AnyObject", "Heavy(n)", r'"\(v.mark)"'),
    Simple("any Holds<Int>", "Holder<Int>(item: n)", r'"holds \(v.item)"'),
    Simple("any Hashable", "([n, makeString(n)] as [any Hashable])[n % 2]", r'"\(v)"'),
    Simple("Animal.Type", "n % 2 == 0 ? Animal.self : Cat.self"),
    Simple("Int.Type", "Int.self"),
    Simple("any Marks.Type", "([Small.self, Heavy.self] as [any Marks.Type])[n % 2]"),
    Simple("Any.Type", "([Int.self, Token.self, (String, Int).self] as [Any.Type])[n % 3]"),
    Simple("KeyPath<Large, Int>", r"n % 2 == 0 ? \Large.mark : \Large.text.count",
           r'"\(Large(mark: 3)[keyPath: v])"', is_reference=True),
    Simple("UnsafePointer<Int>?", "UnsafePointer<Int>(bitPattern: n % 3 * 4096)"),
    Simple("OpaquePointer", "OpaquePointer(bitPattern: 4096 + n % 3)!"),
    Simple("Void", "()", '"()"'),
    Simple("Never?", "nil"),
    Simple("@convention(c) (Int32) -> Int32", "n % 2 == 0 ? { $0 + 1 } : { $0 * 2 }",
           r'"c \(v(5))"'),
    Simple("(Int) -> String", r'{ x in "f \(x + n)" }', "v(1)"),
    Simple("() throws -> Int", "{ if n % 3 == 0 { throw SmallError(code: n) }; return n }",
           r'(try? v()).map { "\($0)" } ?? "threw"'),
    *(Simple(f"SIMD{count}<{scalar}>",
             f"SIMD{count}<{scalar}>(repeating: {scalar}(n % 50)) &+ 1" if scalar[0] in "IU"
             else f"SIMD{count}<{scalar}>(repeating: {scalar}(n)) + 0.5", hashable=True)
      for count, scalar in ((2, "Double"), (3, "Float"), (4, "Int32"), (8, "UInt8"), (4, "Int"),
                            (16, "Int8"), (3, "Double"), (8, "Float"))),
]
KEYS = [type for type in SIMPLE if type.hashable]


class Composite(Type):
    """A type of the standard library made of others."""

    def __init__(self, *parts):
        self.parts = parts
        super().__init__(self.spelling(*(part.name for part in parts)))

    def with_parts(self, parts):
        return type(self)(*parts)


class Optional(Composite):
    spelling = "Optional<{}>".format

    @property
    def hashable(self):
        return self.parts[0].hashable

    def make(self, program):
        return [f"if n % 3 == 0 {{ return nil }}",
                f"return .some({program.make(self.parts[0], 'n &+ 1')})"]

    def text(self, program):
        return [f"switch v {{", "case .none: return \"nil\"",
                f"case .some(let w): return \"some \" + {program.text(self.parts[0], 'w')}", "}"]


class List(Composite):
    """Array, and what lies in memory as it does."""

    def __init__(self, *parts, spelling="Array<{}>"):
        self.spelling = spelling.format
        self.pattern = spelling
        super().__init__(*parts)

    def with_parts(self, parts):
        return List(*parts, spelling=self.pattern)

    @property
    def hashable(self):
        return self.parts[0].hashable

    def make(self, program):
        return [f"var v: {self.name} = []",
                f"for i in 0..<(n % 4) {{ v.append({program.make(self.parts[0], 'n &+ i')}) }}",
                "return v"]

    def text(self, program):
        return ['var s = "["', f"for e in v {{ s += {program.text(self.parts[0], 'e')}; s += \", \" }}",
                'return s + "]"']


class Unordered(Composite):
    """Shown in the order of its elements' text."""

    def text(self, program):
        return ["var s: [String] = []", f"for e in v {{ s.append({self.shown(program)}) }}",
                "s.sort()", 'return "{" + s.joined(separator: ", ") + "}"']


class Set(Unordered):
    spelling = "Set<{}>".format
    hashable = True

    def make(self, program):
        return ["var v: " + self.name + " = []",
                f"for i in 0..<(n % 3) {{ v.insert({program.make(self.parts[0], 'n &+ i')}) }}",
                "return v"]

    def shown(self, program):
        return program.text(self.parts[0], "e")


class Dictionary(Unordered):
    spelling = "Dictionary<{}, {}>".format

    def make(self, program):
        key, value = self.parts
        return ["var v: " + self.name + " = [:]",
                f"for i in 0..<(n % 3) {{ v[{program.make(key, 'n &+ i')}] ="
                f" {program.make(value, 'n &+ i &+ 1')} }}", "return v"]

    def shown(self, program):
        return (f"{program.text(self.parts[0], 'e.key')} + \": \""
                f" + {program.text(self.parts[1], 'e.value')}")


class Result(Composite):
    spelling = "Result<{}, any Error>".format

    def make(self, program):
        return [f"if n % 3 == 0 {{ return .failure(makeError(n)) }}",
                f"return .success({program.make(self.parts[0], 'n')})"]

    def text(self, program):
        return ["switch v {",
                f"case .success(let w): return \"success \" + {program.text(self.parts[0], 'w')}",
                "case .failure(let e): return \"failure \" + textOfError(e)", "}"]


class Inline(Composite):
    spelling = "InlineArray<3, {}>".format

    def make(self, program):
        element = self.parts[0]
        return ["return [" + ", ".join(program.make(element, f"n &+ {i}") for i in range(3)) + "]"]

    def text(self, program):
        return ['var s = "inline"', "for i in v.indices { s += \" \"; "
                f"s += {program.text(self.parts[0], 'v[i]')} }}", "return s"]


class Tuple(Type):
    def __init__(self, parts, labels):
        self.parts, self.labels = tuple(parts), labels
        super().__init__("(" + ", ".join(f"{label}: {part.name}" if label else part.name
                                         for part, label in zip(parts, labels)) + ")")

    def with_parts(self, parts):
        return Tuple(parts, self.labels)

    def make(self, program):
        return ["return (" + ", ".join(
            (f"{label}: " if label else "") + program.make(part, f"n &+ {i}")
            for i, (part, label) in enumerate(zip(self.parts, self.labels))) + ")"]

    def text(self, program):
        return ['var s = "("',
                *(f"s += {program.text(part, f'v.{i}')}; s += \", \""
                  for i, part in enumerate(self.parts)), 'return s + ")"']


class Function(Composite):
    spelling = "({}) -> {}".format

    def make(self, program):
        return [f"let w = {program.make(self.parts[1], 'n')}", "return { _ in w }"]

    def text(self, program):
        argument = program.make(self.parts[0], "1")
        return [f"return \"f \" + {program.text(self.parts[1], f'v({argument})')}"]


class Metatype(Composite):
    spelling = "({}).Type".format

    def make(self, program):
        return [f"return ({self.parts[0].name}).self"]

    def text(self, program):
        return [r'return "\(v)"']

    def used(self):
        return ()


def is_function(type):
    """Whether a parameter of the type has to be marked as escaping."""
    return isinstance(type, Function) or isinstance(type, Simple) and "->" in type.name

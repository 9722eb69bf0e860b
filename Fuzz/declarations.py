"""Nominal types of generated programs: structs, enums, classes, generic or not, nested or not."""

from .swifttypes import Composite, Type, is_function


class Holder(Composite):
    """The prelude's generic type with an associated type."""
    spelling = "Holder<{}>".format

    def make(self, program):
        return [f"return {self.name}(item: {program.make(self.parts[0], 'n')})"]

    def text(self, program):
        return [f"return \"holder \" + {program.text(self.parts[0], 'v.item')}"]


class Member(Type):
    """`T.Item` of a parameter that is bound to a Holder."""

    def __init__(self, base):
        super().__init__(f"{base}.Item")
        self.base = base

    def substitute(self, arguments):
        return arguments[self.base].parts[0] if self.base in arguments else self


class Declaration:
    """What nominal types share: a name, generic parameters, fields in their terms.

    `constraints` has for each parameter what it has to conform to, `outer` the declaration that
    it stands in.
    """
    keyword = "struct"
    is_local = False

    def __init__(self, name, fields, parameters=(), constraints=(), outer=None,
                 is_private=False, conforms=()):
        self.name, self.fields, self.outer = name, fields, outer
        self.own_parameters, self.constraints = list(parameters), list(constraints)
        self.own_private, self.conforms = is_private, list(conforms)

    @property
    def parameters(self):
        return (self.outer.parameters if self.outer else []) + self.own_parameters

    @property
    def is_private(self):
        return self.own_private or bool(self.outer and self.outer.is_private) or any(
            type.is_private for _, type in self.fields)

    def spelled(self, arguments):
        outer = ""
        if self.outer:
            count = len(self.outer.parameters)
            outer = self.outer.spelled(arguments[:count]) + "."
            arguments = arguments[count:]
        names = ", ".join(part.name for part in arguments)
        return outer + self.name + (f"<{names}>" if arguments else "")

    def header(self):
        parameters = ", ".join(
            f"{name}: {constraint}" if constraint else name
            for name, constraint in zip(self.own_parameters, self.constraints))
        conforms = ", ".join(self.conforms)
        return (("fileprivate " if self.is_private and not self.is_local else "")
                + f"{self.keyword} {self.name}" + (f"<{parameters}>" if parameters else "")
                + (f": {conforms}" if conforms else "") + " {")

    def lines(self):
        lines = [self.header(), *("  " + line for line in self.body()), "}"]
        return lines

    def root(self):
        """What is written at top level: it, or what it stands in."""
        return self.outer.root() if self.outer else self

    def substituted(self, arguments):
        bound = dict(zip(self.parameters, arguments))
        return [(name, type.substitute(bound)) for name, type in self.fields]

    def used(self, arguments):
        return [type for _, type in self.substituted(arguments)]

    def used_declarations(self):
        """The declarations that this one's fields name, whatever their parameters are."""
        return [declaration for _, type in self.fields for declaration in declarations(type)]

    @property
    def methods(self):
        """Methods in terms of the generic parameters, which `text` calls."""
        first = self.fields[0][0] if self.fields else None
        return ["@inline(never) func own() -> Self { self }",
                *([f"@inline(never) func first() -> {self.fields[0][1].name} {{ {first} }}"]
                  if first else [])]


def declarations(type):
    """All declarations that a type's spelling names."""
    found = list(type.declarations)
    for part in type.parts:
        found += declarations(part)
    return found


class Nominal(Type):
    """A declared type with its generic arguments."""

    def __init__(self, declaration, arguments=()):
        self.declaration, self.parts = declaration, tuple(arguments)
        self.declarations = (declaration,)
        self.hashable = "Hashable" in declaration.conforms
        self.is_reference = declaration.keyword == "class"
        super().__init__(declaration.spelled(list(self.parts)))

    def with_parts(self, parts):
        return Nominal(self.declaration, parts)

    def make(self, program):
        return self.declaration.make(program, self)

    def text(self, program):
        return self.declaration.text(program, self)

    def used(self):
        return self.declaration.used(self.parts)


class Namespace(Declaration):
    """A type that others stand in."""

    def __init__(self, name, keyword="enum", **rest):
        super().__init__(name, [], **rest)
        self.keyword, self.inner = keyword, []

    def body(self):
        return [line for declaration in self.inner for line in declaration.lines()]

    def used_declarations(self):
        return [found for declaration in self.inner for found in declaration.used_declarations()]


class Struct(Declaration):
    """Fields that are `weak` or `unowned` refer to the prelude's anchor."""

    def __init__(self, name, fields, references=(), constants=(), **rest):
        super().__init__(name, fields, **rest)
        self.references, self.constants = references, set(constants)

    def body(self):
        lines = [f"{'let' if name in self.constants else 'var'} {name}: {type.name}"
                 for name, type in self.fields]
        for i, reference in enumerate(self.references):
            lines.append(f"{reference} r{i}: Token{'?' if reference == 'weak var' else ''} = anchor")
        return lines + self.methods

    def arguments(self, program, type):
        return ", ".join(f"{name}: {program.make(field, f'n &+ {i}')}"
                         for i, (name, field) in enumerate(self.substituted(type.parts)))

    def make(self, program, type):
        return [f"return {type.name}({self.arguments(program, type)})"]

    def text(self, program, type):
        lines = [f"var s = \"{self.name}(\"", "let v = v.own()"]
        for i, (name, field) in enumerate(self.substituted(type.parts)):
            value = "v.first()" if i == 0 else f"v.{name}"
            lines += [f"s += {program.text(field, value)}", 's += ", "']
        for i, reference in enumerate(self.references):
            mark = "!" if reference == "weak var" else ""
            lines.append(f"s += \"\\(v.r{i}{mark}.number)\"")
        if self.conforms and "Hashable" in self.conforms:
            lines.append("if v != v { s += \"unequal\" }")
        return lines + ['return s + ")"']


class Pack(Declaration):
    """A struct with a parameter pack, which takes any number of arguments."""

    def __init__(self, name, **rest):
        super().__init__(name, [], parameters=["each T"], constraints=[""], **rest)

    def body(self):
        return ["var items: (repeat each T)", "@inline(never) func own() -> Self { self }",
                "@inline(never) func all() -> (repeat each T) { items }"]

    def used(self, arguments):
        return list(arguments)

    def make(self, program, type):
        items = ", ".join(program.make(part, f"n &+ {i}") for i, part in enumerate(type.parts))
        return [f"return {type.name}(items: ({items}))"]

    def text(self, program, type):
        return ['var s = "pack("', "let items = v.own().all()",
                *(f"s += {program.text(part, f'items.{i}')}; s += \", \""
                  for i, part in enumerate(type.parts)), 'return s + ")"']


class Number(Type):
    """An integer as a generic argument."""

    def make(self, program):
        return ["fatalError()"]


class Counted(Struct):
    """A struct with an integer as its generic parameter."""

    def header(self):
        return super().header().replace("<N>", "<let N: Int>")

    def text(self, program, type):
        lines = super().text(program, type)
        return [*lines[:-1], r's += " \(type(of: v).count)"', lines[-1]]

    def body(self):
        return [*super().body(), "static var count: Int { N }"]


class Class(Struct):
    """A class, possibly with a subclass whose objects stand in for its own."""
    keyword = "class"

    def __init__(self, name, fields, subclass=None, lazy=None, **rest):
        super().__init__(name, fields, **rest)
        self.subclass, self.lazy = subclass, lazy

    def header(self):
        final = "" if self.subclass else "final "
        head = super().header()
        at = head.index("class ")
        return head[:at] + final + head[at:]

    @property
    def methods(self):
        return [line.replace("-> Self { self }", "-> Self { return self }")
                for line in super().methods]

    def body(self):
        parameters = ", ".join(
            f"{name}: {'@escaping ' if is_function(type) else ''}{type.name}"
            for name, type in self.fields)
        sets = "; ".join(f"self.{name} = {name}" for name, _ in self.fields)
        lines = ["var token = Token(1)", *super().body(),
                 f"init({parameters}) {{ {sets} }}", 'func kind() -> String { "base" }']
        if self.lazy:
            lines.append("lazy var late: Int = { token.number + 41 }()")
        return lines

    def lines(self):
        lines = super().lines()
        if self.subclass:
            outer = "fileprivate " if self.is_private and not self.is_local else ""
            lines += [f"{outer}final class {self.subclass}"
                      + self.generic_clause() + f": {self.name}" + self.generic_arguments() + " {",
                      '  var extra = "a subclass"',
                      '  override func kind() -> String { extra }', "}"]
        return lines

    def generic_clause(self):
        head = self.header()
        return head[head.index("<"):head.rindex(">") + 1] if "<" in head else ""

    def generic_arguments(self):
        return f"<{', '.join(self.own_parameters)}>" if self.own_parameters else ""

    def make(self, program, type):
        arguments = self.arguments(program, type)
        lines = []
        if self.subclass:
            other = type.name.replace(self.name, self.subclass, 1)
            lines.append(f"if n % 2 == 0 {{ return {other}({arguments}) }}")
        return [*lines, f"return {type.name}({arguments})"]

    def text(self, program, type):
        lines = super().text(program, type)
        extra = ["s += v.kind()", 's += " \\(v.token.number)"']
        if self.lazy:
            extra.append('s += " \\(v.late)"')
        return [*lines[:-1], *extra, lines[-1]]


class Enum(Declaration):
    """Cases are (name, payload types, is indirect); `raw` is a type of raw values."""
    keyword = "enum"

    def __init__(self, name, cases, raw=None, recursive=False, **rest):
        fields = [(f"{case}{i}", type) for case, payload, _ in cases
                  for i, type in enumerate(payload)]
        super().__init__(name, fields, **rest)
        self.cases, self.raw, self.recursive = cases, raw, recursive
        if raw:
            self.conforms.insert(0, raw)

    @property
    def methods(self):
        return ["@inline(never) func own() -> Self { self }"]

    def body(self):
        lines = []
        for number, (case, payload, indirect) in enumerate(self.cases):
            types = [("label: " if i == 1 else "") + type.name for i, type in enumerate(payload)]
            value = ""
            if self.raw:
                value = f' = "{case}"' if self.raw == "String" else f" = {number * 3}"
            lines.append(("indirect " if indirect else "") + f"case {case}"
                         + (f"({', '.join(types)})" if types else "") + value)
        if self.recursive:
            lines.append("indirect case node(Self, Self)")
        return lines + self.methods

    def make(self, program, type):
        bound = dict(zip(self.parameters, type.parts))
        lines = []
        if self.recursive:
            again = program.make(type, "n / {}")
            lines.append("if n > 2, n % 2 == 1 { return .node("
                         + f"{again.format(2)}, {again.format(3)}) }}")
        lines.append(f"switch n % {len(self.cases)} {{")
        for number, (case, payload, _) in enumerate(self.cases):
            values = ", ".join(
                ("label: " if i == 1 else "")
                + program.make(part.substitute(bound), f"n &+ {i}")
                for i, part in enumerate(payload))
            label = f"case {number}" if number < len(self.cases) - 1 else "default"
            lines.append(f"{label}: return .{case}" + (f"({values})" if payload else ""))
        return lines + ["}"]

    def text(self, program, type):
        bound = dict(zip(self.parameters, type.parts))
        lines = ["switch v.own() {"]
        for case, payload, _ in self.cases:
            names = [f"p{i}" for i in range(len(payload))]
            lines.append(f"case .{case}" + (f"(let {', let '.join(names)}):" if names else ":"))
            lines.append(f"  var s = \"{case}(\"" if names else f"  return \"{case}\"")
            for name, part in zip(names, payload):
                lines.append(f"  s += {program.text(part.substitute(bound), name)}; s += \", \"")
            if names:
                lines.append('  return s + ")"')
        if self.recursive:
            lines.append(f"case .node(let a, let b): return {program.text(type, 'a')}"
                         f" + \" \" + {program.text(type, 'b')}")
        return lines + ["}"]

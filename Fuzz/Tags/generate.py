"""Makes a program twice: in Swift, and as Python over reference.py's values."""

import random

SCALARS = ["Int", "Int", "Int", "Double", "Double", "Int32", "UInt8", "Float", "Bool"]
SUFFIX = {"Int": "", "Double": "D", "Float": "F", "Int32": "32", "UInt8": "8", "Bool": "B"}
INTEGERS = ("Int", "Int32", "UInt8")
BITS = 60


def is_scalar(kind):
    return isinstance(kind, str)


class Block:
    """Lines of both languages, and what is in scope: (name, type, whether it can be set)."""

    def __init__(self, scope, level):
        self.scope, self.level = list(scope), level
        self.swift, self.python = [], []

    def add(self, swift, python):
        self.swift += ["  " * self.level + line for line in swift.split("\n")]
        self.python += ["  " * self.level + line for line in python.split("\n")]

    def nest(self, inner):
        self.swift += inner.swift
        self.python += inner.python or []


class Program:
    def __init__(self, seed, tests=8, statements=14):
        self.random = random.Random(seed)
        self.tests, self.statements = tests, statements
        self.names = self.sinks = 0
        self.structs, self.enums, self.functions = [], [], []
        self.swift, self.python = [], []
        for _ in range(3):
            self.make_struct()
        for _ in range(2):
            self.make_enum()
        for _ in range(5):
            self.make_function()
        for _ in range(tests):
            self.make_test()
        calls = "\n".join(f"test{i}()" for i in range(tests))
        self.swift.append(calls)
        self.python.append(calls)

    # Pieces ---------------------------------------------------------------------------

    def name(self, prefix="v"):
        self.names += 1
        return f"{prefix}{self.names}"

    def chance(self, probability):
        return self.random.random() < probability

    def scalar(self):
        return self.random.choice(SCALARS)

    def number(self, kind):
        """A literal that no operation is trivial for."""
        if kind == "Bool":
            return self.random.choice([True, False])
        if kind in INTEGERS:
            return self.random.choice([3, 5, 7, 11, 13, 23, 45, 101])
        return self.random.choice([1.5, 2.25, 3.75, 0.625, 10.5])

    def literal(self, kind):
        number = self.number(kind)
        text = str(number).lower()
        return text if kind in ("Int", "Double", "Bool") else f"{kind}({text})", f"V({number})"

    def source(self, kind):
        if self.bit >= BITS:
            return self.literal(kind)
        bit, number = self.bit, self.number(kind)
        self.bit += 1
        return (f"input{SUFFIX[kind]}({bit}, {str(number).lower()})",
                f"source({bit}, {number})")

    def paths(self, scope, kind, settable=False):
        """What of a type is in reach: (Swift, Python)."""
        found = []
        for name, type, can_set in scope:
            if type == kind and (can_set or not settable):
                found.append((name, name))
            elif isinstance(type, tuple) and type[0] == "array" and type[1] == kind:
                if can_set or not settable:
                    index = self.random.randrange(type[2])
                    found.append((f"{name}[{index}]", f"{name}[{index}]"))
            elif isinstance(type, tuple) and type[0] in ("struct", "class"):
                if settable and type[0] == "struct" and not can_set:
                    continue
                found += [(f"{name}.{field}", f"{name}.{field}")
                          for field, of in type[2] if of == kind]
            elif isinstance(type, tuple) and type[0] == "tuple" and not settable:
                found += [(f"{name}.{i}", f"{name}[{i}]")
                          for i, of in enumerate(type[1]) if of == kind]
        return found

    def expression(self, kind, scope, depth=2):
        paths = self.paths(scope, kind)
        if depth == 0 or self.chance(0.2):
            if paths and self.chance(0.8):
                return self.random.choice(paths)
            return self.source(kind) if self.chance(0.3) else self.literal(kind)
        return self.operation(kind, scope, depth - 1)

    def condition(self, scope, depth):
        """A comparison of its own: where a Bool decides, optimisers know what it is behind."""
        kind, op = self.random.choice(["Int", "Double", "Int32", "UInt8"]), self.random.choice("<>")
        a, b = self.distinct(kind, scope, depth)
        return f"({a[0]} {op} {b[0]})", f"compare('{op}', {a[1]}, {b[1]})"

    def variable(self, kind, scope):
        """A value that the compilers cannot compute."""
        paths = self.paths(scope, kind)
        return self.random.choice(paths) if paths else self.source(kind)

    def operation(self, kind, scope, depth):
        choice = self.random.random()
        if choice < 0.07:
            condition = self.condition(scope, depth)
            a, b = self.expression(kind, scope, depth), self.expression(kind, scope, depth)
            return (f"({condition[0]} ? {a[0]} : {b[0]})",
                    f"({a[1]} if {condition[1]}.v else {b[1]})")
        if choice < 0.14 and kind in ("Int", "Double", "Float"):
            condition = self.condition(scope, depth)
            a, b = self.expression(kind, scope, depth), self.expression(kind, scope, depth)
            return (f"pick({condition[0]}, {a[0]}, {b[0]})",
                    f"pick({condition[1]}, {a[1]}, {b[1]})")
        if choice < 0.3:
            called = [f for f in self.functions if f[2] == kind]
            if called and self.calls > 0:
                self.calls -= 1
                name, parameters, _ = self.random.choice(called)
                given = [self.expression(of, scope, depth) for of in parameters]
                return (f"{name}({', '.join(text for text, _ in given)})",
                        f"{name}({', '.join(text for _, text in given)})")
        if kind == "Bool":
            of = self.random.choice(["Int", "Int", "Double", "Int32", "UInt8", "Float"])
            if self.chance(0.15):
                a = self.expression("Bool", scope, depth)
                return f"(!{a[0]})", f"negated({a[1]})"
            op = self.random.choice(["<", "<=", "==", "!=", ">"])
            a, b = self.distinct(of, scope, depth)
            return f"({a[0]} {op} {b[0]})", f"compare('{op}', {a[1]}, {b[1]})"
        if self.chance(0.2):
            return self.conversion(kind, scope, depth)
        if kind in INTEGERS:
            op = self.random.choice(["&+", "&-", "&*", "^", "&+", "/", "%", "&", "|", "&<<"])
            if op in ("/", "%", "&", "|", "&<<"):
                a = self.expression(kind, scope, depth)
                number = self.random.choice([3, 5, 7])
                return f"({a[0]} {op} {number})", f"binary('{kind}', '{op}', {a[1]}, V({number}))"
        else:
            op = self.random.choice(["+", "-", "*", "/"])
        a, b = self.distinct(kind, scope, depth)
        return f"({a[0]} {op} {b[0]})", f"binary('{kind}', '{op}', {a[1]}, {b[1]})"

    def distinct(self, kind, scope, depth):
        """Two operands of which no compiler knows that they are equal: x - x has no inputs."""
        a = self.expression(kind, scope, depth)
        b = self.source(kind) if self.chance(0.5) else self.literal(kind)
        return (a, b) if self.chance(0.5) else (b, a)

    def conversion(self, kind, scope, depth):
        if kind in INTEGERS:
            if kind == "Int" and self.chance(0.3):
                a = self.expression("Double", scope, depth)
                return f"toInt({a[0]})", f"toInt({a[1]})"
            of = self.random.choice([other for other in INTEGERS if other != kind])
            a = self.expression(of, scope, depth)
            return f"{kind}(truncatingIfNeeded: {a[0]})", f"convert('{kind}', {a[1]})"
        if kind == "Double" and self.chance(0.3):
            a = self.expression("Double", scope, depth)
            return f"({a[0]}).squareRoot()", f"root({a[1]})"
        of = self.random.choice(["Int", "Int32", "Float" if kind == "Double" else "Double"])
        a = self.expression(of, scope, depth)
        return f"{kind}({a[0]})", f"convert('{kind}', {a[1]})"

    # Declarations ---------------------------------------------------------------------

    def make_struct(self):
        name = self.name("S")
        kinds = [self.scalar() for _ in range(self.random.randrange(1, 5))]
        # Narrow fields that lie in one word are passed in one register, and share a tag.
        fields = []
        for kind in kinds:
            fields.append((f"f{len(fields)}", kind))
            if kind not in ("Int", "Double"):
                fields.append((f"f{len(fields)}", self.random.choice(["Int", "Double"])))
        self.structs.append(("struct", name, fields))
        members = "".join(f"  var {field}: {kind}\n" for field, kind in fields)
        self.swift.append(f"struct {name} {{\n{members}}}")
        names = [field for field, _ in fields]
        self.python.append(
            f"class {name}:\n  def __init__(self, {', '.join(names)}):\n"
            + "".join(f"    self.{field} = {field}\n" for field in names)
            + f"  def copy(self):\n    return {name}({', '.join('self.' + n for n in names)})")

    def make_enum(self):
        name = self.name("E")
        # Optimised code packs narrow scalars of a payload into one word, which has one tag.
        cases = [("c0", [self.scalar()]),
                 ("c1", [self.random.choice(["Int", "Double"]) for _ in range(2)]), ("none", [])]
        self.enums.append((name, cases))
        text = "".join(
            f"  case {case}" + (f"({', '.join(kinds)})" if kinds else "") + "\n"
            for case, kinds in cases)
        self.swift.append(f"enum {name} {{\n{text}}}")

    def make_function(self):
        name = self.name("f")
        parameters = [self.scalar() for _ in range(self.random.randrange(1, 6))]
        result = self.scalar()
        names = [self.name("p") for _ in parameters]
        block = Block([(n, kind, False) for n, kind in zip(names, parameters)], 1)
        self.bit, self.calls = BITS, 2
        for _ in range(self.random.randrange(1, 4)):
            self.declare_scalar(block)
        if self.chance(0.5):
            self.branch(block, 1)
        returned = self.expression(result, block.scope)
        block.add(f"return {returned[0]}", f"return {returned[1]}")
        attribute = self.random.choice(["", "", "@inline(never) "])
        listed = ", ".join(f"_ {n}: {kind}" for n, kind in zip(names, parameters))
        self.swift.append(f"{attribute}func {name}({listed}) -> {result} {{")
        self.swift += block.swift + ["}"]
        self.python.append(f"def {name}({', '.join(names)}):")
        self.python += block.python
        self.functions.append((name, parameters, result))

    def make_test(self):
        number = sum(line.startswith("func test") for line in self.swift)
        self.bit, self.calls = 0, 6
        block = Block([], 1)
        for _ in range(3):
            self.declare_scalar(block, is_source=True)
        for _ in range(self.statements):
            self.statement(block, 2)
        for name, kind, _ in block.scope:
            if is_scalar(kind):
                self.emit_sink(block, kind, (name, name))
        self.swift.append(f"func test{number}() {{")
        self.swift += block.swift + ["}"]
        self.python.append(f"def test{number}():")
        self.python += block.python

    # Statements -------------------------------------------------------------------------

    def statement(self, block, depth):
        kinds = [self.declare_scalar, self.assign, self.look, self.look, self.array, self.structure,
                 self.optional, self.enumeration, self.tuple, self.closure, self.object, self.helper,
                 self.elements, self.dictionary, self.shape, self.box]
        if depth > 0:
            kinds += [lambda b: self.branch(b, depth), lambda b: self.loop(b, depth)]
        self.random.choice(kinds)(block)

    def emit_sink(self, block, kind, value):
        self.sinks += 1
        block.add(f"sink{SUFFIX[kind]}({self.sinks}, {value[0]})",
                  f"sink('{kind}', {self.sinks}, {value[1]})")

    def declare_scalar(self, block, is_source=False):
        kind, name = self.scalar(), self.name()
        value = self.source(kind) if is_source else self.expression(kind, block.scope)
        block.add(f"var {name}: {kind} = {value[0]}", f"{name} = {value[1]}")
        block.scope.append((name, kind, True))

    def assign(self, block):
        kind = self.scalar()
        paths = self.paths(block.scope, kind, settable=True)
        if paths:
            target = self.random.choice(paths)
            value = self.expression(kind, block.scope)
            if target != value:
                block.add(f"{target[0]} = {value[0]}", f"{target[1]} = {value[1]}")

    def look(self, block):
        kind = self.scalar()
        self.emit_sink(block, kind, self.expression(kind, block.scope))

    def inner(self, block, depth, extra=()):
        inner = Block(block.scope + list(extra), block.level + 1)
        for _ in range(self.random.randrange(1, 4)):
            self.random.choice([self.assign, self.assign, self.declare_scalar, self.look,
                                self.element_change])(inner)
        if depth > 1 and self.chance(0.3):
            self.branch(inner, depth - 1)
        if not inner.swift:
            inner.add("", "pass")
        return inner

    def branch(self, block, depth):
        condition = self.condition(block.scope, 2)
        block.add(f"if {condition[0]} {{", f"if {condition[1]}.v:")
        block.nest(self.inner(block, depth))
        block.add("} else {", "else:")
        block.nest(self.inner(block, depth))
        block.add("}", "pass")

    def loop(self, block, depth):
        """Counts from 3: a loop that is unrolled multiplies by what it counts."""
        count, name = self.random.randrange(2, 5), self.name("i")
        arrays = [(n, t) for n, t, _ in block.scope if t[0] == "array"]
        if arrays and self.chance(0.5):
            array, type = self.random.choice(arrays)
            block.add(f"for {name} in {array} {{", f"for {name} in list({array}):")
            block.nest(self.inner(block, depth, [(name, type[1], False)]))
        elif self.chance(0.3):
            block.add(f"var {name} = 2\nwhile {name} < {count + 2} {{\n  {name} += 1",
                      f"for {name} in [V(i + 3) for i in range({count})]:")
            block.nest(self.inner(block, depth, [(name, "Int", False)]))
        else:
            block.add(f"for {name} in 3..<{count + 3} {{",
                      f"for {name} in [V(i + 3) for i in range({count})]:")
            block.nest(self.inner(block, depth, [(name, "Int", False)]))
        block.add("}", "pass")

    def array(self, block):
        kind, name, count = self.scalar(), self.name("a"), self.random.randrange(2, 5)
        values = [self.expression(kind, block.scope, 1) for _ in range(count)]
        block.add(f"var {name}: [{kind}] = [{', '.join(v for v, _ in values)}]",
                  f"{name} = [{', '.join(v for _, v in values)}]")
        block.scope.append((name, ("array", kind, count), True))

    def element_change(self, block):
        """Arrays grow and never shrink, so that indices stay good."""
        arrays = [(n, t) for n, t, can_set in block.scope if t[0] == "array" and can_set]
        if not arrays:
            return
        name, (_, kind, count) = self.random.choice(arrays)
        value = self.expression(kind, block.scope, 1)
        form = self.random.randrange(4)
        if form == 0:
            block.add(f"{name}.append({value[0]})", f"{name}.append({value[1]})")
        elif form == 1:
            block.add(f"{name}.insert({value[0]}, at: 1)", f"{name}.insert(1, {value[1]})")
        elif form == 2:
            block.add(f"{name}.swapAt(0, {count - 1})",
                      f"{name}[0], {name}[{count - 1}] = {name}[{count - 1}], {name}[0]")
        else:
            index = self.random.randrange(count)
            block.add(f"{name}[{index}] = {value[0]}", f"{name}[{index}] = {value[1]}")

    def elements(self, block):
        """Functions of collections, with closures of the program's."""
        arrays = [(n, t) for n, t, _ in block.scope if t[0] == "array"]
        if not arrays:
            return self.array(block)
        name, (_, kind, count) = self.random.choice(arrays)
        result, element = self.name("a"), self.name("e")
        inside = block.scope + [(element, kind, False)]
        known = True
        form = self.random.randrange(8)
        if form == 0:
            of = self.scalar()
            body = self.expression(of, inside, 1)
            block.add(f"var {result} = {name}.map {{ ({element}: {kind}) -> {of} in {body[0]} }}",
                      f"{result} = [{body[1]} for {element} in {name}]")
            kind = of
        elif form == 1:
            body = self.condition(inside, 1)
            block.add(f"var {result} = {name}.filter {{ {element} in {body[0]} }}",
                      f"{result} = [{element} for {element} in {name} if {body[1]}.v]")
            known = False
        elif form == 2 and kind != "Bool":
            block.add(f"var {result} = {name}.sorted()",
                      f"{result} = sorted({name}, key=lambda x: x.v)")
        elif form == 3 and kind not in ("Bool",):
            block.add(f"var {result} = {name}.sorted {{ $0 > $1 }}",
                      f"{result} = sorted({name}, key=lambda x: x.v, reverse=True)")
        elif form == 4:
            block.add(f"var {result} = Array({name}.reversed())",
                      f"{result} = list(reversed({name}))")
        elif form == 5:
            value = self.expression(kind, block.scope, 1)
            block.add(f"var {result} = {name} + Array(repeating: {value[0]}, count: 2)",
                      f"{result} = {name} + [{value[1]}] * 2")
        elif form == 6:
            block.add(f"var {result} = Array({name}[1...])", f"{result} = {name}[1:]")
            count -= 1
        elif kind == "Int":
            start, op = self.source("Int"), self.random.choice(["&+", "^", "&*"])
            block.add(f"let {result} = {name}.reduce({start[0]}) {{ $0 {op} $1 }}",
                      f"{result} = {start[1]}\nfor {element} in {name}:\n"
                      f"  {result} = binary('Int', '{op}', {result}, {element})")
            block.scope.append((result, "Int", False))
            return
        else:
            block.add(f"var {result} = {name}", f"{result} = list({name})")
        if known and count > 0:
            block.scope.append((result, ("array", kind, count), True))
        else:
            item = self.name("x")
            self.sinks += 1
            block.add(f"for {item} in {result} {{ sink{SUFFIX[kind]}({self.sinks}, {item}) }}",
                      f"for {item} in {result}: sink('{kind}', {self.sinks}, {item})")

    def structure(self, block):
        type, name = self.random.choice(self.structs), self.name("s")
        same = [n for n, t, _ in block.scope if t == type]
        if same and self.chance(0.4):
            other = self.random.choice(same)
            block.add(f"var {name} = {other}", f"{name} = {other}.copy()")
        else:
            values = [self.expression(kind, block.scope, 1) for _, kind in type[2]]
            listed = ", ".join(f"{f}: {v[0]}" for (f, _), v in zip(type[2], values))
            block.add(f"var {name} = {type[1]}({listed})",
                      f"{name} = {type[1]}({', '.join(v[1] for v in values)})")
        block.scope.append((name, type, True))
        if self.chance(0.4):
            many, field = self.name("m"), self.random.choice(type[2])
            self.sinks += 1
            sunk = f"sink{SUFFIX[field[1]]}({self.sinks}, $0.{field[0]})"
            block.add(f"var {many} = [{name}, {name}]\n{many}[1] = {name}\n{many}.append({name})\n"
                      f"{many}.forEach {{ {sunk} }}",
                      f"for _ in range(3): sink('{field[1]}', {self.sinks}, {name}.{field[0]})")

    def optional(self, block):
        kind, name, bound = self.scalar(), self.name("o"), self.name()
        condition = self.condition(block.scope, 1)
        value = self.expression(kind, block.scope, 1)
        other = self.expression(kind, block.scope, 1)
        block.add(f"let {name}: {kind}? = {condition[0]} ? {value[0]} : nil\n"
                  f"let {bound} = {name} ?? {other[0]}",
                  f"{name} = {value[1]} if {condition[1]}.v else None\n"
                  f"{bound} = {name} if {name} is not None else {other[1]}")
        block.scope.append((bound, kind, False))
        self.sinks += 1
        block.add(f"if let {name} {{ sink{SUFFIX[kind]}({self.sinks}, {name}) }}",
                  f"if {name} is not None: sink('{kind}', {self.sinks}, {name})")

    def enumeration(self, block):
        (name, cases), value = self.random.choice(self.enums), self.name("c")
        case, kinds = self.random.choice(cases)
        given = [self.expression(kind, block.scope, 1) for kind in kinds]
        payload = f"({', '.join(v for v, _ in given)})" if kinds else ""
        kept, held = self.name("k"), f"('{case}', [{', '.join(v for _, v in given)}])"
        block.add(f"let {kept}: [{name}] = [.{case}{payload}, .none]\nlet {value} = {kept}[0]\n"
                  f"switch {value} {{", f"{value} = {held}")
        for other, of in cases:
            names = [self.name("y") for _ in of]
            pattern = f"({', '.join('let ' + n for n in names)})" if of else ""
            block.add(f"case .{other}{pattern}:", f"if {value}[0] == '{other}':")
            inner = Block(block.scope, block.level + 1)
            for index, (n, kind) in enumerate(zip(names, of)):
                self.emit_sink(inner, kind, (n, f"{value}[1][{index}]"))
            if not of:
                inner.add("break", "pass")
            block.nest(inner)
        block.add("}", "pass")

    def tuple(self, block):
        kinds, name = [], self.name("t")
        for _ in range(self.random.randrange(2, 4)):
            kinds.append(self.scalar())
            if kinds[-1] not in ("Int", "Double"):  # as in a struct: no two in one word
                kinds.append(self.random.choice(["Int", "Double"]))
        values = [self.expression(kind, block.scope, 1) for kind in kinds]
        block.add(f"let {name}: ({', '.join(kinds)}) = ({', '.join(v for v, _ in values)})",
                  f"{name} = ({', '.join(v for _, v in values)},)")
        block.scope.append((name, ("tuple", kinds), False))
        # `last` is an Optional, whose payload is moved in words: narrow scalars would share a tag.
        if self.chance(0.5) and all(kind in ("Int", "Double") for kind in kinds):
            many, other = self.name("m"), self.name("t")
            block.add(f"let {many} = [{name}, {name}]\nlet {other} = {many}.last!",
                      f"{other} = {name}")
            block.scope.append((other, ("tuple", kinds), False))

    def closure(self, block):
        """Captures by reference, is kept in an array or called through a function."""
        variables = [(n, k) for n, k, can_set in block.scope if is_scalar(k) and can_set]
        if not variables:
            return self.declare_scalar(block)
        variable, kind = self.random.choice(variables)
        name, p = self.name("g"), self.name("p")
        of = self.scalar()
        scope = block.scope + [(p, of, False)]
        change, result = self.expression(kind, scope, 1), self.scalar()
        value = self.expression(result, scope, 1)
        kept = f"{name}s"
        block.add(f"let {name} = {{ ({p}: {of}) -> {result} in\n  {variable} = {change[0]}\n"
                  f"  return {value[0]}\n}}\nlet {kept} = [{name}, {name}]",
                  f"def {name}({p}):\n  nonlocal {variable}\n  {variable} = {change[1]}\n"
                  f"  return {value[1]}")
        for _ in range(2):
            given, called = self.expression(of, block.scope, 1), self.name()
            call = self.random.choice([f"{name}({given[0]})", f"{kept}[1]({given[0]})",
                                       f"apply({given[0]}, {name})"])
            block.add(f"let {called} = {call}", f"{called} = {name}({given[1]})")
            block.scope.append((called, result, False))

    def object(self, block):
        kind, name, alias = self.random.choice(["Int", "Double", "Bool"]), self.name("o"), self.name("o")
        value = self.expression(kind, block.scope, 1)
        block.add(f"let {name} = Cell<{kind}>({value[0]})\nlet {alias} = {name}",
                  f"{name} = Cell({value[1]})\n{alias} = {name}")
        for known in (name, alias):
            block.scope.append((known, ("class", "Cell", [("value", kind)]), False))

    def box(self, block):
        kind, name, other = self.scalar(), self.name("b"), self.name("b")
        value, new = (self.expression(kind, block.scope, 1) for _ in range(2))
        of, element = self.scalar(), self.name("e")
        body = self.expression(of, block.scope + [(element, kind, False)], 1)
        block.add(f"var {name} = Box<{kind}>(value: {value[0]})\n"
                  f"let {other} = {name}.map {{ ({element}: {kind}) -> {of} in {body[0]} }}\n"
                  f"{name}.set({new[0]})",
                  f"{name} = Box({value[1]})\n{element} = {name}.value\n{other} = Box({body[1]})\n"
                  f"{name}.value = {new[1]}")
        block.scope.append((name, ("struct", "Box", [("value", kind)]), True))
        block.scope.append((other, ("struct", "Box", [("value", of)]), False))
        self.emit_sink(block, kind, (f"{name}.get()", f"{name}.value"))

    def dictionary(self, block):
        kind, name, result = self.random.choice(["Int", "Double", "UInt8"]), self.name("d"), self.name()
        a, b, other = (self.expression(kind, block.scope, 1) for _ in range(3))
        key, asked = self.random.randrange(3), self.random.randrange(3)
        block.add(f"var {name}: [Int: {kind}] = [0: {a[0]}]\n{name}[{key}] = {b[0]}\n"
                  f"let {result} = {name}[{asked}] ?? {other[0]}",
                  f"{name} = {{0: {a[1]}}}\n{name}[{key}] = {b[1]}\n"
                  f"{result} = {name}[{asked}] if {asked} in {name} else {other[1]}")
        block.scope.append((result, kind, False))

    def shape(self, block):
        name, result, k = self.name("z"), self.name(), self.expression("Int", block.scope, 1)
        ints = [self.expression("Int", block.scope, 1) for _ in range(4)]
        e = self.expression("Double", block.scope, 1)
        swift, python = self.random.choice([
            (f"Square(side: {ints[0][0]})", f"Square({ints[0][1]})"),
            (f"Circle({ints[0][0]})", f"Circle({ints[0][1]})"),
            (f"Ring({ints[0][0]}, {ints[1][0]})", f"Ring({ints[0][1]}, {ints[1][1]})"),
            (f"Wide(a: {ints[0][0]}, b: {ints[1][0]}, c: {ints[2][0]}, d: {ints[3][0]}, e: {e[0]})",
             f"Wide({ints[0][1]}, {ints[1][1]}, {ints[2][1]}, {ints[3][1]}, {e[1]})")])
        block.add(f"let {name}: [any Shape] = [{swift}]\nlet {result} = {name}[0].area({k[0]})",
                  f"{name} = {python}\n{result} = {name}.area({k[1]})")
        block.scope.append((result, "Int", False))

    def helper(self, block):
        ints = [self.expression("Int", block.scope, 1) for _ in range(3)]
        condition = self.condition(block.scope, 1)
        result, element = self.name(), self.name("e")
        form = self.random.randrange(5)
        if form == 0:
            variables = [n for n, k, can_set in block.scope if k == "Int" and can_set]
            if not variables:
                return
            target = self.random.choice(variables)
            b = self.source("Int")
            block.add(f"let {result} = bump(&{target}, {b[0]})",
                      f"{result}, {target} = bump({target}, {b[1]})")
        elif form == 1:
            n = self.random.randrange(4)
            block.add(f"let {result} = rec({n}, {ints[0][0]}, {ints[1][0]})",
                      f"{result} = rec({n}, {ints[0][1]}, {ints[1][1]})")
        elif form == 2:
            block.add(f"let {result} = caught({condition[0]}, {ints[0][0]})",
                      f"{result} = caught({condition[1]}, {ints[0][1]})")
        elif form == 3:
            b = self.variable("Int", block.scope)
            block.add(f"let {result} = twice({ints[0][0]}) {{ {element} in {element} &+ {b[0]} }}",
                      f"{result} = twice({ints[0][1]}, lambda e: binary('Int', '&+', e, {b[1]}))")
        else:
            block.add(f"let {result} = List.node({ints[0][0]}, .node({ints[1][0]}, .end)).sum()",
                      f"{result} = total([{ints[0][1]}, {ints[1][1]}])")
        block.scope.append((result, "Int", False))

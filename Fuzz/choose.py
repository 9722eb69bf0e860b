"""Chooses types at random: what kinds there are, and how often."""

from . import swifttypes as types
from .declarations import (Class, Counted, Enum, Holder, Member, Namespace, Nominal, Number, Pack,
                           Struct)

CONFORMING = [types.Simple("Small", "Small(mark: n)", "v.description_", hashable=True),
              types.Simple("Large", "Large(mark: n)", "v.description_", hashable=True),
              types.Simple("Heavy", "Heavy(n)", "v.description_", is_reference=True)]
LABELS = [None, None, "count", "name", "x"]
REFERENCES = ["weak var", "unowned var", "unowned let", "unowned(unsafe) var"]


class Chooser:
    """Makes the types of one program; the same numbers from `random` make the same types."""

    def __init__(self, random):
        self.random = random
        self.number = 0
        self.made = []

    def name(self, letter):
        self.number += 1
        return f"{letter}{self.number}"

    def chance(self, probability):
        return self.random.random() < probability

    def subject(self):
        """A type to be tested."""
        kind = self.random.random()
        if kind < 0.55:
            return self.nominal(2)
        if kind < 0.9:
            return self.composite(2, [])
        return self.random.choice(types.SIMPLE)

    def any(self, depth, parameters=()):
        """Any type, with at most `depth` more levels of others inside."""
        if parameters and self.chance(0.45):
            return self.random.choice(parameters)
        kind = self.random.random()
        if depth <= 0 or kind < 0.4:
            return self.random.choice(types.SIMPLE)
        if kind < 0.75 or parameters:
            return self.composite(depth, parameters)
        # A declaration inside another's fields has no parameters of the outer one.
        if self.made and self.chance(0.5):
            return self.random.choice(self.made)
        return self.nominal(depth - 1)

    def key(self, parameters=()):
        keys = [parameter for parameter in parameters if parameter.hashable]
        if keys and self.chance(0.6):
            return self.random.choice(keys)
        made = [type for type in self.made if type.hashable]
        return self.random.choice(made if made and self.chance(0.3) else types.KEYS)

    def composite(self, depth, parameters):
        def element():
            return self.any(depth - 1, parameters)
        kind = self.random.randrange(13)
        if kind < 3:
            return types.Optional(element())
        if kind < 5:
            return types.List(element())
        if kind == 5:
            return types.List(element(), spelling=self.random.choice(
                ["ContiguousArray<{}>", "ArraySlice<{}>"]))
        if kind == 6:
            return types.Set(self.key(parameters))
        if kind == 7:
            return types.Dictionary(self.key(parameters), element())
        if kind == 8:
            return self.random.choice([types.Result, Holder])(element())
        if kind == 9:
            return types.Function(self.random.choice(types.SIMPLE[:14]), element())
        if kind == 10:
            # Swift itself fails over an InlineArray of existentials, and their metatypes.
            only = element()
            while "any " in only.name or "Any" in only.name:
                only = element()
            return self.random.choice([types.Inline, types.Metatype])(only)
        count = self.random.choice([2, 2, 3, 4, 5])
        return types.Tuple([element() for _ in range(count)],
                           [self.random.choice(LABELS) if i == 0 else None for i in range(count)])

    def fields(self, depth, parameters, least=0):
        count = max(least, self.random.choice([0, 1, 1, 2, 2, 3, 3, 4, 6, 9]))
        return [(f"f{i}", self.any(depth, parameters)) for i in range(count)]

    def parameters(self):
        """Names and constraints of generic parameters, and the types that fields may use."""
        names, constraints, usable = [], [], []
        for name in "TUVW"[:self.random.choice([1, 1, 1, 2, 2, 3])]:
            constraint = self.random.choice(
                ["", "", "", "Hashable", "Describes", "AnyObject", "Holds"])
            names.append(name)
            constraints.append(constraint)
            usable.append(types.Parameter(name, hashable=constraint == "Hashable"))
            if constraint == "Holds":
                usable.append(Member(name))
        return names, constraints, usable

    def argument(self, constraint, depth):
        if constraint == "Hashable":
            return self.key()
        if constraint == "Describes":
            return self.random.choice(CONFORMING)
        if constraint == "AnyObject":
            return self.random.choice(
                [type for type in types.SIMPLE + self.made
                 if type.is_reference and not type.name.startswith("any")
                 and type.name != "AnyObject"])
        if constraint == "Holds":
            return Holder(self.any(depth - 1))
        return self.any(depth - 1)

    def nominal(self, depth, is_local=False):
        """A type with a declaration of its own."""
        rest = {"is_private": not is_local and self.chance(0.2)}
        parameters, constraints, usable = [], [], []
        if self.chance(0.4):
            parameters, constraints, usable = self.parameters()
            rest |= {"parameters": parameters, "constraints": constraints}
        outer = None
        if not is_local and self.chance(0.15):
            outer = self.namespace()
            rest["outer"] = outer
            usable += [types.Parameter(name) for name in outer.parameters]
        declaration = self.declaration(depth, usable, rest, is_local)
        if outer:
            outer.inner.append(declaration)
        if isinstance(declaration, Pack):
            arguments = [self.any(depth - 1) for _ in range(self.random.choice([2, 2, 3, 4]))]
        elif isinstance(declaration, Counted):
            arguments = [Number(str(self.random.choice([0, 3, 17, 1000])))]
        else:
            arguments = [self.argument(constraint, depth) for constraint in
                         ([""] * len(outer.parameters) if outer else []) + constraints]
        type = Nominal(declaration, arguments)
        if not is_local:
            self.made.append(type)
        return type

    def namespace(self):
        parameters = ["A"] if self.chance(0.4) else []
        return Namespace(self.name("N"), keyword=self.random.choice(["enum", "struct"]),
                         parameters=parameters, constraints=[""] * len(parameters))

    def declaration(self, depth, usable, rest, is_local):
        kind = self.random.random()
        is_plain = not usable and not rest.get("outer")
        if is_plain and not is_local and kind < 0.06:
            return Pack(self.name("P"), is_private=rest["is_private"])
        if is_plain and not is_local and kind < 0.1:
            return Counted(self.name("V"), self.fields(depth - 1, (), 1), parameters=["N"],
                           constraints=[""], is_private=rest["is_private"])
        if kind < 0.4:
            fields = self.fields(depth - 1, usable)
            references = [self.random.choice(REFERENCES)] if self.chance(0.12) else []
            constants = [name for name, _ in fields if self.chance(0.2)]
            conforms = ["Hashable"] if is_hashable(fields) and not references else []
            return Struct(self.name("S"), fields, references, constants, conforms=conforms, **rest)
        if kind < 0.65:
            fields = self.fields(depth - 1, usable)
            name = self.name("C")
            subclass = None if is_local or rest.get("outer") or self.chance(0.6) else "Sub" + name
            references = [self.random.choice(REFERENCES)] if self.chance(0.25) else []
            return Class(name, fields, subclass, self.chance(0.3), references=references, **rest)
        return self.enumeration(depth, usable, rest)

    def enumeration(self, depth, usable, rest):
        kind = self.random.random()
        name = self.name("E")
        if not usable and kind < 0.25:
            count = self.random.choice([1, 2, 3, 5, 40, 300])
            cases = [(f"c{i}", [], False) for i in range(count)]
            raw = self.random.choice([None, None, "String", "UInt16", "Int"])
            if raw is None:
                rest = rest | {"conforms": ["Hashable"]}
            return Enum(name, cases, raw, **rest)
        payloads = self.random.choice([1, 1, 1, 2, 2, 3, 4])
        cases = [(f"c{i}", [self.any(depth - 1, usable)
                            for _ in range(self.random.choice([1, 1, 1, 2, 3]))],
                  self.chance(0.15)) for i in range(payloads)]
        empty = self.random.choice([0, 0, 1, 1, 2, 5, 30])
        cases += [(f"d{i}", [], False) for i in range(empty)]
        fields = [("", type) for _, payload, _ in cases for type in payload]
        conforms = ["Hashable"] if is_hashable(fields) and self.chance(0.5) else []
        return Enum(name, cases, recursive=not usable and not conforms and self.chance(0.2),
                    conforms=conforms, **rest)


def is_hashable(fields):
    return bool(fields) and all(type.hashable for _, type in fields)

"""What generated programs compute, over values that know which inputs they came from.

A value's inputs are those of an operation's operands. Neither conditions nor indices count.
"""

import math
import struct

WIDTHS = {"Int": (64, True), "Int32": (32, True), "UInt8": (8, False)}
EVENTS = []


class V:
    """A number with the set of its inputs, as bits, and those that every optimiser keeps: a product
    with a constant 0 has none. Never changed."""
    __slots__ = ("v", "t", "kept")

    def __init__(self, v, t=0, kept=None):
        self.v, self.t, self.kept = v, t, t if kept is None else kept


def of(number, *operands):
    """What is made from operands."""
    inputs = kept = 0
    for operand in operands:
        inputs |= operand.t
        kept |= operand.kept
    return V(number, inputs, kept)


def wrapped(kind, number):
    bits, signed = WIDTHS[kind]
    number &= (1 << bits) - 1
    return number - (1 << bits) if signed and number >> (bits - 1) else number


def single(number):
    try:
        return struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)


def divided(a, b):
    if b == 0:
        if a == 0 or math.isnan(a):
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)
    return a / b


def truncated_division(a, b):
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


INTEGER = {
    "&+": lambda a, b: a + b, "&-": lambda a, b: a - b, "&*": lambda a, b: a * b,
    "&": lambda a, b: a & b, "|": lambda a, b: a | b, "^": lambda a, b: a ^ b,
    "&<<": lambda a, b: a << b, "/": truncated_division,
    "%": lambda a, b: a - b * truncated_division(a, b),
}
FLOATING = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
            "/": divided}
COMPARISON = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, "==": lambda a, b: a == b,
              "!=": lambda a, b: a != b, ">": lambda a, b: a > b}


def binary(kind, op, a, b):
    if kind in WIDTHS:
        result = of(wrapped(kind, INTEGER[op](a.v, b.v)), a, b)
        is_constant = any(x.v == 0 and x.kept == 0 for x in (a, b))
        return V(result.v, result.t, 0) if is_constant and op in ("&*", "&") else result
    try:
        result = FLOATING[op](a.v, b.v)
    except OverflowError:
        result = math.inf
    return of(single(result) if kind == "Float" else result, a, b)


def compare(op, a, b):
    return of(COMPARISON[op](a.v, b.v), a, b)


def negated(a):
    return of(not a.v, a)


def convert(to, a):
    if to in WIDTHS:
        return of(wrapped(to, int(a.v)), a)
    return of(single(float(a.v)) if to == "Float" else float(a.v), a)


def toInt(x):
    return of(int(x.v), x) if -1e15 < x.v < 1e15 else V(7)


def root(x):
    return of(math.sqrt(x.v) if x.v >= 0 else math.nan, x)


def source(bit, x):
    return V(x, 1 << bit)


def sink(kind, number, x):
    if kind in ("Double", "Float"):
        size, letter = ("d", "Q") if kind == "Double" else ("f", "I")
        text = "nan" if math.isnan(x.v) else str(struct.unpack(letter, struct.pack(size, x.v))[0])
    else:
        text = str(x.v).lower()
    EVENTS.append((number, text, x.t, x.kept))


def copied(x):
    return x.copy() if hasattr(x, "copy") else x


def pick(first, a, b):
    return a if first.v else b


def twice(x, f):
    return f(f(x))


def bump(a, b):
    return a, binary("Int", "&+", a, b)


def rec(n, x, y):
    for _ in range(n):
        x, y = y, binary("Int", "&+", x, y)
    return x


def caught(fails, x):
    return binary("Int", "&*", x, V(3)) if fails.v else binary("Int", "&+", x, V(5))


class Box:
    def __init__(self, value):
        self.value = value

    def copy(self):
        return Box(self.value)


class Cell:
    def __init__(self, value):
        self.value = value


class Square:
    def __init__(self, side):
        self.side = side

    def copy(self):
        return Square(self.side)

    def area(self, k):
        return binary("Int", "&+", binary("Int", "&*", self.side, self.side), k)


class Circle:
    def __init__(self, radius):
        self.radius = radius

    def area(self, k):
        return binary("Int", "&+", binary("Int", "&*", self.radius, V(3)), self.weight(k))

    def weight(self, k):
        return k


class Ring(Circle):
    def __init__(self, radius, hole):
        super().__init__(radius)
        self.hole = hole

    def weight(self, k):
        return binary("Int", "&-", self.hole, k)


class Wide:
    def __init__(self, a, b, c, d, e):
        self.a, self.b, self.c, self.d, self.e = a, b, c, d, e

    def copy(self):
        return Wide(self.a, self.b, self.c, self.d, self.e)

    def area(self, k):
        return binary("Int", "&-", binary("Int", "&+", self.a, self.d), k)


def total(values):
    """The sum of a List, from the end."""
    result = V(0)
    for x in reversed(values):
        result = binary("Int", "&+", x, result)
    return result

"""Subjects that have code of their own: what hooks cannot receive, or whose type has no name."""

NONCOPYABLE = """
struct Unique{k}: ~Copyable {{
  var text: String
  var token = Token({k})
  var number: Int
  deinit {{ show("{k}_end", "\\(number)") }}
}}
enum Either{k}: ~Copyable {{ case nothing, one(Unique{k}), number(Int) }}
struct Wrap{k}<Value: ~Copyable>: ~Copyable {{
  var value: Value
  var more = 3
}}
final class Keeper{k} {{ var held: Unique{k}? }}
@inline(never) func give_{k}_unique(_ n: Int) -> Unique{k} {{ Unique{k}(text: makeString(n), number: n) }}
@inline(never) func give_{k}_thrown(_ n: Int) throws -> Unique{k} {{
  if n < 0 {{ throw SmallError(code: n) }}
  return give_{k}_unique(n)
}}
@inline(never) func give_{k}_passed<Value: ~Copyable>(_ value: consuming Value) -> Value {{ value }}
@inline(never) func give_{k}_either(_ n: Int) -> Either{k} {{
  n % 3 == 0 ? .nothing : n % 3 == 1 ? .one(give_{k}_unique(n)) : .number(n)
}}
@inline(never) func give_{k}_wrapped(_ n: Int) -> Wrap{k}<Unique{k}> {{ Wrap{k}(value: give_{k}_unique(n)) }}
@inline(never) func look_{k}(_ value: borrowing Unique{k}) -> String {{ value.text + "\\(value.number)" }}
@inline(never) func change_{k}(_ value: inout Unique{k}) {{ value.number += 100 }}
@inline(never) func end_{k}(_ value: consuming Unique{k}) -> Int {{ value.token.number + value.number }}
@inline(never) func load_{k}_kept(_ keeper: Keeper{k}) -> Int {{
  guard let held = keeper.held.take() else {{ return 0 }}
  return end_{k}(held)
}}
@inline(never) func load_{k}_either(_ either: consuming Either{k}) -> String {{
  switch consume either {{
  case .nothing: return "nothing"
  case .one(let unique): return look_{k}(unique)
  case .number(let n): return "\\(n)"
  }}
}}
@inline(never) func run_{k}() {{
  var unique = give_{k}_unique({k})
  change_{k}(&unique)
  show("{k}_unique", look_{k}(unique))
  show("{k}_passed", "\\(end_{k}(give_{k}_passed(unique)))")
  do {{ show("{k}_thrown", look_{k}(try give_{k}_thrown(2))) }} catch {{}}
  do {{ show("{k}_thrown", look_{k}(try give_{k}_thrown(-2))) }} catch {{ show("{k}_threw", textOfError(error)) }}
  for n in 0..<3 {{ show("{k}_either", load_{k}_either(give_{k}_either(n))) }}
  show("{k}_wrapped", look_{k}(give_{k}_passed(give_{k}_wrapped(7)).value))
  let keeper = Keeper{k}()
  keeper.held = give_{k}_unique(5)
  show("{k}_kept", "\\(load_{k}_kept(keeper)) \\(load_{k}_kept(keeper))")
}}"""

OPAQUE = """
struct Hidden{k}<Value>: Describes, Holds {{
  var item: Value
  var description_: String {{ "hidden \\(item)" }}
}}
@inline(never) func give_{k}_opaque(_ n: Int) -> some Describes {{ Hidden{k}(item: [makeString(n)]) }}
@inline(never) func give_{k}_pair(_ n: Int) -> (some Describes, [some Marks]) {{
  (Large(mark: n), [Heavy(n)])
}}
@inline(never) func load_{k}_item<Value: Holds>(_ value: Value) -> Value.Item {{ value.item }}
@inline(never) func run_{k}() {{
  show("{k}_opaque", give_{k}_opaque({k}).description_)
  show("{k}_pair", give_{k}_pair({k}).0.description_ + "\\(give_{k}_pair(3).1[0].mark)")
  show("{k}_item", "\\(load_{k}_item(Hidden{k}(item: ({k}, "x"))))")
}}"""

ACTOR = """
actor Counter{k} {{
  var count = {k}
  var token = Token({k})
  func give_{k}_next() -> (Int, String) {{
    count += 1
    return (count, makeString(count))
  }}
}}
@inline(never) func give_{k}_actor() -> Counter{k} {{ Counter{k}() }}
@inline(never) func give_{k}_doubled(_ n: Int) async throws -> [String] {{
  if n < 0 {{ throw SmallError(code: n) }}
  async let one = makeString(n)
  async let two = makeString(n + 1)
  return await [one, two]
}}
@inline(never) func run_{k}() async {{
  let counter = give_{k}_actor()
  for _ in 0..<3 {{ show("{k}_actor", "\\(await counter.give_{k}_next())") }}
  show("{k}_doubled", "\\((try? await give_{k}_doubled(3)) ?? [])")
  do {{ _ = try await give_{k}_doubled(-1) }} catch {{ show("{k}_threw", textOfError(error)) }}
  let sum = await withTaskGroup(of: Int.self) {{ group in
    for n in 0..<4 {{ group.addTask {{ makeString(n).count }} }}
    var sum = 0
    for await n in group {{ sum += n }}
    return sum
  }}
  show("{k}_group", "\\(sum)")
}}"""


class Special:
    """A subject that the context only hands on; `is_unseen` says that no hook may receive it."""

    is_delivered = False

    def __init__(self, number, name, text):
        self.number, self.name, self.source = number, name, text
        self.is_unseen = name == "noncopyable"
        self.is_async = "func run_{k}() async" in text

    def lines(self, program):
        return self.source.format(k=self.number).strip("\n").split("\n")


KINDS = [("noncopyable", NONCOPYABLE), ("noncopyable", NONCOPYABLE), ("opaque", OPAQUE),
         ("actor", ACTOR)]


def choose(random, number, waits):
    return Special(number, *random.choice(KINDS if waits else KINDS[:-1]))

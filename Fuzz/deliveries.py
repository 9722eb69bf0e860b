"""The ways in which a generated program hands a value on.

Each delivery is declarations and lines of `run_N`. In them `{k}` is the subject's number, `{T}`
its type, `{a}` an expression that makes the value under test, `{access}` what private types ask
for. A context replaces what a function `give_…` returns and what a function `load_…` loads.
"""

VALUE = "(swapped ? make_{t}({first}) : make_{t}({second}))"


class Delivery:
    def __init__(self, name, lines, run, loads=False, at_top=True, is_async=False, holds=None):
        self.name, self.lines, self.run, self.loads = name, lines, run, loads
        self.at_top, self.is_async = at_top, is_async


def give(name, lines, call, **rest):
    return Delivery(name, lines, [f'show("{{k}}_{name}", text_{{t}}({call}))'], **rest)


def load(name, lines, call, **rest):
    swap = f'show("{{k}}_{name}", {call})'
    return Delivery(name, lines, [swap], loads=True, **rest)


DELIVERIES = [
    give("direct", "@inline(never) {access}func give_{k}_direct() -> {T} {{ {give} }}",
         "give_{k}_direct()"),
    Delivery("throws", """
@inline(never) {access}func give_{k}_throws(_ fails: Bool) throws -> {T} {{
  if fails {{ throw SmallError(code: {k}) }}
  return {give}
}}""", ['do {{ show("{k}_throws", text_{t}(try give_{k}_throws(false))) }} catch {{}}',
        'do {{ show("{k}_threw", text_{t}(try give_{k}_throws(true))) }} catch'
        ' {{ show("{k}_threw", textOfError(error)) }}',
        'show("{k}_try", (try? sink(give_{k}_throws({k} % 2 == 0))) == nil ? "threw" : "gave")']),
    Delivery("typed", """
@inline(never) {access}func give_{k}_typed(_ fails: Bool) throws(Failure) -> {T} {{
  if fails {{ throw .failed }}
  return {give}
}}""", ['do {{ show("{k}_typed", text_{t}(try give_{k}_typed(false))) }} catch {{}}',
        'do {{ _ = try give_{k}_typed(true) }} catch {{ show("{k}_typedThrew", "\\(error)") }}']),
    give("generic", "@inline(never) {access}func give_{k}_generic<Value>(_ value: Value) -> Value"
                    " {{ value }}", "give_{k}_generic({give})"),
    give("pair", "@inline(never) {access}func give_{k}_pair<First, Second>(_ value: First,"
                 " _ other: Second) -> (First, Second) {{ (value, other) }}",
         "give_{k}_pair({give}, {k}).0"),
    give("witness", """
{access}protocol Giver{k} {{
  associatedtype Given
  func give_{k}_witness() -> Given
}}
{access}struct Source{k}: Giver{k} {{
  @inline(never) func give_{k}_witness() -> {T} {{ {give} }}
}}
@inline(never) {access}func take_{k}<G: Giver{k}>(_ giver: G) -> G.Given {{ giver.give_{k}_witness() }}""",
         "take_{k}(Source{k}())", at_top=False),
    give("existential", """
{access}protocol Lender{k} {{ func give_{k}_existential() -> {T} }}
{access}struct Loan{k}: Lender{k} {{
  var words = (1, 2, 3, 4)
  @inline(never) func give_{k}_existential() -> {T} {{ {give} }}
}}
@inline(never) {access}func borrow_{k}(_ lender: any Lender{k}) -> {T} {{ lender.give_{k}_existential() }}""",
         "borrow_{k}(Loan{k}())", at_top=False),
    give("closure", "@inline(never) {access}func give_{k}_closure(_ body: () -> {T}) -> {T}"
                    " {{ body() }}", "give_{k}_closure {{ {give} }}"),
    give("stored", """
{access}struct Stored{k} {{ var body: () -> {T} }}
@inline(never) {access}func give_{k}_stored(_ stored: Stored{k}) -> {T} {{ stored.body() }}""",
         "give_{k}_stored(Stored{k} {{ {give} }})", at_top=False),
    give("method", """
{access}class Base{k} {{
  func give_{k}_method() -> {T} {{ {give} }}
}}
{access}class Derived{k}: Base{k} {{
  @inline(never) override func give_{k}_method() -> {T} {{ {give} }}
}}
@inline(never) {access}func make_base_{k}(_ other: Bool) -> Base{k} {{ other ? Base{k}() : Derived{k}() }}""",
         "make_base_{k}({k} < 0).give_{k}_method()", at_top=False),
    give("getter", """
{access}struct Getter{k} {{
  var number = 1
  var give_{k}_getter: {T} {{ @inline(never) get {{ {give} }} }}
}}""", "Getter{k}().give_{k}_getter", at_top=False),
    give("static", """
{access}enum Static{k} {{
  @inline(never) static func give_{k}_static(_ x: Int) -> {T} {{ {give} }}
}}""", "Static{k}.give_{k}_static(3)", at_top=False),
    give("box", """
{access}final class GenericBox{k}<Content> {{
  var content: Content
  init(_ content: Content) {{ self.content = content }}
  @inline(never) func give_{k}_box() -> Content {{ content }}
}}""", "GenericBox{k}({give}).give_{k}_box()", at_top=False),
    give("cast", "@inline(never) {access}func give_{k}_cast(_ x: Any) -> {T} {{ x as! {T} }}",
         "give_{k}_cast({give} as Any)"),
    give("default", "@inline(never) {access}func give_{k}_default(_ x: {esc}{T} = {give}) -> {T}"
                    " {{ x }}", "give_{k}_default()"),
    give("consuming", "@inline(never) {access}func give_{k}_consuming(_ x: __owned {esc}{T}) -> {T}"
                      " {{ x }}", "give_{k}_consuming({give})"),
    give("pack", "@inline(never) {access}func give_{k}_pack<each Value>(_ value: repeat each Value)"
                 " -> (repeat each Value) {{ (repeat each value) }}",
         "give_{k}_pack({give}, {k}).0"),
    give("mapped", "@inline(never) {access}func give_{k}_mapped(_ n: [Int]) -> {T} {{"
                   " n.map {{ _ in {give} }}[0] }}", "give_{k}_mapped([1])"),
    give("async", "@inline(never) {access}func give_{k}_async() async -> {T} {{ {give} }}",
         "await give_{k}_async()", is_async=True),
    give("asyncThrows", """
@inline(never) {access}func give_{k}_asyncThrows() async throws -> {T} {{
  await Task.yield()
  return {give}
}}""", "try! await give_{k}_asyncThrows()", is_async=True),
    load("global", """
nonisolated(unsafe) {access}var held_{k}: {T} = {give}
@inline(never) {access}func load_{k}_global() -> String {{
  let value = held_{k}
  return text_{t}(value)
}}""", "load_{k}_global()", at_top=False),
    load("field", """
{access}final class Cell{k} {{
  var held: {T}
  init(_ held: {esc}{T}) {{ self.held = held }}
}}
@inline(never) {access}func load_{k}_field(_ cell: Cell{k}) -> String {{
  let value = cell.held
  return text_{t}(value)
}}""", "load_{k}_field(Cell{k}({give}))", at_top=False),
    load("member", """
{access}struct Member{k} {{
  var before: Int8 = 3
  var held: {T}
  var behind = true
}}
@inline(never) {access}func load_{k}_member(_ member: inout Member{k}) -> String {{
  let value = member.held
  return text_{t}(value)
}}
@inline(never) {access}func with_{k}_member() -> String {{
  var member = Member{k}(held: {give})
  return load_{k}_member(&member)
}}""", "with_{k}_member()", at_top=False),
    load("local", """
@inline(never) {access}func load_{k}_local(_ body: (inout {T}) -> Void) -> String {{
  var value = {give}
  body(&value)
  return text_{t}(value)
}}""", "load_{k}_local {{ $0 = {give} }}"),
    load("captured", """
@inline(never) {access}func load_{k}_captured() -> () -> String {{
  var value = {give}
  return {{
    let text = text_{t}(value)
    value = {give}
    return text
  }}
}}""", "load_{k}_captured()()"),
    load("element", """
@inline(never) {access}func load_{k}_element(_ array: [{T}]) -> String {{
  var text = ""
  for element in array {{ text += text_{t}(element) }}
  return text
}}""", "load_{k}_element([{give}])"),
    load("payload", """
{access}enum Payload{k} {{
  case nothing, something({T}, Int)
}}
@inline(never) {access}func load_{k}_payload(_ payload: inout Payload{k}) -> String {{
  guard case .something(let value, _) = payload else {{ return "nothing" }}
  return text_{t}(value)
}}
@inline(never) {access}func with_{k}_payload() -> String {{
  var payload = Payload{k}.something({give}, {k})
  return load_{k}_payload(&payload)
}}""", "with_{k}_payload()", at_top=False),
    load("pointer", """
@inline(never) {access}func load_{k}_pointer(_ pointer: UnsafeMutablePointer<{T}>) -> String {{
  defer {{ pointer.deinitialize(count: 1); pointer.deallocate() }}
  return text_{t}(pointer.pointee)
}}
@inline(never) {access}func with_{k}_pointer() -> String {{
  let pointer = UnsafeMutablePointer<{T}>.allocate(capacity: 1)
  pointer.initialize(to: {give})
  return load_{k}_pointer(pointer)
}}""", "with_{k}_pointer()"),
    load("modified", """
{access}struct Modified{k} {{
  private var held: {T} = {give}
  var value: {T} {{
    get {{ held }}
    _modify {{ yield &held }}
  }}
}}
@inline(never) {access}func exchange_{k}(_ value: inout {T}) {{
  let old = value
  value = {give}
  value = old
}}
@inline(never) {access}func load_{k}_modified() -> String {{
  var modified = Modified{k}()
  exchange_{k}(&modified.value)
  return text_{t}(modified.value)
}}""", "load_{k}_modified()", at_top=False),
]
BY_NAME = {delivery.name: delivery for delivery in DELIVERIES}

// Reads three files and says how it went, for contexts that make reading fail.

struct NotThere: Error {}

let files = ["a": "one", "b": "two", "c": "three"]

func read(_ name: String) throws -> String {
  guard let text = files[name] else { throw NotThere() }
  return text
}

for name in ["a", "b", "c"] {
  do {
    print(name, try read(name))
  } catch {
    print(name, "failed:", error)
  }
}

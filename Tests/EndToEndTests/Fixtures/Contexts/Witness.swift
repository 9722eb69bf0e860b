import Glibc
import Ray

/// Writes a file at the first call that it sees: also of a program that does not end by itself.
struct Witness: ConfigurableContext {
  let path: String
  var hasSeen = false
  init(arguments: [String]) { path = arguments.first ?? "" }
  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    if hasSeen { return }
    hasSeen = true
    guard let file = fopen(path, "w") else { return }
    fputs("seen\n", file)
    fclose(file)
  }
}

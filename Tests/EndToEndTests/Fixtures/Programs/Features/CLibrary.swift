// The C library: callbacks, contexts, variadics, errno, structures, jumps out of it by exit.

import Foundation

struct Item { var key: Int32, name: (CChar, CChar) }
final class Context { var seen: [Int] = []; deinit { print("context ends", seen) } }
nonisolated(unsafe) var comparisons = 0

func format(_ f: String, _ arguments: CVarArg...) -> String {
  withVaList(arguments) { list in
    var buffer = [CChar](repeating: 0, count: 200)
    let n = vsnprintf(&buffer, buffer.count, f, list)
    return String(decoding: buffer.prefix(Int(n)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
func sorted(_ all: [Int32]) -> [Int32] {
  var all = all
  qsort(&all, all.count, MemoryLayout<Int32>.size) { a, b in
    comparisons += 1
    return a!.load(as: Int32.self) < b!.load(as: Int32.self) ? -1 : 1
  }
  return all
}
func find(_ all: [Int32], _ key: Int32) -> Int? {
  var key = key
  return all.withUnsafeBytes { bytes in
    let found = bsearch(&key, bytes.baseAddress!, all.count, 4) { a, b in a!.load(as: Int32.self) - b!.load(as: Int32.self) }
    return found.map { UnsafeRawPointer($0) - bytes.baseAddress! }
  }
}
func threads() -> Int {
  let context = Context()
  let pointer = Unmanaged.passUnretained(context).toOpaque()
  var ids = [pthread_t](repeating: 0, count: 1)
  for _ in 0..<3 {
    pthread_create(&ids[0], nil, { raw in
      let context = Unmanaged<Context>.fromOpaque(raw!).takeUnretainedValue()
      context.seen.append(context.seen.count * 10)
      return UnsafeMutableRawPointer(bitPattern: context.seen.count)
    }, pointer)
    var result: UnsafeMutableRawPointer?
    pthread_join(ids[0], &result)
    if Int(bitPattern: result) != context.seen.count { print("wrong result") }
  }
  return context.seen.reduce(0, +)
}
func once() -> Int {
  var control = PTHREAD_ONCE_INIT
  for _ in 0..<3 { pthread_once(&control) { comparisons += 1000 } }
  return comparisons / 1000
}
func files() -> [String] {
  let name = "features-\(getpid()).txt"
  let file = fopen(name, "w+")!
  defer { fclose(file); unlink(name) }
  fputs("first line\nsecond 42 x\n", file)
  vfprintf_(file, "third %d %s\n", 3, "c")
  rewind(file)
  var lines: [String] = [], line: UnsafeMutablePointer<CChar>?, capacity = 0
  while getline(&line, &capacity, file) > 0 { lines.append(String(cString: line!).trimmingCharacters(in: .newlines)) }
  free(line)
  return lines
}
func vfprintf_(_ file: UnsafeMutablePointer<FILE>, _ f: String, _ n: Int32, _ s: String) { _ = s.withCString { s in withVaList([n, OpaquePointer(s)]) { vfprintf(file, f, $0) } } }
func signals() -> Bool {
  signal(SIGUSR1) { number in comparisons += Int(number) * 0 + 5 }
  let before = comparisons
  raise(SIGUSR1)
  signal(SIGUSR1, SIG_DFL)
  return comparisons == before + 5
}

print(format("%d %5.2f %c %lx %lld%% %hhd", 5 as Int32, 3.14159, 65 as Int32, 255, Int64.min, -1 as Int8))
print(format("%g %g %g %g %g %g %g %g %g %g", 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5), format("%d %d %d %d %d %d %d", 1, 2, 3, 4, 5, 6, 7))
print(sorted([5, 3, 9, -1, 7]), comparisons > 4, find([1, 3, 5, 7], 5) as Any, find([1, 3], 2) as Any)
comparisons = 0
print(threads(), once(), files(), signals())
print(strtol("12x", nil, 10), String(cString: strerror(ENOENT)), open("/does/not/exist", O_RDONLY), errno == ENOENT, abs(-5 as Int32), div(17, 5).rem)
var when = tm()
var time: time_t = 86400 * 365
gmtime_r(&time, &when)
print(when.tm_year, when.tm_yday, getenv("SURELY_NOT_SET") == nil, setenv("SET_HERE", "yes", 1), String(cString: getenv("SET_HERE")))
let item = Item(key: 5, name: (65, 66))
print(withUnsafeBytes(of: item) { $0[4] }, memcmp([1, 2], [1, 3], 2) < 0, fma(2.0, 3.0, 4.0), scalbn(3.0, 4))
_ = withVaList([42 as Int32, 2.5]) { vprintf("vprintf %d %.1f\n", $0) }
puts("puts")
atexit { print("first registered, last called"); fflush(stdout) }
atexit { print("called before it", comparisons > 0) }
fflush(stdout)
exit(7)

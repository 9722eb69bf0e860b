// Calls functions by addresses in all kinds of memory: at the start of a mapping, made at run
// time, in a library that comes and goes.
import Glibc

typealias Function = @convention(c) (Int) -> Int

let pageSize = 4096
let noReplace: Int32 = 0x100000  // MAP_FIXED_NOREPLACE

/// Maps a page with `x + distance` at an offset; nothing in front of the page can be read.
///
/// - Parameter page: where, if nothing else is there now.
func compile(
  _ distance: UInt8, at offset: Int = 0, of page: UnsafeMutableRawPointer? = nil
) -> Function {
  let anywhere = MAP_PRIVATE | MAP_ANONYMOUS
  let wanted = page.map { $0 - pageSize }
  var room = mmap(wanted, 2 * pageSize, PROT_NONE, anywhere | (page == nil ? 0 : noReplace), -1, 0)!
  if room == MAP_FAILED { room = mmap(nil, 2 * pageSize, PROT_NONE, anywhere, -1, 0)! }
  let page = room + pageSize
  mprotect(page, pageSize, PROT_READ | PROT_WRITE)
  let code: [UInt8] = [0x48, 0x8d, 0x47, distance, 0xc3]  // lea rax, [rdi + distance]; ret
  (page + offset).copyMemory(from: code, byteCount: code.count)
  mprotect(page, pageSize, PROT_READ | PROT_EXEC)
  return unsafeBitCast(page + offset, to: Function.self)
}

@inline(never) func call(_ function: Function, _ x: Int) -> Int { function(x) }
@inline(never) func triple(_ x: Int) -> Int { 3 * x }

print(call(compile(1), 41), call(compile(2, at: 7), 40))
print(call({ triple($0) }, 14), call(labs, -42))

for _ in 0..<2 {
  let library = dlopen("./libPlugin.so", RTLD_NOW)!
  let address = dlsym(library, "triple")!
  print(call(unsafeBitCast(address, to: Function.self), 14))
  dlclose(library)
  // Other code, at the start of the page that the function was in and where it was.
  let offset = Int(bitPattern: address) % pageSize
  let gone = address - offset
  let reused = compile(3, of: gone)
  print(call(reused, 39))
  munmap(unsafeBitCast(reused, to: UnsafeMutableRawPointer.self) - pageSize, 2 * pageSize)
  print(call(compile(4, at: offset, of: gone), 38))
}

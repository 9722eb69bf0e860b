import Glibc

struct Failure: Error {}
func work(_ n: Int) -> Int { n < 2 ? n : work(n - 1) + work(n - 2) }

print(work(10))
switch CommandLine.arguments[1] {
case "exit": exit(7)
case "fatalError": fatalError("the end")
case "throw": throw Failure()
case "nil":
  let none = Int(CommandLine.arguments[1])
  print(none!)
case "bounds": print([work(3)][CommandLine.arguments.count])
case "overflow": print(Int.max - 1 + CommandLine.arguments.count)
case "abort": abort()
default: print("done")
}

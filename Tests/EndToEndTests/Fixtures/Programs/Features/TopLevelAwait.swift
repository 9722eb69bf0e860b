// Code at the top level that awaits, throws, defers to nobody, and ends with a status of its own.

import Foundation

actor Counter { var n = 0; func next() -> Int { n += 1; return n } }
struct Ending: Error { var status: Int32 }
func risky(_ n: Int) async throws -> Int { await Task.yield(); if n == 3 { throw Ending(status: 4) }; return n }

let counter = Counter()
var all: [Int] = []
for _ in 0..<3 { all.append(await counter.next()) }
print(all, CommandLine.arguments.count)
async let later = counter.next()
var total = 0
while total < 5 { total += try await risky(1) }
print(total, await later)
let clock = ContinuousClock()
let took = try await clock.measure { try await Task.sleep(for: .milliseconds(1)) }
print(took >= .milliseconds(1))
FileHandle.standardError.write(Data("on stderr \(CommandLine.arguments.dropFirst())\n".utf8))
print("read", readLine() ?? "nothing")
do { for n in 0... { print(try await risky(n)) } } catch let ending as Ending { print("ending"); exit(ending.status) }

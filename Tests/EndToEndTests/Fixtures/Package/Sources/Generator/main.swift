import Foundation

try Data("let generated = 7\n".utf8).write(to: URL(fileURLWithPath: CommandLine.arguments[1]))
print("generator done")

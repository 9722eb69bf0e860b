import Lib

print("app", twice(21), sum(Array(1...CommandLine.arguments.count)))

let numbers = [1, 2, 3]
let index = CommandLine.arguments.count + 4
print("before")
print(numbers[index])

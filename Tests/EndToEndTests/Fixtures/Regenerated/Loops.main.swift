for n in [1, 5, 40] { print(sumOfSquares(n), primes(upTo: n), collatz(n)) }
print(firstPair(in: [1, 4, 6, 9], sum: 10), firstPair(in: [], sum: 3), firstPair(in: [2], sum: 4))
print(digits(0), digits(-9081), digits(77))
print(multiply([[1, 2], [3, 4.5]], [[0.5, 1], [2, -1]]))
print(bubbleSort([3, 1, 2, -4, 9, 0]), bubbleSort([]), bubbleSort([1]))
print(search([1, 3, 5, 9], 5) as Any, search([1, 3], 2) as Any, search([], 1) as Any)

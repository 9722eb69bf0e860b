print(order(2), swaps(5), captured(3), optionals([5, 0, nil, 2]), values(4), loops(9), loops(30))
print(tuples([("a", 1), ("b", 2), ("a", 3), ("z", 1)]).sorted { $0.key < $1.key }, floats(2.7), floats(.nan).count, objects(1))

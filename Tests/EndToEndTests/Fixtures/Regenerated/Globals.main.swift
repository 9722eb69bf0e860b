print(weighted(2), weighted(1000), sized(1), sized(9))

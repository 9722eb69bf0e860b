let shapes: [Shape] = [
  .point, .circle(radius: 1.5), .rectangle(width: 2, height: 4),
  .group([.circle(radius: 1), .group([.rectangle(width: 1, height: 1)])]),
]
for shape in shapes { print(area(shape), doubled(shape)) }
print([-4, 0, 7, 12, 15].map(describe), [nil, 95, 85, 30, 120, -3].map(grade))
print(tokens("12+(3*45)"), tokens(""), tokens("x9"))
print(firstLong(["a", nil, "longer"]), firstLong([]), firstLong([nil]), firstLong(["ab", "c"]))
print(casted(3), casted("abc"), casted(2.5))

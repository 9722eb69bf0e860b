for text in ["", "12", "4x", "007"] { print(parsed(text)) }
for texts in [["1", "2"], ["3", "x"], []] {
  do { print(try total(texts)) } catch { print("failed: \(error)") }
  print(totalOfGood(texts))
}
for limit in 1...5 { print(retried(limit)) }
print([0, 1, 2, 8, 12, 40].map(halves))

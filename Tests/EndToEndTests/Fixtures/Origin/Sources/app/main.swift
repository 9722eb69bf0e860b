import Model
import Survey

let score = Score(Answers(groups: ["a": [1, 2], "b": [], "c": [4]]))
score.compute()
print("the score is \(score.total)")

func wrong() -> Int { "text" }
let unused = 1

@main struct Program { static func main() { print("main", value()) } }

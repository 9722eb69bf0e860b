import Glibc

var process = pid_t()
var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sh"), strdup("-c"), strdup(CommandLine.arguments[1]), nil]
posix_spawn(&process, "/bin/sh", nil, nil, arguments, environ)
var status: Int32 = 0
waitpid(process, &status, 0)

import CxxStdlib
import Tally

/// Values of C++ types, their methods and their destructors.
let values = upTo(4)
print(sum(values), values.size(), values.map { $0 * 2 })
var named = Named(std.string("swift"))
named.add(3)
named.add(4)
print(named.length(), named.count, String(greet(std.string("C++"))))

import Glibc

func writeError(_ text: String) {
  _ =
    text.utf8.withContiguousStorageIfAvailable { write(2, $0.baseAddress!, $0.count) }
    ?? write(2, Array(text.utf8), text.utf8.count)
}

func endProcess(_ status: Int32) -> Never { exit(status) }

/// What C allocated.
func release(_ text: UnsafeMutablePointer<CChar>) { free(text) }

/// A copy that C may free.
func duplicate(_ text: String) -> UnsafeMutablePointer<CChar> { strdup(text) }

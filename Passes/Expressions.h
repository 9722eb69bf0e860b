// Stage 2: the expressions of the source (`-rayc-expressions`).
#pragma once

#include "SiteTable.h"

#include "llvm/Support/MemoryBuffer.h"

#include <memory>

namespace rayc {

/// An expression of the source, and where it is: lines and columns from 1, columns in bytes, the
/// end behind the last byte.
struct SourceExpression {
  llvm::StringRef Text;
  unsigned BeginLine = 0, BeginColumn = 0, EndLine = 0, EndColumn = 0;
};

/// A table that rayc-source has written: for each place that debug information may point at, the
/// expression that is meant. The text is read from the source when it is asked for.
///
/// Little-endian numbers of 32 bits; for each file the length of its path, the path, padded with
/// zeros to a multiple of four bytes, the number of rows, and the rows, sorted by place: line,
/// column, where what is named there begins and ends in the file, where its call begins and ends;
/// both are zero for no expression.
class Expressions {
 public:
  /// Reads a table; ends opt with an error if it is none.
  explicit Expressions(llvm::StringRef Path);

  /// The expression at a place: of a call, or else of what is named there.
  std::optional<SourceExpression> find(const Location &At, bool IsCall);

 private:
  struct Row {
    uint32_t Line, Column, NameBegin, NameEnd, CallBegin, CallEnd;
  };
  struct File {
    llvm::ArrayRef<Row> Rows;
    std::unique_ptr<llvm::MemoryBuffer> Text;
    llvm::SmallVector<uint32_t> LineStarts;
    bool WasRead = false;
  };
  static void read(File &File, llvm::StringRef Path);

  std::unique_ptr<llvm::MemoryBuffer> Table;
  llvm::StringMap<File> Files;
};

}  // namespace rayc

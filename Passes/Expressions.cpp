#include "Expressions.h"

#include "llvm/Support/Endian.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace rayc {

static std::string plainPath(StringRef Path) {
  SmallString<128> Plain(Path);
  sys::path::remove_dots(Plain, true);
  return std::string(Plain);
}

Expressions::Expressions(StringRef Path) {
  auto Buffer = MemoryBuffer::getFile(Path, false, false);
  if (!Buffer)
    report_fatal_error("rayc: cannot read '" + Twine(Path) + "': " + Buffer.getError().message(),
                       false);
  Table = std::move(*Buffer);
  auto Rest = Table->getBuffer();
  auto Take = [&](size_t Size) {
    if (Rest.size() < Size)
      report_fatal_error("rayc: '" + Twine(Path) + "' is no table of expressions", false);
    auto Taken = Rest.take_front(Size);
    Rest = Rest.drop_front(Size);
    return Taken;
  };
  auto Number = [&] { return support::endian::read32le(Take(4).data()); };
  while (!Rest.empty()) {
    uint32_t Length = Number();
    auto Name = Take(alignTo(Length, 4)).take_front(Length);
    uint32_t Count = Number();
    auto Rows = Take(size_t(Count) * sizeof(Row));
    Files[plainPath(Name)].Rows = {reinterpret_cast<const Row *>(Rows.data()), Count};
  }
}

void Expressions::read(File &File, StringRef Path) {
  if (File.WasRead) return;
  File.WasRead = true;
  auto Text = MemoryBuffer::getFile(Path, false, false);
  if (!Text) return;
  File.Text = std::move(*Text);
  auto Bytes = File.Text->getBuffer();
  File.LineStarts.push_back(0);
  for (size_t I = 0; I < Bytes.size(); I++)
    if (Bytes[I] == '\n') File.LineStarts.push_back(I + 1);
}

std::optional<SourceExpression> Expressions::find(const Location &At, bool IsCall) {
  if (!At.Line) return std::nullopt;
  auto Known = Files.find(plainPath(At.File));
  if (Known == Files.end()) return std::nullopt;
  auto &File = Known->second;
  auto Place = std::pair(At.Line, At.Column);
  auto *Found = lower_bound(File.Rows, Place, [](const Row &Row, auto Place) {
    return std::pair(Row.Line, Row.Column) < Place;
  });
  if (Found == File.Rows.end() || std::pair(Found->Line, Found->Column) != Place)
    return std::nullopt;
  bool HasCall = IsCall && Found->CallEnd;
  uint32_t Begin = HasCall ? Found->CallBegin : Found->NameBegin;
  uint32_t End = HasCall ? Found->CallEnd : Found->NameEnd;
  read(File, At.File);
  if (!End || !File.Text || End > File.Text->getBufferSize()) return std::nullopt;
  auto place = [&](uint32_t Offset) {
    unsigned Line = upper_bound(File.LineStarts, Offset) - File.LineStarts.begin();
    return std::pair(Line, unsigned(Offset - File.LineStarts[Line - 1] + 1));
  };
  auto [BeginLine, BeginColumn] = place(Begin);
  auto [EndLine, EndColumn] = place(End);
  return SourceExpression{File.Text->getBuffer().slice(Begin, End), BeginLine, BeginColumn, EndLine,
                          EndColumn};
}

}  // namespace rayc

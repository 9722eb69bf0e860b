#include "Demangler.h"

#include "Options.h"
#include "Twins.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ErrorHandling.h"

#include <dlfcn.h>

using namespace llvm;

namespace rayc {

// `TQ0_` (behind an await) and `TY1_` (behind a suspension).
static bool dropContinuation(StringRef &Symbol) {
  StringRef Rest = Symbol;
  if (!Rest.consume_back("_")) return false;
  Rest = Rest.rtrim("0123456789");
  if (!Rest.consume_back("TQ") && !Rest.consume_back("TY")) return false;
  Symbol = Rest;
  return true;
}

StringRef wholeSymbol(StringRef Symbol) {
  Symbol = plainName(Symbol);
  auto Resume = Symbol.rfind(".resume.");
  if (Resume != StringRef::npos && all_of(Symbol.drop_front(Resume + 8), isDigit))
    Symbol = Symbol.take_front(Resume);
  dropContinuation(Symbol);
  return Symbol;
}

namespace {

// The functions of swift/SwiftDemangle/SwiftDemangle.h: they write a name of at most `size`
// bytes with a NUL, and return the whole name's length, 0 for a symbol that is not Swift's.
using NameFunction = size_t (*)(const char *symbol, char *buffer, size_t size);

struct Library {
  NameFunction Full = nullptr, Simple = nullptr, Module = nullptr;
  Library();
};

}  // namespace

Library::Library() {
  if (DemanglerPath.empty()) return;
  // Local: libswiftCore.so and what it needs must not meet LLVM's symbols.
  void *Handle = dlopen(DemanglerPath.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!Handle)
    report_fatal_error(
        Twine("rayc: cannot load the demangler '") + DemanglerPath + "': " + dlerror(), false);
  auto Find = [&](const char *Name) {
    void *Function = dlsym(Handle, Name);
    if (!Function)
      report_fatal_error(Twine("rayc: the demangler '") + DemanglerPath + "' has no " + Name,
                         false);
    return reinterpret_cast<NameFunction>(Function);
  };
  Full = Find("swift_demangle_getDemangledName");
  Simple = Find("swift_demangle_getSimplifiedDemangledName");
  Module = Find("swift_demangle_getModuleName");
}

static std::string call(NameFunction Function, const std::string &Symbol) {
  if (!Function) return "";
  std::string Name(512, 0);
  size_t Length = Function(Symbol.c_str(), Name.data(), Name.size());
  if (Length >= Name.size()) {
    Name.resize(Length + 1);
    Function(Symbol.c_str(), Name.data(), Name.size());
  }
  Name.resize(Length);
  return Name;
}

// A mangled name begins with the module of what it names or of its context: `$s5MyLib…`,
// `$ss…` and `$sS…` for the standard library. `$sSo` and `$sSC` are C's.
static StringRef moduleOf(StringRef Symbol) {
  if (!Symbol.consume_front("$s")) return "";
  size_t Length = 0;
  if (!Symbol.consumeInteger(10, Length)) return Symbol.take_front(Length);
  bool IsC = Symbol.starts_with("So") || Symbol.starts_with("SC");
  return !IsC && (Symbol.starts_with("S") || Symbol.starts_with("s")) ? "Swift" : "";
}

const SymbolName &demangled(StringRef Symbol) {
  static Library Swift;
  static StringMap<SymbolName> Known;
  Symbol = wholeSymbol(Symbol);
  auto [Entry, IsNew] = Known.try_emplace(Symbol);
  auto &Name = Entry->second;
  if (!IsNew) return Name;
  std::string Text = Symbol.str();
  if (Symbol.starts_with("$s")) {
    Name.Full = call(Swift.Full, Text);
    Name.Simple = call(Swift.Simple, Text);
    Name.Module = call(Swift.Module, Text);
    if (Name.Module.empty()) Name.Module = moduleOf(Symbol).str();
  }
  if (Name.Full.empty()) Name.Full = Text;
  if (Name.Simple.empty()) Name.Simple = Text;
  return Name;
}

}  // namespace rayc

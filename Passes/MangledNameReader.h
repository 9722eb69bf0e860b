// Stage 2: the reader behind MangledNames.
#pragma once

#include "MangledName.h"

#include "llvm/ADT/StringExtras.h"

namespace rayc {

/// Reads one name: a stack machine, as the mangling is one. Each operator takes its operands
/// off the stack. A method that returns null has met something it does not know.
class MangledNameReader {
 public:
  MangledNameReader(MangledNames &Names, llvm::StringRef Text) : Names(Names), Text(Text) {}

  bool run() {
    while (Position < Text.size()) {
      if (IsDone) return true;
      auto *Node = operation();
      if (!Node) return false;
      Stack.push_back(Node);
    }
    return true;
  }

  llvm::SmallVector<const NameNode *> Stack;

 private:
  using Node = const NameNode *;
  using Kind = enum NameNode::Kind;

  NameNode *make(Kind Kind, llvm::StringRef Text = "", llvm::ArrayRef<Node> Children = {}) {
    return Names.make(Kind, Text, Children);
  }
  char peek() const { return Position < Text.size() ? Text[Position] : 0; }
  char next() { return Position < Text.size() ? Text[Position++] : 0; }
  bool take(char C) {
    if (peek() != C || !C) return false;
    Position++;
    return true;
  }

  Node pop() { return Stack.empty() ? nullptr : Stack.pop_back_val(); }
  Node pop(Kind Kind) {
    return !Stack.empty() && Stack.back()->Kind == Kind ? Stack.pop_back_val() : nullptr;
  }
  Node popType() { return !Stack.empty() && Stack.back()->isType() ? pop() : nullptr; }
  Node popName() {
    if (Stack.empty()) return nullptr;
    auto Kind = Stack.back()->Kind;
    return Kind == Kind::Identifier || Kind == Kind::PrivateName || Kind == Kind::LocalName ||
                   Kind == Kind::RelatedName
               ? pop()
               : nullptr;
  }
  // A name that is followed by a standalone discriminator (`Ll`) belongs to it.
  Node popContext() {
    if (Stack.empty()) return nullptr;
    if (auto *Name = pop(Kind::Identifier)) return make(Kind::Module, Name->Text);
    if (Stack.back()->isNominal()) return pop();
    if (Stack.back()->Kind == Kind::BoundGeneric) return pop();
    switch (Stack.back()->Kind) {
      case Kind::Module:
      case Kind::Extension:
      case Kind::Entity:
      case Kind::Accessor:
      case Kind::Static: return pop();
      default: return nullptr;
    }
  }
  Node popModule() {
    if (auto *Module = pop(Kind::Module)) return Module;
    if (auto *Name = pop(Kind::Identifier)) return make(Kind::Module, Name->Text);
    return nullptr;
  }
  Node popProtocol() {
    if (!Stack.empty() && Stack.back()->Kind == Kind::Protocol) return pop();
    auto *Name = popName();
    auto *Context = Name ? popContext() : nullptr;
    return Context ? make(Kind::Protocol, "", {Context, Name}) : nullptr;
  }
  Node remember(Node Node) {
    if (Node) Substitutions.push_back(Node);
    return Node;
  }

  std::optional<unsigned> natural() {
    if (!llvm::isDigit(peek())) return std::nullopt;
    unsigned Number = 0;
    while (llvm::isDigit(peek())) {
      Number = Number * 10 + (next() - '0');
      if (Number > 1u << 24) return std::nullopt;
    }
    return Number;
  }
  // `_` is 0, `0_` is 1, and so on.
  std::optional<unsigned> index() {
    if (take('_')) return 0;
    auto Number = natural();
    if (!Number || !take('_')) return std::nullopt;
    return *Number + 1;
  }

  Node operation();
  Node identifier();
  Node operatorName();
  Node substitution();
  Node standard();
  Node builtin();
  Node nominal(Kind Kind);
  Node boundGeneric();
  Node functionType(llvm::StringRef Operator);
  Node tuple();
  Node existential(llvm::StringRef Operator);
  Node special();
  Node sugar();
  Node loweredFunctionType();
  Node annotation();
  Node archetype();
  Node member(Node Base);
  Node compoundMember(Node Base);
  Node genericParameter();
  Node genericFunction();
  Node signature(bool HasCounts);
  Node requirement();
  Node extension();
  Node localName();
  bool popLabels(Node Type, Node &Labels);
  Node function();
  Node variable(llvm::StringRef Operator);
  Node functionEntity();
  Node accessor(Node Entity);
  Node thunk();
  Node metadata();
  Node witness();
  Node suffix(llvm::StringRef Operator, unsigned Operands);
  Node typeList();

  MangledNames &Names;
  llvm::StringRef Text;
  size_t Position = 0;
  bool IsDone = false;
  bool HasRepeat = false;
  llvm::SmallVector<Node> Substitutions;
  llvm::SmallVector<std::string> Words;
};

}  // namespace rayc

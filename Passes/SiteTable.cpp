#include "SiteTable.h"

#include "Twins.h"
#include "ValueType.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using namespace llvm;

namespace rayc {

static std::string path(const DIScope *Scope) {
  auto Name = Scope->getFilename();
  if (Name.empty() || Name.starts_with("<") || sys::path::is_absolute(Name)) return Name.str();
  SmallString<128> Path(Scope->getDirectory());
  sys::path::append(Path, Name);
  return std::string(Path);
}

// `<compiler-generated>` has lines too, of no file.
static Location locationOf(const DILocation *At) {
  if (!At->getLine() || At->getScope()->getFilename().starts_with("<")) return {};
  return {path(At->getScope()), At->getLine(), At->getColumn()};
}

SmallVector<SourceFrame, 2> sourceFrames(const Instruction &Instruction) {
  SmallVector<SourceFrame, 2> Frames;
  for (const DILocation *At = Instruction.getDebugLoc(); At; At = At->getInlinedAt()) {
    auto *Program = At->getScope()->getSubprogram();
    auto Name = Program->getLinkageName();
    Frames.push_back({Name.empty() ? Program->getName() : Name, locationOf(At)});
  }
  return Frames;
}

Location location(const Instruction &Instruction) {
  // Code without a line inside an inlined function has that of the place it came into.
  for (const DILocation *At = Instruction.getDebugLoc(); At; At = At->getInlinedAt())
    if (auto Found = locationOf(At); Found.Line) return Found;
  return {};
}

Location location(const Function &Function) {
  auto *Program = Function.getSubprogram();
  return Program && Program->getLine() ? Location{path(Program), Program->getLine(), 0}
                                       : Location{};
}

// The name of the variable behind an address, as debug information has it.
static std::string variableName(Value *Address) {
  Value *Base = Address->stripInBoundsOffsets();
  if (auto *Global = dyn_cast<GlobalVariable>(Base)) {
    SmallVector<DIGlobalVariableExpression *, 1> Expressions;
    Global->getDebugInfo(Expressions);
    return Expressions.empty() ? "" : Expressions.front()->getVariable()->getName().str();
  }
  for (auto *Declare : findDVRDeclares(Base)) return Declare->getVariable()->getName().str();
  return "";
}

SiteTable::SiteTable(llvm::Module &Module, StringRef ModuleName, bool AreWritable)
    : Module(Module), ModuleName(ModuleName), AreWritable(AreWritable) {
  auto &Context = Module.getContext();
  auto *Int32 = Type::getInt32Ty(Context);
  auto *Int8 = Type::getInt8Ty(Context);
  RecordType =
      StructType::get(Context, {Type::getInt64Ty(Context), Int32, Int32, Int32, Int32, Int32, Int32,
                                Int32, Type::getInt16Ty(Context), Int8, Int8, Int32, Int32});
  auto *Pointer = PointerType::get(Context, 0);
  TypeRecord = StructType::get(Context, {Pointer, Int32, Int32, Int32, Int32, Pointer, Pointer});
}

// The type of an event's value.
static Type *typeAt(const Event &Event) {
  if (isa<StoreInst>(Event.Instruction)) return getLoadStoreType(Event.Instruction);
  auto *Type = Event.Instruction->getType();
  bool IsPair = Event.Kind == abi::SiteKind::Operation && Type->isStructTy();
  return IsPair ? Type->getStructElementType(0) : Type;
}

// What an event's site is called after: a function, or an operator.
static StringRef siteCallee(const Event &Event) {
  if (Event.Kind == abi::SiteKind::Operation) return Event.Operation.Symbol;
  if (Event.Kind == abi::SiteKind::Function) return {};
  auto *Call = dyn_cast<CallBase>(Event.Instruction);
  return Call ? calleeName(*Call) : StringRef();
}

uint64_t SiteTable::id(const Event &Event) {
  SmallString<256> Key(ModuleName);
  for (StringRef Part :
       {plainName(Event.Instruction->getFunction()->getName()), siteCallee(Event)}) {
    Key += '\0';
    Key += Part;
  }
  Key += char(Event.Kind);
  unsigned Ordinal = Ordinals[xxh3_64bits(Key)]++;
  Key += StringRef(reinterpret_cast<const char *>(&Ordinal), sizeof Ordinal);
  return xxh3_64bits(Key);
}

SiteInfo SiteTable::describe(const Event &Event, uint64_t Id, const ValueTyping &Value) const {
  SiteInfo Site;
  Site.Id = Id;
  Site.Kind = Event.Kind;
  Site.Function = plainName(Event.Instruction->getFunction()->getName());
  if (Event.Kind == abi::SiteKind::Function) {
    Site.Location = location(*Event.Instruction->getFunction());
    Site.Typing = Value.Typing;
    return Site;
  }
  Site.Location = location(*Event.Instruction);
  Site.Frames = sourceFrames(*Event.Instruction);
  Site.Typing = Value.Typing;
  Site.Callee = siteCallee(Event).str();
  if (Event.Kind == abi::SiteKind::Runtime) return Site;
  if (auto *Address = getLoadStorePointerOperand(Event.Instruction))
    Site.Variable = variableName(Address);
  if (Value.Typing == Typing::Exact)
    Site.ValueType = Value.Mangled;
  else if (auto Type = valueType(typeAt(Event)))
    Site.ValueType = Type->Mangled;
  return Site;
}

std::string SiteTable::operatorName(const Event &Event, const ValueTyping &Value,
                                    ArrayRef<ArgumentTyping> Operands) {
  auto Symbol = Event.Operation.Symbol;
  bool IsConversion = Symbol == "init" || Operands.empty();
  auto &Of = IsConversion ? Value : Operands.back().Value;
  StringRef Mangled = Of.Mangled;
  for (auto &Standard : standardTypes())
    if (Of.Typing == Typing::Exact && Mangled == Standard.Letters)
      return ("Swift." + Standard.Name + "." + Symbol).str();
  // `s5Int32V`
  bool IsOfSwift =
      Of.Typing == Typing::Exact && Mangled.consume_front("s") && Mangled.consume_back("V");
  auto Name = Mangled.drop_while(isDigit);
  return IsOfSwift && !Name.empty() && all_of(Name, isAlnum)
             ? ("Swift." + Name + "." + Symbol).str()
             : Symbol.str();
}

Constant *SiteTable::string(StringRef Text) {
  auto *&Known = Strings[Text];
  if (!Known) {
    auto *Value = ConstantDataArray::getString(Module.getContext(), Text);
    Known = new GlobalVariable(Module, Value->getType(), true, GlobalValue::PrivateLinkage, Value,
                               "rayc.string");
    Known->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
    Known->setAlignment(Align(1));
  }
  return Known;
}

// `trunc (sub (ptrtoint @string, ptrtoint field))`, which the assembler turns into a
// 32-bit PC-relative relocation that the linker resolves for good.
Constant *SiteTable::offsetTo(GlobalVariable *Record, unsigned Field, Constant *Target) {
  auto *Int32 = Type::getInt32Ty(Module.getContext());
  auto *Int64 = Type::getInt64Ty(Module.getContext());
  auto *Address = ConstantExpr::getInBoundsGetElementPtr(
      Record->getValueType(), Record,
      ArrayRef<Constant *>{ConstantInt::get(Int32, 0), ConstantInt::get(Int32, Field)});
  return ConstantExpr::getTrunc(ConstantExpr::getSub(ConstantExpr::getPtrToInt(Target, Int64),
                                                     ConstantExpr::getPtrToInt(Address, Int64)),
                                Int32);
}

Constant *SiteTable::offset(GlobalVariable *Record, unsigned Field, StringRef Text) {
  return Text.empty() ? ConstantInt::get(Type::getInt32Ty(Module.getContext()), 0)
                      : offsetTo(Record, Field, string(Text));
}

Constant *SiteTable::emit(const SiteInfo &Site) {
  auto *Record = new GlobalVariable(Module, RecordType, !AreWritable, GlobalValue::PrivateLinkage,
                                    nullptr, "rayc.site");
  auto *Place = emitPlace(Site);
  auto Number = [&](unsigned Field, uint64_t Value) {
    return ConstantInt::get(RecordType->getElementType(Field), Value);
  };
  Record->setInitializer(ConstantStruct::get(
      RecordType,
      {Number(0, Site.Id), offset(Record, 1, Site.Function), offset(Record, 2, Site.Callee),
       offset(Record, 3, Site.Location.File), offset(Record, 4, Site.ValueType),
       offset(Record, 5, Site.Variable),
       Site.Arguments ? offsetTo(Record, 6, Site.Arguments) : Number(6, 0),
       Number(7, Site.Location.Line), Number(8, std::min(Site.Location.Column, 0xffffu)),
       Number(9, unsigned(Site.Kind) | unsigned(Site.Typing) << abi::SiteTypingShift),
       Number(10, 0), offset(Record, 11, ModuleName),
       Place ? offsetTo(Record, 12, Place) : Number(12, 0)}));
  Record->setSection(abi::SiteSection);
  Record->setAlignment(Align(8));
  return Record;
}

GlobalVariable *SiteTable::emitType(StringRef Key, Constant *Name, size_t Length,
                                    StringRef Fallback, uint64_t Size) {
  auto &Context = Module.getContext();
  auto *Int32 = Type::getInt32Ty(Context);
  auto *None = ConstantPointerNull::get(PointerType::get(Context, 0));
  auto *Record =
      new GlobalVariable(Module, TypeRecord, false, GlobalValue::LinkOnceODRLinkage, nullptr, Key);
  Record->setInitializer(ConstantStruct::get(
      TypeRecord, {None, offsetTo(Record, 1, Name), ConstantInt::get(Int32, Length),
                   offset(Record, 3, Fallback), ConstantInt::get(Int32, Size), None, None}));
  Record->setVisibility(GlobalValue::HiddenVisibility);
  Record->setComdat(Module.getOrInsertComdat(Key));
  return Record;
}

GlobalVariable *SiteTable::emitType(StringRef Mangled) {
  std::string Key = ("rayc.type." + Mangled).str();
  if (auto *Known = Module.getNamedGlobal(Key)) return Known;
  return emitType(Key, string(Mangled), Mangled.size(), "", 0);
}

// A type's name with references, as the compiler writes it for itself:
//   @rayc.name = private constant <{ i8, i32, [4 x i8], i8 }>
//                <{ i8 1, i32 <@"$s4main3BoxVMn" - field>, [4 x i8] c"ySiG", i8 0 }>
Constant *SiteTable::symbolicName(const NameNode *Type, size_t &Length) {
  SmallVector<std::string> References;
  auto Text = MangledNames::writeSymbolic(
      Type,
      [&](StringRef Nominal) {
        auto *Descriptor = Module.getNamedGlobal(("$s" + Nominal + "Mn").str());
        return Descriptor && Descriptor->hasInitializer();
      },
      References);
  if (References.empty()) {
    Length = Text->size();
    return string(*Text);
  }
  auto &Context = Module.getContext();
  auto *Int8 = llvm::Type::getInt8Ty(Context);
  auto *Int32 = llvm::Type::getInt32Ty(Context);
  SmallVector<Constant *> Parts;
  SmallVector<std::pair<unsigned, StringRef>> Offsets;
  StringRef Rest = *Text;
  while (!Rest.empty()) {
    auto Plain = Rest.take_until([](char C) { return C == 1; });
    if (!Plain.empty()) Parts.push_back(ConstantDataArray::getString(Context, Plain, false));
    Rest = Rest.drop_front(Plain.size());
    if (Rest.empty()) break;
    Parts.push_back(ConstantInt::get(Int8, 1));
    Offsets.push_back({Parts.size(), References[Offsets.size()]});
    Parts.push_back(ConstantInt::get(Int32, 0));
    Rest = Rest.drop_front();
  }
  Parts.push_back(ConstantInt::get(Int8, 0));
  SmallVector<llvm::Type *> Types;
  for (auto *Part : Parts) Types.push_back(Part->getType());
  auto *Layout = StructType::get(Context, Types, true);
  Length = Module.getDataLayout().getTypeAllocSize(Layout) - 1;
  auto *Name =
      new GlobalVariable(Module, Layout, true, GlobalValue::PrivateLinkage, nullptr, "rayc.name");
  for (auto [Part, Nominal] : Offsets)
    Parts[Part] = offsetTo(Name, Part, Module.getNamedGlobal(("$s" + Nominal + "Mn").str()));
  Name->setInitializer(ConstantStruct::get(Layout, Parts));
  Name->setAlignment(Align(2));
  return Name;
}

GlobalVariable *SiteTable::emitType(const ValueTyping &Value, std::optional<ValueType> Machine) {
  std::string Key = "rayc.type." + Value.Mangled + (Machine ? "." + Machine->Mangled : "");
  if (auto *Known = Module.getNamedGlobal(Key)) return Known;
  size_t Length;
  auto *Name = symbolicName(Value.Written, Length);
  uint64_t Size = Machine ? Module.getDataLayout().getTypeStoreSize(Machine->Memory) : 0;
  return emitType(Key, Name, Length, Machine ? Machine->Mangled : "", Size);
}

}  // namespace rayc

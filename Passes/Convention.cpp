#include "Convention.h"

#include "ThreadState.h"

#include "llvm/IR/DataLayout.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

namespace {

// The parameters of a function by what they are for.
struct Roles {
  unsigned Result = None, Self = None, Error = None;
  SmallVector<unsigned, 8> Plain;
  bool IsUnknown = false;  // something that Swift's synchronous functions have not
  static constexpr unsigned None = ~0u;

  explicit Roles(const Function &Function);
};

}  // namespace

Roles::Roles(const Function &Function) {
  IsUnknown = Function.isVarArg();
  for (auto &Argument : Function.args()) {
    auto Number = Argument.getArgNo();
    if (Argument.hasStructRetAttr())
      Result = Number;
    else if (Argument.hasAttribute(Attribute::SwiftSelf))
      Self = Number;
    else if (Argument.hasAttribute(Attribute::SwiftError))
      Error = Number;
    else if (Argument.hasAttribute(Attribute::SwiftAsync) ||
             Argument.hasPassPointeeByValueCopyAttr())
      IsUnknown = true;
    else
      Plain.push_back(Number);
  }
}

// The parameters that only the replacement has: the context's value and a closure.
static unsigned ownParameters(const Replacement &Replacement) {
  return Replacement.TakesContext + 2 * Replacement.TakesOriginal;
}

// The parameters of the callee as the replacement has them: `self` is the last one.
static SmallVector<unsigned, 8> inOrder(const Roles &Callee, const Roles &Code,
                                        const Replacement &Replacement) {
  auto Order = Callee.Plain;
  bool IsInRegister = Order.size() + 1 + ownParameters(Replacement) == Code.Plain.size();
  if (Replacement.TakesSelf && IsInRegister && Callee.Self != Roles::None)
    Order.push_back(Callee.Self);
  return Order;
}

static uint64_t resultSize(const Function &Function, unsigned Number) {
  auto *Type = Function.getParamStructRetType(Number);
  return Type && Type->isSized() ? Function.getDataLayout().getTypeAllocSize(Type) : 0;
}

std::string Convention::reasonNotToFit(const Function &Callee, const Function &Code,
                                       const Replacement &Replacement) {
  Roles Theirs(Callee), Own(Code);
  if (Callee.hasFnAttribute("coroutine.devirt.trigger") || Theirs.IsUnknown || Own.IsUnknown)
    return "async functions, and C functions with '...' or with structs as values, cannot be "
           "replaced";
  auto Order = inOrder(Theirs, Own, Replacement);
  static constexpr StringLiteral Layout =
      "the machine passes them differently; a type that the context declares for one of the "
      "program needs the same stored properties, and a mutating method takes 'self: inout …'";
  ArrayRef<unsigned> Mine = Own.Plain;
  if (Mine.size() != Order.size() + ownParameters(Replacement)) return Layout.str();
  Mine = Mine.drop_front(ownParameters(Replacement));
  bool HasResult = Theirs.Result != Roles::None;
  if (Callee.getReturnType() != Code.getReturnType() || HasResult != (Own.Result != Roles::None))
    return Layout.str();
  if (HasResult && resultSize(Callee, Theirs.Result) != resultSize(Code, Own.Result))
    return Layout.str();
  for (auto [Their, My] : zip(Order, Mine)) {
    if (Callee.getArg(Their)->getType() != Code.getArg(My)->getType()) return Layout.str();
    bool IsSwift = Callee.getCallingConv() == CallingConv::Swift;
    if (IsSwift &&
        Callee.getParamDereferenceableBytes(Their) != Code.getParamDereferenceableBytes(My))
      return Layout.str();
  }
  if (Own.Error != Roles::None && Theirs.Error == Roles::None) return Layout.str();
  return "";
}

static void callAndReturn(IRBuilder<> &Builder, Function &Callee, ArrayRef<Value *> Arguments) {
  auto *Call = Builder.CreateCall(&Callee, Arguments);
  Call->setCallingConv(Callee.getCallingConv());
  auto All = Callee.getAttributes();
  SmallVector<AttributeSet> Parameters;
  for (unsigned I = 0; I < Callee.arg_size(); I++) Parameters.push_back(All.getParamAttrs(I));
  Call->setAttributes(AttributeList::get(Callee.getContext(), {}, All.getRetAttrs(), Parameters));
  if (Call->getType()->isVoidTy())
    Builder.CreateRetVoid();
  else
    Builder.CreateRet(Call);
}

// Arguments of a call, null until they are set.
static SmallVector<Value *, 8> noArguments(const Function &Callee) {
  SmallVector<Value *, 8> Arguments;
  for (auto &Argument : Callee.args())
    Arguments.push_back(Constant::getNullValue(Argument.getType()));
  return Arguments;
}

// What a closure of Swift's has before its context: the same as the replacement without what
// is the replacement's own.
//   define internal swiftcc i64 @closure(i64 %n, <self>, ptr swiftself %context[, ptr swifterror])
static Function *buildClosure(Function &Original, const Roles &Theirs, ArrayRef<unsigned> Order) {
  auto &Module = *Original.getParent();
  auto &Context = Module.getContext();
  SmallVector<Type *, 8> Types;
  SmallVector<unsigned, 8> Sources;  // of the callee's parameters
  if (Theirs.Result != Roles::None) Sources.push_back(Theirs.Result);
  Sources.append(Order.begin(), Order.end());
  for (unsigned Source : Sources) Types.push_back(Original.getArg(Source)->getType());
  Types.push_back(PointerType::get(Context, 0));
  bool Throws = Theirs.Error != Roles::None;
  if (Throws) Types.push_back(PointerType::get(Context, 0));
  auto *Closure =
      Function::Create(FunctionType::get(Original.getReturnType(), Types, false),
                       GlobalValue::InternalLinkage, "rayc.closure." + Original.getName(), Module);
  Closure->setCallingConv(CallingConv::Swift);
  if (Theirs.Result != Roles::None)
    Closure->addParamAttr(0, Original.getParamAttribute(Theirs.Result, Attribute::StructRet));
  Closure->addParamAttr(Sources.size(), Attribute::SwiftSelf);
  if (Throws) Closure->addParamAttr(Sources.size() + 1, Attribute::SwiftError);
  IRBuilder<> Builder(BasicBlock::Create(Context, "", Closure));
  auto Arguments = noArguments(Original);
  // A method of a class itself: its metatype is what the closure has for a context.
  if (Theirs.Self != Roles::None) Arguments[Theirs.Self] = Closure->getArg(Sources.size());
  for (auto [Place, Source] : enumerate(Sources)) Arguments[Source] = Closure->getArg(Place);
  if (Throws) Arguments[Theirs.Error] = Closure->getArg(Sources.size() + 1);
  callAndReturn(Builder, Original, Arguments);
  return Closure;
}

void Convention::build(Function &Entry, Function &Original, Function &Code,
                       const Replacement &Replacement) {
  Roles Theirs(Entry), Own(Code);
  auto Order = inOrder(Theirs, Own, Replacement);
  IRBuilder<> Builder(BasicBlock::Create(Entry.getContext(), "", &Entry));
  auto Arguments = noArguments(Code);
  unsigned Next = 0;
  if (Replacement.TakesContext) {
    auto *State = Builder.CreateCall(stateFunction(*Entry.getParent()));
    Arguments[Own.Plain[Next++]] =
        Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), State, Replacement.ContextOffset);
  }
  if (Replacement.TakesOriginal) {
    Arguments[Own.Plain[Next++]] = buildClosure(Original, Theirs, Order);
    bool SelfIsPassed = is_contained(Order, Theirs.Self);
    if (Theirs.Self != Roles::None && !SelfIsPassed)
      Arguments[Own.Plain[Next]] = Entry.getArg(Theirs.Self);
    Next++;
  }
  for (unsigned Source : Order) Arguments[Own.Plain[Next++]] = Entry.getArg(Source);
  if (Own.Result != Roles::None) Arguments[Own.Result] = Entry.getArg(Theirs.Result);
  if (Own.Error != Roles::None) Arguments[Own.Error] = Entry.getArg(Theirs.Error);
  callAndReturn(Builder, Code, Arguments);
}

}  // namespace rayc

// Stage 2: what is said of a site's place in the source, on request.
#include "SiteTable.h"

#include "Expressions.h"

#include "llvm/IR/Constants.h"

using namespace llvm;

namespace rayc {

GlobalVariable *SiteTable::emitPlace(const SiteInfo &Site) {
  bool HasFrames = AreFramesWanted && Site.Frames.size() > 1;
  std::optional<SourceExpression> Expression;
  if (Texts) Expression = Texts->find(Site.Location, Site.Kind != abi::SiteKind::Load);
  if (!HasFrames && !Expression) return nullptr;
  std::string Key;
  if (!HasFrames) {
    Key = (Twine(Site.Location.File) + "\n" + Twine(Expression->BeginLine) + ":" +
           Twine(Expression->BeginColumn) + "-" + Twine(Expression->EndLine) + ":" +
           Twine(Expression->EndColumn))
              .str();
    if (auto *Known = Places.lookup(Key)) return Known;
  }
  auto &Context = Module.getContext();
  auto *Int32 = Type::getInt32Ty(Context);
  auto *Int16 = Type::getInt16Ty(Context);
  auto Frames = HasFrames ? ArrayRef(Site.Frames) : ArrayRef<SourceFrame>();
  SmallVector<Type *> Types = {Int32, Int32, Int32, Int16, Int16, Int32};
  Types.append(Frames.size() * 4, Int32);
  auto *Layout = StructType::get(Context, Types);
  auto *Place =
      new GlobalVariable(Module, Layout, true, GlobalValue::PrivateLinkage, nullptr, "rayc.place");
  auto Written = Expression.value_or(SourceExpression());
  auto Number = [&](Type *Type, unsigned Value) { return ConstantInt::get(Type, Value); };
  SmallVector<Constant *> Fields = {offset(Place, 0, Written.Text),
                                    Number(Int32, Written.BeginLine),
                                    Number(Int32, Written.EndLine),
                                    Number(Int16, std::min(Written.BeginColumn, 0xffffu)),
                                    Number(Int16, std::min(Written.EndColumn, 0xffffu)),
                                    Number(Int32, Frames.size())};
  for (auto &Frame : Frames) {
    Fields.push_back(offset(Place, Fields.size(), Frame.Function));
    Fields.push_back(offset(Place, Fields.size(), Frame.At.File));
    Fields.push_back(Number(Int32, Frame.At.Line));
    Fields.push_back(Number(Int32, Frame.At.Column));
  }
  Place->setInitializer(ConstantStruct::get(Layout, Fields));
  if (!HasFrames) Places[Key] = Place;
  return Place;
}

}  // namespace rayc

#include "Mutant.h"

using namespace llvm;

namespace rayc {

// Names that the pass knows, and entities and types of most of the mangling's operators.
static constexpr StringLiteral Known[] = {"swift_retain",
                                          "swift_release",
                                          "swift_allocObject",
                                          "swift_deallocClassInstance",
                                          "swift_bridgeObjectRetain",
                                          "swift_beginAccess",
                                          "swift_endAccess",
                                          "swift_initStackObject",
                                          "swift_dynamicCast",
                                          "swift_getTypeByMangledNameInContext",
                                          "swift_getGenericMetadata",
                                          "swift_task_alloc",
                                          "swift_task_create",
                                          "swift_task_switch",
                                          "swift_willThrow",
                                          "swift_willThrowTypedImpl",
                                          "swift_allocError",
                                          "swift_once",
                                          "swift_unknownObjectRetain",
                                          "swift_weakLoadStrong",
                                          "swift_projectBox",
                                          "swift_asyncLet_begin",
                                          "swift_coroFrameAlloc",
                                          "memcpy",
                                          "malloc",
                                          "free",
                                          "exit",
                                          "_exit",
                                          "abort",
                                          "setjmp",
                                          "vfork",
                                          "main",
                                          "pow",
                                          "sqrt",
                                          "rayc_mine",
                                          "rayc.mine",
                                          "$s",
                                          "$s4Main1fyyF",
                                          "$s4MainAAC1fyyKF",
                                          "$sSa6appendyyxnF",
                                          "$s4Main5errory10typedErrorAAYKF",
                                          "$s4Main1fyyYaF",
                                          "$s4Main1fyyYaFTY0_",
                                          "$s4Main1fyyYaFTQ1_",
                                          "$s4Main1fyyYaFTu",
                                          "$s4Main1PP1fyyFTj",
                                          "$s4Main1CCAA1PA2aDP1fyyFTW",
                                          "$s4Main1CCfD",
                                          "$s4Main1CCMa",
                                          "$s4Main1CCMn",
                                          "$s4Main1SVWOh",
                                          "$s4Main1xSivg",
                                          "$s4Main1xSivM",
                                          "$s4Main1fyyFSi_SStcfU_",
                                          "$s4Main1fyyFyyXEfU_TA",
                                          "$sSi_SitSgytSgIegnr_AaBIegyr_TR",
                                          "$s4Main1fyyxlFSi_Tg5",
                                          "$sSDyxSgq_cig",
                                          "$sypWOb",
                                          "$s4Main3BoxVyxGSgWOe",
                                          "$sxSgxRi_zlWOh",
                                          "$s4Main4packyyxxQp_txxQpRvzlF",
                                          "$s4Main1fSiSg_SSAA5ErrorOt_tYKF"};
static constexpr StringLiteral Types[] = {
    "$sSiD",           "$sSdD",          "$sSbD",         "$sSSD",
    "$sSaySiGD",       "$sSDySSSiGD",    "$sytD",         "$sxD",
    "$sypD",           "$sSi_SStD",      "$sSi1a_SS1btD", "$sSiSgD",
    "$sSiIegyd_D",     "$syycD",         "$syyYaKcD",     "$sxmD",
    "$sXoD",           "$s4Main1CCD",    "$s4Main1CCXwD", "$s4Main1SVyxGD",
    "$ss5Error_pD",    "$s4Main1P_pXpD", "$sBpD",         "$sBi64_D",
    "$sBf64_D",        "$sBoD",          "$sBbD",         "$sxxQp_tD",
    "$sSi1a_tSgSgD",   "$s4Main1PPQyzD", "$sBv4_Bf32_D",  "$s$128_4Main5ArrayVD",
    "$sSo8NSObjectCD", "$sScGyScT_pGD",  "$ss5Int32VD"};

std::string mutateName(StringRef Name, Random &Random) {
  if (Name.empty() || Random.chance(0.3))
    return (Random.chance(0.5) ? Random.pick(Known) : Random.pick(Types)).str();
  std::string Changed = Name.str();
  for (size_t Left = 1 + Random.below(3); Left; Left--) {
    size_t At = Random.below(Changed.size() + 1);
    StringRef Other = Random.chance(0.5) ? Random.pick(Known) : Random.pick(Types);
    switch (Random.below(6)) {
      case 0: Changed.resize(At); break;
      case 1: Changed.erase(At, 1 + Random.below(4)); break;
      case 2: Changed.insert(At, Changed.substr(Random.below(Changed.size() + 1), 6)); break;
      case 3: Changed.insert(At, Other.drop_front(std::min<size_t>(2, Other.size())).str()); break;
      case 4: Changed.insert(At, std::to_string(Random.below(1'000'000'000'000))); break;
      default:
        if (At < Changed.size())
          Changed[At] = "_0129AGIQRSTVYZacdefgilmnoprstuxyz"[Random.below(33)];
    }
    if (Changed.size() > 4096) Changed.resize(4096);
  }
  return Changed;
}

}  // namespace rayc

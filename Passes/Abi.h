// Stage 2: names and numbers of ray_abi.h, as the pass uses them.
//
// A test holds every number here against the header.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/IR/IRBuilder.h"

namespace rayc::abi {

constexpr unsigned Version = 1;
constexpr llvm::StringLiteral VersionSymbol = "rayc_abi_1";
constexpr llvm::StringLiteral VersionFlag = "rayc.abi";
/// The module flag of a context whose hooks see values and change none.
constexpr llvm::StringLiteral ReadOnlyFlag = "rayc.read-only";
/// The module flag of a context that disables sites, and what it calls to do so.
constexpr llvm::StringLiteral DisablesSitesFlag = "rayc.disables-sites";
constexpr llvm::StringLiteral SiteDisable = "rayc_site_disable";
constexpr unsigned SiteDisabledOffset = 39;

/// What a context asks for by calling a function of the runtime's, and the module flag that says
/// so.
struct Request {
  llvm::StringLiteral Function, Flag;
};
constexpr Request AsksForFrames = {"rayc_site_frames", "rayc.asks-for-frames"};
constexpr Request AsksForDepth = {"rayc_depth", "rayc.asks-for-depth"};
constexpr Request AsksForCalls = {"rayc_calls", "rayc.asks-for-calls"};
constexpr Request Requests[] = {AsksForFrames, AsksForDepth, AsksForCalls};

/// Whether a symbol is rayc's own.
inline bool isOwnName(llvm::StringRef Name) {
  return Name.starts_with("rayc_") || Name.starts_with("rayc.");
}
constexpr llvm::StringLiteral HookPrefix = "rayc_hook_";
constexpr llvm::StringLiteral SiteSection = "rayc_sites";

constexpr llvm::StringLiteral Thread = "rayc_thread";
constexpr llvm::StringLiteral ThreadSize = "rayc_thread_size";
constexpr llvm::StringLiteral ThreadEnter = "rayc_thread_enter";
constexpr llvm::StringLiteral ThreadAim = "rayc_thread_aim";
/// The innermost call of a thread's chain.
constexpr llvm::StringLiteral CallChain = "rayc_call";
constexpr llvm::StringLiteral Start = "rayc_start";
constexpr llvm::StringLiteral Stopped = "rayc_stopped";
constexpr llvm::StringLiteral ImageLoaded = "rayc_image_loaded";
/// The image is announced before its other initialisers, which may be instrumented.
constexpr unsigned ImagePriority = 101;
constexpr unsigned ThreadValueOffset = 64;
constexpr unsigned ThreadStateOffset = 0;
constexpr unsigned ThreadInHookOffset = 8;
constexpr unsigned ThreadDepthOffset = 56;

constexpr unsigned ThreadExtentOffset = 32;
constexpr unsigned ThreadFrameOffset = 48;

/// The number in front of a function that has a twin, and the variable that holds it.
constexpr uint64_t TwinMagic = 0x9d7ac3f1e45b2086;
constexpr llvm::StringLiteral TwinMagicVariable = "rayc_twin_magic";
constexpr llvm::StringLiteral CodeLoaded = "rayc_code_loaded";
constexpr llvm::StringLiteral CodeUnloaded = "rayc_code_unloaded";
constexpr llvm::StringLiteral CodeBegin = "rayc_code_begin";
constexpr llvm::StringLiteral CodeSize = "rayc_code_size";
constexpr llvm::StringLiteral FindTwin = "rayc_twin";
constexpr llvm::StringLiteral TaskEnter = "rayc_task_enter";
constexpr llvm::StringLiteral GateEnter = "rayc_gate_enter";
constexpr llvm::StringLiteral GateLeave = "rayc_gate_leave";
constexpr llvm::StringLiteral TriggerEnter = "rayc_trigger_enter";
constexpr llvm::StringLiteral TriggerLeave = "rayc_trigger_leave";
constexpr llvm::StringLiteral TriggerBegin = "rayc_trigger_begin";
constexpr llvm::StringLiteral ProgramEnter = "rayc_program_enter";
/// What a program with twins refers to, so that the runtime follows the threads it starts.
constexpr llvm::StringLiteral FollowThreads = "rayc_follow_threads";
constexpr llvm::StringLiteral FrameRelease = "rayc_frame_release";

/// Take the place of the thread's state until LowerThreadState; never in an object.
constexpr llvm::StringLiteral State = "rayc_state";
/// The same for the state of a thread that is switched off.
constexpr llvm::StringLiteral OffState = "rayc_off_state";
constexpr llvm::StringLiteral FreshState = "rayc_fresh_state";
constexpr llvm::StringLiteral IsEnabled = "rayc_enabled";

/// The setter of Ray.isEnabled.
constexpr llvm::StringLiteral EnabledSetter = "$s3Ray9isEnabledSbvs";

constexpr llvm::StringLiteral WillCall = "rayc_hook_willCall";
constexpr llvm::StringLiteral DidCall = "rayc_hook_didCall";
constexpr llvm::StringLiteral Outcome = "rayc_hook_outcome";
constexpr llvm::StringLiteral Result = "rayc_hook_result_";
constexpr llvm::StringLiteral Load = "rayc_hook_load_";
constexpr llvm::StringLiteral Store = "rayc_hook_store_";
constexpr llvm::StringLiteral Operation = "rayc_hook_operation_";
constexpr llvm::StringLiteral Runtime = "rayc_hook_runtime";
constexpr llvm::StringLiteral DidEnter = "rayc_hook_didEnter";
constexpr llvm::StringLiteral WillLeave = "rayc_hook_willLeave";
/// The hooks of tags, and the one that only says something: see ray_tags.h.
constexpr llvm::StringLiteral TagPrefix = "rayc_hook_tag_";
constexpr llvm::StringLiteral TagWantsAll = "rayc_hook_tag_wants_all";

constexpr llvm::StringLiteral ContextPrefix = "rayc_context_";
constexpr llvm::StringLiteral ContextSelect = "rayc_context_select";
constexpr llvm::StringLiteral Init = "rayc_context_init";
constexpr llvm::StringLiteral Merge = "rayc_context_merge";
constexpr llvm::StringLiteral Finish = "rayc_context_finish";
constexpr llvm::StringLiteral Reports = "rayc_context_reports";
constexpr llvm::StringLiteral DisablesSites = "rayc_context_disables_sites";

/// A function attribute of a prepared hook: small enough to come into each module.
constexpr llvm::StringLiteral ImportAttribute = "rayc-import";
/// A function attribute of a replacement, and the metadata that names them all.
constexpr llvm::StringLiteral OverdubAttribute = "rayc-overdub";
constexpr llvm::StringLiteral OverdubList = "rayc.overdubs";
/// Where an object says what its module has for a context's replacements.
constexpr llvm::StringLiteral OverdubSection = "rayc_overdubs";
/// A function attribute of `willCall` or of an operator's hook: it never looks at the arguments.
constexpr llvm::StringLiteral IgnoresArgumentsAttribute = "rayc-ignores-arguments";

/// A function attribute of a hook: it never looks at the site.
constexpr llvm::StringLiteral IgnoresSiteAttribute = "rayc-ignores-site";

/// A function attribute of a value's hook: it hands the value on and never looks at it.
constexpr llvm::StringLiteral IgnoresValueAttribute = "rayc-ignores-value";

/// A function attribute of an unguarded hook: the value that it returns or leaves may be
/// another, so the program needs its own while its thread is switched off.
constexpr llvm::StringLiteral ChangesValueAttribute = "rayc-changes-value";

/// A function attribute of an unguarded hook: it must not run while its thread is switched
/// off.
constexpr llvm::StringLiteral ActsOutsideAttribute = "rayc-acts-outside";

/// What a hook calls that writes to a recording, where its block is full.
constexpr llvm::StringLiteral TapeTurn = "rayc_tape_turn";

/// What makes a box of an error that has none, and gives it back.
constexpr llvm::StringLiteral ErrorBox = "rayc_error_box";
constexpr llvm::StringLiteral ErrorRelease = "rayc_error_release";

/// A site's kind and how its value is typed share a byte.
constexpr unsigned SiteTypingShift = 4;

/// What is said of an argument: RAY_ARGUMENT_….
constexpr unsigned ArgumentIsReceiver = 1, ArgumentIsInOut = 2, ArgumentIsAbsent = 4,
                   ArgumentIsDynamic = 8;

/// How many generic parameters of a function a type may be made of.
constexpr unsigned MaximalParameters = 8;

enum class SiteKind : uint8_t {
  Call = 0,
  RuntimeCall = 1,
  Load = 2,
  Store = 3,
  Operation = 4,
  Runtime = 5,
  Function = 6
};
constexpr unsigned SiteKindCount = 7;

}  // namespace rayc::abi

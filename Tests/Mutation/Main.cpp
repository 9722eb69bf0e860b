// A tool of the tests: runs the plugin over modules that are changed at random, each in a process
// of its own, and reports what crashes, hangs or makes invalid IR.
#include "Mutant.h"
#include "Trial.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

using namespace llvm;
using namespace rayc;

// None is required: each trial reads options once more, those of the plugin.
static cl::opt<std::string> PluginPath("plugin", cl::desc("libRaycPasses.so"));
static cl::opt<std::string> Work("work", cl::desc("Where modules that fail are kept"));
static cl::list<std::string> Contexts("context", cl::desc("A prepared context"));
static cl::opt<std::string> Demangler("demangler", cl::desc("libswiftDemangle.so"));
static cl::opt<unsigned> Count("count", cl::init(100), cl::desc("Mutants that the verifier takes"));
static cl::opt<unsigned> Seed("seed", cl::init(1),
                              cl::desc("The same seed makes the same mutants"));
static cl::opt<unsigned> Jobs("jobs", cl::init(1), cl::desc("Processes at once"));
static cl::opt<unsigned> Seconds("seconds", cl::init(60),
                                 cl::desc("CPU time after which one hangs"));
static cl::opt<double> Pipelines("pipelines", cl::init(0.12), cl::desc("Share that is optimised"));
static cl::opt<bool> PreparesContexts("contexts", cl::desc("The modules are contexts"));
static cl::list<std::string> Modules(cl::Positional, cl::desc("MODULE…"));

namespace {

struct Trial {
  unsigned Number;
  Recipe Recipe;
  Phase *Phase;
  int Messages;
};

class Run {
 public:
  Run(PassPlugin &Plugin, Choices Choices) : Plugin(Plugin), Choices(std::move(Choices)) {}

  void overModule(StringRef Path, unsigned Quota) {
    LLVMContext Context;
    SMDiagnostic Problem;
    Module = parseIRFile(Path, Problem, Context);
    if (!Module) {
      Problem.print("rayc-mutate", errs());
      exit(1);
    }
    // Tests in text say no target; the plugin meets no module without one.
    if (Module->getTargetTriple().empty())
      Module->setTargetTriple(Triple("x86_64-unknown-linux-gnu"));
    Name = sys::path::filename(Path).str();
    unsigned Goal = Checked + Quota, Next = 0;
    while (Checked + Running.size() < Goal && Next < 20 * Quota) {
      start(Next++);
      if (Running.size() == Jobs) finishOne();
      while (Checked + Running.size() >= Goal && !Running.empty()) finishOne();
    }
    while (!Running.empty()) finishOne();
    Module.reset();
    outs() << Name << ": " << Quota << "\n";
    outs().flush();
  }

  bool report() {
    rusage Used;
    getrusage(RUSAGE_CHILDREN, &Used);
    outs() << Checked << " modules checked (" << Twins << " with twins, " << Optimized
           << " optimised), " << NotTaken << " not taken by the verifier, " << Foreign
           << " that LLVM alone fails on, " << Failures << " failures, "
           << Used.ru_utime.tv_sec + Used.ru_stime.tv_sec << " s of CPU time\n";
    for (auto &[Context, Number] : ByContext)
      outs() << "  " << sys::path::filename(Context) << ": " << Number << "\n";
    return Failures == 0;
  }

 private:
  // The same for the same seed, module and number, whatever else is checked.
  Random random(unsigned Number) const {
    uint64_t Hash = 14695981039346656037u;
    auto Mix = [&](uint64_t Value) { Hash = (Hash ^ Value) * 1099511628211u; };
    for (char Character : Name) Mix(Character);
    Mix(Seed);
    Mix(Number);
    return Random(Hash);
  }

  void start(unsigned Number) {
    auto Random = random(Number);
    launch(Number, chooseRecipe(Choices, Random));
  }

  void launch(unsigned Number, Recipe Recipe) {
    auto *Shared = static_cast<Phase *>(
        mmap(nullptr, sizeof(Phase), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    *Shared = Phase::Mutating;
    int Messages = memfd_create("messages", 0);
    outs().flush();
    pid_t Child = fork();
    if (Child == 0) {
      dup2(Messages, STDERR_FILENO);
      rlimit Time = {Seconds, Seconds + 5}, Space = {8ul << 30, 8ul << 30}, Core = {0, 0};
      setrlimit(RLIMIT_CPU, &Time);
      setrlimit(RLIMIT_AS, &Space);
      setrlimit(RLIMIT_CORE, &Core);
      alarm(10 * Seconds);
      mutateAgain(Number);
      _exit(runTrial(*Module, Recipe, Plugin, *Shared));
    }
    Running[Child] = {Number, std::move(Recipe), Shared, Messages};
  }

  void mutateAgain(unsigned Number) {
    auto Random = random(Number);
    chooseRecipe(Choices, Random);
    mutate(*Module, Random);
  }

  void finishOne() {
    int Status;
    pid_t Child = wait(&Status);
    auto Found = Running.find(Child);
    if (Found == Running.end()) return;
    Trial Trial = std::move(Found->second);
    Running.erase(Found);
    judge(Trial, Status);
    munmap(Trial.Phase, sizeof(Phase));
    close(Trial.Messages);
  }

  void judge(const Trial &Trial, int Status) {
    bool IsFine = WIFEXITED(Status) && WEXITSTATUS(Status) == Fine;
    // What LLVM's reader and fuzzer cannot take is no mutant.
    if (*Trial.Phase == Phase::Mutating &&
        (WIFSIGNALED(Status) || WEXITSTATUS(Status) == Refused)) {
      NotTaken++;
      return;
    }
    if (!IsFine && isAllowed(Trial, Status)) IsFine = true;
    if (!IsFine && failsPlainly(Trial)) {
      Foreign++;
      return;
    }
    Checked++;
    Twins += Trial.Recipe.isDynamic();
    Optimized += Trial.Recipe.Optimizes;
    ByContext[Trial.Recipe.Context]++;
    if (!IsFine) fail(Trial, Status);
  }

  // A context may be refused, if it is told why.
  bool isAllowed(const Trial &Trial, int Status) {
    return PreparesContexts && WIFEXITED(Status) && WEXITSTATUS(Status) == 1 &&
           text(Trial).contains("ERROR: rayc: ");
  }

  bool failsPlainly(const Trial &Failed) {
    if (!Failed.Recipe.Optimizes) return false;
    auto Others = std::move(Running);
    Running.clear();
    launch(Failed.Number, Failed.Recipe.plain());
    auto [Child, Plain] = *Running.begin();
    int Status;
    waitpid(Child, &Status, 0);
    munmap(Plain.Phase, sizeof(Phase));
    close(Plain.Messages);
    Running = std::move(Others);
    return Status != 0;
  }

  static StringRef text(const Trial &Trial) {
    static char Buffer[1 << 16];
    auto Length = pread(Trial.Messages, Buffer, sizeof Buffer, 0);
    return StringRef(Buffer, std::max<ssize_t>(Length, 0));
  }

  void fail(const Trial &Trial, int Status) {
    Failures++;
    auto Kept = (Twine(Work) + "/" + Name + "." + Twine(Trial.Number) + ".bc").str();
    if (pid_t Child = fork(); Child == 0) {
      mutateAgain(Trial.Number);
      std::error_code Problem;
      raw_fd_ostream Stream(Kept, Problem);
      WriteBitcodeToFile(*Module, Stream);
      Stream.close();
      _exit(0);
    } else {
      waitpid(Child, nullptr, 0);
    }
    outs() << Name << " " << Trial.Number << ": ";
    if (WIFSIGNALED(Status))
      outs() << "signal " << WTERMSIG(Status) << "\n";
    else
      outs() << "status " << WEXITSTATUS(Status) << "\n";
    outs() << "  " << Trial.Recipe.command(PluginPath, Kept) << "\n";
    SmallVector<StringRef> Lines;
    text(Trial).split(Lines, '\n', -1, false);
    unsigned Shown = 0;
    for (auto Line : Lines)
      // Of a crash's frames, those that are rayc's.
      if (Shown < 8 && (!Line.contains(" 0x") || Line.contains("rayc"))) {
        outs() << "    " << Line.substr(0, 240) << "\n";
        Shown++;
      }
    outs().flush();
  }

  PassPlugin &Plugin;
  Choices Choices;
  std::unique_ptr<llvm::Module> Module;
  std::string Name;
  std::map<pid_t, Trial> Running;
  unsigned Checked = 0, NotTaken = 0, Foreign = 0, Failures = 0, Twins = 0, Optimized = 0;
  std::map<std::string, unsigned> ByContext;
};

}  // namespace

int main(int Count, char **Arguments) {
  setenv("LLVM_DISABLE_SYMBOLIZATION", "1", true);
  sys::PrintStackTraceOnErrorSignal(Arguments[0]);
  cl::ParseCommandLineOptions(Count, Arguments);
  auto Plugin = PassPlugin::Load(PluginPath);
  if (!Plugin) {
    errs() << "rayc-mutate: " << toString(Plugin.takeError()) << "\n";
    return 1;
  }
  sys::fs::create_directories(Work);
  Run Run(*Plugin, {Contexts, Demangler, PreparesContexts, Pipelines});
  for (auto &Path : Modules) Run.overModule(Path, (::Count + Modules.size() - 1) / Modules.size());
  return Run.report() ? 0 : 1;
}

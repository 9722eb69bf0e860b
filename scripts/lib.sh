# Shared by the scripts of this folder: where things are, what is needed, how steps are shown.
# Sourced, never run.

LLVM_MAJOR=22
SWIFT_VERSION=6.3
TOOLKIT=$ROOT/.build-rayc
STAMP=$TOOLKIT/.built
LOG=$ROOT/.build-rayc.log
LOCK=$ROOT/.build-rayc.lock

# What a change of makes the staged toolkit out of date.
SOURCES=(Passes Sources/CRay Sources/Ray Sources/RayContexts Sources/RayDriver Sources/RayGraph
  Sources/RayIR Sources/RayListing Sources/RayReport Sources/rayc Sources/rayc-frontend Sources/rayc-source
  CMakeLists.txt Package.swift)

# A file each package puts on the machine, and the package. Building and testing need all of them.
PACKAGE_FILES=(
  "/usr/bin/opt-$LLVM_MAJOR llvm-$LLVM_MAJOR"
  "/usr/lib/llvm-$LLVM_MAJOR/include/llvm/Plugins/PassPlugin.h llvm-$LLVM_MAJOR-dev"
  "/usr/bin/FileCheck-$LLVM_MAJOR llvm-$LLVM_MAJOR-tools"
  "/usr/bin/clang-$LLVM_MAJOR clang-$LLVM_MAJOR"
  "/usr/bin/clang-format-$LLVM_MAJOR clang-format-$LLVM_MAJOR"
  "/usr/bin/ld.lld-$LLVM_MAJOR lld-$LLVM_MAJOR"
  "/usr/bin/cmake cmake"
  "/usr/bin/ninja ninja-build"
  "/usr/bin/g++ g++"
  "/usr/bin/git git"
  "/usr/bin/man man-db"
)

# The same for what only tests need: other tools that read rayc's files.
TEST_PACKAGE_FILES=(
  "/usr/bin/valgrind valgrind"
  "/usr/bin/dot graphviz"
  "/usr/bin/protoc protobuf-compiler"
  "/usr/share/gocode/src/github.com/google/pprof/proto/profile.proto golang-github-google-pprof-dev"
)
# Python's packages for the same.
READERS=$ROOT/.build-readers

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# die MESSAGE [REMEDY]: the remedy is a command on a line of its own, ready to be copied.
die() {
  say "error: $1"
  if [[ $# -gt 1 ]]; then printf '\n    %s\n\n' "$2" >&2; fi
  exit 1
}

# step LABEL COMMAND…: runs the command with its output in the log; shows the label, every 15 s
# the log's last line, and the seconds it took. A failure ends the script with the log's end.
step() {
  local label=$1 started=$SECONDS shown=$SECONDS process status=0
  shift
  say "$label"
  printf '\n== %s\n' "$*" >>"$LOG"
  # A process group of its own (-m): the group is what an interrupt has to end.
  set -m
  "$@" >>"$LOG" 2>&1 </dev/null 9>&- &
  process=$!
  set +m
  trap 'kill -- "-$process" 2>/dev/null; say "interrupted"; exit 130' INT TERM
  while kill -0 "$process" 2>/dev/null; do
    sleep 0.2
    if ((SECONDS - shown >= 15)); then
      shown=$SECONDS
      say "  $((SECONDS - started)) s  $(tail -n 1 "$LOG" | tr '\r' '\n' | tail -n 1 | cut -c 1-70)"
    fi
  done
  wait "$process" || status=$?
  trap - INT TERM
  if ((status != 0)); then
    tail -n 25 "$LOG" | sed 's/^/    /' >&2
    return "$status"
  fi
  say "  done in $((SECONDS - started)) s"
}

# missing_packages [ENTRY…]: the packages that are not installed, one a line.
missing_packages() {
  local entry
  (($#)) || set -- "${PACKAGE_FILES[@]}"
  for entry in "$@"; do
    [[ -e ${entry% *} ]] || printf '%s\n' "${entry#* }"
  done
}

check_machine() {
  [[ $(uname -s) == Linux && $(uname -m) == x86_64 ]] ||
    die "rayc runs on x86-64 Linux, and this is $(uname -s) on $(uname -m)"
}

# Swift first: no package of the system can bring it.
check_swift() {
  local found
  command -v swiftc >/dev/null ||
    die "swiftc is not on PATH; rayc needs Swift $SWIFT_VERSION (https://www.swift.org/install/linux)" \
      'export PATH=/path/to/swift/usr/bin:$PATH'
  found=$(swiftc --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p')
  [[ $found == "$SWIFT_VERSION" || $found == "$SWIFT_VERSION".* ]] ||
    die "rayc needs Swift $SWIFT_VERSION, and $(command -v swiftc) is '${found:-unknown}'" \
      "export PATH=/path/to/swift-$SWIFT_VERSION/usr/bin:\$PATH"
}

check_llvm() {
  local found
  found=$("opt-$LLVM_MAJOR" --version 2>/dev/null | sed -n 's/.*LLVM version \([0-9]*\).*/\1/p')
  [[ $found == "$LLVM_MAJOR" ]] ||
    die "rayc needs LLVM $LLVM_MAJOR, and 'opt-$LLVM_MAJOR' says '${found:-nothing}'" \
      "apt-get install --reinstall -y llvm-$LLVM_MAJOR"
}

# install_packages [ENTRY…]: installs the packages that are missing, or says which command does.
install_packages() {
  local missing command
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  command="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  command -v apt-get >/dev/null ||
    die "missing: ${missing[*]} (Debian's names), and there is no apt-get to install them with"
  ((EUID == 0)) ||
    die "missing: ${missing[*]}; installing them needs root" "sudo sh -c '$command'"
  export DEBIAN_FRONTEND=noninteractive
  step "reading the package lists" apt-get -o DPkg::Lock::Timeout=300 update ||
    die "the package lists could not be read (is there a network?)" "$command"
  step "installing ${missing[*]}" \
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}" ||
    die "the packages could not be installed; all of apt-get's output is in $LOG" "$command"
}

# Whether the staged toolkit is there and nothing it is built from has changed since.
is_up_to_date() {
  [[ -e $STAMP && -x $TOOLKIT/bin/rayc ]] || return 1
  cd "$ROOT" && [[ -z $(find "${SOURCES[@]}" -newer "$STAMP" -print -quit 2>/dev/null) ]]
}

# Brings the toolkit up to date; only one start at a time does.
ensure_toolkit() {
  is_up_to_date && return
  (: >>"$LOCK") 2>/dev/null ||
    die "'$ROOT' cannot be written to, and rayc must be built there" \
      "sudo $ROOT/scripts/install --prefix /usr/local"
  exec 9>>"$LOCK"
  if ! flock -n 9; then
    say "waiting for another setup of this checkout"
    flock 9
  fi
  is_up_to_date || build_toolkit
  exec 9>&-
}

# The tools that tests read rayc's files with.
ensure_readers() {
  install_packages "${TEST_PACKAGE_FILES[@]}"
  [[ -e $READERS/perfetto ]] && return
  step "installing what reads Perfetto's files" \
    python3 -m pip install --quiet --target "$READERS" perfetto protobuf ||
    die "Python's package 'perfetto' could not be installed; all output is in $LOG" \
      "python3 -m pip install --target $READERS perfetto protobuf"
}

build_toolkit() {
  local new_stamp
  : >"$LOG"
  check_machine
  check_swift
  install_packages
  check_llvm
  mkdir -p "$TOOLKIT"
  rm -f "$STAMP"
  new_stamp=$TOOLKIT/.building
  touch "$new_stamp"
  cd "$ROOT" || exit
  local hint="the build failed; all of its output is in $LOG"
  step "configuring the pass" cmake -G Ninja -S . -B .build-cmake -DCMAKE_BUILD_TYPE=Release ||
    die "$hint"
  step "building the pass and the runtime" cmake --build .build-cmake || die "$hint"
  step "staging them" cmake --install .build-cmake --prefix "$TOOLKIT" || die "$hint"
  step "building rayc (some minutes the first time)" \
    swift build -c release --product rayc || die "$hint"
  step "building rayc-frontend" swift build -c release --product rayc-frontend || die "$hint"
  step "staging both" stage_binaries || die "$hint"
  step "building the tool that makes manual pages" swift build --product generate-manual \
    --package-path .build/checkouts/swift-argument-parser --scratch-path .build-manual ||
    die "$hint"
  step "making manual pages and completions" stage_documents || die "$hint"
  mv "$new_stamp" "$STAMP"
}

stage_binaries() {
  local built
  built=$(swift build -c release --show-bin-path) &&
    stage_file "$built/rayc" "$TOOLKIT/bin/rayc" &&
    stage_file "$built/rayc-frontend" "$TOOLKIT/libexec/rayc/rayc-frontend"
}

# Where shells and man look for what belongs to a command, below a prefix.
DOCUMENT_FOLDERS=(share/man/man1 share/bash-completion/completions share/zsh/site-functions
  share/fish/vendor_completions.d)

# Made from rayc's own description of its command line, so that both always fit it.
stage_documents() {
  local rayc=$TOOLKIT/bin/rayc folder
  for folder in "${DOCUMENT_FOLDERS[@]}"; do
    rm -rf "${TOOLKIT:?}/$folder"
    mkdir -p "$TOOLKIT/$folder"
  done
  "$rayc" --generate-completion-script bash >"$TOOLKIT/share/bash-completion/completions/rayc" &&
    "$rayc" --generate-completion-script zsh >"$TOOLKIT/share/zsh/site-functions/_rayc" &&
    "$rayc" --generate-completion-script fish \
      >"$TOOLKIT/share/fish/vendor_completions.d/rayc.fish" &&
    .build-manual/debug/generate-manual "$rayc" --multi-page --date "$(date -r "$rayc" +%F)" \
      --output-directory "$TOOLKIT/share/man/man1" &&
    # man's macros want no empty lines.
    sed -i 's/^$/.Pp/' "$TOOLKIT"/share/man/man1/*
}

# Replaces the file in one move, so that a running rayc keeps the old one. An equal file stays,
# with its time: rayc's caches go by it.
stage_file() {
  cmp -s "$1" "$2" && return
  mkdir -p "${2%/*}" && cp "$1" "$2.new" && chmod 755 "$2.new" && mv "$2.new" "$2"
}

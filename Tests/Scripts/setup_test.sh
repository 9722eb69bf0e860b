# Tests of scripts/lib.sh and the launcher, on copies: nothing is installed or built here.
# Sourced by Tests/Scripts/run, which calls every function whose name starts with `test_`.

# A checkout without sources, whose scripts are the real ones; prints its path.
make_checkout() {
  local checkout
  checkout=$(mktemp -d "$WORK/checkout.XXXXXX")
  cp -r "$ROOT/scripts" "$checkout/scripts"
  mkdir -p "$checkout"/{Passes,Sources/{CRay,Ray,RayContexts,RayDriver,rayc,rayc-frontend}}
  touch "$checkout"/{CMakeLists.txt,Package.swift}
  chmod -R a+rX "$checkout"
  echo "$checkout"
}

# Puts a toolkit whose rayc prints its arguments into the checkout, as if it had been built.
stage_fake_toolkit() {
  mkdir -p "$1/.build-rayc/bin"
  printf '#!/bin/sh\necho "rayc got $*"\n' >"$1/.build-rayc/bin/rayc"
  chmod +x "$1/.build-rayc/bin/rayc"
  find "$1" -exec touch -d '2 seconds ago' {} +
  touch "$1/.build-rayc/.built"
}

# Runs the command of a `bash -c` with lib.sh of the checkout loaded.
with_lib() {
  local checkout=$1
  shift
  "$BASH" -c "set -euo pipefail; ROOT='$checkout'; . '$checkout/scripts/lib.sh'; $*" 2>&1
}

test_launcher_passes_arguments_on() {
  local checkout
  checkout=$(make_checkout)
  stage_fake_toolkit "$checkout"
  expect "rayc got run 'a b' -- x" "$("$checkout/scripts/rayc" run "'a b'" -- x)"
}

test_launcher_works_through_a_link_from_another_folder() {
  local checkout
  checkout=$(make_checkout)
  stage_fake_toolkit "$checkout"
  mkdir "$WORK/on-path"
  ln -s "$checkout/scripts/rayc" "$WORK/on-path/rayc"
  expect "rayc got doctor" "$(cd / && PATH=$WORK/on-path:$PATH rayc doctor)"
}

test_launcher_is_quick() {
  local checkout started finished
  checkout=$(make_checkout)
  stage_fake_toolkit "$checkout"
  "$checkout/scripts/rayc" >/dev/null
  started=$(date +%s%N)
  for _ in 1 2 3 4 5; do "$checkout/scripts/rayc" >/dev/null; done
  finished=$(date +%s%N)
  expect "under 100 ms" \
    "$( ((finished - started < 500000000)) && echo "under 100 ms" || echo "$(((finished - started) / 5000000)) ms")"
}

test_a_changed_source_makes_the_toolkit_stale() {
  local checkout
  checkout=$(make_checkout)
  stage_fake_toolkit "$checkout"
  expect "fresh" "$(with_lib "$checkout" 'is_up_to_date && echo fresh || echo stale')"
  touch -d '2 seconds' "$checkout/Sources/rayc/New.swift"
  expect "stale" "$(with_lib "$checkout" 'is_up_to_date && echo fresh || echo stale')"
}

test_a_removed_source_makes_the_toolkit_stale() {
  local checkout
  checkout=$(make_checkout)
  touch "$checkout/Passes/Old.cpp"
  stage_fake_toolkit "$checkout"
  sleep 0.01
  rm "$checkout/Passes/Old.cpp"
  expect "stale" "$(with_lib "$checkout" 'is_up_to_date && echo fresh || echo stale')"
}

test_another_swift_is_refused() {
  local checkout output
  checkout=$(make_checkout)
  mkdir "$WORK/swift-5"
  printf '#!/bin/sh\necho "Swift version 5.10.1 (swift-5.10.1-RELEASE)"\n' >"$WORK/swift-5/swiftc"
  chmod +x "$WORK/swift-5/swiftc"
  output=$(PATH=$WORK/swift-5:$PATH with_lib "$checkout" check_swift && echo "passed")
  expect_match "needs Swift 6\.3, and .*swiftc is '5\.10\.1'" "$output"
  expect_match "export PATH=" "$output"
}

test_no_swift_is_said() {
  local checkout
  checkout=$(make_checkout)
  expect_match "swiftc is not on PATH" "$(PATH=$WORK/empty with_lib "$checkout" check_swift)"
}

test_another_llvm_is_refused() {
  local checkout output
  checkout=$(make_checkout)
  mkdir "$WORK/llvm-21"
  printf '#!/bin/sh\necho "  Debian LLVM version 21.1.0"\n' >"$WORK/llvm-21/opt-22"
  chmod +x "$WORK/llvm-21/opt-22"
  output=$(PATH=$WORK/llvm-21:$PATH with_lib "$checkout" check_llvm)
  expect_match "needs LLVM 22, and 'opt-22' says '21'" "$output"
}

test_without_root_the_command_is_shown() {
  local checkout output
  ((EUID == 0)) || return 0
  checkout=$(make_checkout)
  chmod a+rx "$WORK"
  output=$(setpriv --reuid=65534 --regid=65534 --clear-groups bash -c "ROOT='$checkout'
    . '$checkout/scripts/lib.sh'
    PACKAGE_FILES+=('/no/such/file some-package')
    install_packages" 2>&1)
  expect_match "missing: .*some-package; installing them needs root" "$output"
  expect_match "sudo sh -c 'apt-get update && apt-get install -y .*some-package'" "$output"
}

test_a_failed_installation_shows_the_command() {
  local checkout output
  checkout=$(make_checkout)
  mkdir "$WORK/no-network"
  printf '#!/bin/sh\necho "Could not resolve host" >&2\nexit 100\n' >"$WORK/no-network/apt-get"
  chmod +x "$WORK/no-network/apt-get"
  ((EUID == 0)) || return 0
  output=$(PATH=$WORK/no-network:$PATH with_lib "$checkout" \
    "PACKAGE_FILES=('/no/such/file some-package'); install_packages")
  expect_match "Could not resolve host" "$output"
  expect_match "is there a network" "$output"
  expect_match "apt-get install -y --no-install-recommends some-package" "$output"
}

test_a_failed_step_shows_the_end_of_its_output() {
  local checkout output
  checkout=$(make_checkout)
  output=$(with_lib "$checkout" \
    'step "failing" sh -c "echo the reason; exit 3" || die "it failed with $?" "mend it"')
  expect_match "the reason" "$output"
  expect_match "error: it failed with 3" "$output"
}

test_an_interrupted_step_leaves_no_process() {
  local checkout process
  checkout=$(make_checkout)
  with_lib "$checkout" 'step "sleeping" sh -c "sleep 61.25 & sleep 61.25"' >/dev/null &
  process=$!
  sleep 0.7
  kill -TERM "$(pgrep -P "$process" | head -n 1)" 2>/dev/null || kill -TERM "$process"
  wait "$process" 2>/dev/null || true
  sleep 0.3
  expect "" "$(pgrep -f 'sleep 61\.25' || true)"
}

test_install_needs_a_prefix() {
  local status=0
  "$ROOT/scripts/install" >/dev/null 2>&1 || status=$?
  expect "64" "$status"
}

test_install_copies_the_toolkit() {
  local checkout
  checkout=$(make_checkout)
  mkdir -p "$checkout/.build-rayc"/{libexec,lib,share}/rayc
  touch "$checkout/.build-rayc/lib/rayc/libRay.a"
  stage_fake_toolkit "$checkout"
  mkdir -p "$checkout/.build-rayc/share/man/man1" "$WORK/prefix/share/man/man1"
  touch "$checkout/.build-rayc/share/man/man1/rayc.run.1" \
    "$WORK/prefix/share/man/man1"/{rayc.old.1,raycast.1}
  (cd "$WORK" && "$checkout/scripts/install" --prefix prefix 2>/dev/null)
  expect "raycast.1 rayc.run.1" "$(cd "$WORK/prefix/share/man/man1" && echo raycast* rayc.*)"
  expect "rayc got x" "$("$WORK/prefix/bin/rayc" x)"
  expect "libRay.a" "$(ls "$WORK/prefix/lib/rayc")"
}

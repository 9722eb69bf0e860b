# Tests of the manual pages and completions that scripts/setup makes.
# Sourced by Tests/Scripts/run, which calls every function whose name starts with `test_`.

SHARE=$ROOT/.build-rayc/share

# What bash offers at the end of a line, in one line.
bash_offers() {
  PATH=$ROOT/.build-rayc/bin:$PATH "$BASH" -c '
    . "$1"
    [[ $(complete -p rayc) == *" -F _rayc rayc" ]] || echo "not registered"
    COMP_LINE=$2 COMP_POINT=${#2}
    read -ra COMP_WORDS <<<"$2"
    [[ $2 != *" " ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _rayc rayc "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
  ' bash "$SHARE/bash-completion/completions/rayc" "$1"
}

test_bash_completes_commands_options_and_values() {
  expect "run" "$(bash_offers 'rayc ru')"
  expect "--configuration" "$(bash_offers 'rayc run --conf')"
  expect "debug release" "$(bash_offers 'rayc build -c ')"
  expect "native swiftbuild" "$(bash_offers 'rayc test --build-system ')"
}

test_bash_completes_contexts_and_files() {
  local folder
  folder=$(mktemp -d "$WORK/completion.XXXXXX")
  printf 'import Ray\nstruct Patch: RayContext {}\nstruct Other: RayContext {}\n' >"$folder/Patch.swift"
  printf 'print(1)\n' >"$folder/main.swift"
  mkdir "$folder/Pages"
  cp "$folder/Patch.swift" "$folder/Pages/Deep.swift"
  touch "$folder/main.txt"
  cd "$folder" || return
  expect "count" "$(bash_offers 'rayc run -W cou')"
  expect "Pages/ Patch.swift:Patch Patch.swift:Other" "$(bash_offers 'rayc run -W Pa')"
  expect "Pages/Deep.swift:Patch Pages/Deep.swift:Other" "$(bash_offers 'rayc run -W Pages/')"
  expect "main.swift" "$(bash_offers 'rayc run mai')"
  expect "module:" "$(bash_offers 'rayc run --include mod')"
  cd "$ROOT" || return
}

# Only where these shells are there.
test_zsh_and_fish_can_read_their_completions() {
  local output
  if command -v zsh >/dev/null; then
    output=$(zsh -f -c "autoload -U compinit; compinit -u -d $WORK/zcompdump; . $SHARE/zsh/site-functions/_rayc" 2>&1)
    expect "" "$output"
  fi
  if command -v fish >/dev/null; then
    output=$(PATH=$ROOT/.build-rayc/bin:$PATH HOME=$WORK fish --no-config -c \
      "source $SHARE/fish/vendor_completions.d/rayc.fish; complete -C 'rayc ru'" 2>&1)
    expect_match "^run" "$output"
  fi
}

test_every_command_has_a_page_that_man_can_read() {
  local name page output
  for name in $("$ROOT/.build-rayc/bin/rayc" help | sed -n '/^SUBCOMMANDS:/,$s/^  \([a-z]\+\) .*/\1/p'); do
    page=$SHARE/man/man1/rayc.$name.1
    [[ -s $page ]] || printf "  no page '%s'\n" "$page" >>"$problems"
  done
  for page in "$SHARE"/man/man1/rayc*.1; do
    output=$(MANWIDTH=100 man --warnings -l "$page" 2>&1 >/dev/null)
    expect "" "$output"
  done
  expect_match "--live +Exchange the context" "$(MANWIDTH=100 man -l "$SHARE/man/man1/rayc.run.1" 2>&1 | col -b | tr '\n' ' ')"
}

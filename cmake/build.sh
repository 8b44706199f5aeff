# What ./everyway and ./test share: configure once, build quietly. Sourced, with `root` set.

build="$(realpath --canonicalize-missing "${EVERYWAY_BUILD_DIR:-$root/build/release}")"
jobs="${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}"
stamp="$build/configured"

say() {
  echo "everyway: $*" >&2
}

# One build at a time in a build folder: Ninja does not protect it. Released by unlock_build.
lock_build() {
  mkdir -p "$build"
  exec {lock}>"$build/lock"
  if ! flock --wait 1 "$lock"; then
    say "waiting for another build in $build"
    flock "$lock"
  fi
}

unlock_build() {
  exec {lock}>&-
}

# What a configuration depends on, besides what CMake itself watches.
configuration() {
  echo "$root $*"
}

# configured [CMAKE ARGS...]: whether the build folder is configured for this checkout, with these.
configured() {
  [[ -f "$stamp" && ! "$root/CMakePresets.json" -nt "$stamp" ]] &&
    [[ "$(<"$stamp")" == "$(configuration "$@")"* ]]
}

# configure CMAKE ARGS...: errors go to stderr.
configure() {
  local log="$build/configure.log"
  # A build folder that was copied or moved names its old place throughout.
  if [[ -f "$stamp" && "$(<"$stamp")" != "$root "* ]]; then
    find "$build" -mindepth 1 -maxdepth 1 ! -name lock -exec rm -rf {} +
  fi
  if ! (cd "$root" && cmake --preset release -B "$build" "$@") >"$log" 2>&1; then
    rm -f "$stamp"
    cat "$log" >&2
    say "CMake could not configure the build (see above)"
    return 1
  fi
  configuration "$@" >"$stamp"
}

# build ANNOUNCEMENT TARGET...: says the announcement if there is something to build, and shows the
# build's output only if it fails.
build() {
  local announcement="$1" log="$build/build.log" line announced=
  shift
  if ! ninja -C "$build" -j "$jobs" -k 20 "$@" 2>&1 </dev/null {lock}>&- | tee "$log" |
    while read -r line; do
      if [[ -z "$announced" && "$line" =~ ^\[.*(Building|Linking) ]]; then
        say "$announcement"
        announced=yes
      fi
    done; then
    # Ninja prints the whole command after the name of what failed; the compiler's words are enough.
    awk '/^FAILED: / { print; getline; next } !/^\[[0-9]+\/[0-9]+\] |^ninja: / { print }' "$log" |
      head -n 60 >&2
    say "the build failed; $log has all of it"
    return 1
  fi
}

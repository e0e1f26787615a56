# shellcheck shell=bash
# What all scripts below deploy/ share. The script that sources it sets PROGRAM.
#
# Exit codes: 0 done, 1 what was started failed, 2 usage, 4 something that is needed is not here.

say() {
  printf '%s: %s\n' "$PROGRAM" "$*" >&2
}

# fail EXIT_CODE MESSAGE...
fail() {
  local code=$1
  shift
  say "$*"
  exit "$code"
}

require_root() {
  [[ $(id -u) == 0 ]] || fail 4 "needs root, to mount and to make a network namespace; uid is $(id -u)"
}

# require_command COMMAND DEBIAN_PACKAGE
require_command() {
  command -v "$1" >/dev/null || fail 4 "$1 is not installed; apt-get install $2"
}

require_fuse() {
  { [[ -c /dev/fuse ]] && (: <>/dev/fuse) 2>/dev/null; } ||
    fail 4 "/dev/fuse cannot be opened: this kernel or container has no FUSE"
}

# absolute DIRECTORY: prints it as an absolute path. It goes into URIs and into configuration files
# that know no quotes.
absolute() {
  local path
  path=$(realpath -m -- "$1")
  [[ $path =~ ^/[A-Za-z0-9._/+@-]+$ ]] ||
    fail 2 "directory $path: accepted: letters, digits and ._/+@- below /"
  echo "$path"
}

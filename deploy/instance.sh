# shellcheck shell=bash
# Starts and stops private instances of real file systems; sourced by the scripts up and down.
#
# An instance lives in one directory and one network namespace. All its processes run in that
# namespace, and everything it writes is in that directory, so that both can be found again after
# any crash. The file .mooseng-deploy in the directory names what belongs to it:
#
#   system=NAME       which of our scripts made it
#   namespace=NAME    the network namespace, mooseng-SYSTEM-ID; written before the namespace is made
#   processes=PID...  what ran in it once all of it was up; absent until then

# shellcheck source=deploy/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

readonly STATE_FILE=.mooseng-deploy

# Carried by the loopback device of every namespace: MooseFS refuses 127.0.0.1. Nothing leaves the
# namespace, so that instances do not meet, and no pair of devices is needed.
readonly ADDRESS=10.77.0.1

# The slowest, glusterd, takes 4 s on an idle machine.
readonly START_SECONDS=60

DIR=
NAMESPACE=
PROCESSES=

# --- the command line ---

# parse_options OPTION...; sets DIR, empty if it was not given
parse_options() {
  while (($# > 0)); do
    case $1 in
      --dir)
        [[ -n ${2-} ]] || fail 2 "--dir: needs a directory"
        DIR=$2
        shift 2
        ;;
      *) fail 2 "$1: not an option; accepted: --dir DIRECTORY" ;;
    esac
  done
}

# --- the state of an instance ---

# Reads the state file; fails unless it is one of ours.
read_state() {
  local key value found=
  NAMESPACE=
  PROCESSES=
  while IFS='=' read -r key value; do
    case $key in
      system) found=$value ;;
      namespace) NAMESPACE=$value ;;
      processes) PROCESSES=$value ;;
    esac
  done <"$DIR/$STATE_FILE"
  [[ $found == "$SYSTEM" && $NAMESPACE =~ ^mooseng-$SYSTEM-[0-9a-f]{8}$ ]] ||
    fail 2 "--dir $DIR: holds an instance of '$found'; accepted: one of $SYSTEM"
}

namespace_pids() {
  [[ ! -e /run/netns/$NAMESPACE ]] || ip netns pids "$NAMESPACE" 2>/dev/null || true
}

# Whether every process that was there when the instance came up still is.
is_alive() {
  local pid running
  [[ -n $PROCESSES ]] || return 1
  running=" $(namespace_pids | tr '\n' ' ')"
  for pid in $PROCESSES; do
    [[ $running == *" $pid "* ]] || return 1
  done
}

# --- taking an instance down, whatever is left of it ---

is_mounted() {
  awk -v at="$DIR/mount" '$5 == at { found = 1 } END { exit !found }' /proc/self/mountinfo
}

# Detaches at once, also when nothing answers behind the mount or somebody still uses it.
unmount() {
  while is_mounted; do
    umount --lazy "$DIR/mount" || fail 1 "cannot unmount $DIR/mount"
  done
}

# Nobody will read again what these processes have not written yet.
kill_processes() {
  local attempt pids
  for ((attempt = 0; attempt < 100; attempt++)); do
    pids=$(namespace_pids)
    [[ -n $pids ]] || return 0
    # shellcheck disable=SC2086 # several words
    kill -KILL $pids 2>/dev/null || true
    sleep 0.1
  done
  fail 1 "processes do not end: ${pids//$'\n'/ }"
}

# The state file goes last, so that a removal that was interrupted can be repeated.
remove_instance() {
  unmount
  kill_processes
  [[ ! -e /run/netns/$NAMESPACE ]] || ip netns delete "$NAMESPACE"
  find "$DIR" -xdev -mindepth 1 ! -path "$DIR/$STATE_FILE" -delete
  rm -f "$DIR/$STATE_FILE"
  rmdir "$DIR"
}

# --- bringing an instance up ---

# Makes DIR ours: it must be new, empty, or hold the rest of a dead instance.
claim_directory() {
  if [[ -e $DIR/$STATE_FILE ]]; then
    read_state
    ! is_alive || fail 2 "--dir $DIR: $SYSTEM is up there already; accepted: a directory not in use"
    say "removing what is left of a dead instance in $DIR"
    remove_instance
  fi
  if [[ -e $DIR ]]; then
    [[ -d $DIR && -z $(ls -A "$DIR") ]] || fail 2 "--dir $DIR: accepted: an empty or a new directory"
  fi
  NAMESPACE=mooseng-$SYSTEM-$(od -An -N4 -tx4 /dev/urandom | tr -d ' \n')
  mkdir -p "$DIR"
  printf 'system=%s\nnamespace=%s\n' "$SYSTEM" "$NAMESPACE" >"$DIR/$STATE_FILE"
  mkdir "$DIR/mount" "$DIR/log"
}

make_namespace() {
  local reason
  reason=$(ip netns add "$NAMESPACE" 2>&1) ||
    fail 4 "cannot make a network namespace: $(tail -n 1 <<<"$reason")"
  ip -n "$NAMESPACE" address add "$ADDRESS/32" dev lo
  ip -n "$NAMESPACE" link set lo up
}

# Not "ip netns exec", which also enters a new mount namespace and so hides what is mounted there.
in_namespace() {
  nsenter --net="/run/netns/$NAMESPACE" "$@"
}

# start COMMAND...: runs it in the namespace until it ends or has put itself into the background. It
# keeps none of our streams, else a caller that reads them to their end would wait for ever.
start() {
  in_namespace timeout "$START_SECONDS" "$@" </dev/null >>"$DIR/log/start.log" 2>&1 ||
    fail 1 "failed: $*"
}

# await SECONDS WHAT COMMAND...: waits until COMMAND succeeds.
await() {
  local seconds=$1 what=$2 end=$((SECONDS + $1))
  shift 2
  until "$@"; do
    ((SECONDS < end)) || fail 1 "waited $seconds s for $what"
    sleep 0.1
  done
}

# What remains of an "up" that did not come to its end goes away; its logs are shown before.
abandon() {
  local code=$?
  trap - EXIT
  if ((code == 1)); then
    find "$DIR/log" -type f -exec tail -n 5 {} + >&2 || true
  fi
  remove_instance
  exit "$code"
}

# --- the two commands ---

# What every system needs beside its own packages.
require_machine() {
  require_command ip iproute2
  require_root
  require_fuse
}

# To be called after parse_options and the checks of what is needed. The caller defines
# start_system, which leaves the system mounted at DIR/mount.
instance_up() {
  [[ -n $DIR ]] || DIR=$(mktemp -d "${TMPDIR:-/tmp}/mooseng-$SYSTEM-XXXXXXXX")
  DIR=$(absolute "$DIR")
  claim_directory
  trap abandon EXIT
  trap 'exit 130' INT TERM HUP
  make_namespace
  start_system
  printf 'processes=%s\n' "$(namespace_pids | tr '\n' ' ')" >>"$DIR/$STATE_FILE"
  trap - EXIT
  printf 'file://%s\n' "$DIR/mount"
}

# instance_down OPTION...; taking down what is not there is no error.
instance_down() {
  parse_options "$@"
  [[ -n $DIR ]] || fail 2 "--dir: must be given"
  require_command ip iproute2
  require_root
  DIR=$(absolute "$DIR")
  [[ -e $DIR ]] || return 0
  [[ -f $DIR/$STATE_FILE ]] || fail 2 "--dir $DIR: holds no instance of $SYSTEM"
  read_state
  remove_instance
}

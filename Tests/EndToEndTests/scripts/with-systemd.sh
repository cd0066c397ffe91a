#!/bin/bash
# with-systemd.sh SCENARIO [ARGUMENT…]: runs a scenario under a real systemd, which boots in a container over a
# copy-on-write view of this machine's own files. Nothing that the scenario does outlives it.
#
# The scenario is a bash file with two functions, both called with the arguments:
#   prepare    before the boot; $root is the folder that will be the root of the container
#   scenario   after it; `inside COMMAND…` runs a command in the container as root
# It may set boot_target, the target that the boot is to reach.
# Ends with the scenario's status, or with 125 if the kernel or missing rights do not allow it, after a line that says so.
set -euo pipefail

skip() { echo "skipped: a real systemd ($1)"; exit 125; }

if [ "${WITH_SYSTEMD_INSIDE:-}" != yes ]; then
    [ "$(id -u)" = 0 ] || skip "not root"
    command -v systemd-nspawn > /dev/null || skip "there is no systemd-nspawn; it comes with systemd-container"
    groups=/sys/fs/cgroup
    if [ -d "$groups/unified" ]; then groups=$groups/unified; fi
    [ -w "$groups/cgroup.procs" ] || skip "no unified control groups that may be written"
    unshare --mount --cgroup --pid --fork --mount-proc true 2> /dev/null || skip "no namespaces"
    group=$groups/infusiond-test.$$
    mkdir "$group" 2> /dev/null || skip "no control group of its own"
    status=0
    # The time limit ends everything in it: the first process of a pid namespace takes all others along.
    (
        echo "$BASHPID" > "$group/cgroup.procs"
        export WITH_SYSTEMD_INSIDE=yes
        exec timeout --signal=KILL "${WITH_SYSTEMD_SECONDS:-180}" \
            unshare --mount --cgroup --pid --fork --kill-child --mount-proc --propagation private -- "$0" "$@"
    ) || status=$?
    [ "$status" != 137 ] || echo "failed: the scenario took more than ${WITH_SYSTEMD_SECONDS:-180} seconds" >&2
    for _ in $(seq 50); do
        find "$group" -depth -type d -exec rmdir {} + 2> /dev/null && break
        sleep 0.02
    done
    exit "$status"
fi

unset WITH_SYSTEMD_INSIDE
scenario_file=$(readlink -f "$1")
shift

work=/run/infusiond-test
root=$work/root
mount -t tmpfs none /run
mkdir -p /run/systemd "$work"/{changes,overlay} "$root"
mount -t overlay none -o "lowerdir=/,upperdir=$work/changes,workdir=$work/overlay" "$root" 2> /dev/null \
    || skip "no overlay of the root file system"
umount --recursive /sys/fs/cgroup 2> /dev/null || umount --lazy /sys/fs/cgroup
mount -t cgroup2 none /sys/fs/cgroup || skip "no control groups of its own"

# shellcheck source=/dev/null
. "$scenario_file"
prepare "$@"

# Not the machine's default target: none of its own services is wanted here.
systemd-nspawn --directory="$root" --machine=infusiond-test --register=no --keep-unit --console=read-only \
    --private-network --boot --quiet "systemd.unit=${boot_target:-basic.target}" > "$work/console" 2>&1 < /dev/null &
container=$!

# The container's first process is the one that has the number 1 in its own namespace.
find_leader() {
    local process
    for process in $(cat "/proc/$container/task/$container/children" 2> /dev/null); do
        if grep -qE '^NSpid:.*[[:space:]]1$' "/proc/$process/status" 2> /dev/null; then
            echo "$process"
            return
        fi
    done
}
inside() { nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup -- "$@"; }

leader=
for _ in $(seq 1500); do
    kill -0 "$container" 2> /dev/null || { cat "$work/console" >&2; skip "the container does not boot"; }
    [ -n "$leader" ] || leader=$(find_leader)
    if [ -n "$leader" ] && inside test -S /run/systemd/private 2> /dev/null; then break; fi
    sleep 0.02
done
inside systemctl is-system-running --wait > /dev/null || inside systemctl list-units --failed --no-pager >&2

# In a process of its own, in which the first command that fails ends it.
set +e
(
    set -e
    scenario "$@"
)
status=$?
set -e
if [ "$status" != 0 ]; then
    echo "the last entries of the container's journal:" >&2
    inside journalctl --no-pager --lines=40 --output=short-monotonic >&2 || true
fi

# A real shutdown: a service that does not end in time would show here.
kill -s RTMIN+4 "$leader"
for _ in $(seq 1000); do
    kill -0 "$container" 2> /dev/null || break
    sleep 0.02
done
if kill -0 "$container" 2> /dev/null; then
    echo "failed: the container does not shut down" >&2
    status=1
fi
exit "$status"

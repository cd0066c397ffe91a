#!/bin/bash
# with-journald.sh COMMAND…: runs the command with a real journald of its own. Inside, journalctl sees that journal and
# nothing else; the machine's journal sees nothing of it. Ends with the command's status, or with 125 if the kernel or
# missing rights do not allow it, after a line that says so.
set -euo pipefail

skip() { echo "skipped: a journald of its own ($1)"; exit 125; }

if [ "${WITH_JOURNALD_INSIDE:-}" != yes ]; then
    [ "$(id -u)" = 0 ] || skip "not root"
    journald=
    for path in /usr/lib/systemd/systemd-journald /lib/systemd/systemd-journald; do
        [ -n "$journald" ] || { [ -x "$path" ] && journald=$path; }
    done
    [ -n "$journald" ] || skip "there is no systemd-journald"
    command -v journalctl > /dev/null || skip "there is no journalctl"
    unshare --mount --propagation private mount -t tmpfs none /run 2> /dev/null || skip "no mount namespace"
    export WITH_JOURNALD_INSIDE=yes JOURNALD=$journald
    exec unshare --mount --propagation private -- "$0" "$@"
fi

# A new /run is all that separates the journal: its sockets and, with no persistent folder, its files are below it.
unset WITH_JOURNALD_INSIDE
mount -t tmpfs none /run
mkdir -p /run/systemd/journal /run/log/journal /run/persistent
if [ -d /var/log/journal ]; then mount --bind /run/persistent /var/log/journal; fi
"$JOURNALD" 2> /run/journald.errors &
journald_process=$!
for _ in $(seq 500); do
    [ -S /run/systemd/journal/socket ] && [ -S /run/systemd/journal/stdout ] && break
    kill -0 "$journald_process" 2> /dev/null || { cat /run/journald.errors >&2; skip "journald does not start"; }
    sleep 0.01
done
status=0
"$@" || status=$?
kill "$journald_process"
wait "$journald_process" || true
exit "$status"

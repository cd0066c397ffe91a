#!/bin/bash
# daemon-journal.sh BINARIES: the daemon with a journald of its own. What is booked over the socket is in the journal,
# under the MESSAGE_ID of its kind and with its fields, and names of patients are not.
set -euo pipefail
scripts=$(dirname "$(readlink -f "$0")")
if [ "${DAEMON_JOURNAL_INSIDE:-}" != yes ]; then
    DAEMON_JOURNAL_INSIDE=yes exec "$scripts/with-journald.sh" "$scripts/daemon-journal.sh" "$(readlink -f "$1")"
fi
binaries=$1
# shellcheck source=steps.sh
. "$scripts/steps.sh"

folder=$(mktemp -d)
daemon=
clean_up() {
    if [ -n "$daemon" ]; then kill "$daemon" 2> /dev/null || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT
socket=$folder/socket
ctl() { "$binaries/infusionctl" --socket "$socket" "$@"; }
entries() { journalctl --sync && journalctl --all --output=json "MESSAGE_ID=$(message_id "$1")" "${@:2}"; }
# The journal is told after the caller is: whoever waited at the socket while the daemon started may have its answer first.
are_there() { [ -n "$(entries "$@")" ]; }

# systemd says by JOURNAL_STREAM that standard error is the journal; here a file stands for it.
start() {
    : > "$folder/errors"
    (
        exec 2>> "$folder/errors"
        JOURNAL_STREAM=$(stat --dereference --format=%d:%i "$folder/errors") exec "$binaries/infusiond" \
            --config "$scripts/../../../config.example.json" --socket "$socket" --database "$folder/clinic.sqlite"
    ) &
    daemon=$!
    eventually ctl status
}

step "the daemon says that it has started"
start
eventually are_there serviceStarted
found=$(entries serviceStarted)
expect "$(field SYSLOG_IDENTIFIER <<< "$found")" infusiond "the identifier"
expect "$(field _PID <<< "$found")" "$daemon" "the process"

step "a booked course is in the journal, with the ids that the client was given"
patient=$(printf 'name: Canary Surname\nphone: 555-CANARY\n' | ctl patient add MRN-CANARY-1 --file - | grep -oE '\bp[0-9]+\b' | head -1)
[ -n "$patient" ] || fail "patient add prints no id"
regimen=$(grep -oE '"id": *"mdd-iv[^"]*"' "$scripts/../../../config.example.json" | head -1 | cut -d'"' -f4)
[ -n "$regimen" ] || fail "the example has no regimen mdd-iv…"
course=$(ctl course book "$patient" "$regimen" | grep -oE '\bc[0-9]+\b' | head -1)
[ -n "$course" ] || fail "course book prints no id"
eventually are_there courseBooked "INFUSIOND_COURSE=$course"
found=$(entries courseBooked "INFUSIOND_COURSE=$course")
expect "$(wc -l <<< "$found")" 1 "the number of entries"
expect "$(field INFUSIOND_PATIENT <<< "$found")" "$patient" "the patient"
expect "$(field PRIORITY <<< "$found")" 6 "the priority"
expect_match "$(field INFUSIOND_EVENT <<< "$found")" '^e[0-9]+$' "the event"

step "the catalogue explains the entry"
expect_match "$(sed -n "/^-- $(message_id courseBooked)/,/^-- [0-9a-f]*$/p" "$scripts/../../../systemd/infusiond.catalog")" \
    'infusionctl course show @INFUSIOND_COURSE@' "the catalogue's text"

step "SIGTERM ends the daemon well, and it says so"
kill "$daemon"
status=0
wait "$daemon" || status=$?
expect "$status" 0 "the daemon's status"
[ -n "$(entries serviceStopped)" ] || fail "no entry serviceStopped"

step "after a restart nothing is said twice"
start
journalctl --sync
expect "$(entries courseBooked "INFUSIOND_COURSE=$course" | wc -l)" 1 "the number of entries"
kill "$daemon"
wait "$daemon" || fail "the daemon's status is $?"

step "no name, number or phone of a patient is anywhere"
journalctl --sync
if journalctl --all --output=export | grep --text -i canary; then fail "the journal tells who the patient is"; fi
if grep -i canary "$folder/errors"; then fail "standard error tells who the patient is"; fi

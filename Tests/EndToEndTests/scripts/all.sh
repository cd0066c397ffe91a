#!/bin/bash
# all.sh BINARIES: everything that needs more than the Swift tests have: systemd's tools, a journald, a systemd. Prints a
# line for each; what the machine does not allow is skipped, and said.
set -uo pipefail
scripts=$(dirname "$(readlink -f "$0")")
binaries=$(readlink -f "${1:?the folder of the programs}")
failures=0

# run NAME COMMAND…
run() {
    local name=$1 output status=0 start=$SECONDS
    shift
    output=$("$@" 2>&1) || status=$?
    case $status in
        0) echo "passed: $name ($((SECONDS - start)) s)" ;;
        125) echo "skipped: $name: $(grep '^skipped:' <<< "$output" | tail -1 | sed 's/^skipped: //')" ;;
        *)
            printf '%s\n' "$output"
            echo "failed: $name (status $status)"
            failures=$((failures + 1))
            ;;
    esac
}

run "units" "$scripts/units.sh"
run "journal, library" "$scripts/journal-library.sh"
run "journal, daemon" "$scripts/daemon-journal.sh" "$binaries"
run "service" "$scripts/with-systemd.sh" "$scripts/systemd-service.sh" "$binaries"
[ "$failures" = 0 ] || { echo "$failures of the scripts failed"; exit 1; }

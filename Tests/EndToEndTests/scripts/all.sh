#!/bin/bash
# all.sh BINARIES: everything that needs more than the Swift tests have: systemd's tools, a journald, a systemd. Prints a
# line for each; what the machine does not allow is skipped, and said.
set -uo pipefail
scripts=$(dirname "$(readlink -f "$0")")
binaries=$(readlink -f "${1:?the folder of the programs}")
for program in infusiond infusionctl; do
    [ -x "$binaries/$program" ] || { echo "failed: there is no $binaries/$program; build first"; exit 1; }
done
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

# A journald and a systemd of one's own need root; the library's test does not ask for it, as it writes where swift builds.
as_root=()
if [ "$(id -u)" != 0 ] && sudo -n true 2> /dev/null; then as_root=(sudo -n); fi

run "units" "$scripts/units.sh"
run "foreign client" "$scripts/foreign-client.sh" "$binaries"
run "report figures" "$scripts/report_figures.py" "$binaries"
run "journal, library" "$scripts/journal-library.sh"
run "journal, daemon" ${as_root[@]+"${as_root[@]}"} "$scripts/daemon-journal.sh" "$binaries"
run "service" ${as_root[@]+"${as_root[@]}"} "$scripts/with-systemd.sh" "$scripts/systemd-service.sh" "$binaries"
run "boot" ${as_root[@]+"${as_root[@]}"} "$scripts/with-systemd.sh" "$scripts/systemd-boot.sh" "$binaries"
[ "$failures" = 0 ] || { echo "$failures of the scripts failed"; exit 1; }

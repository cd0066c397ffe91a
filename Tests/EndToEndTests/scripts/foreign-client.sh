#!/bin/bash
# foreign-client.sh BINARIES: a client that is not ours, the Python package varlink in an environment of its own, lists
# the daemon's interfaces, reads their descriptions and makes calls.
set -euo pipefail
scripts=$(dirname "$(readlink -f "$0")")
binaries=$(readlink -f "$1")
# shellcheck source=steps.sh
. "$scripts/steps.sh"

folder=$(mktemp -d)
daemon=
clean_up() {
    if [ -n "$daemon" ]; then kill "$daemon" 2> /dev/null || true; fi
    rm -rf "$folder"
}
trap clean_up EXIT
{ python3 -m venv "$folder/python" && "$folder/python/bin/pip" install --quiet varlink; } > "$folder/pip" 2>&1 \
    || { echo "skipped: the Python package varlink cannot be installed"; exit 125; }

step "the daemon starts"
"$binaries/infusiond" --config "$scripts/../../../config.example.json" --socket "$folder/socket" \
    --database "$folder/clinic.sqlite" --simulate-from 2026-03-02T07:00:00-05:00 2> "$folder/errors" &
daemon=$!
eventually "$binaries/infusionctl" --socket "$folder/socket" status

step "a foreign client lists, reads and calls"
"$folder/python/bin/python" "$scripts/../varlink_foreign.py" "$folder/socket" \
    --call io.infusiond.Service.Status '{}' \
    --call io.infusiond.Clinic.AddPatient '{"recordNumber": "MRN-FOREIGN-1"}' \
    --call io.infusiond.Clinic.ListRegimens '{}' > "$folder/said" 2>&1 || fail "$(cat "$folder/said")"
for said in io.infusiond.Clinic io.infusiond.Service org.varlink.service mdd-iv-3x2; do
    grep -q "$said" "$folder/said" || fail "the client does not tell of $said: $(cat "$folder/said")"
done

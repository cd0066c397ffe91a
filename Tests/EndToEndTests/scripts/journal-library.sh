#!/bin/bash
# journal-library.sh: the Swift tests that send entries and read them back, with a journald of their own. The tests must
# have been built.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cd "$here/../../.."

# A run that finds no test would pass, so the tests are counted.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
INFUSIOND_PRIVATE_JOURNAL=yes "$here/with-journald.sh" swift test --skip-build --filter JournalReadBackTests \
    > "$log" 2>&1 || status=$?
if [ "$status" = 125 ]; then grep '^skipped:' "$log"; exit 125; fi
[ "$status" = 0 ] || { cat "$log" >&2; exit "$status"; }
grep -q 'Test run with [1-9][0-9]* tests.* passed' "$log" || { cat "$log" >&2; echo "failed: no test ran" >&2; exit 1; }

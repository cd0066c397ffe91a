#!/bin/bash
# run.sh [JOB…]: runs the tests that `swift build --build-tests` built, then says in some thirty lines what ran, and in
# full what failed. Every line that was printed is kept in .build/tests.log. A job is a target (ServiceTests), a suite of
# it (ServiceTests.EdgeTests), or "scripts": those that need more than the Swift tests have. Without any: all of them.
#
# The tests run in processes of their own, as many at a time as there are cores. Within a process they run one after
# another: many of them block their thread, and the cooperative pool has few.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.." || exit 1
binaries=.build/debug
bundle=$binaries/infusiondPackageTests.xctest
logs=.build/tests
log=.build/tests.log
# No job takes so long on any machine; whose time is over has its last lines shown, with the test that had started.
limit_seconds=${LIMIT_SECONDS:-900}

[ -x "$bundle" ] || { echo "error: there is no $bundle; build first: swift build --build-tests" >&2; exit 1; }
rm -rf "$logs" "$log"
mkdir -p "$logs"
# Thousands of small databases are written and synced: in memory, where it has room for them.
memory=/dev/shm
if [ -w $memory ] && [ "$(df --output=avail -m $memory | tail -1)" -ge 2000 ]; then TMPDIR=$memory; fi
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/tests-XXXXXX") || exit 1
chmod 755 "$TMPDIR" # one test runs a client as nobody
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
# What was begun ends with this.
trap 'trap "" INT TERM; kill 0; exit 130' INT TERM
# Of a crash, what its own thread was doing.
export SWIFT_BACKTRACE=color=no,threads=crashed,registers=none,images=none,limit=14
"$bundle" --testing-library swift-testing --list-tests > "$logs/list" || exit 1

# What takes long begins first: the cores end together. A suite that is a job by itself is left out of its target's job.
jobs=("$@")
if [ $# = 0 ]; then
    jobs=(
        scripts ServiceTests.DamageTests EndToEndTests.MonthTests ServiceTests.EdgeTests EndToEndTests PlanningTests
        ServiceTests StoreTests ClinicTests
    )
    for target in $(cut -d. -f1 "$logs/list" | sort -u); do
        [[ " ${jobs[*]} " == *" $target "* ]] || jobs+=("$target")
    done
fi
pattern=$(printf '|%s' "${jobs[@]//./\\.}")
listed=$(grep -cE "^(${pattern#|})[./]" "$logs/list")

# execute JOB: a script's or a process's worth of tests.
execute() {
    local job=$1 skipped suite arguments=(--testing-library swift-testing --no-parallel --filter "^${1/./\\.}[./]")
    if [ "$job" = scripts ]; then
        Tests/EndToEndTests/scripts/all.sh "$binaries"
        return
    fi
    skipped=$(for suite in "${jobs[@]}"; do [[ $suite != "$job".* ]] || printf '|%s' "${suite#*.}"; done)
    [ -z "$skipped" ] || arguments+=(--skip "^$job\.(${skipped#|})/")
    timeout --foreground --kill-after 10 "$limit_seconds" "$bundle" "${arguments[@]}"
}

# run JOB: its output into its log, and a line when it ended, with the seconds of the clock and of the processor.
run() {
    local job=$1 status=0 start=$SECONDS TIMEFORMAT='%U %S' processor
    { time execute "$job" > "$logs/$job.log" 2>&1 || status=$?; } 2> "$logs/$job.time"
    processor=$(awk '{ printf "%.0f", $1 + $2 }' "$logs/$job.time")
    echo "$status" > "$logs/$job.ended"
    if [ "$status" = 0 ]; then
        echo "passed: $job ($((SECONDS - start)) s, $processor s of a processor)"
    else
        echo "failed: $job (status $status)"
    fi
}

cores=$(nproc)
for job in "${jobs[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "$cores" ]; do wait -n; done
    run "$job" &
done
wait

for job in "${jobs[@]}"; do
    printf '== %s\n' "$job"
    cat "$logs/$job.log"
    printf '== %s ended %s\n' "$job" "$(cat "$logs/$job.ended" 2> /dev/null || echo 1)"
done > "$log"
awk -f Tests/summary.awk -v listed="$listed" -v log_file="$log" "$log"

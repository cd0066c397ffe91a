# What the jobs of Tests/run.sh printed, in some thirty lines: how many tests passed, the slowest suites, and everything
# that failed in full. A job that ended early shows its last lines. The status is 1 where anything failed, or where
# another number of tests ran than is listed.
#
# A job begins with "== JOB" and ends with "== JOB ended STATUS".
function remember(line) { last[++lines] = line; delete last[lines - 30] }
function show_last(    line) { for (line = lines - 29; line <= lines; line++) if (line in last) print last[line] }
NF == 2 && $1 == "==" {
    job = $2; lines = 0; delete last; closing = started = ""; failing = failures = 0
    next
}
$1 == "==" && $3 == "ended" {
    if ($4 != 0 || failures) broken = broken " " job
    if (closing == "" && job != "scripts") {
        print job ($4 == 124 ? ": did not end in time" : ": ended early with status " $4) "; its last lines:"
        if (started != "") print "the last test that started: " started
        show_last()
    } else if ($4 != 0 && !failures && job != "scripts") {
        print job ": status " $4 "; its last lines:"
        show_last()
    }
    next
}
{ remember($0) }
# These say a line each, and all of what failed.
job == "scripts" {
    print
    if (/^passed: /) scripts++
    next
}
/^[^ ]+ +Test run with [0-9]+ test/ {
    closing = $0; failing = 0
    match($0, /with [0-9]+/)
    ran += substr($0, RSTART + 5, RLENGTH - 5)
    next
}
/^[^ ]+ +Suite .* passed after / {
    seconds = $0; sub(/.* passed after /, "", seconds); sub(/ seconds.*/, "", seconds)
    name = $0; sub(/^[^ ]+ +Suite /, "", name); sub(/ passed after .*/, "", name)
    took[job ": " name] = seconds + 0; failing = 0
    next
}
/^[^ ]+ +Test .* passed after / { failing = 0; next }
/^[^ ]+ +Test .* started\.$/ { started = $0; sub(/^[^ ]+ +/, "", started); failing = 0; next }
/^[^ ]+ +Suite .* started\.$/ || /^[^ ]+ +Test run started/ { failing = 0; next }
/^[^ ]+ +(Test|Suite) .*(recorded an issue|failed after)/ { failing = failures = 1; print job ": " $0; next }
/^[^ ]+ +Test .* skipped/ { reason = $0; sub(/^[^ ]+ +/, "", reason); reasons = reasons "\n    " job ": " reason; next }
/error: |Fatal error|Program crashed/ { print job ": " $0; next }
failing { print }
END {
    printf "%d tests ran, %d scripts passed%s\n", ran, scripts, reasons == "" ? "" : "; skipped:" reasons
    for (count = 0; count < 8; count++) {
        slowest = ""
        for (name in took) if (slowest == "" || took[name] > took[slowest]) slowest = name
        if (slowest == "") break
        if (count == 0) print "the slowest suites, in seconds:"
        printf "%8.1f  %s\n", took[slowest], slowest
        delete took[slowest]
    }
    if (ran + scripts == 0) print "error: nothing ran"
    if (ran != listed) print "error: there are " listed " tests"
    if (broken != "") print "failed:" broken
    print "all that was printed: " log_file
    exit (broken != "" || ran != listed || ran + scripts == 0)
}

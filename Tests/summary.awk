# What a run of `swift test` printed, in some thirty lines: how many tests passed, the slowest suites, and everything
# that failed in full. A run that ended early shows its last lines.
function remember(line) { last[++lines % 30] = line }
{ remember($0) }
/^[^ ]+ +Test run with / { closing = $0; next }
/^[^ ]+ +Suite .* passed after / {
    seconds = $0; sub(/.* passed after /, "", seconds); sub(/ seconds.*/, "", seconds)
    name = $0; sub(/^[^ ]+ +Suite /, "", name); sub(/ passed after .*/, "", name)
    took[name] = seconds + 0; suites++
    next
}
/^[^ ]+ +Test .* passed after / { passed++; next }
/^[^ ]+ +(Test|Suite) .* started\.$/ || /^[^ ]+ +Test case passing / || /^[^ ]+ +Test run started/ || /^[^ ]+ +Passing / { next }
/^[^ ]+ +(Test|Suite) .*(recorded an issue|failed after)/ { failing = 1; print; next }
/^[^ ]+ +Test .* skipped/ { skipped++; reasons = reasons "\n    " $0; next }
/error: |Fatal error|Crash|signal code/ { print; failing = 1; next }
failing && /^[^ -~]|^ / { print; next }
{ failing = 0 }
END {
    printf "%d tests passed", passed
    if (skipped) printf ", %d skipped:%s", skipped, reasons
    print ""
    for (count = 0; count < 12; count++) {
        slowest = ""
        for (name in took) if (slowest == "" || took[name] > took[slowest]) slowest = name
        if (slowest == "") break
        if (count == 0) print "the slowest suites, in seconds:"
        printf "%8.1f  %s\n", took[slowest], slowest
        delete took[slowest]
    }
    if (closing != "") print closing
    else {
        print "the run did not come to its end; its last lines:"
        for (line = lines - 29; line <= lines; line++) if (line > 0) print last[line % 30]
    }
}

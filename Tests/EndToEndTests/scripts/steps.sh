# Sourced by the scripts that test the built programs: steps with a name, and waiting that has an end.

# Says what is being tested; the last one said is where a failure happened.
step() {
    current_step=$1
    if [ -n "${VERBOSE:-}" ]; then echo "  $1"; fi
}

# Ends the script: what was found, after what was being tested.
fail() {
    echo "failed: ${current_step:-start}: $1" >&2
    exit 1
}

# expect FOUND WANTED WHAT: the two are equal.
expect() { [ "$1" = "$2" ] || fail "$3 is '$1', not '$2'"; }

# expect_match TEXT PATTERN WHAT: the extended regular expression is found in the text.
expect_match() { grep -qE -- "$2" <<< "$1" || fail "$3 does not have '$2': $1"; }

# expect_status WANTED COMMAND…: the command ends with this status. Its output is in $output.
expect_status() {
    local wanted=$1 found=0
    shift
    output=$("$@" 2>&1) || found=$?
    [ "$found" = "$wanted" ] || fail "'$*' ended with $found, not $wanted: $output"
}

# eventually COMMAND…: the command succeeds within ten seconds, tried again and again.
eventually() {
    local try
    for try in $(seq 500); do
        if "$@" > /dev/null 2>&1; then return; fi
        sleep 0.02
    done
    fail "not within ten seconds, $try tries: $*"
}

# field NAME: the field of the one journal entry that stands on the input as JSON.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# The MESSAGE_ID of a kind, as the source has it.
message_id() {
    local source=$scripts/../../../Sources/Systemd/MessageKind.swift
    sed -n "s/^ *case $1 = 0x//p" "$source" | tr -d _
}

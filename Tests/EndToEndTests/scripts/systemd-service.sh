# A scenario for with-systemd.sh, with the folder of the programs as its argument: the service as it is installed, from
# the first call on its socket to its stop.

# shellcheck source=systemd-clinic.sh
. "$(dirname "$scenario_file")/systemd-clinic.sh"

prepare() { install_clinic "$1"; }

scenario() {
    step "the units are as systemd wants them, now with the programs in their places"
    output=$(inside systemd-analyze verify --man=no infusiond.service infusiond@north.service 2>&1) || fail "$output"
    expect "$output" "" "what systemd-analyze verify says"

    step "the first call starts the service"
    inside systemctl enable --quiet --now infusiond.socket
    expect "$(property ActiveState)" inactive "the service's state before it"
    expect_status 0 ctl status
    expect "$(property ActiveState)" active "the service's state after it"
    expect_match "$(property StatusText)" '[0-9]' "the status line"
    [ -n "$(entries serviceStarted)" ] || fail "no entry serviceStarted"

    step "the service runs as its own user, in folders that are its own"
    expect "$(inside stat --format=%U "/proc/$(property MainPID)")" infusiond "the process's user"
    expect "$(inside stat --format=%U:%a /var/lib/infusiond)" infusiond:700 "the state's folder"
    expect "$(inside stat --format=%U:%a /var/lib/infusiond/infusiond.sqlite)" infusiond:600 "the database"
    expect "$(inside stat --format=%a /run/infusiond/io.infusiond.Clinic)" 666 "the socket"

    step "groups are roles: the reception books, strangers do nothing, nobody but an administrator reloads"
    expect_status 0 as desk patient add MRN-CANARY-1 --file - <<< 'name: Canary Surname'
    local patient course
    patient=$(grep -oE '\bp[0-9]+\b' <<< "$output" | head -1)
    regimen=$(grep -oE '"id": *"mdd-iv[^"]*"' "$scripts/../../../config.example.json" | head -1 | cut -d'"' -f4)
    expect_status 0 as desk course book "$patient" "$regimen"
    course=$(grep -oE '\bc[0-9]+\b' <<< "$output" | head -1)
    expect_status 77 as stranger patient list
    expect_status 77 as desk reload

    step "the booking is in the journal, explained, with who did it and without who the patient is"
    local found
    found=$(entries courseBooked "INFUSIOND_COURSE=$course")
    expect "$(field INFUSIOND_PATIENT <<< "$found")" "$patient" "the patient"
    expect_match "$(field INFUSIOND_ACTOR <<< "$found")" desk "the actor"
    expect "$(field _SYSTEMD_UNIT <<< "$found")" infusiond.service "the unit"
    expect_match "$(inside journalctl --catalog "INFUSIOND_COURSE=$course")" "infusionctl course show $course" \
        "the explanation"
    # Only what the service itself said: systemd-logind and PAM note the command lines of this test.
    if inside journalctl --all --output=export --unit=infusiond.service | grep --text -i canary; then
        fail "the journal tells who the patient is"
    fi

    step "a reload takes a good configuration"
    expect_status 0 inside systemctl reload infusiond.service
    [ -n "$(entries configurationReloaded)" ] || fail "no entry configurationReloaded"
    expect "$(property ActiveState)" active "the service's state"

    step "a reload refuses a broken one whole, and the old one stays in force"
    inside sed -i '0,/"clinic"/s//"klinik"/' /etc/infusiond/config.json
    output=$(inside systemctl reload infusiond.service 2>&1) && fail "systemctl reload succeeded: $output"
    [ -n "$(entries configurationRefused)" ] || fail "no entry configurationRefused"
    expect "$(property ActiveState)" active "the service's state"
    expect_status 0 ctl course show "$course"
    inside sed -i 's/"klinik"/"clinic"/' /etc/infusiond/config.json
    expect_status 0 inside systemctl reload infusiond.service

    step "a service that hangs is ended by the watchdog and started again, and has lost nothing"
    local first
    first=$(property MainPID)
    inside kill -STOP "$first"
    eventually is_property NRestarts 1
    eventually is_property ActiveState active
    [ "$(property MainPID)" != "$first" ] || fail "it is still the same process"
    expect_status 0 ctl course show "$course"
    expect_match "$(inside journalctl --unit=infusiond.service)" 'Failed with result .watchdog' "systemd's entry"

    step "a service that is killed is started again, and has lost nothing"
    inside kill -KILL "$(property MainPID)"
    eventually is_property NRestarts 2
    eventually is_property ActiveState active
    expect_status 0 ctl course show "$course"

    step "a copy goes where the service may write, and is refused where nobody would find it"
    local place
    for place in /tmp /var/tmp /home /root /srv /etc /dev/shm/none /var/lib/elsewhere; do
        expect_status 64 ctl backup "$place/copy.sqlite"
        expect_match "$output" "hint: the daemon writes copies to /var/lib/infusiond/backups" "the refusal of $place"
        inside test ! -e "$place/copy.sqlite" || fail "there is a copy in $place"
    done
    expect_status 64 ctl backup /dev/null
    expect "$(inside find /tmp /var/tmp -name '*copy*')" "" "what lies in the folders for temporary files"
    expect_status 0 ctl backup /var/lib/infusiond/backups/copy.sqlite --verify
    expect "$(inside stat --format=%U:%a /var/lib/infusiond/backups/copy.sqlite)" infusiond:600 "the copy"

    step "root restores it, the database stays the service's, and what came later is set aside"
    expect_status 0 as desk patient add MRN-CANARY-2 --file - <<< 'name: Canary Other'
    inside systemctl kill --signal=KILL --kill-whom=main infusiond.service
    inside systemctl stop infusiond.socket infusiond.service
    inside systemctl reset-failed infusiond.service
    expect_status 0 inside infusiond --config /etc/infusiond/config.json \
        --restore /var/lib/infusiond/backups/copy.sqlite
    expect_match "$output" 'up to event e[0-9]+ of [0-9-]+T' "what it says"
    expect "$(inside stat --format=%U:%G:%a /var/lib/infusiond/infusiond.sqlite)" infusiond:infusiond:600 "the database"
    inside systemctl start infusiond.socket
    expect_status 0 ctl course show "$course"
    expect "$(ctl patient list | grep -c CANARY-2)" 0 "the number of later patients"
    expect_status 75 inside infusiond --config /etc/infusiond/config.json \
        --restore /var/lib/infusiond/backups/copy.sqlite
    expect_match "$output" 'is open in another process' "the refusal"

    step "a stop ends it well; the next call starts it again"
    inside systemctl stop infusiond.service
    expect "$(property Result)" success "the result"
    expect "$(property ExecMainStatus)" 0 "the status"
    [ -n "$(entries serviceStopped)" ] || fail "no entry serviceStopped"
    expect_status 0 ctl course show "$course"
    expect "$(property ActiveState)" active "the service's state"

    step "a second clinic has its own socket and data, and does not see the first one's"
    inside systemctl start infusiond@north.socket
    expect_status 0 ctl --socket /run/infusiond/north/io.infusiond.Clinic status
    expect "$(property ActiveState infusiond@north.service)" active "the second service's state"
    output=$(ctl --socket /run/infusiond/north/io.infusiond.Clinic course show "$course" 2>&1) \
        && fail "the second clinic shows the first one's course: $output"
    local north
    north=$(property MainPID infusiond@north.service)
    expect "$(inside ls "/proc/$north/root/var/lib/infusiond")" north "what the second service sees"
    expect_status 0 inside systemctl reload infusiond@north.service

    step "stopping the socket takes the socket away, and the client says that nobody answers"
    inside systemctl stop infusiond.socket infusiond.service
    expect_status 69 ctl status

    step "nothing was denied by the sandbox, and nothing failed"
    if inside journalctl --all | grep -E 'SIGSYS|SECCOMP|Permission denied'; then fail "the sandbox was too tight"; fi
    expect "$(inside systemctl list-units --failed --no-legend --plain)" "" "the list of failed units"
}

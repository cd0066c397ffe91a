# A scenario for with-systemd.sh, with the folder of the programs as its argument: the service enabled as README has it,
# from a boot at which nobody calls, through what keeps it from starting, to where it is mended.

# shellcheck source=systemd-clinic.sh
. "$(dirname "$scenario_file")/systemd-clinic.sh"
boot_target=multi-user.target

prepare() {
    install_clinic "$1"
    # None of the machine's own services.
    rm -rf "$root"/{etc,lib,usr/lib}/systemd/system/multi-user.target.wants
    local enabled project
    project=$(readlink -f "$scripts/../../..")
    enabled=$(cd "$project" && sed -n 's/.*systemctl enable --now \(infusiond[^ ]*\).*/\1/p' README.md)
    [ "$(cd "$project" && sed -n 's/.*systemctl enable --now \(infusiond[^ ]*\)".*/\1/p' Makefile)" = "$enabled" ] \
        || fail "README and the Makefile enable different units"
    systemctl --root="$root" --quiet enable "$enabled"
}

config=/etc/infusiond/config.json
database=/var/lib/infusiond/infusiond.sqlite
break_config() { inside sed -i '0,/"clinic"/s//"klinik"/' "$config"; }
mend_config() { inside sed -i 's/"klinik"/"clinic"/' "$config"; }
has_restarted() { [ "$(property NRestarts)" -ge "$1" ]; }
# The service has ended with a code and is not tried again; its socket waits.
has_ended() {
    eventually is_property ActiveState failed
    expect "$(property ExecMainStatus)" "$1" "the service's exit code"
    expect "$(property NRestarts)" 0 "the number of restarts"
    expect "$(property ActiveState infusiond.socket)" active "the socket's state"
}

scenario() {
    step "after a boot the service runs, and nobody has called"
    eventually is_property ActiveState active
    [ -n "$(entries serviceStarted)" ] || fail "no entry serviceStarted"
    expect "$(property NAccepted infusiond.socket)" 0 "the number of calls"
    expect "$(property ActiveState infusiond.socket)" active "the socket's state"
    expect "$(inside systemctl is-enabled infusiond.socket)" enabled "whether the socket is enabled"
    expect_status 0 ctl status

    step "a broken configuration ends it with 78, in words, and it is not tried again"
    break_config
    inside systemctl restart infusiond.service && fail "a start with a broken configuration succeeded"
    has_ended 78
    expect_match "$(inside journalctl --unit=infusiond.service)" 'error: .*klinik' "the journal"

    step "whoever calls is turned away, and the socket waits, however many come"
    for _ in $(seq 40); do expect_status 69 ctl status; done
    eventually is_property ActiveState failed
    expect "$(property ActiveState infusiond.socket)" active "the socket's state after many calls"

    step "once it is mended, the next call starts it"
    mend_config
    expect_status 0 ctl status
    expect "$(property ActiveState)" active "the service's state"

    step "so does systemctl start"
    break_config
    inside systemctl restart infusiond.service && fail "a start with a broken configuration succeeded"
    has_ended 78
    mend_config
    inside systemctl start infusiond.service
    expect "$(property ActiveState)" active "the service's state"

    step "what may pass is tried again and again, and never given up"
    inside systemctl stop infusiond.service
    inside flock "$database" sleep 3600 &
    local holder=$!
    until ! inside flock --nonblock "$database" true; do sleep 0.1; done
    inside systemctl start infusiond.service && fail "a start without a lock succeeded"
    eventually has_restarted 15
    expect "$(property ActiveState infusiond.socket)" active "the socket's state after many restarts"
    inside pkill --full "sleep 3600"
    wait "$holder" || true
    eventually is_property ActiveState active
    expect_status 0 ctl status

    step "a service that is killed over and over comes back"
    local count
    inside systemctl reset-failed infusiond.service
    for count in $(seq 12); do
        eventually is_property ActiveState active
        inside kill -KILL "$(property MainPID)"
        eventually has_restarted "$count"
    done
    eventually is_property ActiveState active

    step "a damaged database ends it with 65, in words, and it is not tried again"
    inside systemctl stop infusiond.service
    inside cp --preserve /var/lib/infusiond/infusiond.sqlite /var/lib/infusiond/whole
    inside dd if=/dev/zero of=/var/lib/infusiond/infusiond.sqlite bs=1 seek=60 count=4 conv=notrunc status=none
    inside systemctl start infusiond.service && fail "a start on a damaged database succeeded"
    has_ended 65
    expect_match "$(inside journalctl --unit=infusiond.service)" 'the database is damaged: its schema' "the journal"
    inside cp --preserve /var/lib/infusiond/whole /var/lib/infusiond/infusiond.sqlite
    expect_status 0 ctl status
    expect "$(property ActiveState)" active "the service's state"
}

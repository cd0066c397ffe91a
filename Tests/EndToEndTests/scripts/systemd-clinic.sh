# Sourced by the scenarios for with-systemd.sh in which the service runs as it is installed.

scripts=${scripts:-$(dirname "$scenario_file")}
# shellcheck source=steps.sh
. "$scripts/steps.sh"

# install_clinic BINARIES: the programs, the units and a configuration, in the folder that will be the root.
install_clinic() {
    local binaries=$1 program
    make --silent --no-print-directory -C "$scripts/../../.." install DESTDIR="$root" PREFIX=/usr BINARIES="$binaries"
    # A debug build finds Swift's libraries where the toolchain is, and the sandbox may hide that folder.
    mkdir -p "$root/usr/local/lib/infusiond-test"
    for program in infusiond infusionctl; do
        { ldd "$binaries/$program" || true; } | sed -n 's,.* => \(.*/swift/.*\) (.*,\1,p'
    done | sort -u | xargs -r cp -t "$root/usr/local/lib/infusiond-test"
    echo /usr/local/lib/infusiond-test > "$root/etc/ld.so.conf.d/infusiond-test.conf"
    ldconfig -r "$root"
    systemd-sysusers --root="$root"
    systemd-tmpfiles --root="$root" --create --prefix=/etc/infusiond --prefix=/var/lib/infusiond
    journalctl --root="$root" --update-catalog

    cp "$root/usr/share/doc/infusiond/config.example.json" "$root/etc/infusiond/config.json"
    mkdir -p "$root/etc/infusiond/north"
    cp "$root/etc/infusiond/config.json" "$root/etc/infusiond/north/config.json"
    # As installed, but with a watchdog that does not make the test wait half a minute.
    mkdir -p "$root/etc/systemd/system/infusiond.service.d"
    printf '[Service]\nWatchdogSec=2s\nRestartSec=100ms\n' > "$root/etc/systemd/system/infusiond.service.d/test.conf"
    # A user of the reception, and one of nobody's.
    chroot "$root" useradd --no-create-home --groups clinic-desk desk
    chroot "$root" useradd --no-create-home stranger
}

property() { inside systemctl show --property="$1" --value "${2:-infusiond.service}"; }
is_property() { [ "$(property "$1")" = "$2" ]; }
ctl() { inside infusionctl "$@"; }
as() { inside runuser --user "$1" -- infusionctl "${@:2}"; }
entries() { inside journalctl --sync && inside journalctl --all --output=json "MESSAGE_ID=$(message_id "$1")" "${@:2}"; }

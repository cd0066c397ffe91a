#!/bin/bash
# Checks what lies in systemd/ with systemd's own tools; needs no running systemd and changes nothing on the machine.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../../.."

# The highest exposure that `systemd-analyze security` may find, in tenths.
exposure_limit=5

for tool in systemd-analyze systemd-sysusers systemd-tmpfiles journalctl; do
    command -v "$tool" > /dev/null || { echo "skipped: units (there is no $tool)"; exit 125; }
done
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
fail() { echo "failed: units ($1)" >&2; exit 1; }

# The programs need not be built for this: in the copies, true stands in their place.
mkdir -p "$root/units"
cp systemd/*.service systemd/*.socket "$root/units"
sed -i 's,/usr/bin/infusion[a-z]*,/bin/true,' "$root"/units/*.service
for kind in service socket; do cp "$root/units/infusiond@.$kind" "$root/units/infusiond@north.$kind"; done
units=("$root"/units/infusiond{,@north}.{service,socket})

# verify ends with 0 even on keys that it does not know; whatever it prints is a complaint.
complaints=$(systemd-analyze verify --man=no "${units[@]}" 2>&1) || fail "systemd-analyze verify: $complaints"
[ -z "$complaints" ] || fail "$complaints"

for name in infusiond infusiond@north; do
    report=$(systemd-analyze security --offline=yes --no-pager --threshold=100 "$root/units/$name.service")
    exposure=$(sed -n 's/.*Overall exposure level[^:]*: \([0-9]*\)\.\([0-9]\).*/\1\2/p' <<< "$report")
    [ -n "$exposure" ] || fail "no exposure level for $name in: $report"
    [ "$((10#$exposure))" -le "$exposure_limit" ] || fail "exposure of $name is $exposure tenths (at most $exposure_limit)
$(grep '✗' <<< "$report")"
done

mkdir -p "$root"/usr/lib/{sysusers.d,tmpfiles.d,systemd/catalog} "$root"/etc "$root"/var/lib/systemd/catalog
cp systemd/infusiond.sysusers "$root/usr/lib/sysusers.d/infusiond.conf"
cp systemd/infusiond.tmpfiles "$root/usr/lib/tmpfiles.d/infusiond.conf"
cp systemd/infusiond.catalog "$root/usr/lib/systemd/catalog/"
if [ "$(id -u)" = 0 ]; then
    systemd-sysusers --root="$root" 2> "$root/complaints" || fail "systemd-sysusers: $(cat "$root/complaints")"
    grep -q '^infusiond:.*:/var/lib/infusiond:.*nologin$' "$root/etc/passwd" || fail "sysusers made no user infusiond"
    for group in infusiond clinic-view clinic-desk clinic-care clinic-admin; do
        grep -q "^$group:" "$root/etc/group" || fail "sysusers made no group $group"
    done
    systemd-tmpfiles --create --root="$root" 2> "$root/complaints" || fail "systemd-tmpfiles: $(cat "$root/complaints")"
    [ "$(stat -c %a "$root/var/lib/infusiond")" = 700 ] || fail "tmpfiles made no private /var/lib/infusiond"
    [ "$(stat -c %a "$root/etc/infusiond")" = 750 ] || fail "tmpfiles made no /etc/infusiond"
fi
journalctl --root="$root" --update-catalog || fail "journalctl --update-catalog"
texts=$(journalctl --root="$root" --list-catalog | wc -l)
[ "$texts" = "$(grep -c '^-- ' systemd/infusiond.catalog)" ] || fail "the catalogue holds $texts texts"
echo "passed: units"

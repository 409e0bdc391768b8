#!/usr/bin/env bash
# The programs where a user may have only so many processes. Needs root, to be another user: root
# has no such limit. Usage: tests/limits.sh target/debug/kata
set -euo pipefail
kata=$(mktemp -d)/kata
trap 'rm -rf "$(dirname "$kata")"' EXIT
cp "${1:?usage: tests/limits.sh KATA}" "$kata"
chmod -R a+rx "$(dirname "$kata")"
cd /

limited() {
    local processes=$1
    shift
    timeout 20 setpriv --reuid=65534 --clear-groups prlimit --nproc="$processes" -- "$kata" run "$@"
}

failed=0
list=$(dirname "$kata")/list
echo A:B:c:1990:fr >"$list"

# refused PROCESSES PROGRAM ARGUMENT...: it has to say so in one line, and end with 1.
refused() {
    local said status=0
    said=$(limited "$@" 2>&1) || status=$?
    said=$(grep -v -e '^listening on' -e '^Serveur démarré' <<<"$said" || true)
    if [ "$status" -ne 1 ] || [ "$(wc -l <<<"$said")" -ne 1 ] ||
        ! grep -q '^error: the system has no room for another thread: ' <<<"$said"; then
        printf 'FAILED %s: exit code %s\n%s\n' "$*" "$status" "$said"
        failed=1
    fi
}

refused 20 ping-pong 100
refused 20 counter --threads 100
refused 1 players fr "$list"
refused 2 players fr "$list"
refused 2 stock-server --addr 127.0.0.1:0
refused 2 echo-server --addr 127.0.0.1:0

# The shop goes on: whoever finds no thread is turned away, and the others get their bottles.
errors=$(dirname "$kata")/errors
limited 5 stock-server --stock 10 --addr 127.0.0.1:0 >/dev/null 2>"$errors" &
server=$!
until address=$(sed -n 's/^listening on //p' "$errors") && [ -n "$address" ]; do :; done
silent=()
for _ in 1 2 3 4 5 6 7 8; do
    exec {connection}<>"/dev/tcp/${address%:*}/${address##*:}"
    silent+=("$connection")
done
for connection in "${silent[@]}"; do
    exec {connection}>&-
done
until "$kata" run stock-client --addr "$address" --bottles 99 >/dev/null; do :; done
wait "$server" || { echo "FAILED stock-server: exit code $?"; failed=1; }
exit "$failed"

#!/bin/sh
# A ping for the tests. It is run with -w3 -c4 HOST, and the host's name says what becomes of it:
#
#   code-N      it ends with this code
#   signal-N    it ends by this signal
#   told-NAME   it ends with the code that somebody writes into the pipe told-NAME in $PIPES
#   child-NAME  it has started a process that reads from the pipe child-NAME, and waits for it
echo "64 bytes from $3"
echo "ping: noise" >&2
[ "$#,$1,$2" = "3,-w3,-c4" ] || exit 99
case $3 in
    code-*) exit "${3#code-}" ;;
    signal-*) kill "-${3#signal-}" "$$" ;;
    told-*) read -r code < "$PIPES/$3" && exit "$code" ;;
    child-*)
        cat "$PIPES/$3" &
        wait
        ;;
esac
exit 98

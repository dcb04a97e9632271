#!/bin/sh
# Stands in for Puppet: its manifest tells what it does, one word a line in comments "#!".
# say TEXT, sleep SECONDS, exit CODE, raw TEXT, pids (starts a child and waits)
if [ "$1" = --version ]; then echo 7.23.0; exit 0; fi
report=
for word in "$@"; do
    case $word in --lastrunreport=*) report=${word#*=} ;; esac
    last=$word
done
code=0
while IFS=' ' read -r verb rest; do
    case $verb in
        '#!say') printf '{"level":"notice","message":"%s","source":"Puppet"}\n' "$rest" ;;
        '#!err') printf '{"level":"err","message":"%s","source":"Puppet"}\n' "$rest" ;;
        '#!raw') printf '%s\n' "$rest" ;;
        '#!wait') while [ ! -e "$rest" ]; do sleep 0.05; done ;;
        '#!child') sleep "$rest" & echo "$!"; wait ;;
        '#!kill') kill -KILL $$ ;;
        '#!report') cat "$rest" >"$report" ;;
        '#!exit') code=$rest ;;
    esac
done <"$last/site.pp"
exit "$code"

#!/bin/sh
# Stands in for Puppet where faults need a run that waits: 40 lines, then 20 more when /run/go is there.
# /root/starts counts the runs that began, /root/twice those that met another.
if [ "$1" = --version ]; then echo 7.23.0; exit 0; fi
exec 9>/run/at-once
flock -n 9 || echo "$$" >>/root/twice
echo "$$" >>/root/starts
number=1
say() {
    printf '{"level":"notice","message":"line %s","source":"Puppet"}\n' "$number"
    number=$((number + 1))
    sleep 0.01
}
while [ "$number" -le 40 ]; do say; done
while [ ! -e /run/go ]; do sleep 0.05; done
while [ "$number" -le 60 ]; do say; done
echo >/root/done

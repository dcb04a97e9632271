# appo-tui's part on a node: keeps files, starts Puppet apart from the connection, tells what it says.
# POSIX sh, and the programs that POSIX has, plus tar. Everything is kept in one directory of mode 0700:
#   files/SHA256       contents, sent once
#   bundles/DIGEST/    an environment, hard links into files/
#   runs/RUN/          an attempt: spool, exit, pid, puppet.pid, report.yaml; made by one mkdir
# What becomes pid, puppet.pid or exit is written before Puppet starts and renamed: a full disk can't keep
# it from being there, and nobody reads a half of it.
#   lock               a link that names the run that has Puppet to itself
# usage: sh node.sh VERB [ARGUMENT...]; what each prints stands above it. Exit 3: the run is gone.

set -u
given_umask=$(umask)
umask 077
state=${APPO_NODE_STATE:-$HOME/.appo-tui}
longest_report=33554432

fail() {
    printf '%s\n' "appo-tui: $*" >&2
    exit 70
}

# NAME=VALUE lines: where things are, and which Puppet there is.
hello() {
    mkdir -p "$state/files" "$state/bundles" "$state/runs" || fail "can't make $state"
    chmod 700 "$state" || fail "can't keep others out of $state"
    tidy
    puppet=$(find_puppet)
    printf 'state=%s\npuppet=%s\nversion=%s\n' "$state" "$puppet" "$(puppet_version "$puppet")"
    command -v tar >/dev/null 2>&1 && echo tar=yes
    printf 'user=%s\n' "$(id -un)"
}

find_puppet() {
    command -v puppet 2>/dev/null && return
    for each in /opt/puppetlabs/bin/puppet /usr/local/bin/puppet /usr/bin/puppet; do
        if [ -x "$each" ]; then echo "$each"; return; fi
    done
}

# Asking Puppet takes most of a second, so the answer is kept until its file changes.
puppet_version() {
    [ -n "$1" ] || return
    seen=$(ls -lL "$1" 2>/dev/null)
    if [ -f "$state/version" ] && [ "$(sed 1d "$state/version")" = "$seen" ]; then
        sed 1q "$state/version"
        return
    fi
    found=$("$1" --version 2>/dev/null | sed -n 's/^\([0-9][0-9.]*\).*/\1/p' | sed 1q)
    [ -n "$found" ] && printf '%s\n%s\n' "$found" "$seen" >"$state/version"
    echo "$found"
}

# Runs and bundles that nobody used for a month, and contents that no bundle holds any more.
tidy() {
    find "$state/runs" "$state/bundles" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} + 2>/dev/null
    find "$state/files" -type f -links 1 -mtime +30 -exec rm -f {} + 2>/dev/null
    return 0
}

# Reads digests, one a line; prints those whose contents are not here. BUNDLE: prints "laid" if it is.
missing() {
    if [ -d "$state/bundles/$1" ]; then
        touch "$state/bundles/$1"
        echo laid
        cat >/dev/null
        return
    fi
    while read -r digest; do
        [ -s "$state/files/$digest" ] || echo "$digest"
    done
}

# Reads a tar of files named by their digests.
put() {
    incoming="$state/incoming.$$"
    mkdir "$incoming" || fail "can't make $incoming"
    trap 'rm -rf "$incoming"' EXIT
    (cd "$incoming" && tar xf -) || fail "the files did not arrive whole"
    for each in "$incoming"/*; do
        [ -f "$each" ] || continue
        mv -f "$each" "$state/files/" || fail "can't keep a file"
    done
}

# Reads "DIGEST PATH" lines and a last line "end"; makes the bundle from contents that are here.
lay() {
    making="$state/bundles/.$1.$$"
    rm -rf "$making"
    mkdir "$making" || fail "can't make $making"
    whole=no
    last=
    while IFS= read -r line; do
        if [ "$line" = end ]; then whole=yes; break; fi
        path=${line#* }
        case $path in */*) directory=$making/${path%/*} ;; *) directory=$making ;; esac
        if [ "$directory" != "$last" ]; then
            mkdir -p "$directory" || fail "can't make $directory"
            last=$directory
        fi
        ln "$state/files/${line%% *}" "$making/$path" 2>/dev/null ||
            cp "$state/files/${line%% *}" "$making/$path" || fail "can't make $path"
    done
    [ $whole = yes ] || fail "the list of files did not arrive whole"
    find "$making" -exec sync {} + 2>/dev/null # or a power cut could leave a bundle of empty files
    [ -d "$state/bundles/$1" ] || mv "$making" "$state/bundles/$1" 2>/dev/null
    rm -rf "$making" "$state/bundles/$1/${making##*/}" # where another job's is there
    [ -d "$state/bundles/$1" ] || fail "can't make the bundle"
}

# Reads a tar of the run's own files and starts it. Prints "begun", or "exists" if the attempt was made.
begin() {
    run="$state/runs/$1"
    if ! mkdir "$run" 2>/dev/null; then
        [ -d "$run" ] || fail "can't make $run"
        echo exists
        cat >/dev/null
        return
    fi
    (cd "$run" && tar xf -) || { mkdir "$run/started"; fail "the run's files did not arrive whole"; }
    [ -f "$run/whole" ] || { mkdir "$run/started"; fail "the run's files did not arrive whole"; }
    { : >"$run/spool" && room exit && room pid && room puppet.pid; } 2>"$run/said" || {
        mkdir "$run/started"
        fail "$(sed 1q "$run/said")"
    }
    if command -v setsid >/dev/null 2>&1; then
        setsid sh "$0" work "$1" "$given_umask" </dev/null >/dev/null 2>&1 &
    elif command -v perl >/dev/null 2>&1; then
        perl -MPOSIX -e 'POSIX::setsid(); exec @ARGV' sh "$0" work "$1" "$given_umask" </dev/null >/dev/null 2>&1 &
    else
        sh "$0" work "$1" "$given_umask" </dev/null >/dev/null 2>&1 &
    fi
    echo begun
}

# Makes room for one line of a file that is to come.
room() {
    printf '%-64s\n' '' >"$run/$1.new"
}

# Writes the line of such a file and lets the file be seen.
tell() {
    printf '%-64s\n' "$2" 1<>"$run/$1.new" && mv "$run/$1.new" "$run/$1"
}

# The run itself, apart from every connection. Whoever makes "started" decides whether it takes place.
work() {
    run="$state/runs/$1"
    mkdir "$run/started" 2>/dev/null || exit 0
    tell pid "$$ $(born $$)" || exit 70
    name=$1
    mask=$2
    take_lock "$name"
    . "$run/command"
    while :; do
        sh "$0" become "$name" "$mask" "$@" </dev/null >>"$run/spool" 2>&1
        code=$?
        agent_busy "$code" || break
    done
    rm -rf "$run/manifests" "$run/command"
    tell exit "$code"
    [ "$(readlink "$state/lock")" = "$name" ] && rm -f "$state/lock"
}

# Becomes Puppet, known by its process before it begins, unless the run was stopped.
become() {
    run="$state/runs/$1"
    tell puppet.pid "$$ $(born $$)" || exit 70
    [ -e "$run/stopped" ] && exit 143
    umask "$2"
    cd / || exit 70
    shift 2
    exec "$@"
}

# Waits while Puppet says that an agent's run is in progress; not zero if it did not say so.
agent_busy() {
    [ "$1" = 1 ] && [ ! -e "$run/stopped" ] || return 1
    tail -n 3 "$run/spool" | grep -q 'configuration client already in progress' || return 1
    say notice "waits for the agent run that is in progress"
    sleep 5
}

say() {
    printf '{"level":"%s","message":"%s","source":"appo-tui"}\n' "$1" "$2" >>"$run/spool"
}

take_lock() {
    said=
    until ln -s "$1" "$state/lock" 2>/dev/null; do
        holder=$(readlink "$state/lock") || continue
        if ! alive "$holder"; then
            mv "$state/lock" "$state/lock.$$" 2>/dev/null || continue
            if [ "$(readlink "$state/lock.$$")" != "$holder" ]; then
                ln -s "$(readlink "$state/lock.$$")" "$state/lock" 2>/dev/null
            fi
            rm -f "$state/lock.$$"
            continue
        fi
        [ -e "$run/stopped" ] && return
        [ "$said" = "$holder" ] || say notice "waits for another run on this node: $holder"
        said=$holder
        sleep 1
    done
}

# Whether a run, or Puppet without it, is there.
alive() {
    [ -f "$state/runs/$1/pid" ] || { [ -d "$state/runs/$1" ] && [ ! -d "$state/runs/$1/started" ]; return; }
    lives "$state/runs/$1/pid" || lives "$state/runs/$1/puppet.pid"
}

# Whether the process that a file names is there: its number alone would not do after a reboot.
lives() {
    [ -f "$1" ] && read -r number birth <"$1" || return 1
    kill -0 "$number" 2>/dev/null && [ "$(born "$number")" = "$birth" ]
}

born() {
    if [ -r "/proc/$1/stat" ]; then
        sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f20
    else
        ps -o lstart= -p "$1" 2>/dev/null | tr -d ' '
    fi
}

# The spool from an offset, as it grows, until the run has ended. Exit 3: it is gone without a result.
# An attempt that was never begun is taken, so that a beginning that is still under way comes too late.
follow() {
    run="$state/runs/$1"
    if mkdir "$run" 2>/dev/null; then
        mkdir "$run/started"
        exit 3
    fi
    if [ ! -f "$run/spool" ] || { [ ! -f "$run/pid" ] && ! beginning; }; then gone; fi
    exec 3<"$run/spool"
    dd bs=1 skip="$2" count=0 <&3 2>/dev/null
    pause=0.2
    sleep 0.01 2>/dev/null || pause=1
    while :; do
        over=no
        [ -f "$run/exit" ] && over=yes
        cat <&3
        [ $over = yes ] && exit 0
        if [ -f "$run/pid" ] && ! alive "$1" && [ ! -f "$run/exit" ]; then gone; fi
        sleep $pause
    done
}

# Ends where a run has no result and never will: what it was to apply may hold secrets.
gone() {
    rm -rf "$run/manifests" "$run/command"
    exit 3
}

# A run that was begun but has no process yet: it gets ten seconds, then it will never take place.
beginning() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        [ -f "$run/pid" ] && return 0
        sleep 1
    done
    mkdir "$run/started" 2>/dev/null && return 1
    sleep 1
    [ -f "$run/pid" ]
}

# The exit code in a line of its own, then Puppet's report if it wrote one that can be read.
result() {
    run="$state/runs/$1"
    [ -f "$run/exit" ] || exit 3
    read -r code <"$run/exit"
    printf '%s\n' "$code"
    if [ -f "$run/report.yaml" ] && [ "$(wc -c <"$run/report.yaml")" -le "$longest_report" ]; then
        cat "$run/report.yaml"
    fi
}

# What the run computed for other nodes.
exports() {
    if [ -f "$state/runs/$1/exports" ]; then cat "$state/runs/$1/exports"; fi
}

# Ends Puppet, then what it started: the other way round Puppet would go on with its next resource.
# As follow does, takes an attempt that was never begun.
stop() {
    run="$state/runs/$1"
    if mkdir "$run" 2>/dev/null; then
        mkdir "$run/started"
        return 0
    fi
    : >"$run/stopped"
    for _ in 1 2 3 4 5; do
        [ -f "$run/puppet.pid" ] || [ -f "$run/exit" ] && break
        sleep 1
    done
    lives "$run/puppet.pid" || return 0
    children=$(tree "$number")
    kill -TERM "$number" 2>/dev/null
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 "$number" 2>/dev/null || break
        sleep 0.3 2>/dev/null || sleep 1
    done
    kill -KILL "$number" 2>/dev/null
    [ -n "$children" ] && end_all $children
    return 0
}

end_all() {
    kill -TERM "$@" 2>/dev/null
    sleep 0.5 2>/dev/null || sleep 1
    kill -KILL "$@" 2>/dev/null
}

# The processes below one, by their parents' numbers; a daemon has another parent and is left alone.
tree() {
    if [ -r /proc/self/stat ]; then
        sed -n 's/^\([0-9]*\) (.*) [A-Za-z] \([0-9]*\) .*/\1 \2/p' /proc/[0-9]*/stat 2>/dev/null
    else
        ps -A -o pid= -o ppid=
    fi | awk -v root="$1" '
        { below[$2] = below[$2] " " $1 }
        function walk(number, list, count, i) {
            count = split(below[number], list, " ")
            for (i = 1; i <= count; i++) { print list[i]; walk(list[i]) }
        }
        END { walk(root) }'
}

# Reads a Ruby program that waits for a service, and runs it with these arguments. Exit 4: no answer.
reach() {
    ruby=$(command -v ruby) || ruby=/opt/puppetlabs/puppet/bin/ruby
    [ -x "$ruby" ] && exec "$ruby" - "$@"
    [ $# -eq 4 ] && command -v bash >/dev/null 2>&1 || fail "there is no ruby to test a service with"
    end=$(($(date +%s) + $3))
    until said=$(bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>&1); do
        if [ "$(date +%s)" -ge "$end" ]; then
            printf '%s\n' "$said" | sed 1q >&2
            exit 4
        fi
        sleep "$4"
    done
}

# Takes away all that jobs left, but for runs that are still alive: prints the names of those. KEY...
# Runs are put aside before bundles are looked at, and what others are just bringing here is left alone: a
# bundle that was asked for after the run that goes, and contents that no bundle had before either.
forget() {
    [ -d "$state/runs" ] || return 0
    for key in "$@"; do
        case $key in *[!A-Za-z0-9]* | '') fail "no name of a job: $key" ;; esac
    done
    aside="$state/runs/.aside.$$"
    mkdir "$aside" || fail "can't make $aside"
    for key in "$@"; do
        for run in "$state/runs/$key"-*; do
            [ -d "$run" ] || continue
            if [ ! -f "$run/exit" ] && alive "${run##*/}"; then
                printf '%s\n' "${run##*/}"
            else
                mv "$run" "$aside/"
            fi
        done
    done
    find "$state/files" -type f -links 1 >"$aside/unused"
    for run in "$aside"/*-*; do
        [ -f "$run/bundle" ] && [ -d "$run/started" ] && forget_bundle "$run"
    done
    find "$state/files" -type f -links 1 | grep -Fvx -f "$aside/unused" | while read -r file; do rm -f "$file"; done
    rm -rf "$aside"
}

forget_bundle() {
    read -r bundle <"$1/bundle"
    bundle=${bundle%/}
    bundle="$state/bundles/${bundle##*/}"
    [ "$bundle" != "$state/bundles/" ] && [ -d "$bundle" ] || return
    [ -z "$(find "$bundle" -prune -newer "$1/started")" ] || return
    grep -qs "${bundle##*/}/" "$state"/runs/*/bundle || rm -rf "$bundle"
}

verb=$1
shift
case $verb in
    hello | missing | put | lay | begin | work | become | follow | result | exports | stop | forget | reach) "$verb" "$@" ;;
    *) fail "no such verb: $verb" ;;
esac

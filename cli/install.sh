#!/bin/sh
# install.sh [BASE [PREFIX]]: installs fanin from a release.
#   BASE    where the release's files lie: a folder, or the URL of a folder (default: FANIN_BASE, else this script's folder)
#   PREFIX  fanin is in PREFIX/bin then, and what it needs in PREFIX/share/fanin (default: FANIN_PREFIX, else ~/.local)
set -eu

fail() {
    echo "error: $1" >&2
    [ -z "${2:-}" ] || echo "hint: $2" >&2
    exit 2
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# fetch FILE: a file of the release, in the temporary folder.
fetch() {
    case $base in
    *://*)
        if has curl; then
            curl -fsSL --retry 3 -o "$temporary/$1" "$base/$1" || fail "$base/$1 cannot be fetched" "$wrong_base"
        elif has wget; then
            wget -q -O "$temporary/$1" "$base/$1" || fail "$base/$1 cannot be fetched" "$wrong_base"
        else
            fail "there is neither curl nor wget" "fetch the release's files yourself, and name their folder"
        fi
        ;;
    *) cp "$base/$1" "$temporary/$1" 2>/dev/null || fail "there is no $1 in $base" "$wrong_base" ;;
    esac
}

sha256() {
    if has sha256sum; then
        sha256sum <"$1"
    elif has shasum; then
        shasum -a 256 <"$1"
    else
        fail "there is neither sha256sum nor shasum, by which the archive would be checked" "install one of the two"
    fi
}

# The name and the checksum of the archive, as SHA256SUMS has them.
find_archive() {
    archive='' expected=''
    while read -r digest name; do
        case $name in
        */* | *[!A-Za-z0-9._-]*) ;;
        fanin-*.tar.gz) archive=$name expected=$digest ;;
        esac
    done <"$temporary/SHA256SUMS"
    [ -n "$archive" ] || fail "$base/SHA256SUMS names no fanin-<version>.tar.gz" "$wrong_base"
}

check_archive() {
    found=$(sha256 "$temporary/$archive")
    found=${found%% *}
    [ "$found" = "$expected" ] ||
        fail "$archive is not what SHA256SUMS says: expected $expected, found $found" "fetch it again; do not use this one"
}

# The database of other systems is as large as all the rest.
remove_other_systems() {
    case $(uname -sm) in
    'Linux x86_64') system=linux_amd64 ;;
    'Linux aarch64') system=linux_arm64 ;;
    Darwin*) system=osx_universal ;;
    *) return 0 ;;
    esac
    for library in "$1"/lib/libduckdb_java.so_*; do
        case $library in *"_$system") ;; *) rm -f "$library" ;; esac
    done
}

# All of it is one function, so that a script whose end was not fetched does nothing.
main() {
    case ${1:-} in
    -*)
        echo "usage: install.sh [BASE [PREFIX]]"
        echo "Installs fanin from the release whose files lie in BASE, a folder or a URL, into PREFIX (default: ~/.local)."
        echo "example: sh install.sh https://example.com/releases/download/v0.1.0"
        [ "$1" = --help ] && exit 0
        exit 2
        ;;
    esac
    base=${1:-${FANIN_BASE:-}}
    prefix=${2:-${FANIN_PREFIX:-$HOME/.local}}
    wrong_base="name the folder or the URL where SHA256SUMS and the archive lie: install.sh BASE"
    if [ -z "$base" ]; then
        base=${0%/*}
        [ "$base" != "$0" ] || base=.
        [ -f "$base/SHA256SUMS" ] || fail "it is not said where the release lies" "$wrong_base"
    fi
    base=${base%/}
    has bash || fail "there is no bash, which fanin is started by" "install bash"

    home=$prefix/share/fanin
    link=$prefix/bin/fanin
    if [ -e "$link" ] && [ ! -L "$link" ]; then
        fail "$link is there, and was not installed by this script" "move it away, or name another PREFIX"
    fi
    mkdir -p "$home" "$prefix/bin" || fail "nothing can be written to $prefix" "name another PREFIX: install.sh BASE PREFIX"
    temporary=$(mktemp -d "$home/new.XXXXXX") || fail "nothing can be written to $home" "name another PREFIX: install.sh BASE PREFIX"
    trap 'rm -rf "$temporary"' EXIT
    trap 'exit 130' HUP INT TERM

    fetch SHA256SUMS
    find_archive
    fetch "$archive"
    check_archive
    tar -xzf "$temporary/$archive" -C "$temporary"
    name=${archive%.tar.gz}
    remove_other_systems "$temporary/$name"
    # Before anything is replaced: it says what it lacks, such as Java.
    "$temporary/$name/bin/fanin" --version >"$temporary/version" || fail "nothing was installed"

    rm -rf "${home:?}/$name"
    mv "$temporary/$name" "$home/$name"
    ln -sf "../share/fanin/$name/bin/fanin" "$link"
    echo "Installed $(cat "$temporary/version") as $link"
    case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) echo "Put it on the PATH: export PATH=\"$prefix/bin:\$PATH\"" ;;
    esac
    echo "Completion for bash, and for zsh after bashcompinit: source $home/$name/completion/fanin.bash"
}

main "$@"

#!/usr/bin/env bash
# Installs what running (run) or testing (test) needs and this machine lacks, and says what it installs.
# Every reason to give up is one sentence, Japanese first, and exit status 1.
set -euo pipefail

profile=${1:?usage: prepare_machine.sh run|test}
cd "$(dirname "$0")/.."
venv=.venv
log=$(mktemp)
trap 'rm -f "$log"' EXIT

give_up() {
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

# Runs a command without its chatter; a failure gives up with the two sentences and the chatter's end.
quietly() {
    local japanese=$1 english=$2
    shift 2
    "$@" >"$log" 2>&1 </dev/null && return
    tail -n 15 "$log" >&2
    give_up "$japanese" "$english"
}

usable_python() {
    local name
    for name in python3.11 python3 python3.12 python3.13; do
        if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

wanted_packages() {
    cat scripts/packages-run.txt
    if [ "$profile" = test ]; then cat scripts/packages-test.txt; fi
    if ! usable_python >/dev/null; then printf '%s\n' python3 python3-venv; fi
}

missing_packages() {
    local package
    for package in $(wanted_packages); do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            echo "$package"
        fi
    done
}

# Prints the command that runs another with root's rights; fails where there is no way to them.
way_to_root() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then
        echo sudo
    else
        return 1
    fi
}

install_packages() {
    local root packages=("$@")
    root=$(way_to_root) || give_up \
        "次のパッケージが必要ですが、管理者権限がないため入れられません。管理者に次の実行を依頼してください: apt-get install --no-install-recommends ${packages[*]}" \
        "Packages are missing and there is no root access: ask an administrator to run the command above."
    echo "パッケージを入れます / Installing packages: ${packages[*]}"
    if [ "$root" = sudo ]; then sudo -v; fi
    quietly "パッケージの一覧を更新できません。ネットワークと /etc/apt/sources.list を確かめてください。" \
        "apt-get update failed: check the network and /etc/apt/sources.list." \
        "$root" apt-get -o DPkg::Lock::Timeout=120 update
    quietly "パッケージを入れられません。上の記録を確かめてください。" \
        "apt-get install failed: see the lines above." \
        "$root" env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "${packages[@]}"
}

prepare_packages() {
    local missing
    if ! command -v dpkg-query >/dev/null; then
        echo "Debian ではないため、パッケージは確かめません / Not Debian, packages are not checked: $(wanted_packages | paste -sd ' ')"
        return
    fi
    mapfile -t missing < <(missing_packages)
    if [ ${#missing[@]} -gt 0 ]; then install_packages "${missing[@]}"; fi
}

prepare_virtual_environment() {
    local python
    if "$venv/bin/python" -c 'import pip' 2>/dev/null; then return; fi
    python=$(usable_python) || give_up \
        "Python 3.11 以上が必要です（見つかったもの: $(python3 --version 2>&1 || true)）。" \
        "Python 3.11 or newer with venv is needed (found: $(python3 --version 2>&1 || true))."
    echo "仮想環境を作ります / Making the virtual environment: $venv ($python)"
    quietly "仮想環境 $venv を作れません。" "The virtual environment $venv cannot be made." \
        "$python" -m venv --clear "$venv"
}

# uv is several times faster; pip knows the mirrors and proxies of a site that uv was not told about.
install_requirements() {
    local pip=("$venv/bin/python" -m pip --disable-pip-version-check)
    "${pip[@]}" install -q --require-hashes -r scripts/requirements-uv.txt &&
        "$venv/bin/uv" pip install -q --python "$venv/bin/python" --require-hashes -r "$1" && return
    echo "uv failed, trying pip"
    "${pip[@]}" install -q --require-hashes -r "$1"
}

prepare_requirements() {
    local file=requirements.txt stamp
    if [ "$profile" = test ]; then file=requirements-dev.txt; fi
    stamp=$venv/.installed-$file
    if sha256sum --status --check "$stamp" 2>/dev/null; then return; fi
    echo "Python のライブラリを入れます / Installing Python libraries: $file"
    quietly "Python のライブラリを入れられません。ネットワークと上の記録を確かめてください。" \
        "The Python libraries could not be installed: check the network and the lines above." \
        install_requirements "$file"
    sha256sum "$file" >"$stamp"
}

[ -w . ] || give_up "このフォルダー（$PWD）に書き込めません。書き込めるフォルダーに置いてください。" \
    "This folder ($PWD) is not writable: put the project where you may write."
prepare_packages
prepare_virtual_environment
prepare_requirements

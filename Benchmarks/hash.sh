#!/bin/sh
# SPDX-FileCopyrightText: 2026 The sward authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Pairs sward's hash kernels with one stream of OpenSSL, over 16 KiB blocks, on one core, in CPU time: medians of
# several rounds in which both take turns, since the speed of a small machine swings from second to second.
#
#     Benchmarks/hash.sh [ROUNDS]          SWARD_BENCH names the benchmark program if it is not in .build/release
#
# Ends with 1 if the kernels that are picked at run time are below the bar: 2 x OpenSSL where there is AVX-512,
# 1.5 x where there are SHA instructions alone.
set -eu

rounds=${1:-5}
bench=${SWARD_BENCH:-$(dirname "$0")/../.build/release/sward-bench}
[ -x "$bench" ] || { echo "hash.sh: no $bench; build it with: swift build -c release --product sward-bench" >&2; exit 64; }
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT

# The last core: the first one serves most interrupts.
core=$(($(getconf _NPROCESSORS_ONLN) - 1))
pinned() { if command -v taskset >/dev/null; then taskset -c "$core" "$@"; else "$@"; fi; }

round=0
while [ "$round" -lt "$rounds" ]; do
    for hash in sha256 sha1; do
        pinned openssl speed -seconds 1 -evp "$hash" -bytes 16384 2>/dev/null |
            awk -v hash="$hash" 'END { sub(/k$/, "", $2); printf "%s-openssl %.3f GB/s\n", hash, $2 / 1e6 }' >>"$figures"
    done
    pinned "$bench" kernels 0.2 >>"$figures"
    round=$((round + 1))
done

grep '^implementation' "$figures" | head -1
awk '
    $3 == "GB/s" { count[$1]++; value[$1, count[$1]] = $2; if (!($1 in seen)) { seen[$1] = 1; order[++names] = $1 } }
    $1 == "implementation" { wide = /avx512/; sha = /shaNI|armv8/ }
    function median(name,    i, j, t, n) {
        n = count[name]
        for (i = 1; i <= n; i++) sorted[i] = value[name, i]
        for (i = 2; i <= n; i++)
            for (j = i; j > 1 && sorted[j - 1] > sorted[j]; j--) { t = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = t }
        return sorted[int((n + 1) / 2)]
    }
    END {
        for (i = 1; i <= names; i++) {
            hash = order[i]; sub(/-.*/, "", hash)
            m = median(order[i])
            printf "%-18s %7.3f GB/s  %5.2f x openssl\n", order[i], m, m / median(hash "-openssl")
        }
        ratio = median("sha256-best") / median("sha256-openssl")
        bar = wide ? 2 : sha ? 1.5 : 0
        printf "sha256: %.2f x openssl, the bar is %.1f\n", ratio, bar
        exit ratio < bar
    }
' "$figures"

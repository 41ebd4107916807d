// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SHA-256 (FIPS 180-4) and SHA-1 of many messages at once, in independent lanes.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Ways to run the compression functions. `BEST` picks among all the machine has, by the number of lanes at hand;
/// any other is used alone, for tests and benchmarks.
enum {
    SWARD_KERNEL_BEST = 0,
    SWARD_KERNEL_PORTABLE = 1,
    SWARD_KERNEL_SHANI = 2,
    SWARD_KERNEL_AVX2 = 3,
    SWARD_KERNEL_AVX512 = 4,
    SWARD_KERNEL_ARMV8 = 5,
    SWARD_KERNEL_COUNT = 6,
};

/// Whether this machine and this build can run `kernel`.
bool sward_kernel_supported(int kernel);

/// How many messages `kernel` hashes side by side.
int sward_kernel_lanes(int kernel);

/// One message under way. SHA-1 uses the first five words of `state`.
typedef struct {
    uint32_t state[8];
    /// Bytes fed so far.
    uint64_t length;
} sward_lane;

/// The next bytes of one lane. Unless `last`, `length` is a multiple of 64.
typedef struct {
    sward_lane *lane;
    const void *data;
    size_t length;
    bool last;
} sward_feed;

void sward_sha256_start(sward_lane *lane);
void sward_sha1_start(sward_lane *lane);

/// Feeds `count` distinct lanes side by side; lengths may differ. A lane fed its `last` bytes is finished.
void sward_sha256_feed(int kernel, const sward_feed *feeds, size_t count);
void sward_sha1_feed(int kernel, const sward_feed *feeds, size_t count);

/// The digest of a finished lane: 32 and 20 bytes.
void sward_sha256_digest(const sward_lane *lane, void *digest);
void sward_sha1_digest(const sward_lane *lane, void *digest);

/// Digests of `count` messages, one after the other at `digests`. Lengths may differ.
void sward_sha256_many(int kernel, const void *const *data, const size_t *lengths, size_t count, void *digests);
void sward_sha1_many(int kernel, const void *const *data, const size_t *lengths, size_t count, void *digests);

/// Digests of `count` messages of `length` bytes, each `stride` bytes after the one before. `digests` may be `base`
/// itself when `length` and `stride` are at least the digest's length: a digest never overwrites what is still to be
/// read.
void sward_sha256_strided(int kernel, const void *base, size_t stride, size_t length, size_t count, void *digests);
void sward_sha1_strided(int kernel, const void *base, size_t stride, size_t length, size_t count, void *digests);

#ifdef __cplusplus
}
#endif

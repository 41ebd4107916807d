// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keeps the lanes of a kernel full: a message that ends hands its lane to the next one, whatever their lengths.
#include "kernels.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#endif

// MARK: What the machine has

#if defined(__x86_64__)
static uint64_t enabled_register_state(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

static unsigned detect(void) {
    unsigned found = 1u << SWARD_KERNEL_PORTABLE;
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d)) return found;
    const bool sse = (c & bit_SSSE3) && (c & bit_SSE4_1);
    // A register file the kernel does not save for us is as good as absent.
    const uint64_t state = (c & bit_OSXSAVE) ? enabled_register_state() : 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return found;
    if (sse && (b & bit_SHA)) found |= 1u << SWARD_KERNEL_SHANI;
    if ((state & 0x06) == 0x06 && (b & bit_AVX2)) found |= 1u << SWARD_KERNEL_AVX2;
    if ((state & 0xe6) == 0xe6 && (b & bit_AVX512F) && (b & bit_AVX512BW)) found |= 1u << SWARD_KERNEL_AVX512;
    return found;
}
#elif defined(__aarch64__) && defined(__linux__)
static unsigned detect(void) {
    const unsigned long sha1 = 1ul << 5, sha2 = 1ul << 6; // HWCAP_SHA1 and HWCAP_SHA2 of Linux
    unsigned found = 1u << SWARD_KERNEL_PORTABLE;
    if ((getauxval(AT_HWCAP) & (sha1 | sha2)) == (sha1 | sha2)) found |= 1u << SWARD_KERNEL_ARMV8;
    return found;
}
#elif defined(__aarch64__) && defined(__APPLE__)
// Every 64-bit Apple processor has them.
static unsigned detect(void) { return 1u << SWARD_KERNEL_PORTABLE | 1u << SWARD_KERNEL_ARMV8; }
#else
static unsigned detect(void) { return 1u << SWARD_KERNEL_PORTABLE; }
#endif

static bool has(int kernel) {
    // Several threads may find out at once; they find the same.
    static atomic_uint known = 0;
    unsigned found = atomic_load_explicit(&known, memory_order_relaxed);
    if (found == 0) {
        found = detect();
        atomic_store_explicit(&known, found, memory_order_relaxed);
    }
    return found >> kernel & 1u;
}

bool sward_kernel_supported(int kernel) {
    return kernel == SWARD_KERNEL_BEST || (kernel > 0 && kernel < SWARD_KERNEL_COUNT && has(kernel));
}

int sward_kernel_lanes(int kernel) {
    switch (kernel) {
    case SWARD_KERNEL_SHANI:
    case SWARD_KERNEL_ARMV8: return 3;
    case SWARD_KERNEL_AVX2: return 8;
    case SWARD_KERNEL_AVX512: return 16;
    case SWARD_KERNEL_BEST:
        for (int other = SWARD_KERNEL_COUNT - 1; other > 0; other--)
            if (has(other) && other != SWARD_KERNEL_AVX2) return sward_kernel_lanes(other);
        return has(SWARD_KERNEL_AVX2) ? 8 : 1;
    default: return 1;
    }
}

static sward_compress *compress_of(int kernel, bool sha1) {
    switch (kernel) {
#if defined(__x86_64__)
    case SWARD_KERNEL_SHANI: return sha1 ? sward_sha1_shani : sward_sha256_shani;
    case SWARD_KERNEL_AVX2: return sha1 ? sward_sha1_avx2 : sward_sha256_avx2;
    case SWARD_KERNEL_AVX512: return sha1 ? sward_sha1_avx512 : sward_sha256_avx512;
#elif defined(__aarch64__)
    case SWARD_KERNEL_ARMV8: return sha1 ? sward_sha1_armv8 : sward_sha256_armv8;
#endif
    default: return sha1 ? sward_sha1_portable : sward_sha256_portable;
    }
}

/// From how many messages on the wide kernel beats the narrow one, which depends on the make of the machine: sixteen
/// AVX-512 lanes of SHA-256 take 1.05 times as long as sixteen in threes by SHA-NI on Zen 4, whose vectors are half as
/// wide as its registers, and are far ahead on others. So both are timed, once, for a tenth of a millisecond.
///
/// The lanes lie 16 KiB apart, as leaves do, so that they compete for the same lines of the cache. The wide kernel must
/// win by a sixteenth: where the two are level, as on Zen 4, what this short look finds is chance.
///
/// `NEVER` where it does not: there may be more messages at hand than lanes.
#define NEVER UINT_MAX
#if defined(__x86_64__)
static unsigned measure(int wide, int narrow, bool sha1) {
    // The narrow kernel runs several times over, so that both take about as long and reading the clock weighs the same.
    enum { BLOCKS = 64, ROUNDS = 4, REPEATS = 5 };
    enum { APART = 16384 };
    uint8_t *const room = malloc(SWARD_MAXIMUM_LANES * APART);
    if (!room) return NEVER;
    const int kernels[2] = {wide, narrow};
    uint64_t best[2] = {UINT64_MAX, UINT64_MAX};
    uint32_t state[SWARD_MAXIMUM_LANES][8] = {{0}};
    uint32_t *states[SWARD_MAXIMUM_LANES];
    const uint8_t *data[SWARD_MAXIMUM_LANES];
    for (int i = 0; i < SWARD_MAXIMUM_LANES; i++) {
        states[i] = state[i], data[i] = room + i * APART;
        // Pages that were never written are one page.
        memset(room + i * APART, i, BLOCKS * SWARD_BLOCK);
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int k = 0; k < 2; k++) {
            const uint64_t start = __builtin_ia32_rdtsc();
            for (int repeat = 0; repeat < (k == 0 ? 1 : REPEATS); repeat++)
                compress_of(kernels[k], sha1)(states, data, (size_t)sward_kernel_lanes(kernels[k]), BLOCKS);
            const uint64_t ticks = __builtin_ia32_rdtsc() - start;
            if (ticks < best[k]) best[k] = ticks;
        }
    }
    free(room);
    const uint64_t ticks = best[0] + best[0] / 16;
    const uint64_t lanes = REPEATS * (uint64_t)sward_kernel_lanes(narrow) * ticks / (best[1] > 0 ? best[1] : 1) + 1;
    return lanes > SWARD_MAXIMUM_LANES ? NEVER : (unsigned)lanes;
}
#else
static unsigned measure(int wide, int narrow, bool sha1) {
    (void)wide, (void)narrow, (void)sha1;
    return 1;
}
#endif

/// The fastest kernel for the messages that are left. A wide kernel takes as long for few lanes as for many.
static int choose(int kernel, bool sha1, size_t messages) {
    if (kernel != SWARD_KERNEL_BEST) return kernel;
    if (has(SWARD_KERNEL_ARMV8)) return SWARD_KERNEL_ARMV8;
    const bool sha = has(SWARD_KERNEL_SHANI);
    const int wide = has(SWARD_KERNEL_AVX512) ? SWARD_KERNEL_AVX512 : SWARD_KERNEL_AVX2;
    const int narrow = sha ? SWARD_KERNEL_SHANI : SWARD_KERNEL_PORTABLE;
    // Eight lanes of AVX2 do not reach the SHA instructions.
    if (!has(wide) || (sha && wide == SWARD_KERNEL_AVX2)) return narrow;
    // As with `has`, several threads may find out at once.
    static atomic_uint thresholds[2] = {0, 0};
    unsigned threshold = atomic_load_explicit(&thresholds[sha1], memory_order_relaxed);
    if (threshold == 0) {
        threshold = measure(wide, narrow, sha1);
        atomic_store_explicit(&thresholds[sha1], threshold, memory_order_relaxed);
    }
    return messages >= threshold ? wide : narrow;
}

// MARK: Running messages through the lanes

static void store32(uint8_t *to, uint32_t x) {
    to[0] = (uint8_t)(x >> 24), to[1] = (uint8_t)(x >> 16), to[2] = (uint8_t)(x >> 8), to[3] = (uint8_t)x;
}

/// What is left of one feed: whole blocks at `data`, then those of `tail`.
typedef struct {
    uint32_t *state;
    const uint8_t *data;
    size_t blocks;
    size_t tail_blocks;
    uint8_t tail[2 * SWARD_BLOCK];
} work;

static void prepare(work *item, const sward_feed *feed) {
    item->state = feed->lane->state;
    item->data = feed->data;
    item->blocks = feed->length / SWARD_BLOCK;
    item->tail_blocks = 0;
    feed->lane->length += feed->length;
    if (!feed->last) return;
    // FIPS 180-4, 5.1.1: a one bit, zeros, and the length in bits.
    const size_t rest = feed->length % SWARD_BLOCK;
    item->tail_blocks = rest + 9 <= SWARD_BLOCK ? 1 : 2;
    const size_t end = item->tail_blocks * SWARD_BLOCK;
    memset(item->tail, 0, end);
    if (rest > 0) memcpy(item->tail, (const uint8_t *)feed->data + (feed->length - rest), rest);
    item->tail[rest] = 0x80;
    const uint64_t bits = feed->lane->length * 8;
    store32(item->tail + end - 8, (uint32_t)(bits >> 32));
    store32(item->tail + end - 4, (uint32_t)bits);
    if (item->blocks == 0) {
        item->data = item->tail, item->blocks = item->tail_blocks;
        item->tail_blocks = 0;
    }
}

enum { WORKS = 64 };

static void run(int kernel, bool sha1, const sward_feed *feeds, size_t count) {
    work pool[WORKS];
    work *open[WORKS], *unused[WORKS];
    size_t unfinished = 0, free_works = 0, next = 0;
    for (size_t i = 0; i < WORKS && i < count; i++) unused[free_works++] = &pool[i];
    for (;;) {
        while (free_works > 0 && next < count) {
            work *item = unused[--free_works];
            prepare(item, &feeds[next++]);
            if (item->blocks > 0) open[unfinished++] = item;
            else unused[free_works++] = item;
        }
        if (unfinished == 0) return;
        const int chosen = choose(kernel, sha1, unfinished);
        size_t width = (size_t)sward_kernel_lanes(chosen);
        if (width > unfinished) width = unfinished;
        uint32_t *states[SWARD_MAXIMUM_LANES];
        const uint8_t *data[SWARD_MAXIMUM_LANES];
        size_t blocks = open[0]->blocks;
        for (size_t i = 0; i < width; i++) {
            states[i] = open[i]->state, data[i] = open[i]->data;
            if (open[i]->blocks < blocks) blocks = open[i]->blocks;
        }
        compress_of(chosen, sha1)(states, data, width, blocks);
        // Backwards, so that what moves into a freed place has been advanced or was not in this run.
        for (size_t i = width; i-- > 0;) {
            work *item = open[i];
            item->data += blocks * SWARD_BLOCK, item->blocks -= blocks;
            if (item->blocks > 0) continue;
            if (item->tail_blocks > 0) {
                item->data = item->tail, item->blocks = item->tail_blocks;
                item->tail_blocks = 0;
            } else {
                open[i] = open[--unfinished];
                unused[free_works++] = item;
            }
        }
    }
}

// MARK: The interface

void sward_sha256_start(sward_lane *lane) {
    *lane = (sward_lane){
        {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}, 0};
}

void sward_sha1_start(sward_lane *lane) {
    *lane = (sward_lane){{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0, 0, 0, 0}, 0};
}

void sward_sha256_feed(int kernel, const sward_feed *feeds, size_t count) { run(kernel, false, feeds, count); }
void sward_sha1_feed(int kernel, const sward_feed *feeds, size_t count) { run(kernel, true, feeds, count); }

void sward_sha256_digest(const sward_lane *lane, void *digest) {
    for (int i = 0; i < 8; i++) store32((uint8_t *)digest + 4 * i, lane->state[i]);
}

void sward_sha1_digest(const sward_lane *lane, void *digest) {
    for (int i = 0; i < 5; i++) store32((uint8_t *)digest + 4 * i, lane->state[i]);
}

/// Message `i` lies at `data[i]` with `lengths[i]` bytes or, where `data` is null, at `base + i * stride` with
/// `length` bytes.
static void many(
    int kernel, bool sha1, const void *const *data, const size_t *lengths, const uint8_t *base, size_t stride,
    size_t length, size_t count, uint8_t *digests) {
    sward_lane lanes[WORKS];
    sward_feed feeds[WORKS];
    for (size_t done = 0; done < count;) {
        const size_t batch = count - done < WORKS ? count - done : WORKS;
        for (size_t i = 0; i < batch; i++) {
            if (sha1) sward_sha1_start(&lanes[i]);
            else sward_sha256_start(&lanes[i]);
            feeds[i] = data ? (sward_feed){&lanes[i], data[done + i], lengths[done + i], true}
                            : (sward_feed){&lanes[i], base + (done + i) * stride, length, true};
        }
        run(kernel, sha1, feeds, batch);
        for (size_t i = 0; i < batch; i++) {
            if (sha1) sward_sha1_digest(&lanes[i], digests + 20 * (done + i));
            else sward_sha256_digest(&lanes[i], digests + 32 * (done + i));
        }
        done += batch;
    }
}

void sward_sha256_many(int kernel, const void *const *data, const size_t *lengths, size_t count, void *digests) {
    many(kernel, false, data, lengths, NULL, 0, 0, count, digests);
}

void sward_sha1_many(int kernel, const void *const *data, const size_t *lengths, size_t count, void *digests) {
    many(kernel, true, data, lengths, NULL, 0, 0, count, digests);
}

void sward_sha256_strided(int kernel, const void *base, size_t stride, size_t length, size_t count, void *digests) {
    many(kernel, false, NULL, NULL, base, stride, length, count, digests);
}

void sward_sha1_strided(int kernel, const void *base, size_t stride, size_t length, size_t count, void *digests) {
    many(kernel, true, NULL, NULL, base, stride, length, count, digests);
}

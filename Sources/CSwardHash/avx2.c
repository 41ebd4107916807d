// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Eight lanes in AVX2, for x86 without SHA instructions.
#if defined(__x86_64__)

#include "kernels.h"

#include <immintrin.h>

typedef uint32_t V __attribute__((vector_size(32)));

#define LANES 8
#define WIDE __attribute__((target("avx2")))
#define NAME(hash) sward_##hash##_avx2
#define SPLAT(x) ((V)_mm256_set1_epi32((int)(x)))
#define ADD(x, y) ((x) + (y))
#define ROTL(x, n) ((x) << (n) | (x) >> (32 - (n)))
#define SHR(x, n) ((x) >> (n))
#define XOR3(x, y, z) ((x) ^ (y) ^ (z))
#define CHOOSE(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
#define MAJORITY(x, y, z) (((x) & (y)) | ((z) & ((x) | (y))))
#define KEEP(x) __asm__("" : "+x"(x))

static inline __attribute__((always_inline, target("avx2"))) void load_words(
    V w[16], const uint8_t *const *data, size_t offset) {
    const __m256i swap = _mm256_setr_epi32(
        0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f, 0x00010203, 0x04050607, 0x08090a0b, 0x0c0d0e0f);
    _Pragma("clang loop unroll(full)") for (int half = 0; half < 2; half++) {
        __m256i r[8], u[8];
        _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i++) {
            r[i] = _mm256_shuffle_epi8(
                _mm256_loadu_si256((const __m256i *)(data[i] + offset + 32 * (size_t)half)), swap);
        }
        _Pragma("clang loop unroll(full)") for (int i = 0; i < 8; i += 4) {
            __m256i low01 = _mm256_unpacklo_epi32(r[i], r[i + 1]), high01 = _mm256_unpackhi_epi32(r[i], r[i + 1]);
            __m256i low23 = _mm256_unpacklo_epi32(r[i + 2], r[i + 3]);
            __m256i high23 = _mm256_unpackhi_epi32(r[i + 2], r[i + 3]);
            u[i] = _mm256_unpacklo_epi64(low01, low23);
            u[i + 1] = _mm256_unpackhi_epi64(low01, low23);
            u[i + 2] = _mm256_unpacklo_epi64(high01, high23);
            u[i + 3] = _mm256_unpackhi_epi64(high01, high23);
        }
        _Pragma("clang loop unroll(full)") for (int k = 0; k < 4; k++) {
            w[8 * half + k] = (V)_mm256_permute2x128_si256(u[k], u[4 + k], 0x20);
            w[8 * half + 4 + k] = (V)_mm256_permute2x128_si256(u[k], u[4 + k], 0x31);
        }
    }
}

#include "wide.inc"

#endif

// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sixteen lanes in AVX-512: rotation and every three-way Boolean function are one instruction each.
#if defined(__x86_64__)

#include "kernels.h"

#include <immintrin.h>

typedef uint32_t V __attribute__((vector_size(64)));

#define LANES 16
#define WIDE __attribute__((target("avx512f,avx512bw")))
#define NAME(hash) sward_##hash##_avx512
#define I(x) ((__m512i)(x))
#define SPLAT(x) ((V)_mm512_set1_epi32((int)(x)))
#define ADD(x, y) ((x) + (y))
#define ROTL(x, n) ((V)_mm512_rol_epi32(I(x), n))
#define SHR(x, n) ((V)_mm512_srli_epi32(I(x), n))
#define XOR3(x, y, z) ((V)_mm512_ternarylogic_epi32(I(x), I(y), I(z), 0x96))
#define CHOOSE(x, y, z) ((V)_mm512_ternarylogic_epi32(I(x), I(y), I(z), 0xca))
#define MAJORITY(x, y, z) ((V)_mm512_ternarylogic_epi32(I(x), I(y), I(z), 0xe8))
#define KEEP(x) __asm__("" : "+v"(x))

/// The sixteen words of one block of each lane, transposed: `w[t]` holds word `t` of all lanes.
static inline __attribute__((always_inline, target("avx512f,avx512bw"))) void load_words(
    V w[16], const uint8_t *const *data, size_t offset) {
    const __m512i swap = _mm512_set4_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
    __m512i r[16], u[16];
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i++) {
        r[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(data[i] + offset), swap);
    }
    _Pragma("clang loop unroll(full)") for (int i = 0; i < 16; i += 4) {
        __m512i low01 = _mm512_unpacklo_epi32(r[i], r[i + 1]), high01 = _mm512_unpackhi_epi32(r[i], r[i + 1]);
        __m512i low23 = _mm512_unpacklo_epi32(r[i + 2], r[i + 3]), high23 = _mm512_unpackhi_epi32(r[i + 2], r[i + 3]);
        u[i] = _mm512_unpacklo_epi64(low01, low23);
        u[i + 1] = _mm512_unpackhi_epi64(low01, low23);
        u[i + 2] = _mm512_unpacklo_epi64(high01, high23);
        u[i + 3] = _mm512_unpackhi_epi64(high01, high23);
    }
    _Pragma("clang loop unroll(full)") for (int k = 0; k < 4; k++) {
        __m512i even0 = _mm512_shuffle_i32x4(u[k], u[4 + k], 0x88), odd0 = _mm512_shuffle_i32x4(u[k], u[4 + k], 0xdd);
        __m512i even1 = _mm512_shuffle_i32x4(u[8 + k], u[12 + k], 0x88);
        __m512i odd1 = _mm512_shuffle_i32x4(u[8 + k], u[12 + k], 0xdd);
        w[k] = (V)_mm512_shuffle_i32x4(even0, even1, 0x88);
        w[4 + k] = (V)_mm512_shuffle_i32x4(odd0, odd1, 0x88);
        w[8 + k] = (V)_mm512_shuffle_i32x4(even0, even1, 0xdd);
        w[12 + k] = (V)_mm512_shuffle_i32x4(odd0, odd1, 0xdd);
    }
}

#include "wide.inc"

#endif

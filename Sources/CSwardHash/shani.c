// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The SHA instructions of x86, up to three lanes interleaved: one round instruction waits for the one before, so a
// single lane leaves the unit idle half the time. Four lanes do not fit sixteen registers.
#if defined(__x86_64__)

#include "kernels.h"

#include <immintrin.h>

#define SHANI static inline __attribute__((always_inline, target("sha,sse4.1,ssse3")))
#define EACH_LANE _Pragma("clang loop unroll(full)") for (int i = 0; i < n; i++)
#define UNROLLED _Pragma("clang loop unroll(full)")

SHANI void sha256(const int n, uint32_t *const *states, const uint8_t *const *data, size_t blocks) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i abef[3], cdgh[3], abef0[3], cdgh0[3], w[3][4];
    EACH_LANE {
        __m128i dcba = _mm_loadu_si128((const __m128i *)states[i]);
        __m128i hgfe = _mm_loadu_si128((const __m128i *)(states[i] + 4));
        __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);
        abef[i] = _mm_alignr_epi8(cdab, efgh, 8);
        cdgh[i] = _mm_blend_epi16(efgh, cdab, 0xf0);
    }
    for (size_t b = 0; b < blocks; b++) {
        EACH_LANE { abef0[i] = abef[i], cdgh0[i] = cdgh[i]; }
        UNROLLED for (int g = 0; g < 16; g++) {
            const __m128i k = _mm_load_si128((const __m128i *)(sward_sha256_k + 4 * g));
            if (g < 4) {
                EACH_LANE {
                    w[i][g] = _mm_shuffle_epi8(
                        _mm_loadu_si128((const __m128i *)(data[i] + b * SWARD_BLOCK + 16 * (size_t)g)), swap);
                }
            } else {
                EACH_LANE {
                    __m128i sum = _mm_add_epi32(
                        _mm_sha256msg1_epu32(w[i][g & 3], w[i][(g + 1) & 3]),
                        _mm_alignr_epi8(w[i][(g + 3) & 3], w[i][(g + 2) & 3], 4));
                    w[i][g & 3] = _mm_sha256msg2_epu32(sum, w[i][(g + 3) & 3]);
                }
            }
            EACH_LANE {
                __m128i wk = _mm_add_epi32(w[i][g & 3], k);
                cdgh[i] = _mm_sha256rnds2_epu32(cdgh[i], abef[i], wk);
                abef[i] = _mm_sha256rnds2_epu32(abef[i], cdgh[i], _mm_shuffle_epi32(wk, 0x0e));
            }
        }
        EACH_LANE {
            abef[i] = _mm_add_epi32(abef[i], abef0[i]);
            cdgh[i] = _mm_add_epi32(cdgh[i], cdgh0[i]);
        }
    }
    EACH_LANE {
        __m128i feba = _mm_shuffle_epi32(abef[i], 0x1b), dchg = _mm_shuffle_epi32(cdgh[i], 0xb1);
        _mm_storeu_si128((__m128i *)states[i], _mm_blend_epi16(feba, dchg, 0xf0));
        _mm_storeu_si128((__m128i *)(states[i] + 4), _mm_alignr_epi8(dchg, feba, 8));
    }
}

// The instruction takes its function and constant as an immediate.
#define ROUNDS_OF(function) \
    EACH_LANE { \
        __m128i now = abcd[i]; \
        abcd[i] = _mm_sha1rnds4_epu32(now, e[i], function); \
        before[i] = now; \
    }

SHANI void sha1(const int n, uint32_t *const *states, const uint8_t *const *data, size_t blocks) {
    const __m128i swap = _mm_set_epi64x(0x0001020304050607, 0x08090a0b0c0d0e0f);
    __m128i abcd[3], e[3], abcd0[3], e0[3], before[3], w[3][4];
    EACH_LANE {
        abcd[i] = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)states[i]), 0x1b);
        e0[i] = _mm_set_epi32((int)states[i][4], 0, 0, 0);
    }
    for (size_t b = 0; b < blocks; b++) {
        EACH_LANE { abcd0[i] = abcd[i]; }
        UNROLLED for (int g = 0; g < 20; g++) {
            if (g < 4) {
                EACH_LANE {
                    w[i][g] = _mm_shuffle_epi8(
                        _mm_loadu_si128((const __m128i *)(data[i] + b * SWARD_BLOCK + 16 * (size_t)g)), swap);
                }
            } else {
                EACH_LANE {
                    __m128i mixed = _mm_xor_si128(
                        _mm_sha1msg1_epu32(w[i][g & 3], w[i][(g + 1) & 3]), w[i][(g + 2) & 3]);
                    w[i][g & 3] = _mm_sha1msg2_epu32(mixed, w[i][(g + 3) & 3]);
                }
            }
            if (g == 0) {
                EACH_LANE { e[i] = _mm_add_epi32(e0[i], w[i][0]); }
            } else {
                EACH_LANE { e[i] = _mm_sha1nexte_epu32(before[i], w[i][g & 3]); }
            }
            switch (g / 5) {
            case 0: ROUNDS_OF(0) break;
            case 1: ROUNDS_OF(1) break;
            case 2: ROUNDS_OF(2) break;
            default: ROUNDS_OF(3) break;
            }
        }
        EACH_LANE {
            e0[i] = _mm_sha1nexte_epu32(before[i], e0[i]);
            abcd[i] = _mm_add_epi32(abcd[i], abcd0[i]);
        }
    }
    EACH_LANE {
        _mm_storeu_si128((__m128i *)states[i], _mm_shuffle_epi32(abcd[i], 0x1b));
        states[i][4] = (uint32_t)_mm_extract_epi32(e0[i], 3);
    }
}

#define INTERLEAVED(name, body) \
    __attribute__((target("sha,sse4.1,ssse3"))) void name( \
        uint32_t *const *states, const uint8_t *const *data, size_t lanes, size_t blocks) { \
        for (; lanes >= 3; lanes -= 3, states += 3, data += 3) body(3, states, data, blocks); \
        if (lanes == 2) body(2, states, data, blocks); \
        if (lanes == 1) body(1, states, data, blocks); \
    }

INTERLEAVED(sward_sha256_shani, sha256)
INTERLEAVED(sward_sha1_shani, sha1)

#endif

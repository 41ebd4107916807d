// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The SHA instructions of Armv8, up to three lanes interleaved for the same reason as on x86.
#if defined(__aarch64__)

#include "kernels.h"

#include <arm_neon.h>

#define ARMV8 static inline __attribute__((always_inline, target("sha2")))
#define EACH_LANE _Pragma("clang loop unroll(full)") for (int i = 0; i < n; i++)
#define UNROLLED _Pragma("clang loop unroll(full)")

ARMV8 uint32x4_t load(const uint8_t *const *data, int lane, size_t block, int group) {
    return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(data[lane] + block * SWARD_BLOCK + 16 * (size_t)group)));
}

ARMV8 void sha256(const int n, uint32_t *const *states, const uint8_t *const *data, size_t blocks) {
    uint32x4_t abcd[3], efgh[3], abcd0[3], efgh0[3], w[3][4];
    EACH_LANE { abcd[i] = vld1q_u32(states[i]), efgh[i] = vld1q_u32(states[i] + 4); }
    for (size_t b = 0; b < blocks; b++) {
        EACH_LANE { abcd0[i] = abcd[i], efgh0[i] = efgh[i]; }
        UNROLLED for (int g = 0; g < 16; g++) {
            const uint32x4_t k = vld1q_u32(sward_sha256_k + 4 * g);
            if (g < 4) {
                EACH_LANE { w[i][g] = load(data, i, b, g); }
            } else {
                EACH_LANE {
                    w[i][g & 3] = vsha256su1q_u32(
                        vsha256su0q_u32(w[i][g & 3], w[i][(g + 1) & 3]), w[i][(g + 2) & 3], w[i][(g + 3) & 3]);
                }
            }
            EACH_LANE {
                uint32x4_t wk = vaddq_u32(w[i][g & 3], k), before = abcd[i];
                abcd[i] = vsha256hq_u32(before, efgh[i], wk);
                efgh[i] = vsha256h2q_u32(efgh[i], before, wk);
            }
        }
        EACH_LANE { abcd[i] = vaddq_u32(abcd[i], abcd0[i]), efgh[i] = vaddq_u32(efgh[i], efgh0[i]); }
    }
    EACH_LANE { vst1q_u32(states[i], abcd[i]), vst1q_u32(states[i] + 4, efgh[i]); }
}

ARMV8 void sha1(const int n, uint32_t *const *states, const uint8_t *const *data, size_t blocks) {
    static const uint32_t constants[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    uint32x4_t abcd[3], abcd0[3], w[3][4];
    uint32_t e[3], e0[3];
    EACH_LANE { abcd[i] = vld1q_u32(states[i]), e[i] = states[i][4]; }
    for (size_t b = 0; b < blocks; b++) {
        EACH_LANE { abcd0[i] = abcd[i], e0[i] = e[i]; }
        UNROLLED for (int g = 0; g < 20; g++) {
            const uint32x4_t k = vdupq_n_u32(constants[g / 5]);
            if (g < 4) {
                EACH_LANE { w[i][g] = load(data, i, b, g); }
            } else {
                EACH_LANE {
                    w[i][g & 3] = vsha1su1q_u32(
                        vsha1su0q_u32(w[i][g & 3], w[i][(g + 1) & 3], w[i][(g + 2) & 3]), w[i][(g + 3) & 3]);
                }
            }
            EACH_LANE {
                uint32x4_t wk = vaddq_u32(w[i][g & 3], k);
                uint32_t next = vsha1h_u32(vgetq_lane_u32(abcd[i], 0));
                if (g < 5) abcd[i] = vsha1cq_u32(abcd[i], e[i], wk);
                else if (g >= 10 && g < 15) abcd[i] = vsha1mq_u32(abcd[i], e[i], wk);
                else abcd[i] = vsha1pq_u32(abcd[i], e[i], wk);
                e[i] = next;
            }
        }
        EACH_LANE { abcd[i] = vaddq_u32(abcd[i], abcd0[i]), e[i] += e0[i]; }
    }
    EACH_LANE { vst1q_u32(states[i], abcd[i]), states[i][4] = e[i]; }
}

#define INTERLEAVED(name, body) \
    __attribute__((target("sha2"))) void name( \
        uint32_t *const *states, const uint8_t *const *data, size_t lanes, size_t blocks) { \
        for (; lanes >= 3; lanes -= 3, states += 3, data += 3) body(3, states, data, blocks); \
        if (lanes == 2) body(2, states, data, blocks); \
        if (lanes == 1) body(1, states, data, blocks); \
    }

INTERLEAVED(sward_sha256_armv8, sha256)
INTERLEAVED(sward_sha1_armv8, sha1)

#endif

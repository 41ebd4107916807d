// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the kernels share. Not part of the module.
#pragma once

#include "CSwardHash.h"

enum { SWARD_MAXIMUM_LANES = 16, SWARD_BLOCK = 64 };

extern const uint32_t sward_sha256_k[64] __attribute__((aligned(64)));

/// Advances `lanes` states over `blocks` blocks of 64 bytes each. `lanes` is at least one and at most what the kernel
/// holds.
typedef void sward_compress(uint32_t *const *states, const uint8_t *const *data, size_t lanes, size_t blocks);

sward_compress sward_sha256_portable, sward_sha1_portable;
#if defined(__x86_64__)
sward_compress sward_sha256_shani, sward_sha1_shani;
sward_compress sward_sha256_avx2, sward_sha1_avx2;
sward_compress sward_sha256_avx512, sward_sha1_avx512;
#elif defined(__aarch64__)
sward_compress sward_sha256_armv8, sward_sha1_armv8;
#endif

// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once
#include <lzma.h>
#include <stdlib.h>
// Macros of casts, which Swift does not import.
static const lzma_vli sward_filter_lzma1 = LZMA_FILTER_LZMA1;
static const lzma_vli sward_filter_lzma2 = LZMA_FILTER_LZMA2;
static const lzma_vli sward_filter_end = LZMA_VLI_UNKNOWN;
// What lzma_properties_decode() allocates.
static inline void sward_lzma_free(void *options) { free(options); }

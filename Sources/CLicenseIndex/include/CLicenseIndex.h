// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once
#include <stddef.h>
#include <stdint.h>

/// Bytes that are part of the program: never freed, never written.
typedef struct {
    const uint8_t *_Nonnull bytes;
    size_t count;
} sward_license_table;

/// The SPDX license list: `data/license-list.tsv`, lines sorted by lower-case identifier.
sward_license_table sward_license_list(void);

/// What each license says: `data/license-facts.tsv`, lines sorted by lower-case identifier.
sward_license_table sward_license_facts(void);

/// The words of license texts and standard headers: `data/license-texts.idx`.
sward_license_table sward_license_texts(void);

/// What licenses are called: `data/license-names.idx`.
sward_license_table sward_license_names(void);

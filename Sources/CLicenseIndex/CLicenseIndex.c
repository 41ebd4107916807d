// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "CLicenseIndex.h"

// #embed is C23; clang takes it in older modes as an extension and warns.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t list[] = {
#embed "data/license-list.tsv"
};

static const uint8_t facts[] = {
#embed "data/license-facts.tsv"
};

static const uint8_t texts[] __attribute__((aligned(4))) = {
#embed "data/license-texts.idx"
};

static const uint8_t names[] __attribute__((aligned(4))) = {
#embed "data/license-names.idx"
};

sward_license_table sward_license_list(void) { return (sward_license_table){list, sizeof list}; }

sward_license_table sward_license_facts(void) { return (sward_license_table){facts, sizeof facts}; }

sward_license_table sward_license_texts(void) { return (sward_license_table){texts, sizeof texts}; }

sward_license_table sward_license_names(void) { return (sward_license_table){names, sizeof names}; }

// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RC4 is deprecated for good reasons; old documents and message stream encryption know no other cipher.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/rc4.h>

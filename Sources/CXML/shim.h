// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once
#include <libxml/xmlversion.h>
// libxml2's headers would bring in those of ICU, whose types Foundation has under the same names.
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/xmlreader.h>

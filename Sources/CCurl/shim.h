// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <curl/curl.h>

// The types and constants of libcurl. The library itself is not linked: it brings some thirty others with it, which
// would take several milliseconds of every command's start. `SwardFetch` loads it when something is to be fetched.
//
// libcurl sets and reads options by variadic functions, which Swift cannot call; these can, given their address.

typedef CURLcode (*sward_curl_setopt)(CURL *, CURLoption, ...);
typedef CURLcode (*sward_curl_getinfo)(CURL *, CURLINFO, ...);
typedef CURLMcode (*sward_curl_multi_setopt)(CURLM *, CURLMoption, ...);

static inline CURLcode sward_curl_set_long(void *setopt, CURL *handle, CURLoption option, long value) {
    return ((sward_curl_setopt)setopt)(handle, option, value);
}

static inline CURLcode sward_curl_set_offset(void *setopt, CURL *handle, CURLoption option, curl_off_t value) {
    return ((sward_curl_setopt)setopt)(handle, option, value);
}

static inline CURLcode sward_curl_set_string(void *setopt, CURL *handle, CURLoption option, const char *value) {
    return ((sward_curl_setopt)setopt)(handle, option, value);
}

/// Bytes for `CURLOPT_WRITEFUNCTION` and `CURLOPT_HEADERFUNCTION`.
typedef size_t (*sward_curl_bytes)(char *bytes, size_t size, size_t count, void *context);

/// Everything that comes back goes to one context.
static inline CURLcode sward_curl_set_callbacks(
    void *setopt, CURL *handle, void *context, sward_curl_bytes header, sward_curl_bytes body,
    curl_opensocket_callback open, curl_prereq_callback before
) {
    sward_curl_setopt set = (sward_curl_setopt)setopt;
    CURLcode code = set(handle, CURLOPT_HEADERFUNCTION, header);
    if (code == CURLE_OK) code = set(handle, CURLOPT_HEADERDATA, context);
    if (code == CURLE_OK) code = set(handle, CURLOPT_WRITEFUNCTION, body);
    if (code == CURLE_OK) code = set(handle, CURLOPT_WRITEDATA, context);
    if (code == CURLE_OK) code = set(handle, CURLOPT_OPENSOCKETFUNCTION, open);
    if (code == CURLE_OK) code = set(handle, CURLOPT_OPENSOCKETDATA, context);
    if (code == CURLE_OK) code = set(handle, CURLOPT_PREREQFUNCTION, before);
    if (code == CURLE_OK) code = set(handle, CURLOPT_PREREQDATA, context);
    return code;
}

static inline CURLcode sward_curl_set_error_buffer(void *setopt, CURL *handle, char *buffer) {
    return ((sward_curl_setopt)setopt)(handle, CURLOPT_ERRORBUFFER, buffer);
}

static inline long sward_curl_get_long(void *getinfo, CURL *handle, CURLINFO info) {
    long value = 0;
    return ((sward_curl_getinfo)getinfo)(handle, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t sward_curl_get_offset(void *getinfo, CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    return ((sward_curl_getinfo)getinfo)(handle, info, &value) == CURLE_OK ? value : 0;
}

/// - Returns: Text that belongs to the handle, or NULL.
static inline const char *sward_curl_get_string(void *getinfo, CURL *handle, CURLINFO info) {
    char *value = NULL;
    return ((sward_curl_getinfo)getinfo)(handle, info, &value) == CURLE_OK ? value : NULL;
}

static inline CURLMcode sward_curl_multi_set_long(
    void *setopt, CURLM *multi, CURLMoption option, long value
) {
    return ((sward_curl_multi_setopt)setopt)(multi, option, value);
}

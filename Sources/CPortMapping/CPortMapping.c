// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CPortMapping.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <miniupnpc/miniupnpc.h>
#include <miniupnpc/upnpcommands.h>
#include <natpmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>

/// The function of a library under the name and with the type that its header gives it.
#define LOAD(library, name) __typeof__(&name) p_##name = (__typeof__(&name))dlsym(library, #name)

static void *load(const char *versioned, const char *plain) {
    void *library = dlopen(versioned, RTLD_NOW | RTLD_LOCAL);
    return library ? library : dlopen(plain, RTLD_NOW | RTLD_LOCAL);
}

uint32_t sward_default_gateway(void) {
    FILE *routes = fopen("/proc/net/route", "re");
    if (!routes) return 0;
    char line[256];
    uint32_t gateway = 0;
    while (!gateway && fgets(line, sizeof line, routes)) {
        unsigned destination, via, flags;
        // Up, and by a gateway.
        if (sscanf(line, "%*s %x %x %x", &destination, &via, &flags) == 3 && destination == 0 && (flags & 3) == 3)
            gateway = via;
    }
    fclose(routes);
    return gateway;
}

// NAT-PMP

static int64_t now_in_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef __typeof__(&readnatpmpresponseorretry) natpmp_reader;
typedef __typeof__(&getnatpmprequesttimeout) natpmp_timer;

static int await_answer(natpmp_t *natpmp, natpmp_reader read, natpmp_timer timer, int64_t deadline, natpmpresp_t *answer) {
    for (;;) {
        int64_t left = deadline - now_in_milliseconds();
        if (left <= 0) return SWARD_MAP_NO_ANSWER;
        struct timeval wait = {0, 0};
        timer(natpmp, &wait);
        int64_t milliseconds = (int64_t)wait.tv_sec * 1000 + wait.tv_usec / 1000;
        if (milliseconds > left || milliseconds < 0) milliseconds = left;
        wait = (struct timeval){milliseconds / 1000, milliseconds % 1000 * 1000};
        fd_set set;
        FD_ZERO(&set);
        if (natpmp->s >= FD_SETSIZE) return SWARD_MAP_NO_ANSWER;
        FD_SET(natpmp->s, &set);
        select(natpmp->s + 1, &set, NULL, NULL, &wait);
        int code = read(natpmp, answer);
        if (code == NATPMP_TRYAGAIN || code == NATPMP_ERR_WRONGPACKETSOURCE) continue;
        if (code == NATPMP_ERR_NOGATEWAYSUPPORT || code == NATPMP_ERR_RECVFROM) return SWARD_MAP_NOT_THERE;
        return code < 0 ? -code : SWARD_MAP_OK;
    }
}

int sward_natpmp_map(
    int is_udp, uint16_t port, uint16_t wanted, uint32_t lifetime, int patience, sward_mapping *mapping
) {
    void *library = load("libnatpmp.so.1", "libnatpmp.so");
    if (!library) return SWARD_MAP_NO_LIBRARY;
    LOAD(library, initnatpmp);
    LOAD(library, closenatpmp);
    LOAD(library, sendpublicaddressrequest);
    LOAD(library, sendnewportmappingrequest);
    LOAD(library, getnatpmprequesttimeout);
    LOAD(library, readnatpmpresponseorretry);
    if (!p_initnatpmp || !p_closenatpmp || !p_sendpublicaddressrequest || !p_sendnewportmappingrequest
        || !p_getnatpmprequesttimeout || !p_readnatpmpresponseorretry)
        return SWARD_MAP_NO_LIBRARY;
    uint32_t gateway = sward_default_gateway();
    if (!gateway) return SWARD_MAP_NO_GATEWAY;
    natpmp_t natpmp;
    if (p_initnatpmp(&natpmp, 1, gateway) != 0) return SWARD_MAP_NO_GATEWAY;
    int64_t deadline = now_in_milliseconds() + patience;
    natpmpresp_t answer;
    memset(mapping, 0, sizeof *mapping);
    int code = SWARD_MAP_NO_ANSWER;
    if (lifetime > 0 && p_sendpublicaddressrequest(&natpmp) >= 0) {
        code = await_answer(&natpmp, p_readnatpmpresponseorretry, p_getnatpmprequesttimeout, deadline, &answer);
        if (code == SWARD_MAP_OK && answer.type == NATPMP_RESPTYPE_PUBLICADDRESS)
            mapping->address = answer.pnu.publicaddress.addr.s_addr;
    } else if (lifetime == 0) {
        code = SWARD_MAP_OK;
    }
    if (code == SWARD_MAP_OK) {
        code = SWARD_MAP_NO_ANSWER;
        int kind = is_udp ? NATPMP_PROTOCOL_UDP : NATPMP_PROTOCOL_TCP;
        if (p_sendnewportmappingrequest(&natpmp, kind, port, lifetime ? wanted : 0, lifetime) >= 0)
            code = await_answer(&natpmp, p_readnatpmpresponseorretry, p_getnatpmprequesttimeout, deadline, &answer);
        if (code == SWARD_MAP_OK) {
            mapping->port = answer.pnu.newportmapping.mappedpublicport;
            mapping->lifetime = answer.pnu.newportmapping.lifetime;
        }
    }
    p_closenatpmp(&natpmp);
    return code;
}

// UPnP

struct sward_igd {
    void *library;
    struct UPNPUrls urls;
    struct IGDdatas data;
    char here[64];
};

/// Whether the host of a URL is the gateway, by its address: a name could be anyone's.
static int is_of_gateway(const char *url, uint32_t gateway) {
    char text[INET_ADDRSTRLEN];
    struct in_addr address = {gateway};
    if (!url || strncmp(url, "http://", 7) != 0 || !inet_ntop(AF_INET, &address, text, sizeof text)) return 0;
    size_t length = strlen(text);
    return strncmp(url + 7, text, length) == 0 && (url[7 + length] == ':' || url[7 + length] == '/');
}

int sward_igd_find(int patience, sward_igd **igd) {
#if MINIUPNPC_API_VERSION >= 18
    void *library = load("libminiupnpc.so.18", "libminiupnpc.so.18");
#else
    void *library = load("libminiupnpc.so.17", "libminiupnpc.so.17");
#endif
    if (!library) return SWARD_MAP_NO_LIBRARY;
    LOAD(library, upnpDiscover);
    LOAD(library, freeUPNPDevlist);
    LOAD(library, UPNP_GetValidIGD);
    LOAD(library, FreeUPNPUrls);
    if (!p_upnpDiscover || !p_freeUPNPDevlist || !p_UPNP_GetValidIGD || !p_FreeUPNPUrls) return SWARD_MAP_NO_LIBRARY;
    uint32_t gateway = sward_default_gateway();
    if (!gateway) return SWARD_MAP_NO_GATEWAY;
    int failure = 0;
    struct UPNPDev *all = p_upnpDiscover(patience, NULL, NULL, 0, 0, 2, &failure);
    struct UPNPDev *found = all;
    while (found && !is_of_gateway(found->descURL, gateway)) found = found->pNext;
    int code = all ? SWARD_MAP_NOT_THERE : SWARD_MAP_NO_ANSWER;
    if (found) {
        // Alone: the description of nobody else is to be fetched.
        struct UPNPDev *rest = found->pNext;
        found->pNext = NULL;
        sward_igd *made = calloc(1, sizeof *made);
        if (made) {
            made->library = library;
#if MINIUPNPC_API_VERSION >= 18
            int kind = p_UPNP_GetValidIGD(found, &made->urls, &made->data, made->here, sizeof made->here, NULL, 0);
#else
            int kind = p_UPNP_GetValidIGD(found, &made->urls, &made->data, made->here, sizeof made->here);
#endif
            if (kind == 1 && is_of_gateway(made->urls.controlURL, gateway)) {
                *igd = made;
                code = SWARD_MAP_OK;
            } else {
                if (kind != 0) p_FreeUPNPUrls(&made->urls);
                free(made);
            }
        }
        found->pNext = rest;
    }
    p_freeUPNPDevlist(all);
    return code;
}

int sward_igd_map(
    sward_igd *igd, int is_udp, uint16_t port, uint16_t wanted, uint32_t lifetime, sward_mapping *mapping
) {
    LOAD(igd->library, UPNP_AddPortMapping);
    LOAD(igd->library, UPNP_GetExternalIPAddress);
    if (!p_UPNP_AddPortMapping || !p_UPNP_GetExternalIPAddress) return SWARD_MAP_NO_LIBRARY;
    char inside[8], outside[8], lease[12], address[64] = "";
    snprintf(inside, sizeof inside, "%u", port);
    snprintf(outside, sizeof outside, "%u", wanted);
    snprintf(lease, sizeof lease, "%u", lifetime);
    const char *service = igd->data.first.servicetype;
    int code = p_UPNP_AddPortMapping(
        igd->urls.controlURL, service, outside, inside, igd->here, "sward", is_udp ? "UDP" : "TCP", NULL, lease);
    if (code != 0) return code < 0 ? SWARD_MAP_NO_ANSWER : code;
    *mapping = (sward_mapping){.port = wanted, .lifetime = lifetime};
    struct in_addr outer;
    if (p_UPNP_GetExternalIPAddress(igd->urls.controlURL, service, address) == 0
        && inet_pton(AF_INET, address, &outer) == 1)
        mapping->address = outer.s_addr;
    return SWARD_MAP_OK;
}

int sward_igd_unmap(sward_igd *igd, int is_udp, uint16_t port) {
    LOAD(igd->library, UPNP_DeletePortMapping);
    if (!p_UPNP_DeletePortMapping) return SWARD_MAP_NO_LIBRARY;
    char outside[8];
    snprintf(outside, sizeof outside, "%u", port);
    int code = p_UPNP_DeletePortMapping(
        igd->urls.controlURL, igd->data.first.servicetype, outside, is_udp ? "UDP" : "TCP", NULL);
    return code < 0 ? SWARD_MAP_NO_ANSWER : code;
}

void sward_igd_close(sward_igd *igd) {
    LOAD(igd->library, FreeUPNPUrls);
    if (p_FreeUPNPUrls) p_FreeUPNPUrls(&igd->urls);
    free(igd);
}

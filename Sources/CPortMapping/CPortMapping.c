// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE
#include "CPortMapping.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <miniupnpc/miniupnpc.h>
#include <miniupnpc/upnpcommands.h>
#include <natpmp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

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
            mapping->epoch = answer.epoch;
        }
    }
    p_closenatpmp(&natpmp);
    return code;
}

// PCP

enum { PCP_PORT = 5351 };

/// The default gateway, with its link in the scope where it is a neighbour.
static int default_gateway6(struct sockaddr_in6 *gateway) {
    FILE *routes = fopen("/proc/net/ipv6_route", "re");
    if (!routes) return 0;
    char line[256], destination[33], via[33], device[IF_NAMESIZE + 1];
    unsigned length, flags;
    int found = 0;
    while (!found && fgets(line, sizeof line, routes)) {
        // Up, and by a gateway.
        if (sscanf(line, "%32s %x %*s %*s %32s %*s %*s %*s %x %16s", destination, &length, via, &flags, device) != 5
            || length != 0 || (flags & 3) != 3 || strspn(destination, "0") != 32 || strlen(via) != 32)
            continue;
        memset(gateway, 0, sizeof *gateway);
        gateway->sin6_family = AF_INET6;
        for (int i = 0; i < 16; i++) {
            unsigned byte;
            if (sscanf(via + 2 * i, "%2x", &byte) != 1) break;
            gateway->sin6_addr.s6_addr[i] = (uint8_t)byte;
        }
        gateway->sin6_scope_id = if_nametoindex(device);
        found = 1;
    }
    fclose(routes);
    return found;
}

/// The address that the system would send from to the world at large; nothing is sent to find out.
static int global_address6(struct sockaddr_in6 *own) {
    struct sockaddr_in6 world = {.sin6_family = AF_INET6, .sin6_port = htons(9)};
    inet_pton(AF_INET6, "2001:db8::1", &world.sin6_addr);
    socklen_t length = sizeof *own;
    int handle = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0) return 0;
    int is_known = connect(handle, (struct sockaddr *)&world, sizeof world) == 0
        && getsockname(handle, (struct sockaddr *)own, &length) == 0;
    close(handle);
    own->sin6_port = 0;
    // Only 2000::/3 is of the world at large.
    return is_known && own->sin6_addr.s6_addr[0] >> 5 == 1;
}

int sward_gateway(int is_ipv6, uint8_t address[16]) {
    struct sockaddr_in6 gateway6;
    if (is_ipv6) {
        if (!default_gateway6(&gateway6)) return 0;
        memcpy(address, &gateway6.sin6_addr, 16);
        return 1;
    }
    uint32_t gateway = sward_default_gateway();
    memset(address, 0, 10);
    memset(address + 10, 0xff, 2);
    memcpy(address + 12, &gateway, 4);
    return gateway != 0;
}

int sward_pcp_open(int is_ipv6, int *handle, uint8_t client[16]) {
    struct sockaddr_in6 gateway6, own6;
    struct sockaddr_in gateway = {.sin_family = AF_INET, .sin_port = htons(PCP_PORT)}, own;
    if (is_ipv6) {
        if (!default_gateway6(&gateway6) || !global_address6(&own6)) return SWARD_MAP_NO_GATEWAY;
        gateway6.sin6_port = htons(PCP_PORT);
    } else {
        gateway.sin_addr.s_addr = sward_default_gateway();
        if (!gateway.sin_addr.s_addr) return SWARD_MAP_NO_GATEWAY;
    }
    int opened = socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (opened < 0) return SWARD_MAP_NO_GATEWAY;
    socklen_t length = sizeof own;
    int is_ready = is_ipv6
        ? bind(opened, (struct sockaddr *)&own6, sizeof own6) == 0
            && connect(opened, (struct sockaddr *)&gateway6, sizeof gateway6) == 0
        : connect(opened, (struct sockaddr *)&gateway, sizeof gateway) == 0
            && getsockname(opened, (struct sockaddr *)&own, &length) == 0;
    if (!is_ready) {
        close(opened);
        return SWARD_MAP_NO_GATEWAY;
    }
    if (is_ipv6) {
        memcpy(client, &own6.sin6_addr, 16);
    } else {
        memset(client, 0, 10);
        memset(client + 10, 0xff, 2);
        memcpy(client + 12, &own.sin_addr, 4);
    }
    *handle = opened;
    return SWARD_MAP_OK;
}

int sward_pcp_ask(int handle, const uint8_t *request, int length, int *sent, uint8_t *answer, int capacity) {
    // RFC 6887, 8.1.1 begins with three seconds and goes on for long; here other protocols wait behind it.
    for (;;) {
        struct pollfd one = {.fd = handle, .events = POLLIN};
        int is_there = *sent > 0 ? poll(&one, 1, 1000) : 0;
        if (is_there > 0) {
            ssize_t count = recv(handle, answer, (size_t)capacity, 0);
            // Nobody listens there.
            return count < 0 ? SWARD_MAP_NOT_THERE : (int)count;
        }
        if (*sent == 2) return SWARD_MAP_NO_ANSWER;
        if (send(handle, request, (size_t)length, 0) < 0) return SWARD_MAP_NOT_THERE;
        ++*sent;
    }
}

void sward_pcp_close(int handle) { close(handle); }

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

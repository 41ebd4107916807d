// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <stdint.h>

// Mapping ports at the gateway by libnatpmp and miniupnpc. Both are loaded when they are asked for, since a program that
// maps nothing need not have them, nor pay for them at its start. Every function here waits for the network.
//
// Only the default gateway is spoken to, and only its answers are heard.

enum {
    SWARD_MAP_OK = 0,
    /// The library, or a function of it, is not there.
    SWARD_MAP_NO_LIBRARY = -1001,
    SWARD_MAP_NO_GATEWAY = -1002,
    SWARD_MAP_NO_ANSWER = -1003,
    /// Something answered that is no gateway of that kind.
    SWARD_MAP_NOT_THERE = -1004,
};

/// The IPv4 address of the default gateway in network order; 0 without one.
uint32_t sward_default_gateway(void);

/// The address of the default gateway of one family: sixteen bytes, IPv4 in its mapped form.
///
/// - Returns: 0 without one.
int sward_gateway(int is_ipv6, uint8_t address[16]);

/// What a gateway grants; ports in host order, the address in network order, 0 where it is not told.
typedef struct {
    uint16_t port;
    uint32_t lifetime;
    uint32_t address;
    /// Since when the gateway knows its mappings, in seconds; 0 where it is not told.
    uint32_t epoch;
} sward_mapping;

/// Asks for a mapping, or with a lifetime of 0 for its end.
///
/// - Returns: SWARD_MAP_OK, one of the above, or a positive code of the protocol.
int sward_natpmp_map(
    int is_udp, uint16_t port, uint16_t wanted, uint32_t lifetime, int patience_in_milliseconds, sward_mapping *mapping
);

/// Opens a socket to the default gateway's PCP port, from which only its answers are heard. Source: RFC 6887, 8.1.
///
/// - Parameter client: Where we send from: sixteen bytes, IPv4 in its mapped form. Of IPv6 a global address.
int sward_pcp_open(int is_ipv6, int *handle, uint8_t client[16]);
/// Sends `request`, once more after a second, and waits for a datagram until a second after that.
///
/// - Parameter sent: How often it was sent; 0 at first, kept between calls that wait for another answer.
/// - Returns: The length of the answer, or one of the codes above.
int sward_pcp_ask(int handle, const uint8_t *request, int length, int *sent, uint8_t *answer, int capacity);
void sward_pcp_close(int handle);

typedef struct sward_igd sward_igd;

/// Looks for the gateway's own UPnP device.
int sward_igd_find(int patience_in_milliseconds, sward_igd **igd);
int sward_igd_map(
    sward_igd *igd, int is_udp, uint16_t port, uint16_t wanted, uint32_t lifetime, sward_mapping *mapping
);
int sward_igd_unmap(sward_igd *igd, int is_udp, uint16_t port);
void sward_igd_close(sward_igd *igd);

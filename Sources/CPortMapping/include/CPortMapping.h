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

/// What a gateway grants; ports in host order, the address in network order, 0 where it is not told.
typedef struct {
    uint16_t port;
    uint32_t lifetime;
    uint32_t address;
} sward_mapping;

/// Asks for a mapping, or with a lifetime of 0 for its end.
///
/// - Returns: SWARD_MAP_OK, one of the above, or a positive code of the protocol.
int sward_natpmp_map(
    int is_udp, uint16_t port, uint16_t wanted, uint32_t lifetime, int patience_in_milliseconds, sward_mapping *mapping
);

typedef struct sward_igd sward_igd;

/// Looks for the gateway's own UPnP device.
int sward_igd_find(int patience_in_milliseconds, sward_igd **igd);
int sward_igd_map(
    sward_igd *igd, int is_udp, uint16_t port, uint16_t wanted, uint32_t lifetime, sward_mapping *mapping
);
int sward_igd_unmap(sward_igd *igd, int is_udp, uint16_t port);
void sward_igd_close(sward_igd *igd);

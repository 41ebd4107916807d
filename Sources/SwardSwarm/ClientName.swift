// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

extension PeerID {
    private static let clients: [String: String] = [
        "AZ": "Vuze", "BI": "BiglyBT", "DE": "Deluge", "FD": "Free Download Manager", "KT": "KTorrent",
        "LT": "libtorrent", "lt": "rTorrent", "MG": "MediaGet", "PI": "PicoTorrent", "RQ": "rqbit",
        "SW": "sward", "TR": "Transmission", "TX": "Tixati", "UM": "uTorrent Mac", "UT": "uTorrent",
        "WW": "WebTorrent", "XL": "Xunlei", "qB": "qBittorrent", "A2": "aria2", "GT": "anacrolix",
    ]

    /// The client that this id claims to be, with its version. Source: BEP 20.
    var clientName: String {
        let text = bytes.prefix(8).map { UInt8(ascii: " ")..<127 ~= $0 ? $0 : UInt8(ascii: "?") }
        guard text.first == UInt8(ascii: "-"), text.last == UInt8(ascii: "-") || text[2] == UInt8(ascii: "2")
        else {
            return String(decoding: text, as: UTF8.self)
        }
        let code = String(decoding: text[1...2], as: UTF8.self)
        let version = text[3...6].map { String(decoding: [$0], as: UTF8.self) }
        guard let name = Self.clients[code] else { return String(decoding: text, as: UTF8.self) }
        return name + " " + version.joined(separator: ".")
    }
}

// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds XMP packets in files whose own structure no reader knows, by the marks that are there for that purpose.
///
/// Source: ISO 16684-1, packet scanning. Only the bytes that the budget of the source allows are looked at.
enum PacketScan {
    static func read(_ source: ByteSource, limit: Int = 16 << 20, into contents: inout MediaContents) {
        var offset = 0
        var found = 0
        let end = min(source.length, limit)
        while offset < end, found < 8 {
            guard let start = source.find(Array("<x:xmpmeta".utf8), from: offset, limit: end - offset) else {
                return
            }
            guard
                let stop = source.find(
                    Array("</x:xmpmeta>".utf8), from: start, limit: XMPPacket.maximumLength)
            else { return }
            let place = start..<(stop + 12)
            XMPPacket.read(source.read(start, place.count), at: place, into: &contents)
            found += 1
            offset = place.upperBound
        }
    }
}

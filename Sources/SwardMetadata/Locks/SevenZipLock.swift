// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// Encryption of 7z archives, of their members or of their list of names. Source: 7zFormat.txt of the 7-Zip sources.
enum SevenZipLock {
    private static let aes: [UInt8] = [0x06, 0xF1, 0x07, 0x01]
    private static let maximumHeader = 4 << 20

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let head = source.exactly(0, 32), let offset = head.le64(12), let size = head.le64(20),
            size <= maximumHeader
        else { return }
        let start = 32.addingSaturated(offset)
        var header = source.read(start, size)
        let place = start..<start.addingSaturated(size)
        // The header may itself be packed, several times over at most in theory.
        for _ in 0..<4 {
            let isPacked = header.first == 0x17
            if hasAES(header) {
                contents.lock(
                    .encrypted7z,
                    isPacked ? "coder 06F10701 on the list of names" : "coder 06F10701 on members", at: place)
                return
            }
            guard isPacked, let unpacked = unpacked(header, source) else { return }
            header = unpacked
        }
    }

    /// The coder with its flags: four bytes of identifier, and with attributes as AES always has.
    private static func hasAES(_ header: [UInt8]) -> Bool {
        header.firstIndex(of: [0x24] + aes) != nil || header.firstIndex(of: [0x34] + aes) != nil
    }

    private static func unpacked(_ header: [UInt8], _ source: ByteSource) -> [UInt8]? {
        var cursor = Cursor(bytes: header, offset: 1)
        guard cursor.byte() == 0x06, let position = cursor.number(), let streams = cursor.number(),
            streams == 1,
            cursor.byte() == 0x09, let packedSize = cursor.number(), packedSize <= maximumHeader
        else { return nil }
        while let id = cursor.byte(), id != 0x07 {
            if id == 0x0A { cursor.offset += 5 }
        }
        guard cursor.byte() == 0x0B, cursor.number() == 1, cursor.byte() == 0, cursor.number() == 1,
            let flags = cursor.byte(), flags == 0x23, header.exact(cursor.offset, 3) == [0x03, 0x01, 0x01]
        else { return nil }
        cursor.offset += 3
        guard let count = cursor.number(), count == 5, let properties = header.exact(cursor.offset, 5) else {
            return nil
        }
        cursor.offset += 5
        guard cursor.byte() == 0x0C, let size = cursor.number(), size <= maximumHeader else { return nil }
        let packed = source.read(32.addingSaturated(position), packedSize)
        return LZMADecoder.decode(packed, properties: properties, length: size)
    }

    private struct Cursor {
        let bytes: [UInt8]
        var offset: Int

        mutating func byte() -> UInt8? {
            guard offset < bytes.count else { return nil }
            offset += 1
            return bytes[offset - 1]
        }

        /// The leading ones of the first byte tell how many follow.
        mutating func number() -> Int? {
            guard let first = byte() else { return nil }
            let extra = (~first).leadingZeroBitCount
            guard extra < 7, let low = bytes.number(offset, extra, .little) else { return nil }
            offset += extra
            let high = Int(first) & (0x7F >> extra)
            return high << (8 * extra) | low
        }
    }
}

/// Plain LZMA, for headers of a few kilobytes. Source: LZMA specification, draft 2015-06-14.
struct LZMADecoder {
    private let bytes: [UInt8]
    private var offset = 5
    private var range: UInt32 = .max
    private var code: UInt32 = 0
    private var output: [UInt8] = []

    /// - Returns: `nil` where the stream is not LZMA or breaks off.
    static func decode(_ bytes: [UInt8], properties: [UInt8], length: Int) -> [UInt8]? {
        guard properties.count == 5, properties[0] < 225, bytes.count >= 5, bytes[0] == 0 else { return nil }
        var decoder = LZMADecoder(bytes)
        return decoder.run(Int(properties[0]), length)
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        code = UInt32(bytes.be32(1) ?? 0)
    }

    private mutating func normalize() {
        guard range < 1 << 24 else { return }
        range <<= 8
        code = code << 8 | UInt32(offset < bytes.count ? bytes[offset] : 0)
        offset += 1
    }

    private mutating func bit(_ model: inout [UInt16], _ index: Int) -> Int {
        let probability = UInt32(model[index])
        let bound = (range >> 11) * probability
        let bit: Int
        if code < bound {
            model[index] += UInt16((2048 - probability) >> 5)
            range = bound
            bit = 0
        } else {
            model[index] -= UInt16(probability >> 5)
            code -= bound
            range -= bound
            bit = 1
        }
        normalize()
        return bit
    }

    private mutating func direct(_ count: Int) -> Int {
        var result = 0
        for _ in 0..<count {
            range >>= 1
            let isSet = code >= range
            if isSet { code -= range }
            normalize()
            result = result << 1 | (isSet ? 1 : 0)
        }
        return result
    }

    private mutating func tree(_ model: inout [UInt16], _ base: Int, _ bits: Int) -> Int {
        var symbol = 1
        for _ in 0..<bits { symbol = symbol << 1 | bit(&model, base + symbol) }
        return symbol - 1 << bits
    }

    private mutating func reverse(_ model: inout [UInt16], _ base: Int, _ bits: Int) -> Int {
        var symbol = 1
        var result = 0
        for i in 0..<bits {
            let next = bit(&model, base + symbol)
            symbol = symbol << 1 | next
            result |= next << i
        }
        return result
    }

    private struct Lengths {
        var choice = [UInt16](repeating: 1024, count: 2)
        var low = [UInt16](repeating: 1024, count: 16 * 8)
        var middle = [UInt16](repeating: 1024, count: 16 * 8)
        var high = [UInt16](repeating: 1024, count: 256)
    }

    private mutating func length(_ lengths: inout Lengths, _ position: Int) -> Int {
        if bit(&lengths.choice, 0) == 0 { return tree(&lengths.low, position * 8, 3) }
        if bit(&lengths.choice, 1) == 0 { return 8 + tree(&lengths.middle, position * 8, 3) }
        return 16 + tree(&lengths.high, 0, 8)
    }

    private mutating func run(_ properties: Int, _ wanted: Int) -> [UInt8]? {
        let literalContext = properties % 9, literalPosition = properties / 9 % 5,
            positionBits = properties / 45
        func model(_ count: Int) -> [UInt16] { [UInt16](repeating: 1024, count: count) }
        var literals = model(0x300 << (literalContext + literalPosition))
        var isMatch = model(12 << 4), isRepeat = model(12), isRepeat0 = model(12), isRepeat1 = model(12)
        var isRepeat2 = model(12), isShort = model(12 << 4), slots = model(4 * 64), special = model(128)
        var align = model(16)
        var matchLengths = Lengths(), repeatLengths = Lengths()
        var distances = [0, 0, 0, 0]
        var state = 0
        output.reserveCapacity(wanted)
        while output.count < wanted {
            // The last bytes of a sound stream are in the range coder, not behind it.
            guard offset <= bytes.count + 5 else { return nil }
            let position = output.count & ((1 << positionBits) - 1)
            if bit(&isMatch, state << 4 + position) == 0 {
                let previous = Int(output.last ?? 0)
                let low = output.count & ((1 << literalPosition) - 1)
                let base = 0x300 * (low << literalContext + previous >> (8 - literalContext))
                var symbol = 1
                if state >= 7 {
                    guard distances[0] < output.count else { return nil }
                    var matched = Int(output[output.count - distances[0] - 1])
                    while symbol < 0x100 {
                        let expected = matched >> 7 & 1
                        matched <<= 1
                        let next = bit(&literals, base + (1 + expected) << 8 + symbol)
                        symbol = symbol << 1 | next
                        if next != expected { break }
                    }
                }
                while symbol < 0x100 { symbol = symbol << 1 | bit(&literals, base + symbol) }
                output.append(UInt8(truncatingIfNeeded: symbol))
                state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
                continue
            }
            var count: Int
            if bit(&isRepeat, state) == 0 {
                distances = [0, distances[0], distances[1], distances[2]]
                count = length(&matchLengths, position)
                state = state < 7 ? 7 : 10
                let slot = tree(&slots, min(count, 3) * 64, 6)
                var distance = slot
                if slot >= 4 {
                    let bits = slot >> 1 - 1
                    distance = (2 | slot & 1) << bits
                    if slot < 14 {
                        distance += reverse(&special, distance - slot, bits)
                    } else {
                        distance += direct(bits - 4) << 4
                        distance += reverse(&align, 0, 4)
                    }
                }
                if distance == 0xFFFF_FFFF { return output }
                distances[0] = distance
            } else {
                guard !output.isEmpty else { return nil }
                if bit(&isRepeat0, state) == 0 {
                    if bit(&isShort, state << 4 + position) == 0 {
                        state = state < 7 ? 9 : 11
                        guard distances[0] < output.count else { return nil }
                        output.append(output[output.count - distances[0] - 1])
                        continue
                    }
                } else {
                    let distance: Int
                    if bit(&isRepeat1, state) == 0 {
                        distance = distances[1]
                    } else {
                        if bit(&isRepeat2, state) == 0 {
                            distance = distances[2]
                        } else {
                            distance = distances[3]
                            distances[3] = distances[2]
                        }
                        distances[2] = distances[1]
                    }
                    distances[1] = distances[0]
                    distances[0] = distance
                }
                count = length(&repeatLengths, position)
                state = state < 7 ? 8 : 11
            }
            guard distances[0] < output.count else { return nil }
            count += 2
            for _ in 0..<min(count, wanted - output.count) {
                output.append(output[output.count - distances[0] - 1])
            }
        }
        return output
    }
}

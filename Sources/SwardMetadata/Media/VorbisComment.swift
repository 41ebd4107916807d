// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Vorbis comments, and the streams that carry them: Ogg with Vorbis, Opus, Speex, FLAC or Theora, and FLAC itself.
///
/// Sources: Xiph, "Ogg Vorbis I format specification: comment field and header specification"; RFC 3533, 5334, 7845, 9639.
enum VorbisComment {
    private static let maximumPacket = 4 << 20

    /// - Parameter bytes: From the vendor string on.
    static func read(
        _ bytes: [UInt8], at place: Range<Int>, prefix: String, into contents: inout MediaContents
    ) {
        guard let vendor = bytes.le32(0), let count = bytes.le32(4.addingSaturated(vendor)) else { return }
        var offset = 8 + vendor
        for _ in 0..<min(count, 4096) {
            guard let length = bytes.le32(offset), length <= bytes.count - offset - 4 else { return }
            let comment = bytes.part(offset + 4, min(length, 1 << 18))
            offset += 4 + length
            guard let equals = comment.firstIndex(of: 0x3D), equals < 64 else { continue }
            let key = FieldText.utf8(comment.part(0, equals))
            contents.add(
                key: key, prefix: prefix + ":", FieldText.guessed(comment.from(equals + 1)), at: place)
        }
    }

    static func readFLAC(_ source: ByteSource, at start: Int, into contents: inout MediaContents) {
        guard source.read(start, 4).has("fLaC") else { return }
        var offset = start + 4
        for _ in 0..<128 {
            guard let head = source.exactly(offset, 4), let length = head.be24(1) else { return }
            let body = (offset + 4)..<(offset + 4 + length)
            if head[0] & 0x7F == 4, length <= maximumPacket {
                read(source.read(body.lowerBound, length), at: body, prefix: "flac", into: &contents)
            }
            if head[0] & 0x80 != 0 { return }
            offset = body.upperBound
        }
    }

    /// Puts together the first packets of every stream; comments are in the second of each.
    static func readOgg(_ source: ByteSource, into contents: inout MediaContents) {
        struct Stream {
            var packet: [UInt8] = []
            var start = 0
            var packets = 0
            var isFLAC = false
            var isSpeex = false
            var isDone = false
        }
        var streams: [Int: Stream] = [:]
        var offset = 0
        for _ in 0..<2048 {
            guard let head = source.exactly(offset, 27), head.has("OggS"), let serial = head.le32(14) else {
                return
            }
            let segments = source.read(offset + 27, Int(head[26]))
            let bodyStart = offset + 27 + segments.count
            let bodyLength = segments.reduce(0) { $0 + Int($1) }
            let end = bodyStart + bodyLength
            var stream = streams[serial] ?? Stream()
            if !stream.isDone {
                let body = source.read(bodyStart, bodyLength)
                var place = 0
                for length in segments where !stream.isDone {
                    if stream.packet.isEmpty { stream.start = bodyStart + place }
                    if stream.packet.count < maximumPacket { stream.packet += body.part(place, Int(length)) }
                    place += Int(length)
                    guard length < 255 else { continue }
                    let range = stream.start..<max(stream.start, bodyStart + place)
                    let packet = stream.packet
                    stream.packet = []
                    stream.packets += 1
                    if stream.packets == 1 {
                        stream.isFLAC = packet.has([0x7F, 0x46, 0x4C, 0x41, 0x43])
                        stream.isSpeex = packet.has("Speex   ")
                    } else if stream.isFLAC {
                        if let kind = packet.first, kind & 0x7F == 4 {
                            read(packet.from(4), at: range, prefix: "vorbis", into: &contents)
                        }
                        stream.isDone = packet.first.map { $0 & 0x80 != 0 } ?? true
                    } else {
                        readComments(packet, isSpeex: stream.isSpeex, at: range, into: &contents)
                        stream.isDone = true
                    }
                    if stream.packets > 64 { stream.isDone = true }
                }
                guard streams.count < 64 || streams[serial] != nil else { return }
                streams[serial] = stream
            }
            // Pages that begin streams come before all others.
            if head[5] & 2 == 0, streams.values.allSatisfy(\.isDone) { return }
            offset = end
        }
    }

    private static func readComments(
        _ packet: [UInt8], isSpeex: Bool, at place: Range<Int>, into contents: inout MediaContents
    ) {
        let start: Int
        if packet.has([0x03]) && packet.has("vorbis", at: 1)
            || packet.has([0x81]) && packet.has("theora", at: 1)
        {
            start = 7
        } else if packet.has("OpusTags") {
            start = 8
        } else if isSpeex {
            start = 0
        } else if packet.has([0x81]) && packet.has("kate\0\0\0", at: 1) {
            start = 9
        } else if packet.has("OVP80\u{2}") {
            start = 7
        } else {
            return
        }
        read(packet.from(start), at: place, prefix: "vorbis", into: &contents)
    }
}

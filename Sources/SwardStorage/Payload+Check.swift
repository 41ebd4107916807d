// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardHash
import SwardMetainfo
package import SwardPrimitives

extension Payload {
    package typealias PieceDigest = Result<Digest160, StorageError>

    /// How many pieces ``sha1(of:)`` hashes side by side at most.
    package static let checkLanes = 16
    /// Of each piece at a time, in bytes: sixteen of them stay in a core's own cache.
    private static let stride = 32 * 1024

    /// The SHA-1 of whole pieces as they lie on disk, pad bytes included, several side by side.
    ///
    /// - Memory: 32 KiB per piece, for at most ``checkLanes`` pieces at once.
    /// - Returns: One result per piece, in the order given.
    package func sha1(of pieces: [PieceIndex]) -> [PieceDigest] {
        var results: [PieceDigest] = []
        results.reserveCapacity(pieces.count)
        var rest = pieces[...]
        while !rest.isEmpty {
            let group = Array(rest.prefix(Self.checkLanes))
            results += sha1(ofGroup: group)
            rest = rest.dropFirst(group.count)
        }
        return results
    }

    private func sha1(ofGroup pieces: [PieceIndex]) -> [PieceDigest] {
        var hasher = SHA1Lanes(count: pieces.count)
        var failures = [StorageError?](repeating: nil, count: pieces.count)
        let lengths = pieces.map { layout.paddedLength(of: $0) }
        let scratch = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.stride * pieces.count, alignment: 64)
        defer { scratch.deallocate() }
        var begin = 0
        let longest = lengths.max() ?? 0
        while begin < longest {
            var feeds: [LaneFeed] = []
            feeds.reserveCapacity(pieces.count)
            for (lane, piece) in pieces.enumerated() where begin < lengths[lane] && failures[lane] == nil {
                let length = min(Self.stride, lengths[lane] - begin)
                let room = UnsafeMutableRawBufferPointer(
                    rebasing: scratch[(lane * Self.stride)..<(lane * Self.stride + length)])
                do throws(StorageError) {
                    try read(BlockRequest(piece: piece, begin: begin, length: length), into: room)
                    feeds.append(
                        LaneFeed(
                            lane: lane, bytes: UnsafeRawBufferPointer(room),
                            isLast: begin + length == lengths[lane]))
                } catch {
                    failures[lane] = error
                }
            }
            hasher.update(feeds)
            begin += Self.stride
        }
        return pieces.indices.map { lane in
            failures[lane].map { .failure($0) } ?? .success(hasher.digest(lane))
        }
    }
}

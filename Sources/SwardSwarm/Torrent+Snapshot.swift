// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardMetainfo
internal import SwardPrimitives

extension Torrent {
    package func snapshot(at now: Instant) -> TorrentSnapshot {
        // A copy may move its clock and fold its rates without anyone noticing.
        var copy = self
        copy.advance(to: now)
        return copy.makeSnapshot()
    }

    private mutating func makeSnapshot() -> TorrentSnapshot {
        let length = metadata?.size ?? content?.infoBytes.count ?? 0
        return TorrentSnapshot(
            hasMetadata: content != nil, metadataReceived: metadata?.received ?? length,
            metadataLength: length,
            pieceCount: content?.pieceCount ?? 0, pieceLength: content?.pieceLength ?? 0,
            piecesComplete: have?.count ?? 0, bytesComplete: bytesComplete, bytesTotal: content?.length ?? 0,
            downloaded: down.total, uploaded: up.total, wasted: wasted, hashFailures: hashFailures,
            downloadRate: down.rate(at: time), uploadRate: up.rate(at: time), availability: availability(),
            unwritten: unwritten, knownPeers: book.count, halfOpen: book.connectingCount,
            bannedPeers: book.bannedCount, peers: peerSnapshots(), gate: gate,
            isComplete: isDone, isWhole: isComplete)
    }

    private mutating func peerSnapshots() -> [TorrentSnapshot.Peer] {
        var peers: [TorrentSnapshot.Peer] = []
        for slot in connections.indices where connections[slot].isOpen {
            let downloadRate = connections[slot].down.rate(at: time)
            let uploadRate = connections[slot].up.rate(at: time)
            let connection = connections[slot]
            peers.append(
                TorrentSnapshot.Peer(
                    connection: id(of: slot), address: connection.address, isOutgoing: connection.isOutgoing,
                    isUTP: connection.isUTP,
                    source: book[connection.peer].source,
                    client: connection.clientName ?? connection.peerID.clientName, isV2: connection.isV2,
                    pieceCount: connection.hasAll ? content?.pieceCount ?? 0 : connection.pieceCount,
                    weChoke: connection.weChoke, weWant: connection.weWant, theyChoke: connection.theyChoke,
                    theyWant: connection.theyWant, isSnubbed: connection.isSnubbing,
                    downloadRate: downloadRate,
                    uploadRate: uploadRate, downloaded: connection.down.total, uploaded: connection.up.total,
                    requestsOut: connection.ledger.liveCount, requestsIn: connection.uploads.count,
                    reciprocity: configuration.reciprocity?.entry(of: connection.address)))
        }
        return peers
    }

    private func availability() -> Double {
        guard let content, content.pieceCount > 0 else { return Double(seedCount) }
        var counts = [UInt16](repeating: 0, count: content.pieceCount)
        for connection in connections where connection.isOpen {
            connection.pieces?.forEach { counts[$0] &+= 1 }
        }
        let fewest = counts.min() ?? 0
        let more = counts.count { $0 > fewest }
        return Double(seedCount) + Double(fewest) + Double(more) / Double(content.pieceCount)
    }

    /// How many bytes of each file are verified, in the order of the info dictionary; `nil` without metadata.
    ///
    /// - Cost: one step per piece and file.
    package func verifiedBytes(of layout: PieceLayout) -> [Int64]? {
        guard let have, have.pieceCount == layout.pieceCount else { return nil }
        let pieceLength = Int64(layout.pieceLength)
        return (0..<layout.fileCount).map { file in
            let start = layout.start(ofFile: file)
            let end = start + layout.length(ofFile: file)
            var sum: Int64 = 0
            for piece in layout.pieces(ofFile: file) where have.contains(piece) {
                sum += min(end, (Int64(piece) + 1) * pieceLength) - max(start, Int64(piece) * pieceLength)
            }
            return sum
        }
    }
}

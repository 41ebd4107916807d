// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardPrimitives

/// The blocks one peer has asked of us and that are not yet with the shell, oldest first.
struct UploadQueue: Sendable {
    private struct Entry: Equatable, Sendable {
        var piece: UInt32
        var begin: UInt32
        var length: UInt32

        init(_ block: BlockRequest) {
            piece = UInt32(truncatingIfNeeded: block.piece.rawValue)
            begin = UInt32(truncatingIfNeeded: block.begin)
            length = UInt32(truncatingIfNeeded: block.length)
        }

        var block: BlockRequest {
            BlockRequest(piece: PieceIndex(Int(piece)), begin: Int(begin), length: Int(length))
        }
    }

    private var entries: [Entry] = []
    private var head = 0

    var count: Int { entries.count - head }
    var isEmpty: Bool { head == entries.count }

    mutating func append(_ block: BlockRequest) { entries.append(Entry(block)) }

    mutating func popFirst() -> BlockRequest? {
        guard head < entries.count else { return nil }
        let block = entries[head].block
        head += 1
        if head == entries.count {
            entries.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 256 {
            entries.removeSubrange(..<head)
            head = 0
        }
        return block
    }

    mutating func remove(_ block: BlockRequest) -> Bool {
        let entry = Entry(block)
        guard let index = entries[head...].firstIndex(of: entry) else { return false }
        entries.remove(at: index)
        return true
    }

    mutating func removeAll() -> [BlockRequest] {
        defer {
            entries = []
            head = 0
        }
        return entries[head...].map(\.block)
    }
}

// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardHash
package import SwardPrimitives

/// Hash trees of BEP 52: branching factor two, SHA-256, leaves of 16 KiB, missing leaves zero.
package enum MerkleTree {
    // MARK: Digests

    /// The root of a subtree of `1 << height` zero leaves.
    package static func zeroSubtree(height: Int) -> Digest256 { zeroSubtrees[height] }

    /// The root over `leaves`, padded with zero leaves to a power of two, as the `pieces root` of a file is made.
    ///
    /// - Precondition: there is a leaf.
    package static func root(leaves: [Digest256]) -> Digest256 {
        root(ofLayer: leaves, at: 0, height: TreeShape.height(ofLeaves: leaves.count))
    }

    /// The root, in layer `height`, over a row of nodes that begins layer `layer`; what is missing on the right is
    /// made of zero leaves.
    ///
    /// - Precondition: the row has a node, and no more than `1 << (height - layer)`.
    package static func root(ofLayer row: [Digest256], at layer: Int, height: Int) -> Digest256 {
        let nodes = nodes(above: row, at: layer, in: height)
        precondition(nodes.count == 1)
        return nodes[0]
    }

    /// The nodes of layer `upper` over a row of nodes of layer `lower` that begins at a multiple of
    /// `1 << (upper - lower)`.
    package static func nodes(above row: [Digest256], at lower: Int, in upper: Int) -> [Digest256] {
        if row.isEmpty || lower == upper { return row }
        return unsafe withUnsafeTemporaryAllocation(
            byteCount: (row.count + 1) * Digest256.byteCount, alignment: 16
        ) { room in
            unsafe store(row, in: room)
            let count = unsafe reduce(room, count: row.count, from: lower, to: upper)
            return unsafe Digest256.array(
                in: UnsafeRawBufferPointer(rebasing: room[..<(count * Digest256.byteCount)]))
        }
    }

    /// The piece layer over the leaves of a whole file.
    ///
    /// - Returns: one digest per piece, of which a file no longer than a piece has none: see ``TreeShape/hasPieceLayer``.
    package static func pieceLayer(leaves: [Digest256], shape: TreeShape) -> [Digest256] {
        precondition(leaves.count == shape.leafCount)
        return shape.hasPieceLayer ? nodes(above: leaves, at: 0, in: shape.pieceLayer) : []
    }

    /// The node that proves a piece, from the leaves of that piece: in the piece layer, or the root of a short file.
    package static func pieceHash(leaves: [Digest256], shape: TreeShape) -> Digest256 {
        root(ofLayer: leaves, at: 0, height: min(shape.pieceLayer, shape.height))
    }

    /// The root over the piece layer of a file.
    package static func root(pieceLayer: [Digest256], shape: TreeShape) -> Digest256 {
        precondition(pieceLayer.count == shape.pieceCount)
        return root(ofLayer: pieceLayer, at: shape.pieceLayer, height: shape.height)
    }

    /// The root over a piece layer as a metainfo file carries it.
    ///
    /// - Returns: `nil` unless there are exactly 32 bytes for each piece of a file that has a piece layer.
    package static func root(pieceLayerBytes bytes: ArraySlice<UInt8>, shape: TreeShape) -> Digest256? {
        guard shape.hasPieceLayer, bytes.count == shape.pieceCount * Digest256.byteCount else { return nil }
        return unsafe withUnsafeTemporaryAllocation(
            byteCount: bytes.count + Digest256.byteCount, alignment: 16
        ) { room in
            unsafe room.copyBytes(from: bytes)
            let count = unsafe reduce(room, count: shape.pieceCount, from: shape.pieceLayer, to: shape.height)
            precondition(count == 1)
            return unsafe Digest256.array(
                in: UnsafeRawBufferPointer(rebasing: room[..<(Digest256.byteCount)]))[0]
        }
    }

    package static func parent(_ left: Digest256, _ right: Digest256) -> Digest256 {
        SHA256.hash(left, right)
    }

    // MARK: Bytes

    /// Replaces the first `count` digests in `room`, nodes of layer `lower`, by the nodes of layer `upper` over them.
    ///
    /// - Precondition: `room` has place for one digest more than an odd `count`.
    /// - Returns: how many there are now: `count` over `1 << (upper - lower)`, rounded up.
    package static func reduce(
        _ room: UnsafeMutableRawBufferPointer, count: Int, from lower: Int, to upper: Int
    ) -> Int {
        let width = Digest256.byteCount
        var count = count
        for layer in lower..<max(lower, upper) where count > 0 {
            if count & 1 == 1 {
                unsafe zeroSubtree(height: layer).withBytes {
                    unsafe UnsafeMutableRawBufferPointer(rebasing: room[(count * width)...]).copyMemory(
                        from: $0)
                }
                count += 1
            }
            let row = unsafe UnsafeRawBufferPointer(rebasing: room[..<(count * width)])
            unsafe HashLanes.sha256(pairsOf: row, into: room)
            count /= 2
        }
        return count
    }

    private static func store(_ digests: [Digest256], in room: UnsafeMutableRawBufferPointer) {
        var offset = 0
        for digest in digests {
            unsafe digest.withBytes { bytes in
                unsafe UnsafeMutableRawBufferPointer(rebasing: room[offset..<offset + Digest256.byteCount])
                    .copyMemory(from: bytes)
            }
            offset += Digest256.byteCount
        }
    }

    /// By height; more than the leaves of any file can need.
    private static let zeroSubtrees: [Digest256] = {
        var roots = [Digest256.zero]
        for _ in 0..<Int64.bitWidth {
            roots.append(SHA256.hash(roots[roots.count - 1], roots[roots.count - 1]))
        }
        return roots
    }()
}

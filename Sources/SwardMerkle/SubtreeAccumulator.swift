// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPrimitives

/// The root of a subtree whose leaves come in order, in memory that grows with the logarithm of their number.
///
/// Nodes wait in rows of 256 so that they are hashed many at once; a full row becomes one node of the row eight layers up.
package struct SubtreeAccumulator: Sendable {
    private static let rowLayers = 8
    private static let rowCount = 1 << rowLayers

    /// Row `r` holds digests of layer `8 * r`, one after the other.
    private var rows: [[UInt8]] = []
    private let firstLayer: Int

    /// - Parameter layer: that of the digests to be fed.
    package init(layer: Int = 0) { firstLayer = layer }

    package mutating func removeAll() {
        for row in rows.indices { rows[row].removeAll(keepingCapacity: true) }
    }

    /// Takes digests that lie one after the other.
    package mutating func append(_ digests: UnsafeRawBufferPointer) {
        var rest = unsafe digests
        while unsafe !rest.isEmpty {
            let space = Self.rowCount * Digest256.byteCount - (rows.first?.count ?? 0)
            unsafe push(UnsafeRawBufferPointer(rebasing: rest.prefix(space)), to: 0)
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(space))
        }
    }

    /// The root over what was fed, in layer `height`, missing leaves being zero.
    ///
    /// - Precondition: something was fed, and no more than fits.
    package mutating func root(height: Int) -> Digest256 {
        var layer = firstLayer
        var row = 0
        while layer < height {
            let upper = min(height, layer + Self.rowLayers)
            precondition(row < rows.count)
            let count = reduce(row, from: layer, to: upper)
            precondition(count <= 1)
            layer = upper
            if layer == height { break }
            row += 1
            if count == 1 {
                let node = Array(rows[row - 1].prefix(Digest256.byteCount))
                unsafe node.withUnsafeBytes { unsafe push($0, to: row) }
            }
        }
        // One digest was left by the loop, or was all there was.
        return unsafe rows[row].withUnsafeBytes { unsafe Digest256(loadingFrom: $0.baseAddress!) }
    }

    private mutating func push(_ digests: UnsafeRawBufferPointer, to row: Int) {
        if row == rows.count {
            rows.append([])
            rows[row].reserveCapacity((Self.rowCount + 1) * Digest256.byteCount)
        }
        unsafe rows[row].append(contentsOf: digests)
        guard rows[row].count == Self.rowCount * Digest256.byteCount else { return }
        let layer = firstLayer + row * Self.rowLayers
        _ = reduce(row, from: layer, to: layer + Self.rowLayers)
        let node = Array(rows[row].prefix(Digest256.byteCount))
        rows[row].removeAll(keepingCapacity: true)
        unsafe node.withUnsafeBytes { unsafe push($0, to: row + 1) }
    }

    /// Replaces the digests of a row by those over them; the first are at the row's beginning.
    private mutating func reduce(_ row: Int, from lower: Int, to upper: Int) -> Int {
        let count = rows[row].count / Digest256.byteCount
        if count & 1 == 1 { rows[row].append(contentsOf: repeatElement(0, count: Digest256.byteCount)) }
        return unsafe rows[row].withUnsafeMutableBytes {
            unsafe MerkleTree.reduce($0, count: count, from: lower, to: upper)
        }
    }
}

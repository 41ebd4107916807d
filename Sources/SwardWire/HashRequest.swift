// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPrimitives

/// Which hashes of one file's tree are asked for, sent or refused. Source: BEP 52, "hash request".
public struct HashRequest: Hashable, Sendable {
    public static let byteCount = 48
    /// Most hashes of the base layer that an answer may bring us; BEP 52 says "SHOULD NOT be greater than 512".
    public static let maximumLength = 512

    public let piecesRoot: Digest256
    /// Layers above the leaves: 0 for leaf hashes.
    public let baseLayer: Int
    /// First hash in the base layer; a multiple of ``length``.
    public let index: Int
    /// How many hashes of the base layer; a power of two.
    public let length: Int
    /// How many layers of uncles towards the root, counted from the base layer, also those not sent.
    public let proofLayers: Int

    public init(piecesRoot: Digest256, baseLayer: Int, index: Int, length: Int, proofLayers: Int) {
        self.piecesRoot = piecesRoot
        self.baseLayer = baseLayer
        self.index = index
        self.length = length
        self.proofLayers = proofLayers
    }

    /// Whether the numbers of an answer are what BEP 52 allows, whatever the file.
    ///
    /// - Note: a length of one passes, as libtorrent asks for it when the last run of a layer has a single hash.
    public var isSound: Bool {
        length >= 1 && length <= Self.maximumLength && length & (length - 1) == 0 && index & (length - 1) == 0
            && baseLayer < 64 && proofLayers < 64
    }

    /// How many uncle hashes follow the base hashes in the answer: a proof layer that the requested hashes
    /// cover themselves is left out.
    public var uncleCount: Int { max(0, proofLayers - max(0, length.trailingZeroBitCount - 1)) }
}

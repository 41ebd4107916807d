// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// What one run of a node leaves to the next: its name, and the nodes it knew.
public struct SavedNodes: Hashable, Sendable {
    public var id: NodeID
    public var nodes: [NodeContact]

    public static let maximumByteCount = 256 << 10

    public init(id: NodeID, nodes: [NodeContact]) {
        self.id = id
        self.nodes = nodes
    }

    /// - Returns: `nil` for what is not such a state; then one begins anew, and nothing is lost but time.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.maximumByteCount,
            let message = try? KRPCMessage.parse(bytes[...], maximumByteCount: Self.maximumByteCount),
            case .response(let response) = message.body
        else { return nil }
        self.init(id: response.id, nodes: response.nodes)
    }

    /// An answer of `find_node`, which says just this.
    public func encoded() -> [UInt8] {
        var response = KRPCResponse(id: id)
        response.nodes = nodes
        return KRPCMessage(transaction: [], body: .response(response)).encoded()
    }
}

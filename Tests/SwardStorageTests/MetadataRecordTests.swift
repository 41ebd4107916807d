// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardHash
import SwardPrimitives
import SwardStorage
import Testing

@Suite("Metadata record") struct MetadataRecordTests {
    let temporary: TemporaryFolder
    static let info = Array("d4:name1:ae".utf8)
    static let layer = [UInt8](repeating: 7, count: 96)
    static let root = SHA256.hash([1])

    init() throws { temporary = try TemporaryFolder() }

    func record() throws -> MetadataRecord { try MetadataRecord(path: temporary("state/x.metadata")) }

    @Test("what was learnt is there again")
    func roundTrip() throws {
        let first = try record()
        #expect(first.info == nil && first.layers.isEmpty)
        try first.append(info: Self.info)
        try first.append(layer: Self.layer, of: Self.root)
        let second = try record()
        #expect(second.info == Self.info)
        #expect(second.layers.mapValues { Array($0) } == [Self.root: Self.layer])
        try second.restart(info: Self.layer)
        let third = try record()
        #expect(third.info == Self.layer && third.layers.isEmpty)
    }

    @Test("cut at any byte it gives what was whole, and can be gone on with")
    func cut() throws {
        let whole = try record()
        try whole.append(info: Self.info)
        try whole.append(layer: Self.layer, of: Self.root)
        let bytes = try temporary.read("state/x.metadata")
        let infoEnd = 8 + 5 + Self.info.count
        for length in 0..<bytes.count {
            try temporary.write(bytes[..<length], to: "state/x.metadata")
            let cut = try record()
            #expect(cut.info == (length >= infoEnd ? Self.info : nil), "at \(length)")
            #expect(cut.layers.isEmpty)
            try cut.append(layer: Self.layer, of: Self.root)
            #expect(try record().layers.count == 1)
        }
    }

    @Test("noise is begun anew")
    func noise() throws {
        try temporary.write("not a record at all", to: "state/x.metadata")
        let record = try record()
        #expect(record.info == nil)
        try record.append(info: Self.info)
        #expect(try self.record().info == Self.info)
    }
}

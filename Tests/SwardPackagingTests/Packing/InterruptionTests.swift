// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Support
import SwardPackaging
import SwardScan
import Testing

@Suite("Packing that is called off") struct InterruptionTests {
    @Test(
        "it leaves no torrent and nothing half made",
        arguments: [
            ("copying", "out"), ("reading", ""), ("reading", "out"), ("hashing", ""), ("hashing", "out"),
        ])
    func interrupted(_ stage: String, _ output: String) throws {
        // Longer than what is read whole, so that each stage has something to do.
        let bench = try Bench(["a.txt": String(repeating: "words of it\n", count: 1 << 18)])
        var options = PackOptions()
        PackerTests.options(&options)
        if !output.isEmpty { options.output = bench.outer[output].path }
        options.copies = true
        let cancellation = ScanCancellation()
        let packer = Packer(
            options: options, cancellation: cancellation,
            progress: { progress in
                let isDue =
                    switch progress {
                    case .copying: stage == "copying"
                    case .surveying: stage == "reading"
                    case .hashing: stage == "hashing"
                    case .writing: false
                    }
                if isDue { cancellation.cancel() }
            }, findText: Bench.texts)
        let error = #expect(throws: PackagingError.self) { try packer.pack(bench.folder) }
        #expect(error?.reason == .interrupted)
        let manager = FileManager.default
        let there = try manager.contentsOfDirectory(atPath: bench.outer.path)
        #expect(Set(there).isSubset(of: ["work", "out"]))
        if !output.isEmpty {
            #expect(try manager.contentsOfDirectory(atPath: bench.outer[output].path) == [])
            #expect(try manager.contentsOfDirectory(atPath: bench.folder) == ["a.txt"])
        }
        // And can be done after all.
        #expect(try Packer(options: options, findText: Bench.texts).pack(bench.folder).torrents.count == 1)
    }
}

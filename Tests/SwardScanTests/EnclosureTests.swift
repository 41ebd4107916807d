// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Support
import SwardDetection
import SwardPolicy
import SwardReport
import SwardScan
import Testing

@Suite("Enclosure in a tree") struct EnclosureTests {
    @Test("what encloses is told with its file, and what resembles it is not")
    func marks() throws {
        let trees = try MarkedTree.all()
        #expect(trees.count > 70)
        for tree in trees {
            let folder = try tree.folder()
            var options = ScanOptions()
            options.selection = .everything
            options.today = CalendarDate(year: 2026, month: 11, day: 29)
            let marks = try Scanner(options).scan(folder.path).judgement.marks
            // Small trees seldom bring the texts along; whether they should is a case of its own.
            let others = marks.filter {
                !tree.marks.contains($0.mark.rawValue) && $0.mark != .missingText
            }
            let told = marks.map { "\($0.mark.rawValue) \($0.path)" }
            #expect(others.isEmpty, "trees.cases:\(tree.line): \(told)")
            for mark in tree.marks {
                #expect(
                    marks.contains { $0.mark.rawValue == mark && $0.path == tree.path },
                    "trees.cases:\(tree.line): expected \(mark) at \(tree.path), got \(told)")
            }
        }
    }
}

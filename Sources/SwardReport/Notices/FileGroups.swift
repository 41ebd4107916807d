// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy
internal import SwardSPDX

/// The files of a tree by their terms and holders, in few patterns. Members of archives are left out, since no tree has them,
/// and so are license texts, which speak of the others.
struct FileGroups {
    struct Terms: Hashable {
        /// `nil` where nothing is known.
        var expression: LicenseExpression?
        /// In order of their names.
        var holders: [String]
    }

    struct Group {
        var terms: Terms
        /// Paths, and folders with a `/` at their end: everything below. In order.
        var places: [String]
        /// Years by holder, in the order of `terms.holders`.
        var years: [YearSet]
        var fileCount: Int
    }

    /// That of most files first: what is under none of the others' places.
    let groups: [Group]

    init(_ report: ScanReport, byHolder: Bool = true) {
        let archives = ArchivePaths(report)
        let stated = byHolder ? StatedHolders(report) : nil
        var indices: [Terms: Int] = [:]
        var groups: [Group] = []
        var entries: [(path: [Substring], group: Int)] = []
        for reported in report.files where archives.container(of: reported.file.path) == nil {
            let file = reported.file
            guard file.role != .licenseText else { continue }
            var years: [String: YearSet] = [:]
            if let stated {
                for notice in stated.notices(of: reported) {
                    let name = (notice.holder.isEmpty ? notice.text : notice.holder).oneLine
                    years[name, default: YearSet()].insert(notice.years)
                }
            }
            let holders = years.keys.sorted()
            let terms = Terms(expression: reported.concluded, holders: holders)
            let group: Int
            if let known = indices[terms] {
                group = known
            } else {
                group = groups.count
                indices[terms] = group
                groups.append(
                    Group(
                        terms: terms, places: [], years: Array(repeating: YearSet(), count: holders.count),
                        fileCount: 0))
            }
            groups[group].fileCount += 1
            for (index, holder) in holders.enumerated() {
                groups[group].years[index].insert(years[holder]?.text)
            }
            entries.append((file.path.split(separator: "/"), group))
        }
        Self.place(entries, into: &groups)
        let most = groups.indices.max { (groups[$0].fileCount, $1) < (groups[$1].fileCount, $0) }
        self.groups = groups.enumerated().sorted {
            let (a, b) = ($0.offset == most, $1.offset == most)
            return a != b ? a : $0.element.places.lexicographicallyPrecedes($1.element.places)
        }.map(\.element)
    }

    /// Gives each group the largest folders that are wholly its own, and single files elsewhere.
    ///
    /// The entries come sorted by path, so that a folder is a run of them; no recursion, however deep the tree is.
    private static func place(_ entries: [(path: [Substring], group: Int)], into groups: inout [Group]) {
        var open: [(range: Range<Int>, depth: Int)] = [(0..<entries.count, 0)]
        while let (range, depth) = open.popLast() {
            guard let first = range.first else { continue }
            if depth > 0, range.count > 1,
                entries[range].allSatisfy({ $0.group == entries[first].group })
            {
                let folder = entries[first].path.prefix(depth).joined(separator: "/") + "/"
                groups[entries[first].group].places.append(folder)
                continue
            }
            var index = first
            while index < range.upperBound {
                let path = entries[index].path
                guard path.count > depth + 1 else {
                    groups[entries[index].group].places.append(path.joined(separator: "/"))
                    index += 1
                    continue
                }
                let start = index
                while index < range.upperBound, entries[index].path.count > depth + 1,
                    entries[index].path[depth] == path[depth]
                {
                    index += 1
                }
                open.append((start..<index, depth + 1))
            }
        }
        for index in groups.indices { groups[index].places.sort() }
    }
}

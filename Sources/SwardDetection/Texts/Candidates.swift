// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// A stretch of a file that shares runs of words with one template.
struct Cluster {
    var template: Int { Int(number) }
    var hits: Int { Int(shared) }
    /// Places of the first and last shared run in the file.
    var first: Int { Int(start) }
    var last: Int { Int(end) }
    /// The places in the template of the two.
    var firstPlace: Int { Int(startPlace) }
    var lastPlace: Int { Int(endPlace) }
    // Narrow, as a long file has a hundred thousand of them, and each run goes to many.
    private var number: Int32
    private var shared: Int32
    private var start: Int32
    private var end: Int32
    private var startPlace: Int32
    private var endPlace: Int32
    /// Shared runs that lie elsewhere in the template, one after the other: where they begin, where the last one is.
    private var strays: Int32 = 0
    private var strayStart: Int32 = 0
    private var strayStartPlace: Int32 = 0
    private var strayAt: Int32 = 0
    private var strayPlace: Int32 = 0
    /// Higher is to be looked at earlier.
    var promise: Double = 0
    /// Of the runs that the template must have, how many are there.
    var share: Double = 0

    init(template: Int, hits: Int, first: Int, last: Int, firstPlace: Int, lastPlace: Int) {
        number = Int32(truncatingIfNeeded: template)
        shared = Int32(truncatingIfNeeded: hits)
        start = Int32(truncatingIfNeeded: first)
        end = Int32(truncatingIfNeeded: last)
        startPlace = Int32(truncatingIfNeeded: firstPlace)
        endPlace = Int32(truncatingIfNeeded: lastPlace)
    }

    enum Answer { case taken, beginsAnew(at: Int, place: Int, hits: Int) }

    /// Adds the run at `at` of the file, which stands at `place` of the template.
    ///
    /// - Parameter slack: How far from where it is expected a run may stand.
    mutating func take(_ at: Int, _ place: Int, slack: Int) -> Answer {
        let at = Int32(truncatingIfNeeded: at)
        let place = Int32(truncatingIfNeeded: place)
        let slack = Int32(truncatingIfNeeded: slack)
        let step = at &- end
        // A run that stands twice in the file and once in the template adds nothing.
        if place >= endPlace, abs(place &- endPlace &- step) <= min(64 &+ step / 2, slack) {
            if place > endPlace { shared &+= 1 }
            end = at
            endPlace = place
            strays = 0
            return .taken
        }
        if strays > 0, place >= strayPlace, abs(place &- strayPlace &- (at &- strayAt)) <= 32 {
            strays &+= 1
        } else {
            strays = 1
            strayStart = at
            strayStartPlace = place
        }
        strayAt = at
        strayPlace = place
        // Phrases come twice in one license; a few runs elsewhere are chance.
        guard strays >= 4 else { return .taken }
        // The text never goes back within itself by much: this is another copy.
        if strayStartPlace < endPlace &- max(12, min(400, slack)) {
            return .beginsAnew(at: Int(strayStart), place: Int(strayStartPlace), hits: Int(strays))
        }
        shared &+= strays
        strays = 0
        end = at
        endPlace = place
        return .taken
    }
}

/// Gathers clusters in one pass over the runs of a file.
struct Candidates {
    /// Words between two shared runs of one text at most; what is farther is another text.
    static let reach = 400

    /// Clusters of one file at most: more than any file of license texts has.
    static let limit = 100_000

    /// With the means spent, runs that more templates than this have are passed over: they tell least.
    static let popular = 24
    /// And than this with the means spent twice over.
    static let rare = 8

    /// What fills its stretch, and is filled by it, more than this goes before all others.
    static let pure = 0.9

    private(set) var clusters: [Cluster] = []
    /// Postings looked at in the last file.
    private(set) var looks = 0
    /// By template: its open cluster, plus 1.
    private var open: [Int32] = []
    /// By template: required fingerprints and length.
    private var needed: [Int32] = []
    private var lengths: [Int32] = []

    /// - Parameter budget: Postings to look at with all care.
    mutating func gather(_ query: borrowing TextQuery, index: TextIndex, budget: Int) {
        if open.count != index.templateCount {
            open = [Int32](repeating: 0, count: index.templateCount)
            needed = open
            lengths = open
            for number in 0..<index.templateCount {
                let template = index.template(number)
                // Short templates keep all their runs; a file gives two in seven.
                let isDense = template.count <= Fingerprints.denseLimit
                needed[number] = Int32(
                    isDense ? template.fingerprintCount * 2 / 7 : template.fingerprintCount)
                lengths[number] = Int32(template.count)
            }
        }
        for cluster in clusters { open[cluster.template] = 0 }
        clusters.removeAll(keepingCapacity: true)
        var looks = 0
        var clusters: [Cluster] = []
        swap(&clusters, &self.clusters)
        let templateCount = open.count
        // Safe: templates are counted by the index, as these two are; what it holds beyond is passed over.
        unsafe open.withUnsafeMutableBufferPointer { open in
            unsafe lengths.withUnsafeBufferPointer { lengths in
                for run in query.runs {
                    let place = Int(run.place)
                    var posting = Int(run.first)
                    let end = Int(run.end)
                    if looks > budget, end - posting > (looks > 2 * budget ? Self.rare : Self.popular) {
                        continue
                    }
                    looks += end - posting
                    while posting < end {
                        let template = index.template(atPosting: posting)
                        var at = index.place(atPosting: posting)
                        posting += 1
                        guard template < templateCount else { continue }
                        let known = unsafe Int(open[template]) - 1
                        if known >= 0 {
                            let expected = clusters[known].lastPlace + place - clusters[known].last
                            // Of several places in one template the one that goes on best.
                            while posting < end, index.template(atPosting: posting) == template {
                                let other = index.place(atPosting: posting)
                                if abs(other - expected) < abs(at - expected) { at = other }
                                posting += 1
                            }
                            let length = unsafe Int(lengths[template])
                            if place - clusters[known].last <= min(Self.reach, length + 80) {
                                let slack = max(6, length / 4)
                                switch clusters[known].take(place, at, slack: slack) {
                                case .taken: continue
                                case .beginsAnew(let start, let startPlace, let hits):
                                    unsafe open[template] = Int32(clusters.count + 1)
                                    clusters.append(
                                        Cluster(
                                            template: template, hits: hits, first: start, last: place,
                                            firstPlace: startPlace, lastPlace: at)
                                    )
                                    continue
                                }
                            }
                        } else {
                            while posting < end, index.template(atPosting: posting) == template {
                                posting += 1
                            }
                        }
                        guard clusters.count < Self.limit else { continue }
                        unsafe open[template] = Int32(clusters.count + 1)
                        clusters.append(
                            Cluster(
                                template: template, hits: 1, first: place, last: place, firstPlace: at,
                                lastPlace: at)
                        )
                    }
                }
            }
        }
        swap(&clusters, &self.clusters)
        self.looks = looks
    }

    /// Clusters worth aligning, the best first.
    mutating func ranked(_ index: TextIndex) -> [Cluster] {
        var kept: [Cluster] = []
        for var cluster in clusters {
            let needed = max(1, Int(self.needed[cluster.template]))
            let share = min(1, Double(cluster.hits) / Double(needed))
            guard share >= 0.25 && (cluster.hits >= 2 || needed <= 3) || cluster.hits >= 14 else { continue }
            // Seen first: what fills its stretch and is filled by it. An exact text then spares the look at all others.
            let length = Double(cluster.last - cluster.first + Fingerprints.length)
            let purity = share * min(1, Double(cluster.hits) * 3.5 / length)
            cluster.promise = Double(cluster.hits) * purity * purity * purity * purity
            // However short: means spent on the likes of long texts would be missing for it.
            if purity > Self.pure { cluster.promise += Double(Self.limit) }
            cluster.share = share
            kept.append(cluster)
        }
        return kept.sorted {
            $0.promise != $1.promise
                ? $0.promise > $1.promise : ($0.first, $0.template) < ($1.first, $1.template)
        }
    }
}

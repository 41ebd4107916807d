// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Lays one template along a stretch of a file: which word stands for which.
///
/// Shared runs are chained, exact stretches between them are walked, and what is left between those is aligned by
/// dynamic programming with the template's own costs. All work is taken from a budget in proportion to the file, so that
/// no content makes it more than linear.
struct Aligner {
    /// Cells of one gap's table at most; a larger gap is taken as wholly different.
    static let gapLimit = 10_000

    /// By place in the template: the place in the file, or -1.
    private(set) var partner: [Int32] = []
    /// Places in the file of the first and last matched word; empty when nothing matched.
    private(set) var span = 0..<0
    /// Table cells still to be spent on this file.
    private(set) var budget = 0
    /// Table cells spent on this file.
    private(set) var cells = 0

    private struct Anchor { var place: Int; var at: Int }
    private var anchors: [Anchor] = []
    private var chain: [Anchor] = []
    private var tails: [Int] = []
    private var previous: [Int] = []
    private var costs: [Int32] = []
    private var steps: [UInt8] = []

    /// Begins a new file.
    mutating func begin(budget: Int) {
        self.budget = budget
        cells = 0
    }

    /// - Returns: Whether anything of the template lies there.
    mutating func align(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ cluster: Cluster, index: TextIndex
    ) -> Bool {
        partner.removeAll(keepingCapacity: true)
        partner.append(contentsOf: repeatElement(-1, count: shape.words.count))
        span = 0..<0
        findAnchors(shape, query, cluster, index)
        chainAnchors()
        trimChain()
        guard let first = chain.first, let last = chain.last else { return false }
        var place = first.place
        var at = first.at
        // What lies before the first run: backwards while equal, then by table with a free start.
        while place > 0, at > 0, shape.words[place - 1] == query.ids[at - 1] {
            place -= 1
            at -= 1
        }
        fillHead(shape, query, place, at)
        for anchor in chain where anchor.place >= place && anchor.at >= at {
            walk(shape, query, &place, &at, to: anchor)
        }
        walk(shape, query, &place, &at, to: Anchor(place: max(place, last.place), at: max(at, last.at)))
        while place < shape.words.count, at < query.ids.count, shape.words[place] == query.ids[at] {
            partner[place] = Int32(at)
            place += 1
            at += 1
        }
        fillTail(shape, query, place, at)
        return findSpan()
    }

    private mutating func findSpan() -> Bool {
        var low = Int32.max
        var high: Int32 = -1
        for at in partner where at >= 0 {
            low = min(low, at)
            high = max(high, at)
        }
        guard high >= 0 else {
            span = 0..<0
            return false
        }
        span = Int(low)..<Int(high) + 1
        return true
    }

    /// Gives up words at either end that were paired with optional ones which are absent: they are those of whatever stands
    /// before or after the text, such as the title of the next one.
    ///
    /// - Parameter absent: Places in the template.
    /// - Returns: Whether there were any.
    mutating func dropEnds(_ absent: [Range<Int>]) -> Bool {
        guard !absent.isEmpty else { return false }
        var isChanged = false
        func drop(_ places: some Sequence<Int>) {
            for place in places where partner[place] >= 0 {
                guard absent.contains(where: { $0.contains(place) }) else { return }
                partner[place] = -1
                isChanged = true
            }
        }
        drop(partner.indices.reversed())
        drop(partner.indices)
        return isChanged && findSpan()
    }

    // MARK: - Shared runs

    private mutating func findAnchors(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ cluster: Cluster, _ index: TextIndex
    ) {
        anchors.removeAll(keepingCapacity: true)
        var low = 0
        var high = query.runs.count
        // A cluster may have lost an end of the text to another one; runs that do not fit fall out of the chain again.
        let from = cluster.first - min(300, cluster.firstPlace) - 60
        let to = cluster.last + max(0, shape.words.count - cluster.lastPlace) + 100
        while low < high {
            let middle = (low + high) / 2
            if Int(query.runs[middle].place) < from { low = middle + 1 } else { high = middle }
        }
        // Farther apart than clusters reach nothing of the same text comes any more.
        var reached = max(cluster.last, from)
        while low < query.runs.count, case let run = query.runs[low], Int(run.place) <= to,
            Int(run.place) <= reached + Candidates.reach
        {
            low += 1
            // Postings are sorted by template.
            var first = Int(run.first)
            var stop = Int(run.end)
            while first < stop {
                let middle = (first + stop) / 2
                if index.template(atPosting: middle) < cluster.template {
                    first = middle + 1
                } else {
                    stop = middle
                }
            }
            stop = first
            while stop < Int(run.end), stop - first < 8, index.template(atPosting: stop) == cluster.template {
                stop += 1
            }
            if stop > first { reached = max(reached, Int(run.place)) }
            // Later places first: a chain then takes one of them at most.
            while stop > first {
                stop -= 1
                anchors.append(Anchor(place: index.place(atPosting: stop), at: Int(run.place)))
            }
        }
    }

    /// The longest sequence of anchors that go forward in both.
    private mutating func chainAnchors() {
        chain.removeAll(keepingCapacity: true)
        tails.removeAll(keepingCapacity: true)
        previous.removeAll(keepingCapacity: true)
        for (number, anchor) in anchors.enumerated() {
            var low = 0
            var high = tails.count
            while low < high {
                let middle = (low + high) / 2
                if anchors[tails[middle]].place < anchor.place { low = middle + 1 } else { high = middle }
            }
            previous.append(low > 0 ? tails[low - 1] : -1)
            if low == tails.count { tails.append(number) } else { tails[low] = number }
        }
        var number = tails.last ?? -1
        while number >= 0 {
            chain.append(anchors[number])
            number = previous[number]
        }
        chain.reverse()
    }

    /// Drops runs at either end that lie so far off that the words between would outweigh them.
    private mutating func trimChain() {
        guard chain.count > 1 else { return }
        var best = Int.min
        var bestRange = 0..<1
        var value = 0
        var start = 0
        for number in chain.indices {
            if number > 0 {
                let gapAt = chain[number].at - chain[number - 1].at
                let gapPlace = chain[number].place - chain[number - 1].place
                // Where the file has more words than the template they are added ones; bullets and names are not many.
                let loss = max(0, gapAt - gapPlace - 12)
                value -= loss
                if value < 0 {
                    value = 0
                    start = number
                } else {
                    value += min(gapAt, gapPlace)
                }
            }
            if value > best || (value == best && start == bestRange.lowerBound) {
                best = value
                bestRange = start..<number + 1
            }
        }
        chain = Array(chain[bestRange])
    }

    // MARK: - Between runs

    private mutating func walk(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ place: inout Int, _ at: inout Int,
        to anchor: Anchor
    ) {
        while place < anchor.place, at < anchor.at, shape.words[place] == query.ids[at] {
            partner[place] = Int32(at)
            place += 1
            at += 1
        }
        var endPlace = anchor.place
        var endAt = anchor.at
        while endPlace > place, endAt > at, shape.words[endPlace - 1] == query.ids[endAt - 1] {
            endPlace -= 1
            endAt -= 1
            partner[endPlace] = Int32(endAt)
        }
        if endPlace > place || endAt > at {
            fill(shape, query, place..<endPlace, at..<endAt, freeStart: false, freeEnd: false)
        }
        place = anchor.place
        at = anchor.at
        // The run itself, and whatever follows it.
        while place < shape.words.count, at < query.ids.count, shape.words[place] == query.ids[at],
            place < anchor.place + Fingerprints.length
        {
            partner[place] = Int32(at)
            place += 1
            at += 1
        }
    }

    private static let headLimit = 72

    private mutating func fillHead(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ place: Int, _ at: Int
    ) {
        guard place > 0, at > 0 else { return }
        let first = max(0, place - Self.headLimit)
        var window = place - first + 24
        for place in first..<place where shape.added[place] == TemplateShape.free {
            window += 40
            break
        }
        let start = max(0, at - window)
        fill(shape, query, first..<place, start..<at, freeStart: true, freeEnd: false)
    }

    private mutating func fillTail(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ place: Int, _ at: Int
    ) {
        guard place < shape.words.count, at < query.ids.count else { return }
        let stop = min(shape.words.count, place + Self.headLimit)
        var window = stop - place + 24
        for place in place..<stop where shape.added[place] == TemplateShape.free {
            window += 40
            break
        }
        fill(
            shape, query, place..<stop, at..<min(query.ids.count, at + window), freeStart: false,
            freeEnd: true)
    }

    /// Pairs the words of `places` with those of `range` at the least cost.
    ///
    /// - Parameter freeStart: Whether words of the file may be passed over before the first pair; `freeEnd` likewise.
    private mutating func fill(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ places: Range<Int>, _ range: Range<Int>,
        freeStart: Bool, freeEnd: Bool
    ) {
        let rows = places.count
        let columns = range.count
        guard rows > 0, columns > 0 else { return }
        let cells = (rows + 1) * (columns + 1)
        guard cells <= Self.gapLimit, cells <= budget else {
            fillLarge(shape, query, places, range)
            return
        }
        budget -= cells
        self.cells += cells
        let width = columns + 1
        if steps.count < cells { steps.append(contentsOf: repeatElement(0, count: cells - steps.count)) }
        if costs.count < 2 * width {
            costs.append(contentsOf: repeatElement(0, count: 2 * width - costs.count))
        }
        fillTable(shape, query, places, range, freeStart: freeStart, freeEnd: freeEnd)
        var row = rows
        var column = columns
        while row > 0 || column > 0 {
            switch steps[row * width + column] {
            case 1:
                row -= 1
                column -= 1
                partner[places.lowerBound + row] = Int32(range.lowerBound + column)
            case 2 where row > 0: row -= 1
            case 3 where column > 0: column -= 1
            default: return
            }
        }
    }

    /// Writes the step that leads to each cell: 0 start, 1 pair, 2 missing in the file, 3 added in the file.
    private mutating func fillTable(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ places: Range<Int>, _ range: Range<Int>,
        freeStart: Bool, freeEnd: Bool
    ) {
        let rows = places.count
        let columns = range.count
        let width = columns + 1
        let start = range.lowerBound
        costs[0] = 0
        steps[0] = 0
        for column in 1...columns {
            costs[column] =
                freeStart
                ? 0 : costs[column - 1] + addedCost(shape, query, places.lowerBound, start + column - 1)
            steps[column] = freeStart ? 0 : 3
        }
        // The two rows of costs lie one after the other; which is which changes from row to row.
        // Safe: all indices are below the sizes that `fill` has made room for, and ids and notices have one entry each.
        unsafe costs.withUnsafeMutableBufferPointer { costs in
            unsafe steps.withUnsafeMutableBufferPointer { steps in
                unsafe query.ids.withUnsafeBufferPointer { ids in
                    unsafe query.isNotice.withUnsafeBufferPointer { notices in
                        var above = 0
                        var here = width
                        for row in 1...rows {
                            let place = places.lowerBound + row - 1
                            let word = shape.words[place]
                            let missing = shape.missing[place]
                            let bullet = shape.hasBullet[place + 1]
                            let isLast = row == rows && freeEnd
                            let added = isLast ? 0 : shape.added[place + 1]
                            let addedNotice = min(added, TemplateShape.free)
                            let base = row &* width
                            var left = unsafe costs[above] &+ missing
                            unsafe costs[here] = left
                            unsafe steps[base] = 2
                            for column in 1...columns {
                                let at = start &+ column &- 1
                                var cost = unsafe costs[above &+ column] &+ missing
                                var step: UInt8 = 2
                                var sideways = unsafe left &+ (notices[at] ? addedNotice : added)
                                if bullet, query.countsItems[at] { sideways = left &+ addedNotice }
                                if sideways < cost {
                                    cost = sideways
                                    step = 3
                                }
                                if unsafe ids[at] == word, word != 0 {
                                    let pair = unsafe costs[above &+ column &- 1]
                                    if pair <= cost {
                                        cost = pair
                                        step = 1
                                    }
                                }
                                unsafe costs[here &+ column] = cost
                                unsafe steps[base &+ column] = step
                                left = cost
                            }
                            swap(&above, &here)
                        }
                    }
                }
            }
        }
    }

    private func addedCost(_ shape: TemplateShape, _ query: borrowing TextQuery, _ place: Int, _ at: Int)
        -> Int32
    {
        let cost = shape.added[place]
        if query.isNotice[at] || (shape.hasBullet[place] && query.countsItems[at]) {
            return min(cost, TemplateShape.free)
        }
        return cost
    }

    /// A gap too large for a table: only its ends are aligned, each with as many words as a table holds.
    private mutating func fillLarge(
        _ shape: TemplateShape, _ query: borrowing TextQuery, _ places: Range<Int>, _ range: Range<Int>
    ) {
        let side = 48
        guard budget > 2 * (side + 1) * (side + 1), places.count > 0, range.count > 0 else { return }
        let headPlaces = places.prefix(side)
        let headRange = range.prefix(side)
        if places.count <= 2 * side || range.count <= 2 * side {
            // One side is short: the other's two ends are what may hold it.
            let half = places.count / 2
            let halfRange = range.count / 2
            fill(
                shape, query, places.prefix(min(side, max(half, 1))).asRange,
                range.prefix(min(2 * side, max(halfRange, 1))).asRange, freeStart: false, freeEnd: true)
            let tail = places.suffix(min(side, places.count - min(side, max(half, 1))))
            let tailRange = range.suffix(min(2 * side, range.count - min(2 * side, max(halfRange, 1))))
            fill(shape, query, tail.asRange, tailRange.asRange, freeStart: true, freeEnd: false)
            return
        }
        fill(shape, query, headPlaces.asRange, headRange.asRange, freeStart: false, freeEnd: true)
        fill(
            shape, query, places.suffix(side).asRange, range.suffix(side).asRange, freeStart: true,
            freeEnd: false)
    }
}

extension Slice<Range<Int>> {
    fileprivate var asRange: Range<Int> { startIndex..<endIndex }
}
extension Range<Int> {
    fileprivate var asRange: Range<Int> { self }
}

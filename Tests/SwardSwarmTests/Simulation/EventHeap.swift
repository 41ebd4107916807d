// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Events in the order of their time; those of one instant in the order they were put in.
struct EventHeap<Event> {
    private struct Entry {
        let time: Int
        let number: Int
        let event: Event
        func precedes(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
    }

    private var entries: [Entry] = []
    private var number = 0

    var isEmpty: Bool { entries.isEmpty }
    var nextTime: Int? { entries.first?.time }

    mutating func push(_ event: Event, at time: Int) {
        number += 1
        entries.append(Entry(time: time, number: number, event: event))
        var child = entries.count - 1
        while child > 0, entries[child].precedes(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (time: Int, event: Event)? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2]
                where child < entries.count && entries[child].precedes(entries[least]) { least = child }
                if least == parent { break }
                entries.swapAt(parent, least)
                parent = least
            }
        }
        return (first.time, first.event)
    }
}

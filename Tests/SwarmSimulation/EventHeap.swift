// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Events in the order of their time; those of one instant in the order they were put in.
///
/// The heap holds numbers and the events lie still beside it: a message is large, and half a million may be under way.
struct EventHeap<Event> {
    private struct Entry {
        let time: Int
        let number: Int
        let place: Int
        func precedes(_ other: Entry) -> Bool { (time, number) < (other.time, other.number) }
    }

    private var entries: [Entry] = []
    private var events: [Event?] = []
    private var free: [Int] = []
    private var number = 0

    mutating func push(_ event: Event, at time: Int) {
        number += 1
        let place = free.popLast() ?? events.count
        if place == events.count { events.append(event) } else { events[place] = event }
        let entry = Entry(time: time, number: number, place: place)
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entry.precedes(entries[parent]) else { break }
            entries[child] = entries[parent]
            child = parent
        }
        entries[child] = entry
    }

    mutating func pop() -> (time: Int, event: Event)? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            var parent = 0
            while true {
                var child = 2 * parent + 1
                guard child < entries.count else { break }
                if child + 1 < entries.count, entries[child + 1].precedes(entries[child]) { child += 1 }
                guard entries[child].precedes(last) else { break }
                entries[parent] = entries[child]
                parent = child
            }
            entries[parent] = last
        }
        free.append(first.place)
        guard let event = events[first.place].take() else { return nil }
        return (first.time, event)
    }
}

internal import Foundation
internal import Glibc

/// Threads for work that takes a while, so that neither the socket's threads nor the cooperative pool ever wait for it.
package final class ThreadPool: Sendable {
    private let queue: BlockingQueue<@Sendable () -> Void>
    private let finished = DispatchGroup()

    /// A pool of some threads, for which at most `limit` pieces of work wait.
    ///
    /// - Parameter yields: whether its threads leave the processor to all others that want it.
    package init(_ name: String, threads: Int, limit: Int = 256, yields: Bool = false) {
        queue = BlockingQueue(limit: limit)
        for number in 1...threads {
            finished.enter()
            let thread = Thread { [queue, finished] in
                // Of the system's threads each has a priority of its own; where it cannot be lowered nothing is lost.
                if yields { _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 10) }
                while let work = queue.take(atMost: 1).first { work() }
                finished.leave()
            }
            thread.name = "\(name)-\(number)"
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// Runs work on one of the threads.
    ///
    /// - Returns: false where too much waits already; nothing is run then.
    package func run(_ work: @escaping @Sendable () -> Void) -> Bool { queue.put(work) }

    /// Takes nothing more in and waits until what was taken in is done.
    package func finish() {
        queue.close()
        finished.wait()
    }
}

/// The threads of a service, by what runs on them: a search never waits for a check of the whole file, and whoever
/// looks up a day never waits for a search.
struct ThreadPools: Sendable {
    /// Searches. One core stays free for the writer and the socket.
    let searches = ThreadPool("search", threads: max(1, ProcessInfo.processInfo.activeProcessorCount - 1))
    /// Looks into state and record; no more at once than the record has reading connections.
    let looks = ThreadPool("look", threads: 3)
    /// Forecasts, a week at a time; the writer, the socket and every search come first.
    let forecasts = ThreadPool("forecast", threads: 1, limit: 8, yields: true)
    /// Names of users, for which the system may have to ask another machine.
    let names = ThreadPool("name", threads: 1)
    /// Checks of the whole file, one after the other.
    let checks = ThreadPool("check", threads: 1, limit: 4)

    /// Takes nothing more in and waits until what was taken in is done.
    func finish() {
        searches.finish()
        looks.finish()
        forecasts.finish()
        names.finish()
        checks.finish()
    }
}

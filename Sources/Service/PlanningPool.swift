internal import Foundation

/// Threads for long searches and slow reads, so that neither the socket's threads nor the cooperative pool ever wait
/// for them. One core stays free for the writer and the socket.
package final class PlanningPool: Sendable {
    private let queue: BlockingQueue<@Sendable () -> Void>
    private let finished = DispatchGroup()

    /// A pool of some threads, for which at most `limit` pieces of work wait.
    package init(
        threads: Int = max(1, ProcessInfo.processInfo.activeProcessorCount - 1), limit: Int = 256
    ) {
        queue = BlockingQueue(limit: limit)
        for number in 1...threads {
            finished.enter()
            let thread = Thread { [queue, finished] in
                while let work = queue.take(atMost: 1).first { work() }
                finished.leave()
            }
            thread.name = "planning-\(number)"
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

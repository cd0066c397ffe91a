internal import NIOCore
internal import StrictJSON

// Series: replies one after the other, at the client's pace.
extension Connection {
    /// Sends a reply of a series, at once or when the client has read enough.
    func sendInSeries(_ bytes: [UInt8], number: Int, _ continuation: Send) {
        guard let answering, answering.number == number, let context, closeReason == nil, !readsTooSlowly else {
            continuation.resume(returning: false)
            return
        }
        guard context.channel.isWritable, waitingSends.isEmpty else {
            waitingSends.append((bytes, continuation))
            return
        }
        write(bytes)
        flush()
        continuation.resume(returning: true)
    }

    /// Ends the running series, if there is one: its task is cancelled and its waiting replies are refused.
    func endSeries() {
        guard let answering, answering.isSeries else { return }
        answering.task?.cancel()
        let sends = waitingSends
        waitingSends = []
        for send in sends { send.continuation.resume(returning: false) }
    }

    /// Begins nothing new, ends a series, answers what has come in, and closes.
    func drain() {
        guard !drains else { return }
        drains = true
        if let answering, answering.isSeries { answering.task?.cancel() }
        proceed()
    }
}

// Time limits. One timer is set at a time; it looks again when it rings too early.
extension Connection {
    func noteWhatIsAwaited(_ context: ChannelHandlerContext) {
        if readsTooSlowly {
            wait(for: .lastReplies)
        } else if !context.channel.isWritable {
            wait(for: .reader)
        } else if answering != nil {
            wait(for: .code)
        } else if !frames.isEmpty || callCount == 0 {
            wait(for: .message)
        } else {
            wait(for: .idle)
        }
        if waitingSinceCall != callCount {
            waitingSinceCall = callCount
            waitingSince = .now()
        }
    }

    func wait(for awaited: Waiting) {
        guard awaited != waiting else { return }
        waiting = awaited
        waitingSince = .now()
        armTimer()
    }

    private var deadline: NIODeadline? {
        let limit: Duration? =
            switch waiting {
            case .code: nil
            case .message: limits.unfinished
            case .idle: limits.idle
            case .reader, .lastReplies: limits.unread
            }
        return limit.map { waitingSince + TimeAmount($0) }
    }

    func armTimer() {
        guard let context, let deadline else { return }
        if let timer, timer.at <= deadline { return }
        timer?.scheduled.cancel()
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        let scheduled = context.eventLoop.scheduleTask(deadline: deadline) { connection.value.timerRang() }
        timer = (deadline, scheduled)
    }

    private func timerRang() {
        timer = nil
        guard let deadline else { return }
        if deadline <= .now() { expire(waiting) } else { armTimer() }
    }

    /// Does what follows when the connection has waited for this too long, if that is what it waits for.
    func expire(_ awaited: Waiting) {
        guard awaited == waiting, let context else { return }
        switch awaited {
        case .code: break
        case .message: close(.unfinished)
        case .idle: close(.idle)
        case .reader: readerIsSlow(context)
        case .lastReplies: cut(context)
        }
    }

    /// A series gets the chance to end with an error; whether the client then reads it or not, the connection closes.
    private func readerIsSlow(_ context: ChannelHandlerContext) {
        guard answering?.isSeries == true else { return cut(context) }
        readsTooSlowly = true
        wait(for: .lastReplies)
        endSeries()
    }

    private func cut(_ context: ChannelHandlerContext) {
        closeReason = closeReason ?? .unread
        context.close(promise: nil)
    }
}

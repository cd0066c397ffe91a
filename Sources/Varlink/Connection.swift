internal import NIOCore
internal import StrictJSON

/// One client. It answers calls strictly in order: the next is begun when the one before is answered and the client
/// has read enough. Everything here happens on the connection's event loop.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The call being answered.
    struct Answering {
        var number: Int
        var isSeries: Bool
        var task: Task<Void, Never>?
    }

    /// What the connection waits for while a time limit runs.
    enum Waiting: Hashable {
        /// The code of a method, for as long as it takes.
        case code
        /// The rest of a message, or the first one.
        case message
        case idle
        /// The client, to read its replies.
        case reader
        /// The client, to read its last replies before the connection closes.
        case lastReplies
    }

    typealias Send = CheckedContinuation<Bool, Never>

    let peer: Peer
    let routes: Routes
    let limits: ServerLimits
    /// Whether the peer may call more than `org.varlink.service`; it may change while the connection is open.
    let isKnown: Server.Know
    let register: ConnectionRegister
    let closed: (CloseReason) -> Void
    /// Nil once the client has gone.
    var context: ChannelHandlerContext?
    private var loop: (any EventLoop)?
    var frames: FrameBuffer
    var answering: Answering?
    var callCount = 0
    /// Replies of the running series that wait for the client to read.
    var waitingSends: [(bytes: [UInt8], continuation: Send)] = []
    var inputEnded = false
    var drains = false
    var readsTooSlowly = false
    var closeReason: CloseReason?
    var waiting = Waiting.message
    var waitingSince = NIODeadline.now()
    /// The calls begun when `waitingSince` was set.
    var waitingSinceCall = 0
    var timer: (at: NIODeadline, scheduled: Scheduled<Void>)?
    private var isProceeding = false
    private var needsFlush = false

    init(
        peer: Peer, routes: Routes, limits: ServerLimits, isKnown: @escaping Server.Know, register: ConnectionRegister,
        closed: @escaping (CloseReason) -> Void
    ) {
        self.peer = peer
        self.routes = routes
        self.limits = limits
        self.isKnown = isKnown
        self.register = register
        self.closed = closed
        frames = FrameBuffer(limit: min(limits.messageBytes, limits.strangerMessageBytes))
    }

    // MARK: What the channel tells

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop = context.eventLoop
    }

    func channelActive(context: ChannelHandlerContext) {
        armTimer()
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard closeReason == nil, !drains else { return }
        unwrapInboundIn(data).withUnsafeReadableBytes { frames.append($0) }
        proceed()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        readMore()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            inputEnded = true
            proceed()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else {
            wait(for: closeReason == nil && !readsTooSlowly ? .reader : .lastReplies)
            return
        }
        while context.channel.isWritable, !waitingSends.isEmpty {
            let (bytes, continuation) = waitingSends.removeFirst()
            write(bytes)
            flush()
            continuation.resume(returning: true)
        }
        proceed()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
    }

    /// A channel that closes before it became active is never inactive.
    func handlerRemoved(context: ChannelHandlerContext) {
        end()
    }

    private func end() {
        guard context != nil else { return }
        let reason = closeReason ?? .clientClosed
        closeReason = reason
        timer?.scheduled.cancel()
        timer = nil
        self.context = nil
        endSeries()
        runOnewayCalls()
        closed(reason)
    }

    // MARK: Calls

    /// Begins as many calls as may be begun, and closes when there is nothing left to do.
    func proceed() {
        guard !isProceeding, closeReason == nil, let context else { return }
        isProceeding = true
        var reason: CloseReason?
        do {
            // Flushing may make room for more replies: then go round again rather than come back by recursion.
            while try beginCalls(context) { flush() }
        } catch {
            reason = error
        }
        flush()
        isProceeding = false
        if let reason {
            close(reason)
        } else if answering == nil, readsTooSlowly {
            close(.unread)
        } else if answering == nil, context.channel.isWritable, inputEnded || drains {
            close(drains ? .shutdown : .clientClosed)
        } else {
            noteWhatIsAwaited(context)
            readMore()
        }
    }

    /// Begins the calls that may be begun; whether there was one.
    private func beginCalls(_ context: ChannelHandlerContext) throws(CloseReason) -> Bool {
        var hasBegun = false
        while answering == nil, !readsTooSlowly, context.channel.isWritable, let message = try nextMessage() {
            begin(message)
            hasBegun = true
        }
        return hasBegun
    }

    private func nextMessage() throws(CloseReason) -> CallMessage? {
        let most = limits.messageBytes
        frames.limit = isKnown(peer) ? most : min(most, limits.strangerMessageBytes)
        return try frames.next { bytes throws(CloseReason) in try CallMessage(parsing: bytes, limits: limits.json) }
    }

    private func begin(_ message: CallMessage) {
        callCount += 1
        let route: Routes.Route
        do {
            route = try routes.route(message, of: peer)
        } catch {
            answer(message, .failure(error), checker: nil)
            return
        }
        switch route.method {
        case .immediate(let body):
            let result = Result { () throws(VarlinkError) in try body(route.call) }
            answer(message, result, checker: route.checker)
        case .remembered(let body, let otherwise):
            let result = Result { () throws(VarlinkError) in try body(route.call) }
            if case .success(nil) = result {
                run(message, route, isSeries: false) { call, _ throws(VarlinkError) in try await otherwise(call) }
            } else {
                answer(message, result.map { $0 ?? [:] }, checker: route.checker)
            }
        case .asynchronous(let body):
            run(message, route, isSeries: false) { call, _ throws(VarlinkError) in try await body(call) }
        case .series(let once, let body):
            if message.mode == .more {
                run(message, route, isSeries: true, body)
            } else if let once {
                run(message, route, isSeries: false) { call, _ throws(VarlinkError) in try await once(call) }
            }
        }
    }

    private func answer(_ message: CallMessage, _ result: Result<JSONObject, VarlinkError>, checker: ReplyChecker?) {
        checker?.check(result)
        if message.mode != .oneway { write(ReplyMessage(result).bytes()) }
    }

    /// Runs code beside the event loop and comes back with its reply.
    private func run(
        _ message: CallMessage, _ route: Routes.Route, isSeries: Bool, _ body: @escaping ReplySeries.Body
    ) {
        guard let loop else { return }
        let series = ReplySeries(
            connection: NIOLoopBound(self, eventLoop: loop), loop: loop, number: callCount, checker: route.checker,
            register: register, slowReader: route.slowReader)
        register.beginTask()
        let wantsReply = message.mode != .oneway
        let task = Task { await series.finish(route.call, wantsReply: wantsReply, body) }
        answering = Answering(number: callCount, isSeries: isSeries, task: task)
        if isSeries, drains { task.cancel() }
    }

    /// Takes the last or only reply of a call, nil where none is wanted.
    func finish(number: Int, _ bytes: [UInt8]?) {
        guard answering?.number == number else { return }
        answering = nil
        guard context != nil else { return runOnewayCalls() }
        if let bytes { write(bytes) }
        flush()
        proceed()
    }

    /// After the client has gone, what it asked without wanting an answer is still done; the rest is dropped.
    private func runOnewayCalls() {
        while answering == nil, let message = try? nextMessage() {
            if message.mode == .oneway { begin(message) }
        }
    }

    // MARK: Writing and reading

    func write(_ bytes: [UInt8]) {
        guard let context else { return }
        context.write(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
        needsFlush = true
    }

    func flush() {
        guard needsFlush else { return }
        needsFlush = false
        context?.flush()
    }

    /// Asks for more bytes, unless enough calls wait already: then further ones wait in the kernel.
    private func readMore() {
        guard let context, closeReason == nil, !drains, !inputEnded else { return }
        let isBusy = answering != nil || !context.channel.isWritable
        if !isBusy || frames.count < limits.waitingBytes { context.read() }
    }

    /// Closes when the replies written so far have been read by the client's kernel.
    func close(_ reason: CloseReason) {
        guard closeReason == nil, let context else { return }
        closeReason = reason
        frames.removeAll()
        endSeries()
        wait(for: .lastReplies)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in channel.close(promise: nil) }
    }
}

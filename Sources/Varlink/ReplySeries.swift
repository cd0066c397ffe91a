internal import NIOCore
package import StrictJSON
internal import VarlinkDescription

/// The replies of a call that asked for more, as its method sends them.
package struct ReplySeries: Sendable {
    let connection: NIOLoopBound<Connection>
    let loop: any EventLoop
    let number: Int
    let checker: ReplyChecker?
    let register: ConnectionRegister
    /// What ends the series when its client does not read.
    let slowReader: VarlinkError

    /// Sends a reply that others follow. Returns when the client has room for another, so that a slow client slows
    /// its method down and takes no memory.
    ///
    /// - Throws: `SlowReader` of the interface when the client did not read for too long, or when it is gone. Let it
    ///   through: it is the last reply.
    package func send(_ parameters: JSONObject) async throws(VarlinkError) {
        checker?.check(.success(parameters))
        let bytes = ReplyMessage(parameters, continues: true).bytes()
        let isSent = await withCheckedContinuation { continuation in
            loop.execute {
                connection.value.sendInSeries(bytes, number: number, continuation)
            }
        }
        if !isSent { throw slowReader }
    }
}

extension ReplySeries {
    /// The code of a method that runs in a task.
    typealias Body = @Sendable (Call, ReplySeries) async throws(VarlinkError) -> JSONObject

    /// Runs the code of a method and brings its only or last reply to the connection.
    func finish(_ call: Call, wantsReply: Bool, _ body: Body) async {
        let result: Result<JSONObject, VarlinkError>
        do throws(VarlinkError) {
            result = .success(try await body(call, self))
        } catch {
            result = .failure(error)
        }
        checker?.check(result)
        let bytes = wantsReply ? ReplyMessage(result).bytes() : nil
        loop.execute {
            connection.value.finish(number: number, bytes)
            register.endTask()
        }
    }
}

/// Holds replies against what the interface declares.
struct ReplyChecker: Sendable {
    let interface: Interface
    let method: MethodDescription

    func check(_ reply: Result<JSONObject, VarlinkError>) {
        if let mismatch = interface.mismatch(of: reply, to: method) {
            preconditionFailure(
                "the reply of \(interface.description.name).\(method.name) has \(mismatch.field) \(mismatch.reason)")
        }
    }
}

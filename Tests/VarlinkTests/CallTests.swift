import Glibc
import StrictJSON
import Testing
import VarlinkDescription

@testable import Varlink

private func echo(_ text: String) -> String {
    #"{"method":"io.example.Test.Echo","parameters":{"text":"\#(text)"}}"#
}

private func reply(_ text: String) -> String {
    #"{"parameters":{"text":"\#(text)"}}"#
}

private func text(of error: VarlinkError) -> String {
    String(decoding: ReplyMessage(error).bytes().dropLast(), as: UTF8.self)
}

struct CallTests {
    @Test("A call is answered however the bytes are split or merged", arguments: [1, 2, 3, 7, 50, 1000])
    func splitAndMerged(size: Int) async throws {
        let service = try await TestService()
        let client = try await service.connect()
        let texts = (0..<5).map { "text \($0) é" }
        let bytes: [UInt8] = texts.flatMap { [UInt8](echo($0).utf8) + [0] }
        for start in stride(from: 0, to: bytes.count, by: size) {
            try await client.send(bytes: Array(bytes[start..<min(start + size, bytes.count)]))
        }
        for text in texts { #expect(try await client.receive() == reply(text)) }
        await service.stop()
    }

    @Test("Pipelined calls of all kinds are answered strictly in order")
    func pipelining() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        let messages = (0..<60).map { index in
            let method = index.isMultiple(of: 3) ? "Later" : index.isMultiple(of: 5) ? "Nothing" : "Echo"
            return #"{"method":"io.example.Test.\#(method)","parameters":{"text":"\#(index)"}}|"#
        }
        try await client.send(messages.joined())
        for index in 0..<60 {
            let isUnknown = !index.isMultiple(of: 3) && index.isMultiple(of: 5)
            let error = VarlinkError.methodNotFound("io.example.Test.Nothing")
            let expected = isUnknown ? text(of: error) : reply("\(index)")
            #expect(try await client.receive() == expected)
        }
        #expect(service.probe.texts.all == (0..<60).filter { $0 % 3 == 0 || $0 % 5 != 0 }.map(String.init))
        await service.stop()
    }

    @Test("A call that takes long holds back the replies of those behind it")
    func order() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Wait"}|"# + echo("behind") + "|")
        await service.probe.waitBegan.opened()
        let other = try await service.connect()
        try await other.send(echo("beside") + "|")
        #expect(try await other.receive() == reply("beside"))
        #expect(service.probe.texts.all == ["beside"])
        service.probe.release.open()
        #expect(try await client.receive() == #"{"parameters":{}}"#)
        #expect(try await client.receive() == reply("behind"))
        await service.stop()
    }

    @Test(
        "Calls that cannot be answered get the error of the service",
        arguments: [
            (#"{"method":"io.example.Nothing.Echo"}"#, .interfaceNotFound("io.example.Nothing")),
            (#"{"method":"io.example.Test.Nothing"}"#, .methodNotFound("io.example.Test.Nothing")),
            (#"{"method":"org.varlink.service.Nothing"}"#, .methodNotFound("org.varlink.service.Nothing")),
            (#"{"method":"Echo"}"#, .interfaceNotFound("Echo")),
            (#"{"method":""}"#, .interfaceNotFound("")),
            (#"{"method":"io.example.Test."}"#, .methodNotFound("io.example.Test.")),
            (#"{"method":"io.example.Test.Failed"}"#, .methodNotFound("io.example.Test.Failed")),
            (#"{"method":"io.example.Test.Missing"}"#, .methodNotImplemented("io.example.Test.Missing")),
            (
                #"{"method":"io.example.Test.Echo","upgrade":true,"parameters":{"text":""}}"#,
                .methodNotImplemented("io.example.Test.Echo")
            ),
            (#"{"method":"io.example.Test.Echo"}"#, .invalidParameter("text")),
            (#"{"method":"io.example.Test.Echo","parameters":null}"#, .invalidParameter("text")),
            (#"{"method":"io.example.Test.Echo","parameters":{"text":1}}"#, .invalidParameter("text")),
            (#"{"method":"io.example.Test.Echo","parameters":{"text":"","x":1}}"#, .invalidParameter("x")),
            (#"{"method":"io.example.Test.Wait","parameters":{"x":null}}"#, .invalidParameter("x")),
            (
                #"{"method":"io.example.Test.Echo","parameters":{"text":"","thing":{"name":"","parts":[1]}}}"#,
                .invalidParameter("parts")
            ),
            (#"{"method":"io.example.Test.Count","parameters":{"to":1}}"#, .expectedMore),
            (#"{"method":"io.example.Test.Fail"}"#, VarlinkError("io.example.Test.Failed", ["reason": "x"])),
            (
                #"{"method":"org.varlink.service.GetInterfaceDescription","parameters":{"interface":"x"}}"#,
                .interfaceNotFound("x")
            ),
            (#"{"method":"org.varlink.service.GetInterfaceDescription"}"#, .invalidParameter("interface")),
        ] as [(String, VarlinkError)])
    func errors(message: String, error: VarlinkError) async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(message + "|" + echo("still here") + "|")
        #expect(try await client.receive() == text(of: error))
        #expect(try await client.receive() == reply("still here"))
        await service.stop()
    }

    @Test(
        "A oneway call never gets a reply, not even an error",
        arguments: [
            "Echo", "Later", "Nothing", "Fail", "Count", "Missing",
        ])
    func oneway(method: String) async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(
            #"{"method":"io.example.Test.\#(method)","parameters":{"text":"x"},"oneway":true}|"# + echo("next") + "|")
        #expect(try await client.receive() == reply("next"))
        #expect(service.probe.texts.all == (["Echo", "Later"].contains(method) ? ["x", "next"] : ["next"]))
        client.endInput()
        #expect(try await client.receive() == nil)
        await service.stop()
    }

    @Test("Oneway calls are carried out after their client has gone, other calls behind them are not")
    func onewayThenGone() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(#"{"method":"io.example.Test.Wait","oneway":true}|"#)
        await service.probe.waitBegan.opened()
        let oneway = #","oneway":true}|"#
        try await client.send(
            echo("1").dropLast() + oneway + #"{"method":"io.example.Test.Later","parameters":{"text":"2"}"# + oneway
                + echo("lost") + "|" + echo("3").dropLast() + oneway)
        client.close()
        #expect(await service.closeReason() == .clientClosed)
        await service.stop()
        #expect(service.probe.texts.all == ["1", "2", "3"])
    }

    @Test("A client that ends its side still gets its replies, then the connection is closed")
    func halfClose() async throws {
        let service = try await TestService()
        let client = try await service.connect()
        try await client.send(
            echo("1") + "|" + #"{"method":"io.example.Test.Later","parameters":{"text":"2"}}|"#
                + #"{"method":"io.example.Test.Wait"}|"# + echo("3") + "|" + #"{"method":"#)
        client.endInput()
        #expect(try await client.receive() == reply("1"))
        #expect(try await client.receive() == reply("2"))
        await service.probe.waitBegan.opened()
        service.probe.release.open()
        #expect(try await client.receiveAll() == [#"{"parameters":{}}"#, reply("3")])
        #expect(await service.closeReason() == .clientClosed)
        await service.stop()
    }

    @Test("The service describes itself and its interfaces")
    func selfDescription() async throws {
        let service = try await TestService(authorise: { _, _, _ in .permissionDenied })
        let path = service.path
        let (info, own, common) = try await blocking {
            let client = try Client(path: path)
            let ask = "org.varlink.service.GetInterfaceDescription"
            return (
                try client.call("org.varlink.service.GetInfo"),
                try client.call(ask, ["interface": "io.example.Test"]),
                try client.call(ask, ["interface": "org.varlink.service"])
            )
        }
        #expect(
            info == [
                "vendor": "Example", "product": "test", "version": "1", "url": "https://example.org",
                "interfaces": ["org.varlink.service", "io.example.Test"],
            ])
        #expect(own == ["description": .string(testDescription)])
        #expect(common == ["description": .string(ServiceInterface.text)])
        await service.stop()
    }

    @Test("The hook for rights sees peer, interface and method, before the parameters are looked at")
    func authorisation() async throws {
        let service = try await TestService(authorise: { peer, interface, method in
            #expect(peer.uid == geteuid())
            #expect(interface == "io.example.Test")
            return method == "Echo" ? nil : VarlinkError.permissionDenied
        })
        let client = try await service.connect()
        try await client.send(echo("may") + "|" + #"{"method":"io.example.Test.Later","parameters":{"x":1}}|"#)
        #expect(try await client.receive() == reply("may"))
        #expect(
            try await client.receive() == #"{"error":"org.varlink.service.PermissionDenied","parameters":{}}"#)
        await service.stop()
    }

    @Test("A method learns the credentials of its peer")
    func credentials() async throws {
        let service = try await TestService()
        let path = service.path
        let peer = try await blocking { try Client(path: path).call("io.example.Test.WhoAmI") }
        var groups = [gid_t](repeating: 0, count: Int(getgroups(0, nil)))
        let count = getgroups(Int32(groups.count), &groups)
        #expect(
            peer == [
                "pid": .integer(Int(getpid())), "uid": .integer(Int(geteuid())), "gid": .integer(Int(getegid())),
                "groups": .array(groups.prefix(Int(count)).map { .integer(Int($0)) }),
            ])
        await service.stop()
    }

    @Test(
        "Replies that the interface does not declare stop a service that checks them",
        arguments: [
            .success([:]), .success(["text": 1]), .success(["text": "", "more": 1]),
            .failure(VarlinkError("io.example.Test.Unheard")), .failure(VarlinkError("io.example.Test.Failed")),
            .failure(VarlinkError("com.example.Failed", ["reason": ""])),
        ] as [Result<JSONObject, VarlinkError>])
    func undeclaredReplies(result: Result<JSONObject, VarlinkError>) throws {
        let interface = try testInterface(Probe())
        let method = try #require(interface.description.method(named: "Echo"))
        #expect(interface.mismatch(of: result, to: method) != nil)
    }

    @Test("A reply that is not declared stops the process")
    func stops() async {
        await #expect(processExitsWith: .failure) {
            let interface = try testInterface(Probe())
            let method = try #require(interface.description.method(named: "Echo"))
            ReplyChecker(interface: interface, method: method).check(.success(["text": 1]))
        }
    }

    @Test(
        "Replies as declared and the errors every service has pass the check",
        arguments: [
            .success(["text": ""]), .failure(.permissionDenied), .failure(VarlinkError("io.example.Test.SlowReader")),
            .failure(VarlinkError("io.example.Test.Failed", ["reason": ""])),
        ] as [Result<JSONObject, VarlinkError>])
    func declaredReplies(result: Result<JSONObject, VarlinkError>) throws {
        let interface = try testInterface(Probe())
        let method = try #require(interface.description.method(named: "Echo"))
        #expect(interface.mismatch(of: result, to: method) == nil)
    }
}

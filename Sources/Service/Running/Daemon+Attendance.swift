@preconcurrency internal import Dispatch
internal import Glibc
internal import Logging
internal import Systemd
internal import Varlink

extension Daemon {
    /// Runs what stands beside the socket until it is cancelled: the notifier, the timekeeper, the watchdog, reloads by
    /// signal.
    func attend(_ service: ClinicService, reloadingAt hangups: AsyncStream<Void>) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await Notifier(service: service, journal: journal).run() }
            group.addTask { await Timekeeper(service: service).run() }
            group.addTask { await watch(service) }
            group.addTask { await reload(service, at: hangups) }
        }
    }

    /// Tells the manager that the service lives, from where the writer has just answered; and how it stands.
    private func watch(_ service: ClinicService) async {
        let interval = (try? Notify.watchdogInterval()) ?? nil
        var told = ""
        while !Task.isCancelled {
            if await service.ping() {
                if interval != nil { notify.watchdog() }
                let line = service.statusLine
                if line != told { notify.status(line) }
                told = line
            }
            try? await Task.sleep(for: interval.map { min($0 / 3, .seconds(10)) } ?? .seconds(10))
        }
    }

    private func reload(_ service: ClinicService, at hangups: AsyncStream<Void>) async {
        for await _ in hangups {
            notify.reloading()
            do throws(VarlinkError) {
                _ = try await service.reload()
            } catch {
                logger.error("reload refused", metadata: ["error": "\(error.name)"])
            }
            notify.ready(status: service.statusLine)
        }
    }

    /// The hang-up signals that this process gets from now on; without this call they would end it.
    func hangups() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            signal(SIGHUP, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
            source.setEventHandler { continuation.yield() }
            continuation.onTermination = { _ in source.cancel() }
            source.resume()
        }
    }
}

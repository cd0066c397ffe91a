import Glibc
internal import Verbs

// A reader that goes away is told by the write that fails.
signal(SIGPIPE, SIG_IGN)
exit(CommandLineTool.run(Array(CommandLine.arguments.dropFirst())))

// git as a child process: the one program that Refrain runs, for what only it knows.
//
// A repository's configuration names programs for git to run, and may be anybody's. None of them runs:
// what can be switched off on the command line is, and the filters, whose names are theirs, are looked
// up first.

import Glibc
package import RefrainModel

/// Runs git in the working folder.
package enum UnsafeGit {
  /// What a run left behind.
  package struct Run {
    package var status: Int32
    package var output: [UInt8]
    /// The cause among what it said on standard error.
    package var complaint: String
  }

  /// Settings that name a program, or lead to one, switched off.
  private static let switchedOff = [
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "core.editor=true",
    "core.askPass=", "core.sshCommand=false", "core.gitProxy=", "core.alternateRefsCommand=true",
    "credential.helper=", "protocol.allow=never", "submodule.recurse=false",
    "diff.ignoreSubmodules=all", "safe.bareRepository=explicit",
  ]
  /// The same of the environment; nothing is fetched, whatever a repository allows.
  private static let environment = [
    "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
    "GIT_TERMINAL_PROMPT=0", "GIT_PAGER=cat",
  ]
  /// Variables that would make of that what they say.
  private static let unset = ["LANGUAGE", "GIT_EXTERNAL_DIFF", "GIT_PROXY_COMMAND"]

  /// The arguments that keep git from running the filters that are configured.
  ///
  /// - Throws: `badSetting` where one has a name that cannot be said on a command line.
  package static func withoutFilters(for option: String) throws(RefrainError) -> [String] {
    let run = try run(["config", "-z", "--name-only", "--get-regexp", #"^filter\."#], for: option)
    // Its status is 1 where there is none.
    guard run.status <= 1 else { throw .badSetting(name: option, cause: run.complaint) }
    var names: Set<String> = []
    for bytes in run.output.split(separator: 0) {
      guard let key = String(validating: bytes, as: UTF8.self), !key.contains("=") else {
        throw .badSetting(
          name: option,
          cause: "git's configuration names a filter "
            + "\(String(decoding: bytes, as: UTF8.self)) that cannot be disabled")
      }
      if let dot = key.lastIndex(of: ".") { names.insert(String(key[..<dot])) }
    }
    return names.sorted().flatMap { name in
      ["clean=", "smudge=", "process=", "required=false"].flatMap { ["-c", "\(name).\($0)"] }
    }
  }

  /// Runs `git` with arguments and waits for it.
  ///
  /// Output goes through nameless temporary files, so that neither side ever waits for the other. git
  /// speaks English, for its complaints are told apart by their words.
  /// - Throws: `badSetting` for `option` where git cannot be run at all.
  package static func run(_ arguments: [String], for option: String) throws(RefrainError) -> Run {
    let output = try TemporaryFile.openNameless()
    defer { close(output) }
    let errors = try TemporaryFile.openNameless()
    defer { close(errors) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    // SAFETY: strdup gives C strings that end with NUL and live until they are freed below; the
    // array ends with nil.
    let line = ["git", "--no-pager"] + switchedOff.flatMap { ["-c", $0] } + arguments
    var words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = withEnvironment { posix_spawnp(&child, "git", &actions, nil, &words, $0) }
    guard code == 0 else {
      throw .badSetting(name: option, cause: "cannot run git: \(String(cString: strerror(code)))")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let said = try MappedBytes.map(descriptor: errors, path: "git").copy()
    let result = try MappedBytes.map(descriptor: output, path: "git").copy()
    // The status word of wait(2): the exit status in its second byte, a signal in its first.
    let exit = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    let complaint = cause(String(decoding: said, as: UTF8.self)) ?? "git failed"
    return Run(status: exit, output: result, complaint: complaint)
  }

  /// The line that git marks as the error, without its mark; else the last one.
  ///
  /// Warnings stand before it and hints behind it.
  private static func cause(_ said: String) -> String? {
    let lines = said.split(separator: "\n")
    for line in lines {
      for mark in ["fatal: ", "error: "] where line.hasPrefix(mark) {
        return String(line.dropFirst(mark.count))
      }
    }
    return lines.last.map(String.init)
  }

  /// Hands out this process's environment, with what is said above put in its place.
  private static func withEnvironment<R>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    let ours = environment.map { strdup($0) }
    defer { for entry in ours { free(entry) } }
    let changed: [String] = environment.map { String($0.prefix { $0 != "=" }) }
    let names = Set(changed + unset)
    let inherited = UnsafeEnvironment.entries.filter { entry in
      // SAFETY: entries are C strings that live as long as the process.
      !names.contains(String(String(cString: entry).prefix { $0 != "=" }))
    }
    var entries: [UnsafeMutablePointer<CChar>?] = inherited + ours + [nil]
    // SAFETY: the array ends with nil and lives as long as the call; its strings are the C library's
    // and those above.
    return entries.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("an array with an element") }
      return body(base)
    }
  }
}

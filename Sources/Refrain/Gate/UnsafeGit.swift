// git as a child process: the one program that Refrain runs, for what only it knows.

import Glibc
import RefrainCorpus
import RefrainModel

/// Runs git in the working folder.
enum UnsafeGit {
  /// What a run left behind.
  struct Run {
    var status: Int32
    var output: [UInt8]
    /// The cause among what it said on standard error.
    var complaint: String
  }

  /// Runs `git` with arguments and waits for it.
  ///
  /// Output goes through nameless temporary files, so that neither side ever waits for the other. git
  /// speaks English, for its complaints are told apart by their words.
  /// - Throws: `badSetting` for `option` where git cannot be run at all.
  static func run(_ arguments: [String], for option: String) throws(RefrainError) -> Run {
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
    var words: [UnsafeMutablePointer<CChar>?] = (["git"] + arguments).map { strdup($0) } + [nil]
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

  /// Hands out this process's environment, with the language of messages set to English.
  private static func withEnvironment<R>(
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
  ) -> R {
    let language = strdup("LC_ALL=C")
    defer { free(language) }
    let ours = UnsafeEnvironment.entries.filter {
      strncmp($0, "LC_ALL=", 7) != 0 && strncmp($0, "LANGUAGE=", 9) != 0
    }
    var entries: [UnsafeMutablePointer<CChar>?] = ours + [language, nil]
    // SAFETY: the array ends with nil and lives as long as the call; its strings are the C library's
    // and the one above.
    return entries.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("an array with two elements") }
      return body(base)
    }
  }
}

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
    /// The last line of what it said on standard error, without its "fatal: ".
    var complaint: String
  }

  /// Runs `git` with arguments and waits for it.
  ///
  /// Output goes through nameless temporary files, so that neither side ever waits for the other.
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
    let code = posix_spawnp(&child, "git", &actions, nil, &words, environment)
    guard code == 0 else {
      throw .badSetting(name: option, cause: "cannot run git: \(String(cString: strerror(code)))")
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let said = try MappedBytes.map(descriptor: errors, path: "git").copy()
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
    var complaint = lines.last.map(String.init) ?? "git failed"
    if complaint.hasPrefix("fatal: ") { complaint.removeFirst("fatal: ".count) }
    let result = try MappedBytes.map(descriptor: output, path: "git").copy()
    // The status word of wait(2): the exit status in its second byte, a signal in its first.
    let exit = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    return Run(status: exit, output: result, complaint: complaint)
  }

  /// This process's environment, found by name: as a global variable it is nothing that Swift lets
  /// threads share.
  private static var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    guard let symbol = dlsym(nil, "environ") else { return nil }
    // SAFETY: `environ` is the C library's pointer to the environment; it is read once here, and
    // nothing in this program changes the environment.
    return symbol.assumingMemoryBound(
      to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self
    ).pointee
  }
}

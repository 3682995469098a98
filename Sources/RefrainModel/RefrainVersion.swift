// The program's version.

/// What `--version` prints and reports carry.
public enum RefrainVersion {
  public static let current = "0.1.0"
}

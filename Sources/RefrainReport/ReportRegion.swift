// Where in a file a report points: lines, with columns where they mean something.

package import RefrainModel

/// A stretch of a file.
package struct ReportRegion: Hashable, Sendable {
  package var startLine: Int
  package var endLine: Int
  /// Where it starts in its first line; nil for the line's beginning.
  package var start: Place?
  /// Where it ends in its last line, exclusive; nil for the line's end.
  package var end: Place?

  package init(start: Place, end: Place) {
    startLine = start.line
    endLine = end.line
    self.start = start
    self.end = end
  }

  /// The whole place; for a record, whose text has places of its own, its line in the container.
  package init(_ occurrence: Occurrence) {
    self.init(start: occurrence.start, end: occurrence.end)
    guard let line = occurrence.recordLine else { return }
    (startLine, endLine) = (line, line)
    (start, end) = (nil, nil)
  }

  /// The place, cut to the lines of it that changed, if any did.
  package init(changedIn occurrence: Occurrence) {
    self.init(occurrence)
    guard let lines = occurrence.changedLines else { return }
    if lines.lowerBound > startLine {
      startLine = lines.lowerBound
      start = nil
    }
    if lines.upperBound < endLine {
      endLine = max(startLine, lines.upperBound)
      end = nil
    }
  }

  /// Both ends with their columns, for a format that wants both or none; nil for whole lines.
  package var columns: (start: Place, end: Place)? {
    guard let start, let end else { return nil }
    return (start, end)
  }
}

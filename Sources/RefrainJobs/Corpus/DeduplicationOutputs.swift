// The outputs of a deduplication: in which form, where, and open.

import RefrainFiles
import RefrainModel
import RefrainRecords

/// The forms in which the records of a deduplication are written.
struct DeduplicationLayouts {
  /// Of the kept records, or of all where they are annotated; nil where none are written.
  let kept: OutputLayout?
  /// Of the removed ones.
  let removed: OutputLayout?

  /// - Throws: `badSetting` where one output cannot hold the records of all sources.
  init(_ request: DeduplicationRequest, _ sources: [RecordSource]) throws(RefrainError) {
    // An annotation is a member of a JSON object, whatever the record was.
    let format = request.isAnnotated ? .jsonl : request.outputFormat
    kept = try request.output.map { output throws(RefrainError) in
      try OutputLayout(
        sources, option: "--output", to: output, isFolder: OutputSet.isFolder(output),
        format: format)
    }
    removed = try request.removed.map { output throws(RefrainError) in
      try OutputLayout(
        sources, option: "--removed", to: output, isFolder: false, format: request.outputFormat)
    }
  }
}

/// Where the outputs of a deduplication go.
struct DeduplicationPlaces {
  /// Of the kept records: one, or one an input; none in a dry run.
  let kept: [OutputPlace]
  let evidence: OutputPlace?
  let clusters: OutputPlace?
  let rejects: OutputPlace?
  /// Of the lines of removed records: one at most.
  let removed: [OutputPlace]
  /// Whether the single input is replaced.
  let isReplaced: Bool

  /// Finds them, and opens nothing.
  ///
  /// - Throws: `badSetting` and `overwritesInput` where an output is another one or an input;
  ///   `unwritable`.
  init(
    _ request: DeduplicationRequest, inputs: [String], names: [String],
    layouts: DeduplicationLayouts? = nil, folders: MadeFolders? = nil
  ) throws(RefrainError) {
    var files = RunFiles()
    var places: [OutputPlace] = []
    if let path = request.output {
      places = try OutputSet.places(
        path, sources: names, layout: layouts?.kept, folders: folders, in: &files)
    }
    evidence = try request.evidence.map { path throws(RefrainError) in
      try files.add("--evidence", path)
    }
    clusters = try request.clusters.map { path throws(RefrainError) in
      try files.add("--clusters", path)
    }
    rejects = try request.rejects.map { path throws(RefrainError) in
      try files.add("--rejects", path)
    }
    let removedPlace = try request.removed.map { path throws(RefrainError) in
      try files.add(
        "--removed", path,
        holding: layouts?.removed?.forms.first ?? FileName(path).recordFormat)
    }
    let single = inputs.count == 1 && inputs == request.inputs ? request.output : nil
    for input in inputs { try files.requireApart(from: input, except: single) }
    isReplaced = files.output(replacing: inputs[0]) != nil
    kept = request.isDryRun ? [] : places
    removed = request.isDryRun ? [] : [removedPlace].compactMap { $0 }
  }
}

/// The open outputs of a deduplication.
struct DeduplicationOutputs {
  let kept: OutputSet
  let evidence: OutputFile?
  let clusters: OutputFile?
  let rejects: OutputFile?
  let removed: OutputSet

  /// Opens them.
  ///
  /// - Throws: `unwritable`.
  init(
    _ places: DeduplicationPlaces, _ layouts: DeduplicationLayouts, threads: Int
  ) throws(RefrainError) {
    let reports = [places.evidence, places.clusters, places.rejects].compactMap { $0 }
    OutputFile.clearStale(places.kept + places.removed + reports)
    func open(_ place: OutputPlace?) throws(RefrainError) -> OutputFile? {
      try place.map { place throws(RefrainError) in try OutputFile(place, threads: threads) }
    }
    kept = try OutputSet(
      places.kept, layout: layouts.kept, isDurable: places.isReplaced, threads: threads)
    evidence = try open(places.evidence)
    clusters = try open(places.clusters)
    rejects = try open(places.rejects)
    removed = try OutputSet(
      places.removed, layout: layouts.removed, isDurable: places.isReplaced, threads: threads)
  }

  /// All of them, whole but for their names.
  func finish() throws(RefrainError) -> [OutputFile] {
    // The lines that an input loses when it is replaced have their file before that.
    var files = try removed.finish() + kept.finish()
    for file in [evidence, clusters, rejects].compactMap({ $0 }) {
      try file.finish()
      files.append(file)
    }
    return files
  }
}

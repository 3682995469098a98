// How the overview of the HTML report looks: rows of pages, bars and arcs.

enum HTMLOverviewStyle {
  /// Its part of the style sheet.
  ///
  /// A row is as high as `HTMLOverview` draws its arcs for.
  static let text = """
    #overview h2 { margin: 1rem 0 .4rem; }
    #overview ol { list-style: none; margin: 0; padding: 0; }
    .where { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 2.5rem; }
    .map { display: flex; align-items: flex-start; }
    .map ol { flex: 1; min-width: 0; }
    .map li, .rest li {
      height: 40px; display: grid; grid-template-columns: minmax(0, 1fr) 9.5rem; gap: 0 1rem;
      align-content: center; align-items: center; font-size: 13px; color: var(--dim);
    }
    .map .share, .rest .share { text-align: right; font-size: 12px; white-space: nowrap; }
    .says { white-space: nowrap; text-align: right; }
    .pairs .says { text-align: left; }
    .g .says b { color: var(--mark); }
    .bar { width: 100%; height: 5px; display: block; }
    .bar .all, .line .all { fill: var(--line); }
    .bar .rep { fill: var(--dim); }
    .bar .gate, .line .g { fill: var(--mark); }
    .arcs { flex: none; margin-left: .3rem; }
    .arcs path, .line path { fill: none; stroke: var(--dim); opacity: .55; }
    .arcs .g, .line path.g { stroke: var(--mark); fill: none; opacity: .8; }
    .line { display: block; width: 100%; }
    .line rect { fill: var(--dim); }
    .scripted .line path { cursor: pointer; }
    .line path:hover, .arcs path:hover { opacity: 1; stroke: var(--accent); }
    .ends { display: flex; justify-content: space-between; font-size: 12px; color: var(--dim); }
    .ends { margin: 0 0 1rem; }
    .go {
      border: 0; padding: 0; background: none; text-align: left; min-width: 0; cursor: default;
      color: var(--text); display: block;
    }
    .scripted .go { cursor: pointer; }
    .scripted .go:hover code, .scripted .go:focus-visible code { color: var(--accent); }
    .go code, .page h2 code { display: flex; min-width: 0; }
    .go code span:first-child, .page h2 code span:first-child {
      flex-shrink: 1000; color: var(--dim);
    }
    .go code span, .page h2 code span {
      overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0;
    }
    .key { margin: 0 0 .3rem; font-size: 12px; color: var(--dim); }
    .key svg { width: .7rem; height: .5rem; margin: 0 .25rem 0 .8rem; }
    .key svg:first-child { margin-left: 0; }
    .key .all { fill: var(--line); }
    .key .rep { fill: var(--dim); }
    .key .gate { fill: var(--mark); }
    .pairs li {
      display: grid; grid-template-columns: minmax(0, 1fr); padding: .3rem 0;
      font-size: 13px; color: var(--dim); border-top: 1px solid var(--line);
    }
    .pairs li:first-child { border-top: 0; }
    .more > summary { display: block; cursor: pointer; color: var(--accent); font-size: 13px; }
    .more > summary::before { content: none; }
    @media (max-width: 60rem) {
      .where { grid-template-columns: minmax(0, 1fr); }
    }
    @media (max-width: 45rem) {
      .arcs { display: none; }
      .map li, .rest li { grid-template-columns: minmax(0, 1fr) auto; }
      .map li, .rest li { height: auto; padding: .35rem 0; }
    }

    """
}

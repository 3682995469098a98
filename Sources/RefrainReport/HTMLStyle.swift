// How the HTML report looks, light and dark.

enum HTMLStyle {
  /// The style sheet.
  static let text = base + HTMLOverviewStyle.text + narrow

  private static let base = """
    :root {
      --page: #fbfbfa; --card: #fff; --text: #1d2025; --dim: #6a7079; --line: #dfe1e4;
      --accent: #0b5cad; --mark: #b3541e; --gone: #fde3e1; --gone-text: #8c1d18;
      --new: #dcf3e0; --new-text: #14532d; --moved: #ece4fb; --moved-text: #4c2889;
      --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --page: #15171a; --card: #1d2024; --text: #e4e6e9; --dim: #979da6; --line: #33373d;
        --accent: #7ab7f5; --mark: #f0a36b; --gone: #4a2220; --gone-text: #ffb4ab;
        --new: #1c3b26; --new-text: #a6e3b8; --moved: #35275a; --moved-text: #d3c1ff;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 80rem;
      background: var(--page); color: var(--text); font: 15px/1.55 var(--sans);
    }
    h1 { font-size: 1.4rem; font-weight: 600; margin: 1.6rem 0 .3rem; }
    h2 { font-size: 1.05rem; font-weight: 600; }
    header p { margin: 0 0 .6rem; color: var(--dim); }
    b { font-weight: 600; }
    header b { color: var(--text); }
    .facets { margin: 0 0 1rem; color: var(--dim); }
    .facets div { display: flex; flex-wrap: wrap; gap: 0 1rem; }
    .facets dt { min-width: 3.5rem; }
    .facets dd { margin: 0; }
    .scripted .facets { display: none; }
    code, th { font: 12.5px/1.55 var(--mono); overflow-wrap: anywhere; }
    #tools {
      position: sticky; top: 0; z-index: 1; background: var(--page);
      display: flex; flex-wrap: wrap; gap: .45rem .6rem; align-items: center;
      padding: .6rem 0; margin-bottom: .6rem; border-bottom: 1px solid var(--line);
      font-size: 14px;
    }
    #tools[hidden] { display: none; }
    #tools label { display: inline-flex; gap: .35rem; align-items: center; white-space: nowrap; }
    #tools label b { color: var(--dim); font-weight: 400; }
    #tools input[type=checkbox] { margin: 0; accent-color: var(--accent); }
    #tools input[type=number] { width: 3.8rem; }
    #tools input[type=search] { flex: 1 1 14rem; max-width: 26rem; }
    #tools .more { flex-basis: 100%; order: 9; }
    #tools .more > summary { display: none; }
    #tools .fields, #tools .groups { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; }
    #tools .groups { display: contents; }
    #tools fieldset {
      display: flex; flex-wrap: wrap; gap: .15rem .8rem; margin: 0; padding: 0; border: 0;
      min-width: 0;
    }
    #tools legend { float: left; padding: .1rem 0 0; margin-right: .7rem; color: var(--dim); }
    #tools .count { margin-left: auto; color: var(--dim); white-space: nowrap; }
    button {
      font: inherit; color: inherit; background: var(--card); cursor: pointer;
      border: 1px solid var(--line); border-radius: .3rem; padding: .1rem .5rem;
    }
    button[hidden] { display: none; }
    .pair-of { overflow-wrap: anywhere; text-align: left; }
    a { color: inherit; text-decoration-color: var(--dim); text-underline-offset: .2em; }
    a:hover { color: var(--accent); }
    .page[hidden] { display: none; }
    .page > h2 { display: flex; flex-wrap: wrap; gap: 0 .8rem; margin: 1.6rem 0 .5rem; }
    .page > h2 code { font-size: 14px; font-weight: 600; }
    .page > h2 > span { font: 13px/1.7 var(--sans); color: var(--dim); }
    .w { margin: .6rem 0 0; font-size: 13px; color: var(--dim); }
    .w code { color: var(--text); }
    .copy { font-size: 12px; padding: 0 .4rem; margin-left: .4rem; }
    input, select {
      font: inherit; color: inherit; background: var(--card); padding: .1rem .4rem;
      border: 1px solid var(--line); border-radius: .3rem;
    }
    select { max-width: 100%; }
    kbd {
      font: 12px var(--mono); border: 1px solid var(--line); border-radius: .25rem;
      padding: 0 .3rem;
    }
    .f {
      background: var(--card); border: 1px solid var(--line); border-left: 3px solid var(--line);
      border-radius: .35rem; margin: .4rem 0; padding: 0 1rem 0 .7rem; scroll-margin-top: 8.5rem;
      content-visibility: auto; contain-intrinsic-size: auto 3.6rem;
    }
    .f.gates { border-left-color: var(--mark); }
    .f[hidden] { display: none; }
    .f[open] { padding-bottom: 1rem; }
    .f.here { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
    summary {
      display: grid; grid-template-columns: 1.1rem minmax(0, 1fr); padding: .45rem 0;
      cursor: pointer; list-style: none;
    }
    summary::-webkit-details-marker { display: none; }
    summary::before { content: "\u{25B8}"; grid-row: 1 / 3; color: var(--dim); }
    [open] > summary::before { content: "\u{25BE}"; }
    summary:focus { outline: none; }
    summary:focus-visible .d b { text-decoration: underline; text-underline-offset: .2em; }
    .t { grid-column: 2; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    [open] > summary .t { color: var(--dim); }
    .d {
      grid-column: 2; display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline;
      font-size: 13px; color: var(--dim);
    }
    .d code { color: var(--text); }
    .gates .d b { color: var(--mark); }
    .st { color: var(--mark); }
    .m, .places { color: var(--dim); font-size: 13px; }
    .places code, .places .x { color: var(--text); }
    .places .x { font-size: 15px; }
    .f > :not(summary) { margin-left: 1.1rem; }
    .m { margin: .1rem 0; }
    .places { margin: .3rem 0 .8rem; padding-left: 1.5rem; }
    .places .x { margin: .15rem 0 .4rem; }
    .scripted .places { max-height: 11rem; overflow-y: auto; }
    .scripted .places .x { display: none; }
    .choose {
      display: flex; flex-wrap: wrap; gap: .4rem .6rem; margin: .5rem 0; align-items: center;
      color: var(--dim); font-size: 13px;
    }
    .choose select { color: var(--text); }
    .f > table { border-collapse: collapse; width: calc(100% - 1.1rem); table-layout: fixed; }
    th { text-align: left; font-weight: 600; padding: .3rem .7rem; }
    th i { font: italic 13px var(--sans); color: var(--dim); }
    tr { border-top: 1px solid var(--line); }
    thead tr { border-top: 0; }
    td {
      vertical-align: top; padding: .4rem .7rem; white-space: pre-wrap; overflow-wrap: anywhere;
    }
    .same td { max-width: 46rem; }
    td + td, th + th { border-left: 1px solid var(--line); }
    tr.c td { color: var(--dim); font-size: 13px; }
    thead + tbody > tr.c:first-child td::before { content: "\u{2026} "; }
    tbody > tr.c:last-child td::after { content: " \u{2026}"; }
    td:empty::before, td:empty::after { content: none !important; }
    del, ins { text-decoration: none; border-radius: .15rem; }
    del { background: var(--gone); color: var(--gone-text); text-decoration: line-through; }
    ins { background: var(--new); color: var(--new-text); }
    del.v, ins.v {
      background: var(--moved); color: var(--moved-text); text-decoration: none;
      border-bottom: 1px dashed;
    }
    .none { color: var(--dim); }
    footer { margin-top: 2rem; border-top: 1px solid var(--line); }

    """

  private static let narrow = """
    @media (max-width: 45rem) {
      body { padding: 0 .6rem 3rem; }
      #tools { position: static; }
      #tools input[type=search] { flex-basis: 100%; max-width: none; }
      #tools .more { order: 0; flex-basis: auto; }
      #tools .more > summary {
        display: block; border: 1px solid var(--line); border-radius: .3rem; padding: .1rem .5rem;
        background: var(--card);
      }
      #tools .more[open] { flex-basis: 100%; }
      #tools .more[open] > summary { display: inline-block; margin-bottom: .5rem; }
      #tools .fields { flex-direction: column; }
      .f { padding: 0 .5rem; scroll-margin-top: .5rem; }
      .t {
        white-space: normal; display: -webkit-box; -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
      }
      .f > :not(summary), .f > table { margin-left: 0; }
      .f > table { width: 100%; }
      td, th { padding: .3rem .4rem; }
    }
    @media print {
      #tools { display: none; }
      .f { content-visibility: visible; break-inside: avoid; }
    }

    """
}

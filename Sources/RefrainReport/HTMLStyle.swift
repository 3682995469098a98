// How the HTML report looks, light and dark.

enum HTMLStyle {
  /// The style sheet.
  static let text = """
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
      margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 84rem;
      background: var(--page); color: var(--text); font: 15px/1.5 var(--sans);
    }
    h1 { font-size: 1.5rem; margin: 1.5rem 0 .25rem; }
    h2 { font-size: 1.1rem; }
    header p { margin: 0 0 .5rem; color: var(--dim); }
    header b { color: var(--text); }
    .kinds {
      list-style: none; margin: 0 0 1rem; padding: 0; color: var(--dim);
      display: flex; flex-wrap: wrap; gap: .25rem 1.25rem;
    }
    code, th { font: 13px/1.5 var(--mono); overflow-wrap: anywhere; }
    #tools {
      position: sticky; top: 0; z-index: 1; background: var(--page);
      display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center;
      padding: .6rem 0; margin-bottom: .5rem; border-bottom: 1px solid var(--line);
    }
    #tools[hidden] { display: none; }
    #tools label { display: inline-flex; gap: .35rem; align-items: center; white-space: nowrap; }
    #tools input[type=number] { width: 5rem; }
    #tools input[type=search] { width: 15rem; }
    #tools .count { margin-left: auto; color: var(--dim); }
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
      border-radius: .35rem; margin: .35rem 0; padding: 0 .9rem; scroll-margin-top: 7rem;
      content-visibility: auto; contain-intrinsic-size: auto 2.4rem;
    }
    .f.gates { border-left-color: var(--mark); }
    .f[hidden] { display: none; }
    .f[open] { padding-bottom: .9rem; }
    .f.here { outline: 2px solid var(--accent); }
    summary {
      padding: .4rem 0; cursor: pointer; white-space: nowrap; overflow: hidden;
      text-overflow: ellipsis;
    }
    summary:focus-visible { outline: 1px dotted var(--accent); }
    .k { font-weight: 600; }
    .st { color: var(--mark); }
    .s, .n, .m, .t, .places { color: var(--dim); }
    .places code, .places .x { color: var(--text); }
    .t { margin-left: .5rem; }
    .m { margin: .2rem 0; }
    .places { margin: .2rem 0 .7rem; padding-left: 1.8rem; }
    .places .x { margin: .15rem 0 .4rem; }
    .scripted .places { max-height: 12rem; overflow-y: auto; }
    .scripted .places .x { display: none; }
    .choose { display: flex; flex-wrap: wrap; gap: .5rem; margin: .4rem 0; align-items: center; }
    table { border-collapse: collapse; width: 100%; table-layout: fixed; }
    th { text-align: left; font-weight: 600; padding: .3rem .6rem; }
    th i { font: italic 13px var(--sans); color: var(--dim); }
    tr { border-bottom: 1px solid var(--line); }
    td {
      vertical-align: top; padding: .3rem .6rem; white-space: pre-wrap; overflow-wrap: anywhere;
    }
    td + td, th + th { border-left: 1px solid var(--line); }
    tr.c td { color: var(--dim); font-size: .9em; }
    del, ins { text-decoration: none; border-radius: .15rem; }
    del { background: var(--gone); color: var(--gone-text); text-decoration: line-through; }
    ins { background: var(--new); color: var(--new-text); }
    del.v, ins.v {
      background: var(--moved); color: var(--moved-text); text-decoration: none;
      border-bottom: 1px dashed;
    }
    .none { color: var(--dim); }
    footer { margin-top: 2rem; border-top: 1px solid var(--line); }
    @media (max-width: 45rem) {
      summary { white-space: normal; }
      td, th { padding: .25rem .4rem; }
    }
    @media print {
      #tools { display: none; }
      .f { content-visibility: visible; break-inside: avoid; }
    }

    """
}

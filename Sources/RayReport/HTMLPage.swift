// Stage 7: the page around a profile's data.

enum HTMLPage {
  /// Up to the data.
  static let begin = #"""
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>rayc profile</title>
    <style>
    :root { color-scheme: light dark; --back: #fff; --text: #1c1c1e; --dim: #6b6b70; --line: #d9d9de;
      --bar: #f3a25f; --mark: #2f6fde; --code: #f7f7f9; }
    @media (prefers-color-scheme: dark) { :root { --back: #1c1c1e; --text: #ececf0; --dim: #9a9aa2;
      --line: #3a3a3e; --bar: #a8622a; --mark: #7aa7ff; --code: #242428; } }
    body { margin: 0; background: var(--back); color: var(--text);
      font: 14px/1.45 system-ui, sans-serif; }
    header { padding: 16px 20px 8px; }
    h1 { font-size: 18px; margin: 0 0 4px; }
    header p, .note { color: var(--dim); margin: 2px 0; }
    nav { padding: 0 20px; border-bottom: 1px solid var(--line); display: flex; gap: 4px;
      align-items: end; flex-wrap: wrap; }
    nav button { border: 0; background: none; color: var(--dim); font: inherit; padding: 8px 12px;
      cursor: pointer; border-bottom: 2px solid transparent; }
    nav button[aria-selected=true] { color: var(--text); border-color: var(--mark); }
    main { padding: 12px 20px 40px; }
    select, input { font: inherit; color: inherit; background: var(--back);
      border: 1px solid var(--line); border-radius: 4px; padding: 3px 6px; }
    #flame { position: relative; margin-top: 10px; overflow: hidden; }
    #flame div { position: absolute; height: 19px; box-sizing: border-box; overflow: hidden;
      white-space: nowrap; font-size: 12px; line-height: 18px; padding: 0 4px; border-radius: 2px;
      border: 1px solid var(--back); cursor: pointer; color: #20140a; }
    table { border-collapse: collapse; width: 100%; margin-top: 10px; }
    th, td { text-align: right; padding: 3px 10px; white-space: nowrap;
      border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
    th { cursor: pointer; color: var(--dim); font-weight: 500; position: sticky; top: 0;
      background: var(--back); }
    th.sorted { color: var(--text); }
    th:last-child, td:last-child { text-align: left; white-space: normal; width: 100%;
      overflow-wrap: anywhere; }
    td small { color: var(--dim); }
    .code td { font-family: ui-monospace, monospace; font-size: 12.5px; border: 0; padding: 0 8px; }
    .code td:last-child { white-space: pre-wrap; background: var(--code); }
    .code td.number { color: var(--dim); }
    .hot { background: color-mix(in srgb, var(--bar) var(--heat), transparent); }
    a { color: var(--mark); cursor: pointer; text-decoration: none; }
    [hidden] { display: none; }
    </style>
    </head>
    <body>
    <header><h1 id="title"></h1><p id="summary"></p><p id="unseen"></p></header>
    <nav role="tablist">
    <button role="tab" data-view="flames" aria-selected="true">Flame graph</button>
    <button role="tab" data-view="functions">Functions</button>
    <button role="tab" data-view="source">Source</button>
    </nav>
    <main>
    <section id="view-flames">
    <label>Width: <select id="measure"></select></label>
    <span class="note" id="hint">Click a function to see only what it called.</span>
    <div id="flame"></div>
    </section>
    <section id="view-functions" hidden>
    <input id="filter" placeholder="filter by name" aria-label="filter by name">
    <label class="note"><input type="checkbox" id="primitives"> functions without a body</label>
    <table id="table"></table>
    </section>
    <section id="view-source" hidden>
    <label>File: <select id="file"></select></label>
    <table class="code" id="code"></table>
    </section>
    </main>
    <script id="data" type="application/json">
    """#

  /// Behind the data.
  static let end = #"""
    </script>
    <script>
    "use strict";
    const { profile, sources } = JSON.parse(document.getElementById("data").textContent);
    const $ = (id) => document.getElementById(id);
    const { functions, nodes, links, lines, clock, unseen } = profile;
    const seconds = (ticks) => clock ? ticks / clock.ticksPerSecond : 0;
    const count = (number) => Math.round(number).toLocaleString("en-US");
    const time = (ticks) => {
      const s = seconds(ticks);
      return s >= 1 ? s.toFixed(2) + " s" : s >= 1e-3 ? (s * 1e3).toFixed(2) + " ms"
        : (s * 1e6).toFixed(1) + " µs";
    };
    const element = (name, text, title) => {
      const made = document.createElement(name);
      if (text !== undefined) made.textContent = text;
      if (title) made.title = title;
      return made;
    };

    const measures = {
      "self time": { own: (n) => n.selfTicks, show: time },
      "calls": { own: (n) => n.calls, show: count },
      "retains and releases": { own: (n) => n.memory.retains + n.memory.releases, show: count },
      "allocations": { own: (n) => n.memory.allocations, show: count },
      "allocated bytes": { own: (n) => n.memory.allocatedBytes, show: count },
    };
    const children = nodes.map(() => []);
    nodes.forEach((node, index) => { if (node.parent >= 0) children[node.parent].push(index); });

    // The header.
    const calls = nodes.reduce((sum, node) => sum + node.calls, 0);
    document.title = $("title").textContent = "rayc profile: " + profile.program;
    $("summary").textContent = (nodes.length ? time(nodes[0].totalTicks) + ", " : "")
      + count(calls) + " calls"
      + (clock ? "; measuring a call costs " + clock.ticksPerCall.toFixed(0)
        + " ticks, which are subtracted, give or take " + clock.residualTicks.toFixed(1) : "");
    $("unseen").textContent = "Not seen: the inside of " + count(unseen.primitiveCalls)
      + " calls of functions without a body and " + count(unseen.runtimeCalls)
      + " of the Swift runtime" + (unseen.tailCalls ? "; " + count(unseen.tailCalls)
        + " tail and async calls end before what they call" : "") + ".";

    // The flame graph.
    let focus = 0;
    const hue = (text) => {
      let hash = 0;
      for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
      return 15 + Math.abs(hash) % 40;
    };
    function drawFlame() {
      const { own, show } = measures[$("measure").value];
      const sum = nodes.map(own);
      for (let i = nodes.length - 1; i > 0; i--) sum[nodes[i].parent] += sum[i];
      const flame = $("flame"), width = flame.clientWidth, whole = sum[focus] || 1;
      flame.textContent = "";
      let deepest = 0;
      const name = (index) => index === 0 ? profile.program
        : functions[nodes[index].function].shortName;
      const box = (index, x, size, depth) => {
        const made = element("div", size > 30 ? name(index) : "", "");
        const node = nodes[index];
        made.title = name(index) + "\n" + show(sum[index]) + " with what it calls ("
          + (100 * sum[index] / (sum[0] || 1)).toFixed(1) + " %)\n" + show(own(node))
          + " in itself\n" + count(node.calls) + " calls"
          + (index ? "\n" + functions[node.function].symbol : "");
        made.style.cssText = `left:${x}px;width:${Math.max(size, 1)}px;top:${depth * 20}px;`
          + `background:hsl(${hue(name(index))} 85% ${index && functions[node.function].isPrimitive
            ? 82 : 68}%)`;
        made.onclick = () => { focus = index === focus && index ? node.parent : index; drawFlame(); };
        flame.append(made);
        deepest = Math.max(deepest, depth);
      };
      const above = [];
      for (let i = nodes[focus].parent; i >= 0; i = nodes[i].parent) above.unshift(i);
      above.forEach((index, depth) => box(index, 0, width, depth));
      const walk = (index, x, depth) => {
        const size = width * sum[index] / whole;
        if (size < 0.5) return;
        box(index, x, size, depth);
        let at = x + width * own(nodes[index]) / whole;
        for (const child of children[index].slice().sort((a, b) => sum[b] - sum[a])) {
          walk(child, at, depth + 1);
          at += width * sum[child] / whole;
        }
      };
      walk(focus, 0, above.length);
      flame.style.height = (deepest + 1) * 20 + "px";
      $("hint").textContent = sum[0] ? "Click a function to see only what it called."
        : "There is nothing of this.";
    }
    for (const name of Object.keys(measures)) $("measure").append(element("option", name));
    $("measure").onchange = () => { focus = 0; drawFlame(); };
    window.onresize = drawFlame;

    // The table.
    const rows = functions.map((f, index) => ({ f, index, calls: 0, self: 0, total: 0, loads: 0,
      retains: 0, releases: 0, allocations: 0, bytes: 0 }));
    for (const node of nodes) {
      if (node.function < 0) continue;
      const row = rows[node.function];
      row.calls += node.calls; row.self += node.selfTicks; row.total += node.totalTicks;
    }
    for (const line of lines) {
      const row = rows[line.function];
      row.loads += line.loads; row.retains += line.memory.retains;
      row.releases += line.memory.releases; row.allocations += line.memory.allocations;
      row.bytes += line.memory.allocatedBytes;
    }
    const columns = [["self", time], ["total", time], ["calls", count], ["loads", count],
      ["retains", count], ["releases", count], ["allocations", count], ["bytes", count]];
    let sorted = "self";
    function drawTable() {
      const table = $("table");
      table.textContent = "";
      const head = table.createTHead().insertRow();
      for (const [key] of columns) {
        const cell = element("th", key);
        if (key === sorted) cell.className = "sorted";
        cell.onclick = () => { sorted = key; drawTable(); };
        head.append(cell);
      }
      head.append(element("th", "function"));
      const wanted = $("filter").value.toLowerCase();
      const body = table.createTBody();
      rows.filter((row) => (row.calls || row.loads || row.retains)
        && ($("primitives").checked || !row.f.isPrimitive)
        && row.f.name.toLowerCase().includes(wanted))
        .sort((a, b) => b[sorted] - a[sorted] || b.calls - a.calls).slice(0, 1000)
        .forEach((row) => {
          const line = body.insertRow();
          for (const [key, show] of columns) line.append(element("td", row[key] ? show(row[key]) : ""));
          const cell = element("td");
          cell.title = row.f.name + "\n" + row.f.symbol;
          const has = row.f.file && sources[row.f.file] !== undefined;
          const name = element(has ? "a" : "span", row.f.shortName);
          if (has) name.onclick = () => { show("source"); drawSource(row.f.file, row.f.line); };
          cell.append(name);
          if (row.f.file) cell.append(" ", element("small",
            row.f.file.split("/").pop() + ":" + row.f.line));
          line.append(cell);
        });
    }
    $("filter").oninput = $("primitives").onchange = drawTable;

    // The source.
    const files = Object.keys(sources).sort();
    for (const file of files) {
      const option = element("option", file.split("/").pop(), file);
      option.value = file;
      $("file").append(option);
    }
    function drawSource(file, at) {
      $("file").value = file;
      const sums = new Map();
      for (const line of lines) {
        if (line.file !== file) continue;
        const sum = sums.get(line.line) || { ticks: 0, calls: 0, loads: 0, retains: 0, allocations: 0 };
        sum.ticks += line.calledTicks; sum.calls += line.calls; sum.loads += line.loads;
        sum.retains += line.memory.retains + line.memory.releases;
        sum.allocations += line.memory.allocations;
        sums.set(line.line, sum);
      }
      const most = Math.max(1, ...[...sums.values()].map((sum) => sum.ticks));
      const table = $("code");
      table.textContent = "";
      const head = table.createTHead().insertRow();
      for (const name of ["called", "calls", "loads", "ARC", "allocations", "", ""])
        head.append(element("th", name));
      const body = table.createTBody();
      (sources[file] || "").split("\n").forEach((text, index) => {
        const row = body.insertRow(), sum = sums.get(index + 1);
        const cells = sum ? [sum.ticks && time(sum.ticks), sum.calls && count(sum.calls),
          sum.loads && count(sum.loads), sum.retains && count(sum.retains),
          sum.allocations && count(sum.allocations)] : ["", "", "", "", ""];
        for (const cell of cells) row.append(element("td", cell || ""));
        const number = element("td", String(index + 1));
        number.className = "number";
        row.append(number, element("td", text));
        if (sum && sum.ticks) {
          row.cells[0].className = "hot";
          row.cells[0].style.setProperty("--heat", Math.round(90 * sum.ticks / most) + "%");
        }
        if (index + 1 === at) setTimeout(() => row.scrollIntoView({ block: "center" }));
      });
    }
    $("file").onchange = () => drawSource($("file").value);

    // The views.
    function show(view) {
      for (const button of document.querySelectorAll("nav button"))
        button.setAttribute("aria-selected", button.dataset.view === view);
      for (const section of document.querySelectorAll("main > section"))
        section.hidden = section.id !== "view-" + view;
      if (view === "flames") drawFlame();
    }
    for (const button of document.querySelectorAll("nav button"))
      button.onclick = () => show(button.dataset.view);
    drawTable();
    if (files.length) drawSource(files[0]);
    show(location.hash.slice(1) || "flames");
    </script>
    </body>
    </html>

    """#
}

"use strict";
/** What all pages share. */
const page = (() => {
  const element = (name, text, parent) => {
    const node = document.createElement(name);
    if (text !== undefined && text !== null) node.textContent = text;
    if (parent) parent.append(node);
    return node;
  };
  const whole = (n) => Number(n).toLocaleString("en");
  const figure = (x) => (x === null || x === undefined ? "–" : x.toFixed(4));
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  function table(parent, head, rows) {
    const box = element("div", null, parent);
    box.className = "scroll";
    const node = element("table", null, box);
    const top = element("tr", null, element("thead", null, node));
    head.forEach((text) => element("th", text, top));
    const body = element("tbody", null, node);
    rows.forEach(({ cells, kind }) => {
      const row = element("tr", null, body);
      row.className = kind || "";
      cells.forEach((text) => element("td", text, row));
    });
  }

  const date = (ms) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");

  /** Heading and what was read; `seeds` says how dice were thrown. */
  function facts(report, seeds) {
    const data = report.data;
    document.querySelector("h1").textContent = `${report.command}: ${data.file}`;
    const slates = data.requests ? ` in ${whole(data.requests)} slates` : "";
    document.getElementById("facts").textContent =
      `${whole(data.rows)} rows, ${whole(data.examples)} examples${slates}, ` +
      `${whole(data.deadLetters)} dead letters. ${seeds}, revision ${report.revision}.`;
  }

  /** Both tables of all arms; slates with half the width of their 95 % intervals. */
  function figures(report) {
    const parent = document.getElementById("figures");
    const arms = Object.entries(report.arms);
    const row = (name, s, kind) => ({ kind, cells: [name, whole(s.examples), figure(s.logloss), figure(s.auc), figure(s.normalizedEntropy), figure(s.calibration)] });
    table(parent, ["", "examples", "logloss", "AUC", "normalised entropy", "calibration"],
      arms.flatMap(([name, arm]) => [row(name, arm.overall, "part"), row("last 20 %", arm.last20, "last")]));
    const ranked = arms.filter(([, arm]) => arm.slates);
    if (!ranked.length) return;
    const certain = (s, key) => {
      const ends = s.intervals[key];
      return figure(s[key]) + (ends.low === null ? "" : ` ± ${figure((ends.high - ends.low) / 2)}`);
    };
    const line = (name, s, kind) => ({ kind, cells: [name, whole(s.count), certain(s, "ndcg@10"), certain(s, "mrr"), certain(s, "map"), certain(s, "hr@10")] });
    table(parent, ["slates", "count", "NDCG@10", "MRR", "MAP", "HR@10"],
      ranked.flatMap(([name, arm]) => [line(name, arm.slates, "part"), line("last 20 %", arm.slates.last20, "last")]));
  }

  /** Draws into the element; `counts` writes the ticks below as whole numbers, `hooks` are uPlot's. */
  function plot(id, height, scales, series, data, counts, hooks = {}) {
    const parent = document.getElementById(id);
    const axis = { stroke: color("faint"), grid: { stroke: color("line"), width: 1 }, ticks: { stroke: color("line"), width: 1 }, font: "12px system-ui, sans-serif" };
    const across = counts ? { ...axis, values: (u, ticks) => ticks.map((tick) => (tick === null ? "" : whole(tick))) } : { ...axis };
    const options = { width: parent.clientWidth, height, tzDate: (s) => uPlot.tzDate(new Date(s * 1000), "UTC"), scales, series, axes: [across, { ...axis, size: 56 }], cursor: { drag: { x: true, y: false } }, hooks };
    return { parent, plot: new uPlot(options, data, parent), height };
  }

  return { figures, plot, element, whole, figure, color, date, table, facts };
})();

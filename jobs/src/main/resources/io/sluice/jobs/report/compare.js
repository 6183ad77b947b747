"use strict";
(() => {
  const report = JSON.parse(document.getElementById("data").textContent);
  const arms = Object.entries(report.arms);
  const charts = [];
  let byTime = false;

  const { element, whole, figure, color, date, table } = page;
  const lines = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

  /** Eight hues, then the same dashed: told apart without a legend's help as long as possible. */
  const stroke = (i) => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return `hsl(${[200, 28, 140, 330, 265, 55, 175, 0][i % 8]} 70% ${dark ? 62 : 36}%)`;
  };
  const line = (label, i, points) => ({ label, stroke: stroke(i), width: 2, dash: lines[Math.floor(i / 8) % 4], value: (u, v) => figure(v), points: { show: points } });

  /** "−0.0012 [−0.0020, −0.0004] *", the star where zero lies outside. */
  function difference(interval) {
    const signed = (x) => (x === null || x === undefined ? "–" : (x > 0 ? "+" : x < 0 ? "−" : "") + Math.abs(x).toFixed(5));
    const ends = interval.low === null ? "" : ` [${signed(interval.low)}, ${signed(interval.high)}]`;
    return signed(interval.difference) + ends + (interval.excludesZero ? " *" : "");
  }

  function pairs() {
    if (!report.pairs.length) return;
    const parent = document.getElementById("pairs");
    element("h2", "Differences", parent);
    const note = element("p", "Paired over the same examples, with 95 % intervals by blocks of the stream; * where zero lies outside.", parent);
    note.className = "note";
    const keys = [["logloss", "logloss"], ["auc", "AUC"], ["ndcg@10", "NDCG@10"], ["mrr", "MRR"]].filter(([key]) => report.pairs[0].overall[key]);
    const row = (name, part, kind) => ({ kind, cells: [name, ...keys.map(([key]) => difference(part[key]))] });
    table(parent, ["arm − reference", ...keys.map(([, name]) => name)],
      report.pairs.flatMap((pair) => [row(`${pair.arm} − ${pair.reference}`, pair.overall, "part"), row("last 20 %", pair.last20, "last")]));
  }

  /** The same points of the stream for all arms: they share their examples. */
  function across(id, values, names) {
    const curve = arms[0][1].curve;
    const x = curve.map((p) => (byTime ? p.time / 1000 : p.examples));
    const label = { label: byTime ? "time" : "examples", value: (u, v, s, i) => (i === null || i === undefined ? "–" : `${whole(curve[i].examples)} · ${date(curve[i].time)}`) };
    const series = [label, ...names.map(([name, i]) => line(name, i, curve.length < 3))];
    charts.push(page.plot(id, 300, { x: { time: byTime } }, series, [x, ...values], !byTime));
  }

  function progress(id, key) {
    across(id, arms.map(([, arm]) => arm.curve.map((p) => p[key])), arms.map(([name], i) => [name, i]));
  }

  function windows() {
    const known = report.pairs.map((pair) => [pair, arms.findIndex(([name]) => name === pair.arm)]);
    const loss = (name) => report.arms[name].windows.map((w) => w.logloss);
    const values = known.map(([pair]) => {
      const reference = loss(pair.reference);
      return loss(pair.arm).map((x, i) => (x === null || reference[i] === null ? null : x - reference[i]));
    });
    across("windows", values, known.map(([pair, i]) => [`${pair.arm} − ${pair.reference}`, i]));
  }

  /** One line for each arm over the budgets. */
  function againstBytes(id, quality) {
    const budgets = [...new Set(arms.map(([, arm]) => arm.budgetBytes))].filter((bytes) => bytes > 0).sort((a, b) => a - b);
    const groups = [...new Set(arms.map(([, arm]) => arm.group))];
    if (budgets.length < 2 || quality(arms[0][1]) === undefined) return;
    document.getElementById(`${id}-figure`).hidden = false;
    const at = (group, bytes) => arms.find(([, arm]) => arm.group === group && arm.budgetBytes === bytes);
    const values = groups.map((group) => budgets.map((bytes) => { const found = at(group, bytes); return found ? quality(found[1]) : null; }));
    charts.push(page.plot(id, 300, { x: { time: false, distr: 3, log: 2 } }, [{ label: "KiB", value: (u, v) => (v === null || v === undefined ? "–" : whole(v)) }, ...groups.map((name, i) => line(name, i, true))], [budgets.map((bytes) => bytes / 1024), ...values], true));
  }

  function drawAll() {
    charts.splice(0).forEach((chart) => chart.plot.destroy());
    againstBytes("bytes", (arm) => arm.overall.logloss);
    againstBytes("ranked", (arm) => arm.slates && arm.slates["ndcg@10"]);
    progress("logloss", "logloss");
    progress("auc", "auc");
    windows();
  }

  function rest() {
    const parent = document.getElementById("rest");
    element("h2", "Arms", parent);
    table(parent, ["arm", "bytes", "budget", "examples per second", "settings", "digest"],
      arms.map(([name, arm]) => ({ cells: [name, whole(arm.bytes), arm.budgetBytes ? whole(arm.budgetBytes) : "–", arm.examplesPerSecond ? whole(Math.round(arm.examplesPerSecond)) : "–", arm.overrides.join(", ") || "–", arm.digest.slice(0, 12)] })));
    if (report.seeds.length > 1) {
      element("h2", "Seeds", parent);
      const five = (x) => (x === null ? "–" : x.toFixed(5));
      const row = (name, spread, slates, kind) => ({ kind, cells: [name, five(spread.logloss), five(spread.auc), ...(slates ? [five(slates["ndcg@10"]), five(slates.mrr)] : [])] });
      table(parent, ["standard deviation", "logloss", "AUC", ...(arms[0][1].slates ? ["NDCG@10", "MRR"] : [])],
        arms.flatMap(([name, { spread }]) => [row(name, spread.overall, spread.slates, "part"), row("last 20 %", spread.last20, spread.slates && spread.slates.last20, "last")]));
    }
    if (report.notes.length) {
      element("h2", "Notes", parent);
      const notes = element("ul", null, parent);
      report.notes.forEach((note) => element("li", note, notes));
    }
    const settings = element("details", null, parent);
    element("h2", "Common settings", element("summary", null, settings)).style.display = "inline";
    element("pre", JSON.stringify(report.settings, null, 2), settings);
  }

  page.facts(report, report.seeds.length > 1 ? `Seeds ${report.seeds.join(", ")}` : `Seed ${report.seed}`);
  page.figures(report);
  pairs();
  rest();
  drawAll();
  document.querySelectorAll("button[data-axis]").forEach((button) =>
    button.addEventListener("click", () => {
      byTime = button.dataset.axis === "time";
      document.querySelectorAll("button[data-axis]").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
      drawAll();
    }));
  addEventListener("resize", () => charts.forEach(({ parent, plot, height }) => plot.setSize({ width: parent.clientWidth, height })));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
})();

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

  const budgets = [...new Set(arms.map(([, arm]) => arm.budgetBytes))].filter((bytes) => bytes > 0).sort((a, b) => a - b);
  const groups = [...new Set(arms.map(([, arm]) => arm.group))];
  const kib = { label: "KiB", value: (u, v) => (v === null || v === undefined ? "–" : whole(v)) };
  const byBytes = { time: false, distr: 3, log: 2 };

  /** One line for each arm over the budgets. */
  function againstBytes(id, quality) {
    if (budgets.length < 2 || quality(arms[0][1]) === undefined) return;
    document.getElementById(`${id}-figure`).hidden = false;
    const at = (group, bytes) => arms.find(([, arm]) => arm.group === group && arm.budgetBytes === bytes);
    const values = groups.map((group) => budgets.map((bytes) => { const found = at(group, bytes); return found ? quality(found[1]) : null; }));
    charts.push(page.plot(id, 300, { x: byBytes }, [kib, ...groups.map((name, i) => line(name, i, true))], [budgets.map((bytes) => bytes / 1024), ...values], true));
  }

  /** How much each arm differs from its reference at each budget: a dot, and its interval as a bar beside the others'. */
  function differencesAgainstBytes(id, key) {
    const known = report.pairs.filter((pair) => pair.overall[key] && report.arms[pair.arm].budgetBytes > 0);
    if (budgets.length < 2 || !known.length) return;
    document.getElementById(`${id}-figure`).hidden = false;
    const others = groups.filter((group) => known.some((pair) => report.arms[pair.arm].group === group));
    const at = (group, bytes) => known.find(({ arm }) => report.arms[arm].group === group && report.arms[arm].budgetBytes === bytes)?.overall[key];
    const intervals = others.map((group) => budgets.map((bytes) => at(group, bytes)));
    const ends = intervals.flat().filter(Boolean).flatMap(({ difference, low, high }) => [low ?? difference, high ?? difference]);
    const room = 0.05 * (Math.max(0, ...ends) - Math.min(0, ...ends)) || 1e-6;
    const range = [Math.min(0, ...ends) - room, Math.max(0, ...ends) + room];
    const bars = (u) => {
      const ratio = devicePixelRatio || 1;
      const y = (value) => u.valToPos(value, "y", true);
      u.ctx.save();
      u.ctx.strokeStyle = color("faint");
      u.ctx.beginPath();
      u.ctx.moveTo(u.bbox.left, y(0));
      u.ctx.lineTo(u.bbox.left + u.bbox.width, y(0));
      u.ctx.stroke();
      intervals.forEach((row, i) => row.forEach((interval, j) => {
        if (!interval || !u.series[i + 1].show) return;
        const x = u.valToPos(budgets[j] / 1024, "x", true) + (i - (others.length - 1) / 2) * 5 * ratio;
        u.ctx.strokeStyle = u.ctx.fillStyle = stroke(groups.indexOf(others[i]));
        u.ctx.lineWidth = 1.5 * ratio;
        u.ctx.beginPath();
        u.ctx.moveTo(x, y(interval.low ?? interval.difference));
        u.ctx.lineTo(x, y(interval.high ?? interval.difference));
        u.ctx.stroke();
        u.ctx.beginPath();
        u.ctx.arc(x, y(interval.difference), 3 * ratio, 0, 2 * Math.PI);
        u.ctx.fill();
      }));
      u.ctx.restore();
    };
    // Room for the bars that stand beside the first and the last budget.
    const across = { ...byBytes, range: [budgets[0] / 1024 / 1.4, (budgets[budgets.length - 1] / 1024) * 1.4] };
    const series = others.map((name) => ({ ...line(name, groups.indexOf(name), false), paths: () => null, value: (u, v) => (v === null || v === undefined ? "–" : v.toFixed(5)) }));
    charts.push(page.plot(id, 300, { x: across, y: { range } }, [kib, ...series], [budgets.map((bytes) => bytes / 1024), ...intervals.map((row) => row.map((interval) => interval?.difference ?? null))], true, { draw: [bars] }));
  }

  function drawAll() {
    charts.splice(0).forEach((chart) => chart.plot.destroy());
    againstBytes("bytes", (arm) => arm.overall.logloss);
    differencesAgainstBytes("bytes-pairs", "logloss");
    againstBytes("ranked", (arm) => arm.slates && arm.slates["ndcg@10"]);
    differencesAgainstBytes("ranked-pairs", "ndcg@10");
    progress("logloss", "logloss");
    progress("auc", "auc");
    windows();
  }

  function rest() {
    const parent = document.getElementById("rest");
    element("h2", "Arms", parent);
    table(parent, ["arm", "bytes", "budget", "examples per second", "settings", "digest"],
      arms.map(([name, arm]) => ({ cells: [name, whole(arm.bytes), arm.budgetBytes ? whole(arm.budgetBytes) : "–", arm.examplesPerSecond ? whole(Math.round(arm.examplesPerSecond)) : "–", arm.overrides.join(", ") || "–", arm.digest.slice(0, 12)] })));
    const tuned = arms.filter(([, arm]) => arm.tuned);
    if (tuned.length) {
      element("h2", "Chosen on the beginning of the stream", parent);
      table(parent, ["arm", "setting", "chosen", "logloss of each value there"],
        tuned.flatMap(([name, arm]) => arm.tuned.map(({ key, chosen, trials }) => ({ cells: [name, key, chosen, trials.map(({ value, logloss }) => `${value}: ${figure(logloss)}`).join(", ")] }))));
    }
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

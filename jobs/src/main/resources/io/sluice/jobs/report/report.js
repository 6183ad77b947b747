"use strict";
(() => {
  const report = JSON.parse(document.getElementById("data").textContent);
  const arms = Object.entries(report.arms);
  const main = report.arms.default;
  const prior = report.arms.prior;
  const charts = [];
  let byTime = false;

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

  function facts() {
    const data = report.data;
    document.querySelector("h1").textContent = `${report.command}: ${data.file}`;
    const slates = data.requests ? ` in ${whole(data.requests)} slates` : "";
    document.getElementById("facts").textContent =
      `${whole(data.rows)} rows, ${whole(data.examples)} examples${slates}, ` +
      `${whole(data.deadLetters)} dead letters. Seed ${report.seed}, revision ${report.revision}.`;
  }

  function figures() {
    const parent = document.getElementById("figures");
    const row = (name, s, kind) => ({ kind, cells: [name, whole(s.examples), figure(s.logloss), figure(s.auc), figure(s.normalizedEntropy), figure(s.calibration)] });
    table(parent, ["", "examples", "logloss", "AUC", "normalised entropy", "calibration"],
      arms.flatMap(([name, arm]) => [row(name, arm.overall, "part"), row("last 20 %", arm.last20, "last")]));
    const ranked = arms.filter(([, arm]) => arm.slates);
    if (ranked.length) {
      const line = (name, s, kind) => ({ kind, cells: [name, whole(s.count), figure(s["ndcg@10"]), figure(s.mrr), figure(s.map), figure(s["hr@10"])] });
      table(parent, ["slates", "count", "NDCG@10", "MRR", "MAP", "HR@10"],
        ranked.flatMap(([name, arm]) => [line(name, arm.slates, "part"), line("last 20 %", arm.slates.last20, "last")]));
    }
  }

  const date = (ms) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");

  /** Curve of the main arm and the baseline, and the windows of the main arm, at the same ends. */
  function progress(id, key) {
    const curve = main.curve;
    const x = curve.map((p) => (byTime ? p.time / 1000 : p.examples));
    const windows = main.windows.map((w) => w[key]);
    const series = [
      { label: byTime ? "time" : "examples", value: (u, v, s, i) => (i === null || i === undefined ? "–" : `${whole(curve[i].examples)} · ${date(curve[i].time)}`) },
      { label: "window", stroke: color("window"), width: 1, value: (u, v) => figure(v), points: { show: windows.length < 40 } },
      { label: "so far", stroke: color("model"), width: 2.5, value: (u, v) => figure(v), points: { show: curve.length < 3 } },
    ];
    const data = [x, windows, curve.map((p) => p[key])];
    if (prior) {
      series.push({ label: "label rate, so far", stroke: color("prior"), width: 1.5, dash: [6, 4], value: (u, v) => figure(v), points: { show: false } });
      data.push(prior.curve.map((p) => p[key]));
    }
    draw(id, 260, { x: { time: byTime } }, series, data, true);
  }

  function reliability() {
    const bins = main.reliability;
    const points = bins.map((b) => [b.meanPrediction, b.meanLabel]).sort((a, b) => a[0] - b[0]);
    const xs = [0, ...points.map((p) => p[0]), 1];
    draw("reliability", 360, { x: { time: false, range: [0, 1] }, y: { range: [0, 1] } }, [
      { label: "predicted", value: (u, v) => figure(v) },
      { label: "ideal", stroke: color("ideal"), width: 1, dash: [4, 4], value: (u, v) => figure(v), points: { show: false } },
      { label: "share of positives", stroke: color("model"), width: 2, value: (u, v) => figure(v), points: { show: true, size: 7, fill: color("model") } },
    ], [xs, xs, [null, ...points.map((p) => p[1]), null]], false);
  }

  function draw(id, height, scales, series, data, counts) {
    const parent = document.getElementById(id);
    const axis = { stroke: color("faint"), grid: { stroke: color("line"), width: 1 }, ticks: { stroke: color("line"), width: 1 }, font: "12px system-ui, sans-serif" };
    const across = counts && !byTime ? { ...axis, values: (u, ticks) => ticks.map(whole) } : { ...axis };
    charts.push({ parent, plot: new uPlot({ width: parent.clientWidth, height, tzDate: (s) => uPlot.tzDate(new Date(s * 1000), "UTC"), scales, series, axes: [across, { ...axis, size: 56 }], cursor: { drag: { x: true, y: false } } }, data, parent), height });
  }

  function drawAll() {
    charts.splice(0).forEach((chart) => chart.plot.destroy());
    progress("logloss", "logloss");
    progress("auc", "auc");
    reliability();
  }

  function rest() {
    const parent = document.getElementById("rest");
    const reasons = Object.entries(report.data.deadLettersByReason);
    if (reasons.length) {
      element("h2", "Dead letters", parent);
      table(parent, ["reason", "rows"], reasons.map(([name, count]) => ({ cells: [name, whole(count)] })));
    }
    element("h2", "Learner", parent);
    const learner = [["memory", `${whole(main.bytes)} bytes`]];
    if (main.examplesPerSecond) learner.push(["speed", `${whole(Math.round(main.examplesPerSecond))} examples per second`]);
    learner.push(["data", `${report.data.path}`], ["SHA-256 of the data", report.data.sha256], ["digest of the state", main.digest]);
    const list = element("table", null, parent);
    learner.forEach(([name, value]) => {
      const row = element("tr", null, list);
      element("td", name, row);
      const cell = element("td", null, row);
      cell.style.whiteSpace = "normal";
      cell.style.textAlign = "left";
      element("code", value, cell);
    });
    if (report.notes.length) {
      element("h2", "Notes", parent);
      const notes = element("ul", null, parent);
      report.notes.forEach((note) => element("li", note, notes));
    }
    const settings = element("details", null, parent);
    element("h2", "Settings", element("summary", null, settings)).style.display = "inline";
    element("pre", JSON.stringify(report.settings, null, 2), settings);
  }

  facts();
  figures();
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

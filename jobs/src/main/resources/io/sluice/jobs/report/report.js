"use strict";
(() => {
  const report = JSON.parse(document.getElementById("data").textContent);
  const main = report.arms.default;
  const prior = report.arms.prior;
  const charts = [];
  let byTime = false;

  const { element, whole, figure, color, date, table } = page;

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
    charts.push(page.plot(id, height, scales, series, data, counts && !byTime));
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

  page.facts(report, `Seed ${report.seed}`);
  page.figures(report);
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

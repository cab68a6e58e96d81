// The one script of the pages: charts from the data blocks beside them, the copy button, printing.
// Everything else on a page works without it.
import { BarChart, LineChart } from "echarts/charts";
import { AxisPointerComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([
  AxisPointerComponent, BarChart, CanvasRenderer, GridComponent, LabelLayout, LineChart, MarkAreaComponent, MarkLineComponent,
  TooltipComponent,
]);

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

// words tells how a chart's values are written, in the digits 0 to 9 of both languages.
const words = {
  count: { axis: (n) => (Math.abs(n) < 10000 ? whole.format(n) : short.format(n)), value: (n) => whole.format(n) },
  months: { axis: (n) => (n % 12 ? "" : String(n / 12)), value: (n) => String(Math.floor(n / 12)) },
  percent: { axis: (n) => `${whole.format(n * 100)}%`, value: (n) => `${whole.format(n * 100)}%` },
};

// coloured replaces colour tokens ("@accent") by the style sheet's custom properties.
function coloured(option, styles, key = "") {
  if (typeof option === "string" && /color$/i.test(key) && option.startsWith("@")) {
    return styles.getPropertyValue(`--${option.slice(1)}`).trim();
  }
  if (Array.isArray(option)) return option.map((each) => coloured(each, styles, key));
  if (option !== null && typeof option === "object") {
    return Object.fromEntries(Object.entries(option).map(([name, value]) => [name, coloured(value, styles, name)]));
  }
  return option;
}

// fitted narrows the room for labels on a narrow screen.
function fitted(option, width) {
  if (width >= 460) return option;
  for (const side of ["left", "right"]) {
    if (option.grid[0][side] === "112") option.grid[0][side] = "92";
  }
  for (const series of option.series) {
    for (const datum of series.data ?? []) {
      if (datum?.label) datum.label.fontSize = 11;
    }
  }
  return option;
}

// tooltip words the values at one place: a band, which is drawn as its lower edge and its height, from edge to edge.
function tooltip(params, word) {
  const rows = [params[0]?.axisValueLabel ?? ""];
  let low = null;
  for (const each of params) {
    const value = each.value;
    const missing = value === null || value === undefined || value === "-";
    if (low !== null && low.name === each.seriesName) {
      if (!missing) rows.push(`${each.seriesName}: ${word.value(low.value)}–${word.value(low.value + value)}`);
      low = null;
    } else if (params.filter((other) => other.seriesName === each.seriesName).length === 2) {
      low = { name: each.seriesName, value };
    } else {
      rows.push(`${each.seriesName}: ${missing ? "–" : word.value(value)}`);
    }
  }
  return rows.join("\n");
}

function optionOf(element) {
  const styles = getComputedStyle(document.documentElement);
  const parsed = JSON.parse(document.getElementById(`options-${element.dataset.chart}`).textContent);
  const option = fitted(coloured(parsed, styles), element.clientWidth);
  const word = words[element.dataset.unit] ?? words.count;
  option.textStyle = { fontFamily: styles.getPropertyValue("--face").trim() };
  const values = [...option.yAxis, ...option.xAxis].find((axis) => axis.type === "value");
  values.axisLabel.formatter = word.axis;
  option.tooltip.valueFormatter = (n) => (n === null || n === undefined ? "–" : word.value(n));
  if (option.series.some((each) => each.stack?.startsWith("band-"))) option.tooltip.formatter = (params) => tooltip(params, word);
  if (option.series.some((each) => each.data?.some((datum) => datum?.words))) option.tooltip.formatter = (one) => one.data.words;
  option.tooltip.textStyle = { color: styles.getPropertyValue("--ink").trim(), fontSize: 13 };
  return option;
}

const drawn = new Map();
const awaited = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.clientWidth) {
      awaited.unobserve(target);
      draw(target);
    }
  }
});

function draw(element) {
  let chart = drawn.get(element);
  if (!chart) {
    if (!element.clientWidth) { // hidden on a narrow screen, where its table stands instead
      awaited.observe(element);
      return;
    }
    chart = echarts.init(element, null, { renderer: "canvas" });
    drawn.set(element, chart);
    new ResizeObserver(() => {
      if (element.clientWidth && element.clientWidth !== chart.getWidth()) {
        chart.resize();
        chart.setOption(optionOf(element), true);
      }
    }).observe(element);
  }
  chart.setOption(optionOf(element), true);
}

function drawAll() {
  document.querySelectorAll("[data-chart]").forEach(draw);
  document.documentElement.dataset.drawn = "true";
}

function announce(text) {
  document.querySelector("[data-announce]").textContent = text;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-copy]");
  if (!link || !navigator.clipboard) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
    announce(link.dataset.copied);
    const words = link.textContent;
    link.textContent = link.dataset.copied;
    setTimeout(() => { link.textContent = words; }, 2500);
  } catch {
    location.assign(link.href); // no permission: the pinned address is then in the address bar
  }
});

// On paper the tables stand open, and the charts have the colours of paper.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details.data:not([open])")];
  opened.forEach((each) => { each.open = true; });
});
addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
for (const query of ["(prefers-color-scheme: dark)", "print"]) {
  matchMedia(query).addEventListener("change", drawAll);
}

document.fonts.ready.then(drawAll);

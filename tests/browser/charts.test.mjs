// Charts of metrics and questions: no text covers another text, a mark or a line, at any width and in any font.
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, test } from "node:test";
import { claimbook, inBook, serve } from "./served.mjs";
import { open, text, visit } from "./site.mjs";

const SITE = path.resolve(process.env.SITE ?? "../../target/demo-site-below");
const WIDTHS = [320, 390, 560, 800, 1024, 1280, 1440];
// A page with one drawing, and not one for each method.
const WHOLE = "metrics/time-horizon-50/";
// A font that is not installed leads to the next; DejaVu Sans is the widest of those that browsers take.
const FONTS = ["", "Arial, 'Liberation Sans', 'DejaVu Sans Condensed', sans-serif"];

// Finds what covers what. The boxes of texts are cut to the height of their letters.
const covered = () => {
  const found = [];
  const isShown = (element) => element.getClientRects().length > 0 && element.checkVisibility();
  const hits = (one, other) => one.x0 < other.x1 - 0.5 && other.x0 < one.x1 - 0.5 && one.y0 < other.y1 - 0.5 && other.y0 < one.y1 - 0.5;
  for (const plot of document.querySelectorAll("svg.plot")) {
    const boxes = (selector, cut) => [...plot.querySelectorAll(selector)].filter(isShown).map((element) => {
      const { left, right, top, bottom, height } = element.getBoundingClientRect();
      return { element, name: element.textContent, x0: left, x1: right, y0: top + height * cut, y1: bottom - height * cut };
    });
    const texts = boxes("text", 0.18);
    const marks = boxes(".pt, .arrow, .about", 0);
    for (const [place, one] of texts.entries()) {
      if (one.x0 < -0.5 || one.x1 > innerWidth + 0.5) found.push(`${one.name} leaves the window`);
      for (const other of texts.slice(place + 1)) if (hits(one, other)) found.push(`${one.name} covers ${other.name}`);
      if (!one.element.matches(".ax") && marks.some((mark) => hits(one, mark))) found.push(`${one.name} covers a mark`);
    }
    for (const line of [...plot.querySelectorAll(".iv, .rec, .ser, .fit, .ext, .fan, .now, .hook")].filter(isShown)) {
      const to = line.getScreenCTM();
      const length = line.getTotalLength();
      const points = Array.from({ length: 201 }, (_, step) => line.getPointAtLength((length * step) / 200).matrixTransform(to));
      for (const one of texts.filter(({ element }) => !element.matches(".ax"))) {
        const isOn = ({ x, y }) => x > one.x0 + 0.5 && x < one.x1 - 0.5 && y > one.y0 + 1 && y < one.y1 - 1;
        if (points.some(isOn)) found.push(`${one.name} is crossed by .${line.getAttribute("class")}`);
      }
    }
  }
  return found;
};

const check = async (page) => {
  for (const font of FONTS) {
    if (font) await page.addStyleTag({ content: `:root { --sans: ${font} !important; }` });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await page.evaluate(covered), [], `at ${width} in ${font || "the fonts of the stylesheet"}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} at ${width}`);
    }
  }
};

const withCharts = async (folder) => {
  const found = [];
  for (const name of await readdir(path.join(SITE, folder))) {
    const page = await text(`${folder}/${name}/index.html`).catch(() => "");
    if (page.includes("<svg class=\"plot\"")) found.push(`${folder}/${name}/`);
  }
  return found;
};
const metrics = await withCharts("metrics");
const questions = await withCharts("forecasts");

// A book with one metric of 130 values by three methods.
const claim = (number) => {
  const [year, month, day] = [2019 + Math.floor(number / 20), 1 + (number % 12), 1 + ((number * 7) % 28)];
  const date = [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  const value = Math.round(2 ** (number / 12) * (1 + ((number * 37) % 19) / 6) * 10) / 10;
  const facts = ["kind:: measurement", "by:: Jane Doe", `said:: ${date}`, "metric:: pace", `subject:: ${["Alpha", "Beta", "Gamma"][number % 3]} Model ${number}`, `value:: ${value} [${value / 2}, ${value * (number % 9 ? 2 : 900)}]`, `method:: ${["First suite", "Second suite", "Third suite"][number % 5 ? 0 : number % 3]}`];
  return `\n> [!claim] m${number}\n> **Measurement ${number}.**\n>\n${facts.map((fact) => `> - ${fact}\n`).join("")}`;
};
claimbook("init", "book", "--base-url", "https://example.org/");
await mkdir(inBook("content/metrics"), { recursive: true });
await writeFile(inBook("content/metrics/pace.md"), "---\ntitle: Pace\nunit: minutes\nbetter: higher\nscale: log\ntrend: exponential\n---\n\nHow long tasks are.\n");
const setting = inBook("site.toml");
await writeFile(setting, (await readFile(setting, "utf8")).replace("# previews = true", "previews = false"));
const bookOf = (count) => writeFile(inBook("content/articles/values.md"), `---\ntitle: Values\n---\n${Array.from({ length: count }, (_, number) => claim(number)).join("")}`);
await bookOf(130);
const address = await serve();

test("the demo book has metrics with charts", () => assert.ok(metrics.length > 2, `${metrics}`));

describe("no text of a chart covers anything", { concurrency: 2 }, () => {
  for (const page of ["", ...metrics, ...questions]) test(`/${page}`, () => open(page, { bypassCSP: true }, check));
  // The server loads a page again when the book changes, so one comes after the other.
  test("a metric with 130 values, and with 30", async () => {
    for (const count of [130, 30]) {
      await bookOf(count);
      await visit(`${address}metrics/pace/`, { bypassCSP: true }, async (page) => {
        await page.locator(".cs", { hasText: `${count} measurements` }).waitFor();
        await check(page);
      });
    }
  });
});

test("a mark says what it is where a reader points and where the focus is", () => open(WHOLE, {}, async (page) => {
  const mark = page.locator(".plot a").last();
  await mark.focus();
  const [name] = (await mark.getAttribute("aria-label")).split(": ");
  assert.equal(await page.locator(".tip b").innerText(), name);
  await page.keyboard.press("Escape");
  assert.ok(await page.locator(".tip").isHidden());
  await mark.locator(".pt").hover({ force: true });
  assert.ok(await page.locator(".tip").isVisible());
}));

test("the first tap says what a mark is, and the second follows it", () => open(WHOLE, { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } }, async (page) => {
  const mark = page.locator(".plot a").last();
  await mark.locator(".hit").tap({ force: true });
  await page.locator(".tip").waitFor();
  assert.match(page.url(), /metrics\/time-horizon-50\/$/);
  await mark.locator(".hit").tap({ force: true });
  await page.waitForURL(/claims\//);
}));

test("a chart can be saved as SVG and PNG", () => open(WHOLE, { acceptDownloads: true }, async (page) => {
  for (const [kind, start] of [["svg", "<svg"], ["png", "\u0089PNG"]]) {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`[data-save=${kind}]`).first().click()]);
    const bytes = await readFile(await download.path(), "latin1");
    assert.ok(bytes.startsWith(start) && bytes.length > 2000, `${kind}: ${bytes.slice(0, 80)}`);
  }
}));

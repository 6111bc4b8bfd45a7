// Every kind of page: width, weight, stillness, accessibility.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, describe, test } from "node:test";
import { close, kinds, open } from "./site.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = await kinds();
after(close);

// Only a page that asks the index is not done when it has loaded.
const settled = (page) => page.waitForLoadState(page.url().includes("?q=") ? "networkidle" : "load");

test("there is a page of every kind", () => {
  for (const wanted of ["", "404.html", "search/", "articles/", "claims/", "forecasts/", "metrics/", "speakers/", "sources/"]) {
    assert.ok(pages.includes(wanted), `${wanted} is not among ${pages}`);
  }
  assert.ok(pages.length > 16, `${pages}`);
});

describe("every kind of page", { concurrency: 2 }, () => {
for (const address of pages) {
  test(`/${address} is never wider than its window, and has its tools beside the name`, () => open(address, {}, async (page) => {
    for (const width of [320, 360, 480, 640, 735, 737, 834, 895, 897, 1023, 1024, 1280, 1440, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} at ${width}`);
      const [brand, tools] = await page.evaluate(() => [".brand", ".tools"].map((part) => document.querySelector(part).getBoundingClientRect().bottom));
      assert.ok(Math.abs(brand - tools) < 16, `the name ends at ${brand}, the tools at ${tools}, at ${width}`);
    }
  }));

  test(`/${address} weighs little`, () => open("404.html", {}, async (page) => {
    const weights = { document: 0, stylesheet: 0, script: 0, glyphs: 0, charts: 0 };
    const others = [];
    const weighed = [];
    const weigh = async (response) => {
      const own = /\/assets\/(glyphs|charts)\.[^/]*(?:svg|css)$/.exec(response.url());
      const kind = own ? own[1] : response.request().resourceType();
      // The index and the script that reads it are weighed with search.
      if (/\/search-index\/|\/assets\/find\./.test(response.url())) return;
      if (kind in weights) weights[kind] += (await response.body()).length;
      else others.push(response.url());
    };
    page.on("response", (response) => weighed.push(weigh(response)));
    await page.goto(new URL(address, page.url()).href);
    await settled(page);
    await Promise.all(weighed);
    const { document, stylesheet, script, glyphs, charts } = weights;
    assert.ok(document > 0 && document <= 60 * 1024, `${document} bytes of HTML`);
    assert.ok(stylesheet > 0 && stylesheet <= 28 * 1024, `${stylesheet} bytes of CSS`);
    assert.ok(charts <= 14 * 1024, `${charts} bytes of CSS for charts`);
    assert.ok(script > 0 && script <= 14 * 1024, `${script} bytes of script`);
    assert.ok(glyphs > 0 && glyphs <= 4 * 1024, `${glyphs} bytes of glyphs`);
    assert.deepEqual(others.filter((url) => !/favicon/.test(url)), []);
  }));

  test(`/${address} stands still while it loads, on a slow machine`, () => open("404.html", {}, async (page) => {
    await page.addInitScript(() => {
      window.shifts = [];
      const node = ({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent;
      new PerformanceObserver((list) => { for (const { sources } of list.getEntries()) window.shifts.push(...sources.map(node)); })
        .observe({ type: "layout-shift", buffered: true });
    });
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    const home = page.url();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto("about:blank");
      await page.goto(new URL(address, home).href);
      await settled(page);
      await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
      assert.deepEqual(await page.evaluate(() => window.shifts), [], `at ${width}`);
    }
  }));

  // The dark theme differs in colours only.
  test(`/${address} is accessible`, async () => {
    await open(address, { bypassCSP: true }, async (page) => {
      await settled(page);
      await page.evaluate(axe);
      for (const [colorScheme, rules] of [["light", {}], ["dark", { runOnly: ["color-contrast"] }]]) {
        await page.emulateMedia({ colorScheme });
        for (const width of [390, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          const { violations, passes } = await page.evaluate((rules) => window.axe.run({ ...rules, resultTypes: ["violations"] }), rules);
          assert.ok(passes.length > 0, "nothing was looked at");
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join("\n")}`);
          assert.deepEqual(found, [], `${colorScheme}, at ${width}`);
        }
      }
    });
  });
}
});

// Every kind of page: width, weight, stillness, accessibility.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import { close, kinds, open } from "./site.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = await kinds();
after(close);

const settled = (page) => page.waitForLoadState("networkidle");

test("there is a page of every kind", () => {
  for (const wanted of ["", "404.html", "search/", "articles/", "claims/", "forecasts/", "metrics/", "speakers/", "sources/"]) {
    assert.ok(pages.includes(wanted), `${wanted} is not among ${pages}`);
  }
  assert.ok(pages.length > 16, `${pages}`);
});

for (const address of pages) {
  test(`/${address} is never wider than its window`, () => open(address, {}, async (page) => {
    for (const width of [320, 360, 480, 640, 735, 737, 834, 1023, 1024, 1280, 1440, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} at ${width}`);
    }
  }));

  test(`/${address} weighs little`, () => open("404.html", {}, async (page) => {
    const weights = { document: 0, stylesheet: 0, script: 0 };
    const others = [];
    page.on("response", async (response) => {
      const kind = response.request().resourceType();
      if (response.url().includes("/pagefind/")) return;
      if (kind in weights) weights[kind] += (await response.body()).length;
      else others.push(response.url());
    });
    await page.goto(new URL(address, page.url()).href);
    await settled(page);
    const { document, stylesheet, script } = weights;
    assert.ok(document > 0 && document <= 60 * 1024, `${document} bytes of HTML`);
    assert.ok(stylesheet > 0 && stylesheet <= 24 * 1024, `${stylesheet} bytes of CSS`);
    assert.ok(script > 0 && script <= 12 * 1024, `${script} bytes of script`);
    assert.deepEqual(others.filter((url) => !/favicon/.test(url)), []);
  }));

  test(`/${address} stands still while it loads`, () => open("404.html", {}, async (page) => {
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(new URL(address, page.url()).href);
      await settled(page);
      const shift = await page.evaluate(() => window.shift);
      assert.equal(shift, 0, `at ${width}`);
      await page.goto(new URL("404.html", page.url().replace(/[?#].*/, "").replace(/\/a\/b\/.*/, "/a/b/")).href);
    }
  }));

  for (const colorScheme of ["light", "dark"]) {
    test(`/${address} is accessible, ${colorScheme}`, async () => {
      for (const width of [390, 1280]) {
        await open(address, { colorScheme, bypassCSP: true, viewport: { width, height: 900 } }, async (page) => {
          await settled(page);
          await page.evaluate(axe);
          const { violations } = await page.evaluate("axe.run()");
          const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join("\n")}`);
          assert.deepEqual(found, [], `at ${width}`);
        });
      }
    });
  }
}

// Opens every page of a book full of attacks (tests/suite/hostile_fields.rs writes it) and moves about in it: no text of
// the book may run, open a dialog, leave the page or load anything. Run by `scripts/test full`, with SITE.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { after, test } from "node:test";
import { BASE, ORIGIN, close, context } from "./site.mjs";

const SITE = path.resolve(process.env.SITE);
const TABS = 4;
after(close);

// Pages that only lead to another one leave before anything can be asked of them.
const pages = [];
for (const entry of await readdir(SITE, { recursive: true })) {
  const name = entry.replaceAll(path.sep, "/");
  if (!name.endsWith(".html")) continue;
  const leads = (await readFile(path.join(SITE, name), "utf8")).includes('http-equiv="refresh"');
  if (!leads) pages.push(name.replace(/(^|\/)index\.html$/, "$1"));
}

// What the scripts of the site do with a page's text when a reader uses it.
async function use(page) {
  await page.evaluate(() => {
    for (const element of [...document.querySelectorAll("main a, main button, main summary, main input")].slice(0, 12)) {
      for (const kind of ["pointerover", "mouseover", "focusin", "focus"]) element.dispatchEvent(new Event(kind, { bubbles: true }));
      if (element.matches("button, summary")) element.click();
    }
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const input of document.querySelectorAll("main input[type=search]")) {
      input.value = "x";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

// Opens addresses in tabs, uses each page, and asks that nothing of the book ran.
async function runsNothing(addresses, use) {
  const found = [];
  const left = [...addresses];
  const tab = async () => {
    const browsing = await context();
    await browsing.addInitScript(() => {
      window.__hit = 0;
      // Buttons that send a form would leave the page.
      document.addEventListener("submit", (event) => event.preventDefault(), true);
    });
    const page = await browsing.newPage();
    let address = "";
    const report = (what) => found.push(`${address}: ${what}`);
    page.on("dialog", (dialog) => { report("a dialog"); dialog.dismiss(); });
    page.on("request", (request) => { if (!request.url().startsWith(`${ORIGIN}/`)) report(`asks for ${request.url().slice(0, 200)}`); });
    page.on("pageerror", (error) => report(`fails: ${error}`));
    for (address = left.pop(); address !== undefined; address = left.pop()) {
      await page.goto(`${ORIGIN}${BASE}${address}`, { waitUntil: "load" });
      await use(page);
      if (await page.evaluate(() => window.__hit !== 0)) report("a script of the book ran");
    }
    await browsing.close();
  };
  await Promise.all(Array.from({ length: TABS }, tab));
  assert.deepEqual(found.slice(0, 20), [], `${found.length} found`);
}

test(`none of ${pages.length} pages of attacks runs anything`, async () => {
  assert.ok(pages.length > 400, `only ${pages.length} pages`);
  await runsNothing(pages.map((page) => page.split("/").map(encodeURIComponent).join("/")), use);
});

test("no attack runs in what scripts show: search results and filtered lists", async () => {
  const words = ["script", "onerror", "alert", "javascript", "img", "svg", "jane doe", "base", "<img src=x onerror=x>", "\"><script>"];
  const queries = ["type=claims", "type=people", "type=articles", "type=sources", "type=metrics", "kind=statement", "kind=__proto__", "status=constructor"];
  const searches = [...words.map((word) => `q=${encodeURIComponent(word)}`), ...queries].map((query) => `search/?${query}`);
  const lists = ["kind=statement", "sort=mentions", "sort=oldest", "kind=forecast&status=open", "speaker=__proto__"].map((query) => `claims/?${query}`);
  let shown = 0;
  await runsNothing([...searches, ...lists], async (page) => {
    await page.waitForFunction(() => document.querySelector("#found_, #claims_ [role=status]")?.textContent);
    await page.waitForLoadState("networkidle");
    for (let times = 0; times < 5; times++) {
      const more = page.locator("#results_ .btn, #claims_ .btn").first();
      if (await more.isVisible()) await more.click();
      await page.waitForLoadState("networkidle");
    }
    shown += await page.locator("#results_ .t, #claims_ tbody tr").count();
  });
  assert.ok(shown > 300, `only ${shown} rows were shown`);
});

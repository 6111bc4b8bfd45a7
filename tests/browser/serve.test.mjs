// The author's way, in a browser: a new book, served while it is written.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { claimbook, folder, inBook, serve } from "./served.mjs";
import { visit } from "./site.mjs";

const change = async (name, edit) => writeFile(inBook(name), edit(await readFile(inBook(name), "utf8")));

claimbook("init", "book", "--base-url", "https://example.org/a/b/");
const address = await serve();

const WRITE_UP = "content/articles/the-weekly-report.md";
const shows = (page, words) => page.getByText(words).first().waitFor();

test("a page loads again when its text changes, and stays where it was", () => visit(`${address}articles/the-weekly-report/`, { viewport: { width: 800, height: 300 } }, async (page) => {
  assert.match(address, /\/a\/b\/$/);
  await page.evaluate(() => scrollTo({ top: 400, behavior: "instant" }));
  await change(WRITE_UP, (text) => text.replace("In spring a training run", "In early spring a training run"));
  await shows(page, "In early spring a training run");
  await page.waitForFunction(() => scrollY === 400);
}));

test("problems show in the page, and go when they are mended", () => visit(`${address}claims/training-4-days/`, {}, async (page) => {
  await change(WRITE_UP, (text) => text.replace("kind:: measurement", "kind:: mesurement"));
  const panel = page.locator("#claimbook_live section");
  await panel.waitFor();
  assert.match(await panel.innerText(), /content\/articles\/the-weekly-report\.md:\d+:\d+/);
  assert.ok(await page.locator("h1").isVisible());
  await change(WRITE_UP, (text) => text.replace("kind:: mesurement", "kind:: measurement"));
  await panel.waitFor({ state: "detached" });
}));

test("warnings are counted in a badge, which opens their list", () => visit(`${address}claims/training-4-days/`, {}, async (page) => {
  const badge = page.locator("#claimbook_live .badge");
  const panel = page.locator("#claimbook_live section");
  await change(WRITE_UP, (text) => `${text}\n> [!claim] extra\n> **Something else happened.**\n>\n> - kind:: statement\n> - by:: J. Doe\n`);
  await badge.waitFor();
  assert.match(await badge.innerText(), /^\d+ warnings?$/);
  assert.ok(await panel.isHidden());
  // It is there on the next page, too, and it can be reached and left with the keyboard.
  await page.goto(address);
  await badge.waitFor();
  await badge.focus();
  await page.keyboard.press("Enter");
  await panel.waitFor();
  assert.match(await panel.innerText(), /unmentioned-claims/);
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), "badge warning");
  await change(WRITE_UP, (text) => text.slice(0, text.indexOf("\n> [!claim] extra")));
  await badge.waitFor({ state: "detached" });
}));

test("a new style sheet is put on without loading the page again", async () => {
  // The second is the sheet of charts, which the home page loads as well.
  for (const [place, file, colour] of [[0, "claimbook.css", "rgb(1, 2, 3)"], [1, "charts.css", "rgb(4, 5, 6)"]]) {
    await visit(address, {}, async (page) => {
      const name = await page.locator("link[rel=stylesheet]").nth(place).getAttribute("href");
      const original = await (await fetch(new URL(name, address))).text();
      const withHeading = (colour) => `${original}\n@layer parts { h1 { color: ${colour}; } }\n`;
      await page.goto("about:blank");
      await mkdir(inBook("templates/assets"), { recursive: true });
      await writeFile(inBook(`templates/assets/${file}`), withHeading("rgb(0, 0, 0)"));
      // The first one of its own makes a folder, which is looked at twice.
      for (let tries = 0; (await (await fetch(address)).text()).includes(name) && tries < 200; tries += 1) await page.waitForTimeout(50);
      await page.waitForTimeout(600);
      await page.goto(address);
      await page.evaluate(() => { window.isSame = true; });
      await writeFile(inBook(`templates/assets/${file}`), withHeading(colour));
      await page.waitForFunction((colour) => getComputedStyle(document.querySelector("h1")).color === colour, colour);
      assert.equal(await page.evaluate(() => window.isSame), true);
    });
  }
});

test("what the other commands write shows at once, verified and built in the end", () => visit(`${address}articles/a-second-look/`, {}, async (page) => {
  claimbook("new", "claim", "The exercises were too easy", "--in", `book/content/articles/a-second-look.md`, "--root", "book", "--by", "J. Doe", "--kind", "opinion");
  await page.locator("#claim_the-exercises-were-too-easy").waitFor();
  claimbook("verify", "--root", "book", "--today", "2026-11-22");
  claimbook("check", "--root", "book", "--today", "2026-11-22");
  claimbook("build", "--root", "book", "--today", "2026-11-22");
  const built = await readFile(inBook("public/articles/a-second-look/index.html"), "utf8");
  const served = await (await fetch(`${address}articles/a-second-look/`)).text();
  assert.equal(served.replace(/<script src="\/__claimbook\/live\.js"[^>]*><\/script>/, ""), built);
}));

test("an imported page shows when a person has signed it off, with its quotation verified", () => visit("about:blank", {}, async (page) => {
  await writeFile(path.join(folder, "story.html"), `<!DOCTYPE html><html lang="en"><title>Faster runs</title>
<meta name="author" content="Ada Writer"><meta property="article:published_time" content="2026-11-20">
<article><h1>Faster runs</h1>
<p>J. Doe expects that a run will take less than one hour by the end of 2027. Others were not so sure.</p>
<p>The engineers spoke at a small meeting in Zurich, and showed how the work was done on the machines of their house.</p></article>`);
  claimbook("import", "story.html", "--root", "book", "--today", "2026-11-22");
  const draft = await readFile(inBook("content/articles/faster-runs.md"), "utf8");
  const claim = /\[!claim\] (\S+)/.exec(draft)[1];
  const write_up = `${address}articles/faster-runs/`;
  assert.match(draft, /proposed:: true/);
  assert.equal((await fetch(write_up)).status, 404);
  await change("content/articles/faster-runs.md", (text) => text
    .replace("draft: true\n", "")
    .replace(/<!--[^]*?-->/, `[The forecast](claim:${claim}) was made in Zurich.`)
    .replace(/\*\*.*\*\*/, "**A run will take less than an hour by the end of 2027.**")
    .replace("> - proposed:: true\n", ""));
  for (let tries = 0; (await fetch(write_up)).status !== 200 && tries < 200; tries += 1) await page.waitForTimeout(50);
  await page.goto(write_up);
  await page.getByRole("link", { name: "A run will take less than an hour" }).first().click();
  await shows(page, "J. Doe expects that a run will take less than one hour by the end of 2027.");
  await shows(page, /verified/i);
  claimbook("check", "--root", "book", "--today", "2026-11-22");
  claimbook("build", "--root", "book", "--today", "2026-11-22");
  const built = await readFile(inBook(`public/claims/${claim}/index.html`), "utf8");
  const served = await (await fetch(`${address}claims/${claim}/`)).text();
  assert.equal(served.replace(/<script src="\/__claimbook\/live\.js"[^>]*><\/script>/, ""), built);
}, new URL(address).origin));

test("a link to a quotation leads to its words", () => visit(`${address}claims/training-4-days/`, {}, async (page) => {
  const link = await page.getByText("Open the passage").getAttribute("href");
  const words = link.split("#:~:text=")[1];
  assert.ok(words, link);
  // This page would load again while the next is loading.
  await page.goto("about:blank");
  await mkdir(inBook("static"), { recursive: true });
  const snapshot = await readFile(inBook("snapshots/weekly-report-45.txt"), "utf8");
  await writeFile(inBook("static/source.html"), `<!DOCTYPE html><title>Source</title><style>p { margin-top: 3000px }</style><p id="words">${snapshot}</p>`);
  const copy = `${address}source.html`;
  for (let tries = 0; (await fetch(copy)).status !== 200 && tries < 100; tries += 1) await page.waitForTimeout(50);
  await page.goto(`${copy}#:~:text=${words}`);
  await page.waitForFunction(() => scrollY > 1000);
}));

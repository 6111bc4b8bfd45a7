// Four questions of readers, each answered within three clicks from the home page. A test follows links as a reader
// would and records its path.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { BASE, close, open, text } from "./site.mjs";

after(close);
const data = JSON.parse(await text("data/claims.json"));
const WRONG = ["refuted", "did-not-happen", "retracted"];

// Follows links by their words from the home page, and says where it went.
async function follow(page, t, links) {
  const path = ["/"];
  for (const link of links) {
    await link(page).first().click();
    await page.waitForLoadState();
    path.push(new URL(page.url()).pathname.slice(BASE.length - 1));
  }
  t.diagnostic(path.join(" → "));
  assert.ok(links.length <= 3, path);
}
const inside = (part, words) => (page) => page.locator(part).getByRole("link", { name: words });

test("what did somebody predict, and was it right?", (t) => open("", {}, async (page) => {
  const settled = data.claims.find((claim) => claim.kind === "forecast" && claim.status === "did-not-happen");
  const names = JSON.parse(await text("data/names.json"));
  const speaker = names.speakers[settled.by[0]];
  await follow(page, t, [inside("header", "People"), inside("table", speaker)]);
  const words = await page.locator("main").innerText();
  assert.ok(words.includes(settled.statement) && words.includes("Did not happen"), words.slice(0, 400));
  assert.match(words, /\d did not happen/);
}));

test("what is the best evidence for and against a claim?", (t) => open("", {}, async (page) => {
  await follow(page, t, [inside("footer", "Disputes")]);
  const summary = page.locator("details.disp summary").first();
  await summary.click();
  const statement = page.locator("details.disp[open] h3 a").first();
  const href = await statement.getAttribute("href");
  await statement.click();
  await page.waitForURL(`**${href}`);
  t.diagnostic(`/ → /disputes/ → opened in place → ${href.slice(BASE.length - 1)}`);
  const claim = data.claims.find(({ id }) => href === `${BASE}claims/${id}/`);
  const words = await page.locator("main").innerText();
  assert.ok(words.includes(claim.statement) && /Contradict/.test(words), words.slice(0, 400));
}));

test("what changed this month?", (t) => open("", {}, async (page) => {
  await follow(page, t, [inside("main", "All changes, week by week")]);
  const rows = page.locator(".changes > li");
  assert.ok((await rows.count()) > 1);
  const days = await rows.locator("time").evaluateAll((all) => all.map((one) => one.dateTime));
  assert.deepEqual(days, [...days].sort().reverse(), "the newest is not first");
  assert.match(await rows.first().innerText(), /→/);
}));

test("what does an article get wrong?", (t) => open("", {}, async (page) => {
  await follow(page, t, [inside("header", "Write-ups"), inside("main", /read against its sources/)]);
  const score = await page.locator(".score").innerText();
  assert.match(score, /The source makes \d+ claims/);
  const [, wrong] = /(\d+) refuted/.exec(score);
  const rows = page.locator("table[aria-labelledby=own_] tbody tr", { has: page.locator(".s-refuted, .s-false") });
  assert.equal(await rows.count(), Number(wrong));
  const href = await rows.first().locator("a").first().getAttribute("href");
  assert.ok(WRONG.includes(data.claims.find(({ id }) => href === `${BASE}claims/${id}/`).status));
}));

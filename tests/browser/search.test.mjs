// Search: by words, by address, by keys, narrowed.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { BASE, close, open, text } from "./site.mjs";

after(close);
const { claims } = JSON.parse(await text("data/claims.json"));
// A claim with a word that no other claim has.
const words = (claim) => claim.statement.toLowerCase().match(/[a-z]{7,}/g) ?? [];
const wanted = claims.find((claim) => words(claim).some((word) => claims.filter((one) => one.statement.toLowerCase().includes(word)).length === 1));
const rare = words(wanted).find((word) => claims.filter((one) => one.statement.toLowerCase().includes(word)).length === 1);
// A word of very many claims.
const times = new Map();
for (const word of claims.flatMap((claim) => [...new Set(words(claim))])) times.set(word, (times.get(word) ?? 0) + 1);
const common = [...times].sort((one, other) => other[1] - one[1])[0][0];
const results = (page) => page.locator("#results_ .t a");

test("the address asks, and a claim is found with its mark", () => open(`search/?q=${rare}`, {}, async (page) => {
  const link = page.locator(`#results_ a[href="${BASE}claims/${wanted.id}/"]`);
  await link.waitFor();
  assert.equal(await link.textContent(), wanted.statement);
  const row = page.locator("#results_ li").filter({ has: page.locator(`a[href="${BASE}claims/${wanted.id}/"]`) });
  assert.notEqual(await row.locator(".st").evaluate((mark) => getComputedStyle(mark, "::before").maskImage), "none");
  assert.match(await page.locator("#results_ h2", { hasText: "Claims" }).textContent(), /Claims \d+/);
  assert.match(await page.locator("#found_").textContent(), /\d+ results? for/);
  await link.click();
  await page.waitForURL(`**/claims/${wanted.id}/`);
}));

test("results come in groups, that of the best result first", () => open(`search/?q=${common}`, {}, async (page) => {
  await results(page).first().waitFor();
  const titles = await page.locator("#results_ h2").allTextContents();
  const names = titles.map((title) => title.replace(/ \d+/, ""));
  assert.ok(names.every((name) => ["Claims", "Write-ups", "People", "Metrics", "Sources", "Pages of this site"].includes(name)), names);
  assert.ok(names.includes("Claims") && names.includes("Write-ups"), names);
  assert.ok((await page.locator("#results_ .ctx mark").count()) > 0);
}));

test("filters narrow, say how many, and come undone with the way back", () => open(`search/?q=${common}`, {}, async (page) => {
  const filter = page.locator('.facet[data-key="kind:forecast"]');
  await filter.waitFor();
  const before = await page.locator("#found_").textContent();
  const count = Number(await filter.locator(".n").textContent());
  await filter.click();
  await page.locator('.facet[data-key="kind:forecast"][aria-current]').waitFor();
  assert.match(page.url(), /kind=forecast/);
  await page.waitForFunction((count) => document.getElementById("found_").textContent.startsWith(`${count} result`), count);
  await page.reload();
  await page.locator('.facet[data-key="kind:forecast"][aria-current]').waitFor();
  await page.goBack();
  await page.waitForFunction((text) => document.getElementById("found_").textContent === text, before);
  for (const key of ["type", "status", "speaker", "tag", "year"]) {
    await page.locator(`.facet[data-key^="${key}:"]`).first().waitFor();
  }
}));

test("keys are enough: slash, words, arrows, Enter, Escape", () => open("claims/", {}, async (page) => {
  await page.keyboard.press("/");
  await page.waitForURL("**/search/#q_");
  await page.waitForFunction(() => document.activeElement.id === "q_");
  await page.keyboard.type(rare);
  await results(page).first().waitFor();
  await page.keyboard.press("ArrowDown");
  const first = await results(page).first().getAttribute("href");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), first);
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q_");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${first}`);
}));

test("slash goes to the search field of the page where there is one", () => open("", {}, async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type(common);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/search/?q=${common}`);
  await results(page).first().waitFor();
}));

test("nothing of the index is loaded before search is used", () => open("search/", {}, async (page) => {
  const loaded = () => page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.includes("/search-index/")).length);
  await page.waitForLoadState("networkidle");
  assert.equal(await loaded(), 0);
  await page.locator("#q_").fill(rare);
  await results(page).first().waitFor();
  assert.ok((await loaded()) > 0);
  const weight = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => /assets\/find\./.test(one.name))[0].decodedBodySize);
  assert.ok(weight > 0 && weight <= 12 * 1024, `${weight} bytes`);
}));

test("an empty search page suggests claims, and so does one without results", () => open("search/", {}, async (page) => {
  const suggested = page.locator("#suggestions_ a");
  assert.ok((await suggested.count()) >= 5);
  assert.ok(await suggested.first().isVisible());
  await page.locator("#q_").fill(rare);
  await results(page).first().waitFor();
  assert.equal(await suggested.first().isVisible(), false);
  await page.locator("#q_").fill("zzqqxxzz");
  await page.waitForFunction(() => document.getElementById("found_").textContent.startsWith("No results"));
  assert.ok(await suggested.first().isVisible());
}));

test("a wrong letter in a name is forgiven, and said", () => open("search/", {}, async (page) => {
  const { speakers } = JSON.parse(await text("data/names.json"));
  const [id, name] = Object.entries(speakers).find(([, name]) => /^[A-Z][a-z]+ [A-Z][a-z]{7,}$/.test(name));
  const last = name.split(" ")[1];
  await page.locator("#q_").fill(last.slice(0, 4) + last.slice(5));
  await page.waitForFunction(() => document.getElementById("found_").textContent.includes("Showing what matches"));
  assert.equal(await results(page).first().getAttribute("href"), `${BASE}speakers/${id}/`);
}));

test("words that are not in the book are named, and so are endings that were dropped", () => open("search/", {}, async (page) => {
  const says = (expected) => page.waitForFunction((words) => document.getElementById("found_").textContent.includes(words), expected);
  await page.locator("#q_").fill(`zzqqxxzz ${rare}`);
  await says("Not found anywhere: “zzqqxxzz”.");
  await page.locator("#q_").fill(`${rare}foo`);
  await says(`Showing what matches “${rare}”.`);
}));

test("numbers are whole and are not corrected", () => open("search/", {}, async (page) => {
  await page.locator("#q_").fill("987654x");
  await page.waitForFunction(() => document.getElementById("found_").textContent.startsWith("No results"));
}));

test("where filters or quotation marks leave nothing, the way out is a link", () => open(`search/?q=${rare}&type=people`, {}, async (page) => {
  const way = page.locator("#found_ a");
  await way.click();
  await results(page).first().waitFor();
  assert.equal(new URL(page.url()).search, `?q=${rare}`);
  await page.locator("#q_").fill(`"${rare} zzqqxxzz"`);
  await page.waitForFunction(() => document.getElementById("found_").textContent.includes("Without quotation marks"));
  await way.click();
  await results(page).first().waitFor();
}));

test("claims are found by their date as it is written, and pages of the site by their title", () => open("search/", {}, async (page) => {
  const dated = claims.find((claim) => /^\d{4}-\d\d-\d\d$/.test(claim.said ?? ""));
  const date = new Date(dated.said).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).replace("Sept", "Sep");
  await page.goto(new URL(`?q=${encodeURIComponent(date)}&type=claims`, page.url()).href);
  const times = page.locator("[data-group=claims] .meta");
  await times.first().waitFor();
  assert.ok((await times.first().textContent()).includes(date), date);
  await page.goto(new URL("?q=guide to claimbook", page.url()).href);
  await page.locator("[data-group=pages] .t a").first().waitFor();
}));

test("words that JavaScript knows are words like others", () => open("search/?q=constructor", {}, async (page) => {
  await page.waitForFunction(() => document.getElementById("found_").textContent.includes("result"));
}));

test("a filter without words counts itself and its alternatives", () => open("search/?kind=forecast", {}, async (page) => {
  const count = (kind) => claims.filter((claim) => claim.kind === kind).length;
  for (const kind of ["forecast", "measurement"]) {
    const facet = page.locator(`.facet[data-key="kind:${kind}"] .n`);
    await facet.waitFor();
    assert.equal(Number(await facet.textContent()), count(kind), kind);
  }
}));

test("the focus goes to the first of more results", () => open("search/?kind=forecast", {}, async (page) => {
  const more = page.locator("#results_ .btn", { hasText: "Show more claims" });
  await more.focus();
  const before = await page.locator("[data-group=claims] .t a").count();
  await page.keyboard.press("Enter");
  await page.waitForFunction((before) => document.activeElement === document.querySelectorAll("[data-group=claims] .t a")[before], before);
}));

test("a search without results says so, and markup is text", () => open("search/?q=%3Cimg%20src%3Dx%3Ezzqqxx", {}, async (page) => {
  await page.waitForFunction(() => document.getElementById("found_").textContent.includes("result"));
  assert.equal(await page.locator("main img").count(), 0);
}));

test("without scripts the search page leads to the lists", () => open("search/", { javaScriptEnabled: false }, async (page) => {
  assert.ok(await page.getByText("Search needs JavaScript").isVisible());
  assert.equal(await page.locator("#facets_").isVisible(), false);
}));

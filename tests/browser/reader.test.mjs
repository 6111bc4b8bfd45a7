// What scripts add, and that nothing is lost without them: theme, filters of claims, print.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { BASE, close, kinds, open, text } from "./site.mjs";

after(close);
const data = JSON.parse(await text("data/claims.json"));
const pages = await kinds();

// A write-up with cards.
const mentions = data.claims.flatMap((claim) => claim.mentions.map((mention) => new URL(mention.page).pathname.slice(BASE.length)));
const marking = mentions.find((address) => address.startsWith("articles/"));

test("the theme that was chosen stays", () => open("", { colorScheme: "light" }, async (page) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.locator("[data-theme-toggle]").click();
  const dark = await paper();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await paper(), dark);
  await page.goto(new URL("claims/", page.url()).href);
  assert.equal(await paper(), dark);
  await page.locator("[data-theme-toggle]").click();
  assert.equal(await paper(), light);
}));

// The statements of the claims that were said first.
const oldest = (claims) => {
  const first = claims.map((claim) => claim.said).filter(Boolean).sort()[0];
  return claims.filter((claim) => claim.said === first).map((claim) => claim.statement);
};

test("filters of claims combine, sort, and follow the way back", () => open("claims/", {}, async (page) => {
  const facet = (key, value) => page.locator(`#facets_ .facet[href="${BASE}claims/${key}/${value}/"]`);
  const rows = page.locator("#claims_ tbody tr");
  const count = (claims) => page.waitForFunction(([rows, text]) =>
    document.querySelectorAll("#claims_ tbody tr").length === rows && document.querySelector("#claims_ .note").textContent === text,
  // No more rows than these are shown at once.
  [Math.min(claims.length, 50), `${claims.length} claims`]);
  const forecasts = data.claims.filter((claim) => claim.kind === "forecast");
  const { status } = forecasts[0];
  const both = forecasts.filter((claim) => claim.status === status);
  const first = await rows.count();
  await facet("kind", "forecast").click();
  await count(forecasts);
  await page.locator("#facets_ details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  await facet("status", status).click();
  await page.waitForURL(/kind=forecast&status=/);
  await count(both);
  await page.waitForFunction(([status, count]) => [...document.querySelectorAll("#facets_ .facet")]
    .some((facet) => facet.pathname.endsWith(`/status/${status}/`) && facet.querySelector(".n").textContent === String(count)), [status, both.length]);
  for (const address of await rows.locator("th a").evaluateAll((links) => links.map((link) => link.getAttribute("href")))) {
    const claim = data.claims.find((claim) => `${BASE}claims/${claim.id}/` === address);
    assert.deepEqual([claim.kind, claim.status], ["forecast", status]);
  }
  await page.locator("#order_").selectOption("oldest");
  await page.waitForURL(/sort=oldest/);
  await page.waitForFunction((statements) => statements.includes(document.querySelector("#claims_ tbody th a").textContent), oldest(both));
  await page.locator("#order_").selectOption("mentions");
  await page.waitForURL(/sort=mentions/);
  const most = Math.max(...both.map((claim) => claim.mentions.length));
  await page.waitForFunction((most) => document.querySelector("#claims_ tbody td:last-child").textContent === String(most), most);
  await page.reload();
  await count(both);
  await rows.first().locator("th a").click();
  await page.waitForURL(/claims\/[^/?]+\/$/);
  await page.goBack();
  await count(both);
  await page.goBack();
  await count(forecasts);
  await page.goBack();
  await page.waitForFunction((count) => document.querySelectorAll("#claims_ tbody tr").length === count, first);
}));

test("words in a list of claims lead to search, with its filters", () => open("claims/kind/forecast/", {}, async (page) => {
  await page.locator("#narrow_ [name=q]").fill("compute");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search/?q=compute&type=claims&kind=forecast");
  await page.locator('.facet[data-key="kind:forecast"][aria-current]').waitFor();
  await page.goto(new URL("../claims/?q=compute&status=open", page.url()).href);
  await page.waitForURL("**/search/?q=compute&type=claims&status=open");
}));

test("an address may filter by what the list has no links for", () => open("claims/", {}, async (page) => {
  const { metric } = data.claims.find((claim) => claim.metric);
  await page.goto(`${page.url()}?metric=${metric}`);
  const count = data.claims.filter((claim) => claim.metric === metric).length;
  await page.waitForFunction((text) => document.querySelector("#claims_ .note")?.textContent === text, `${count} claim${count === 1 ? "" : "s"}`);
}));

test("what other sites add to an address filters nothing", () => open("claims/kind/forecast/?fbclid=x", {}, async (page) => {
  await page.waitForLoadState("networkidle");
  assert.equal(await page.locator("h1").textContent(), "Forecasts");
  assert.equal(await page.locator('#facets_ .facet[aria-current="page"]').count(), 1);
}));

test("filters can be taken off one by one, and the heading follows", () => open("claims/kind/forecast/", {}, async (page) => {
  await page.locator(`#facets_ .facet[href="${BASE}claims/status/open/"]`).click();
  await page.waitForURL(/kind=forecast&status=open/);
  assert.equal(await page.locator("h1").textContent(), "Claims");
  await page.locator("#claims_ .meta a", { hasText: "Forecast" }).click();
  await page.waitForURL(/claims\/\?status=open$/);
  await page.waitForFunction((text) => document.querySelector("#claims_ .note")?.textContent === text,
    `${data.claims.filter((claim) => claim.status === "open").length} claims`);
  await page.goBack();
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("h1").textContent === "Forecasts");
}));

test("a filter loads little", () => open("claims/", {}, async (page) => {
  await page.goto(`${page.url()}?kind=forecast&status=open`);
  await page.locator("#claims_ [role=status]").waitFor();
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname.split("/").pop()));
  assert.ok(loaded.includes("by-kind.json"), loaded);
  assert.ok(!loaded.includes("claims.json") && !loaded.includes("names.json"), loaded);
}));

test("without scripts filters are pages", () => open("claims/", { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("#narrow_").isVisible(), false);
  await page.locator(`#facets_ .facet[href="${BASE}claims/kind/forecast/"]`).click();
  assert.ok((await page.locator("#claims_ tbody tr").count()) > 0);
}));

test("without scripts every page reads", async () => {
  for (const address of pages) {
    await open(address, { javaScriptEnabled: false }, async (page) => {
      assert.ok(await page.locator("h1").first().isVisible(), address);
      assert.ok((await page.locator("main").innerText()).trim().length > 20, address);
      assert.equal(await page.locator("[data-theme-toggle]").isVisible(), false);
    });
  }
});

test("print leaves navigation and cards out", async () => {
  for (const address of [marking, "claims/", "search/", ""]) {
    await open(address, {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const hidden of [".bar nav", ".tools", ".notes", ".dot", ".facets", ".pager", ".find", ".skip"]) {
        for (const one of await page.locator(hidden).all()) assert.equal(await one.isVisible(), false, `${address} ${hidden}`);
      }
      assert.ok(await page.locator("h1").isVisible());
    });
  }
});

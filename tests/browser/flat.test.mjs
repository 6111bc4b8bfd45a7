// Pages that are files: do scripts lead there? FLAT names the folder of such a site.
import assert from "node:assert/strict";
import { after, test } from "node:test";

const skip = !process.env.FLAT && "no site in FLAT";
if (!skip) process.env.SITE = process.env.FLAT;
const { BASE, close, open, text } = await import("./site.mjs");
after(close);

// Every link in a part of a page leads to a file.
async function followed(page, part) {
  const links = await page.locator(`${part} a`).evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(links.length > 0, part);
  for (const link of links) {
    assert.match(link, /\.html$/);
    await text(decodeURIComponent(link.slice(BASE.length)));
  }
}

test("filters of claims combine and lead to files", { skip }, () => open("claims.html", {}, async (page) => {
  const facet = (value) => page.locator(`#facets_ .facet[href="${BASE}claims/kind/${value}.html"]`);
  await facet("forecast").click();
  await page.waitForURL(`**${BASE}claims.html?kind=forecast`);
  await page.locator("#claims_ .note").waitFor();
  await followed(page, "#claims_");
  await page.reload();
  await page.locator('#facets_ .facet[aria-current="true"]').waitFor();
  await facet("forecast").click();
  await page.waitForURL(`**${BASE}claims.html`);
}));

test("the page of a filter knows itself", { skip }, () => open("claims/kind/forecast.html", {}, async (page) => {
  await page.locator(`#facets_ .facet[href="${BASE}claims/kind/opinion.html"]`).click();
  await page.waitForURL(`**${BASE}claims.html?kind=opinion`);
  await page.goBack();
  await page.waitForURL(`**${BASE}claims/kind/forecast.html`);
  assert.equal(await page.locator('#facets_ .facet[aria-current="page"]').count(), 1);
}));

test("search is asked from the home page and finds files", { skip }, () => open("", {}, async (page) => {
  await page.locator("#q_").fill("model");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${BASE}search.html?q=model`);
  await page.locator("#results_ .t a").first().waitFor();
  await followed(page, "#results_ .t");
  await page.locator("#results_ .t a").first().click();
  await page.waitForURL(/\.html$/);
}));

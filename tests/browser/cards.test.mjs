// The card of a claim: in the margin, over a link, and as a sheet on a phone.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { BASE, close, open, text } from "./site.mjs";

after(close);
const data = JSON.parse(await text("data/claims.json"));
const claimAt = (href) => data.claims.find((claim) => href === `${BASE}claims/${claim.id}/`);

// The write-ups, and one that mentions a claim of another one.
const mentions = data.claims.flatMap((claim) => claim.mentions.map((mention) => new URL(mention.page).pathname.slice(BASE.length)));
const articles = [...new Set(mentions)].filter((address) => address.startsWith("articles/")).sort();
const html = new Map(await Promise.all(articles.map(async (address) => [address, await text(`${address}index.html`)])));
const quoting = articles.find((address) => html.get(address).includes('<a class="ref'));
const marking = articles.find((address) => html.get(address).includes('class="dot"'));
const crowded = articles.find((address) => /name="(cards_\d+)"[^]*?name="\1"/.test(html.get(address)));
const noted = articles.find((address) => html.get(address).includes('class="aside"'));

const peek = (page) => page.locator("#peek_");
const link = (page) => page.locator(".prose a.ref").first();
const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } };

// What every card says about the claim of its page.
async function checkCard(card) {
  const claim = claimAt(await card.locator(".card-f a").getAttribute("href"));
  const words = await card.innerText();
  assert.ok(words.includes(claim.statement), words);
  assert.ok(words.includes(claim.quote ? "“" : "No words quoted"), words);
  assert.ok(!words.includes(claim.id), `a reader sees the id in: ${words}`);
  assert.notEqual(await card.locator(".st").first().evaluate((mark) => getComputedStyle(mark, "::before").maskImage), "none");
  assert.ok(await card.locator(".card-w").count(), "no reason");
}

test("pointing at a link to a claim shows its card, which can be pointed at", () => open(quoting, {}, async (page) => {
  await link(page).hover();
  await peek(page).waitFor();
  await checkCard(peek(page));
  // The page around it stays as bright as it was.
  assert.equal(await peek(page).evaluate((node) => getComputedStyle(node, "::backdrop").backgroundColor), "rgba(0, 0, 0, 0)");
  await peek(page).hover();
  await page.waitForTimeout(400);
  assert.ok(await peek(page).isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await peek(page).count(), 0);
  await page.mouse.move(1, 1);
  await link(page).hover();
  await peek(page).waitFor();
  await page.mouse.move(1, 1);
  await peek(page).waitFor({ state: "detached" });
}));

test("pointing at a write-up's own claims shows their card at every width", async () => {
  for (const width of [640, 800, 1000, 1440]) {
    await open(marking, { viewport: { width, height: 900 } }, async (page) => {
      const folded = await page.locator(".claim").evaluateAll((all) => all.findIndex((words) => {
        const card = document.getElementById(words.querySelector(".dot").getAttribute("popovertarget"));
        return !card.matches(".whole");
      }));
      await page.locator(".claim").nth(Math.max(folded, 0)).hover();
      await peek(page).waitFor();
      await checkCard(peek(page));
    });
  }
});

test("a link reached by keys shows its card; Escape closes, Enter follows", () => open(quoting, {}, async (page) => {
  const href = await link(page).getAttribute("href");
  for (let step = 0; step < 300; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.matches(".prose a.ref"))) break;
  }
  await peek(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-describedby")), "peek_");
  await page.keyboard.press("Escape");
  assert.equal(await peek(page).count(), 0);
  const reached = await page.evaluate(() => document.activeElement.getAttribute("href"));
  assert.equal(reached, href);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${reached}`);
}));

test("the first tap on a link shows the card, the second follows", () => open(quoting, PHONE, async (page) => {
  const href = await link(page).getAttribute("href");
  await link(page).tap();
  await peek(page).waitFor();
  const box = await peek(page).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
  assert.ok(page.url().endsWith(quoting));
  await link(page).tap();
  await page.waitForURL(`**${href}`);
}));

test("on a phone a claim's words open its card at the foot of the screen, below the sentence", () => open(marking, PHONE, async (page) => {
  const words = page.locator(".claim").last();
  const card = page.locator(`[id="${await words.locator(".dot").getAttribute("popovertarget")}"]`);
  // The words may go over two lines, and the middle of both is not theirs.
  const [x, y] = await words.evaluate((node) => {
    node.scrollIntoView({ block: "center", behavior: "instant" });
    const line = node.getClientRects()[0];
    return [line.left + 4, line.top + line.height / 2];
  });
  await page.touchscreen.tap(x, y);
  await card.waitFor();
  await checkCard(card);
  await page.waitForTimeout(400);
  const [sheet, sentence] = [await card.boundingBox(), await words.boundingBox()];
  assert.ok(Math.abs(sheet.y + sheet.height - 800) < 2 && sheet.width === 390, JSON.stringify(sheet));
  assert.ok(sentence.y + sentence.height <= sheet.y, `the sheet at ${sheet.y} covers the sentence, which ends at ${sentence.y + sentence.height}`);
  const shut = await card.locator(".shut").boundingBox();
  assert.ok(shut.height >= 44, JSON.stringify(shut));
  await card.locator(".shut").tap();
  await card.waitFor({ state: "hidden" });
}));

test("a claim's own card opens and closes, with scripts and without", async () => {
  for (const javaScriptEnabled of [true, false]) {
    await open(marking, { javaScriptEnabled, viewport: { width: 390, height: 800 } }, async (page) => {
      const dot = page.locator(".prose .dot").first();
      const card = page.locator(`[id="${await dot.getAttribute("popovertarget")}"]`);
      assert.equal(await card.isVisible(), false);
      await dot.focus();
      await page.keyboard.press("Enter");
      await card.waitFor();
      await page.keyboard.press("Escape");
      await card.waitFor({ state: "hidden" });
      await dot.click();
      await card.locator(".shut").click();
      await card.waitFor({ state: "hidden" });
    });
  }
});

// Where the cards in the margin are: how far a group begins from the first line of its block, how far each card begins
// below its sentence, and pairs that overlap.
const measure = (page) => page.evaluate(() => {
  const visible = (node) => node.getClientRects().length > 0;
  const firstLine = (block) => {
    const words = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) => (node.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT)).nextNode();
    const range = document.createRange();
    range.selectNodeContents(words);
    return range.getClientRects()[0].top;
  };
  const starts = [...document.querySelectorAll(".rowed > .notes")].filter(visible)
    .map((notes) => notes.firstElementChild.getBoundingClientRect().top - firstLine(notes.previousElementSibling));
  const cards = [...document.querySelectorAll(".rowed > .notes > *")].filter(visible);
  const drifts = cards.filter((card) => card.id).map((card) => {
    const words = document.querySelector(`[popovertarget="${card.id}"]`).closest(".claim");
    return card.getBoundingClientRect().top - words.getClientRects()[0].top;
  });
  const boxes = cards.map((card) => card.getBoundingClientRect());
  const overlaps = boxes.slice(1).filter((box, at) => box.top < boxes[at].bottom - 0.5).length;
  return { starts, drifts, overlaps };
});

describe("cards in the margin", { concurrency: 2 }, () => {
  for (const address of articles) {
    test(`of /${address} are next to their block, near their sentence and apart`, () => open(address, {}, async (page) => {
      for (const width of [1024, 1280, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 });
        const { starts, drifts, overlaps } = await measure(page);
        assert.ok(starts.length > 0 && drifts.length > 0, "there are no cards");
        assert.ok(starts.every((start) => Math.abs(start) <= 8), `groups begin at ${starts}, at ${width}`);
        assert.ok(Math.max(...drifts) <= 190, `cards begin ${drifts.map(Math.round)} below their sentences, at ${width}`);
        assert.equal(overlaps, 0, `at ${width}`);
      }
    }));
  }
});

test("a card that is opened covers the others, so that nothing moves, and one is open at a time", () => open(crowded, { viewport: { width: 1440, height: 900 } }, async (page) => {
  const rows = page.locator(".notes > .card:not(.whole) > details");
  const first = await rows.evaluateAll((all) => all.findIndex((one, at) => one.name === all[at + 1]?.name));
  assert.ok(first >= 0, "no block has two closed cards");
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await height();
  for (const at of [first, first + 1]) {
    // The first that is opened covers the second, which the keyboard reaches.
    await rows.nth(at).locator("summary").focus();
    await page.keyboard.press("Enter");
    await checkCard(rows.nth(at));
    assert.equal(await height(), before);
  }
  assert.equal(await page.locator(".notes > .card:not(.whole) > details[open]").count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".notes > .card:not(.whole) > details[open]").count(), 0);
}));

test("footnotes are in the margin and at the end, with a way back", async () => {
  assert.ok(noted, "no write-up has a footnote");
  for (const [width, isInMargin] of [[1440, true], [800, false]]) {
    await open(noted, { viewport: { width, height: 900 } }, async (page) => {
      assert.equal(await page.locator(".aside").first().isVisible(), isInMargin);
      const last = await page.locator(".prose > *").last().getAttribute("class");
      assert.equal(last, "footnotes");
      await page.locator(".footnote-reference a").first().click();
      assert.match(page.url(), /#fn:/);
      const note = page.locator(".footnote-definition").first();
      await note.locator(".back").click();
      assert.match(page.url(), /#fnref:/);
      assert.ok(await page.locator(".footnote-reference").first().evaluate((node) => node.matches(":target")));
    });
  }
});

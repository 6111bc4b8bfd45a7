// Optional: every page works without this file. It runs when the page is whole.
const root = document.documentElement;

// One card shows a claim: of a mention in this text, its card in the margin; of a link, the card of the claim's page.
// While words are pointed at or focused, a copy of the card is shown over the page.
const wide = matchMedia("(width >= 64rem)");
const cards = new Map();
let peek, shownFor, timer, pointer = "mouse";
const ownCard = (words) => document.getElementById(words.querySelector(".dot")?.getAttribute("popovertarget"));
const isInMargin = (card) => wide.matches && card?.matches(".rowed > .notes > *");
const cardOf = (words) => {
  const own = ownCard(words) ?? document.querySelector(`.notes a[href="${CSS.escape(words.getAttribute("href"))}"]`)?.closest(".card");
  if (own) return own;
  if (!cards.has(words.href)) {
    cards.set(words.href, fetch(words.href).then((page) => page.text()).then((html) =>
      new DOMParser().parseFromString(html, "text/html").getElementById("card_").content.firstElementChild));
  }
  return cards.get(words.href);
};
const hide = () => {
  clearTimeout(timer);
  shownFor?.classList.remove("on");
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  peek?.remove();
};
const place = () => {
  if (!peek?.isConnected) return;
  const { left, top } = shownFor.getClientRects()[0];
  const { bottom } = shownFor.getBoundingClientRect();
  const fits = bottom + 6 + peek.offsetHeight < innerHeight;
  peek.style.left = `${Math.max(8, Math.min(left, innerWidth - peek.offsetWidth - 8))}px`;
  peek.style.top = `${fits ? bottom + 6 : Math.max(8, top - peek.offsetHeight - 6)}px`;
};
// Returns whether there is a card to show; there is none where pages cannot be fetched.
const show = async (words) => {
  if (words === shownFor) return true;
  hide();
  shownFor = words;
  const card = await Promise.resolve(cardOf(words)).catch(() => cards.delete(words.href));
  if (shownFor !== words || !card?.cloneNode) return card?.cloneNode !== undefined;
  peek ??= Object.assign(document.createElement("div"), { id: "peek_", popover: "manual", role: "note", dir: "ltr" });
  peek.className = `card peek ${[...card.classList].find((name) => name.startsWith("s-"))}`;
  peek.replaceChildren(...card.cloneNode(true).childNodes);
  for (const part of peek.querySelectorAll("details")) {
    part.removeAttribute("name");
    part.open = true;
  }
  peek.querySelector(".shut")?.remove();
  words.after(peek);
  peek.showPopover();
  words.classList.add("on");
  words.setAttribute("aria-describedby", "peek_");
  place();
  return true;
};
const mention = (event) => event.target.closest?.(".claim, a.ref");
const inside = (node) => node && (shownFor?.contains(node) || peek?.contains(node));
// A row of the margin that was opened covers the others until it is left.
const fold = () => {
  const open = document.querySelector(".notes > .card:not(.whole) > [open]");
  if (open) open.open = false;
  return open;
};

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const words = mention(event);
  clearTimeout(timer);
  document.querySelector(".card.on")?.classList.remove("on");
  const own = words && ownCard(words);
  if (isInMargin(own)) {
    own.classList.add("on");
    if (own.querySelector("[open]")) return;
  }
  if (words) timer = setTimeout(show, 200, words);
  else if (shownFor && !inside(event.target)) timer = setTimeout(hide, 250);
});
document.addEventListener("pointerdown", (event) => {
  pointer = event.pointerType;
  if (shownFor && !inside(event.target)) hide();
});
document.addEventListener("focusin", (event) => {
  const words = mention(event);
  if (words?.matches("a:focus-visible")) show(words);
  else if (shownFor && !inside(event.target)) hide();
});
document.addEventListener("focusout", (event) => { if (event.target === shownFor && !inside(event.relatedTarget)) hide(); });
addEventListener("scroll", place, { passive: true });
addEventListener("pagehide", hide);

document.addEventListener("click", (event) => {
  if (!event.target.closest(".notes, .claim")) fold();
  const hit = event.target.closest("[data-theme-toggle], [data-copy], .claim, a.ref");
  if (!hit) return;

  if (hit.matches("[data-theme-toggle]")) {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.dataset.theme || system) === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    try { localStorage.setItem("claimbook-theme", next); } catch { /* fine */ }
  } else if (hit.matches("[data-copy]")) {
    const text = document.getElementById(hit.dataset.copy).textContent.trim();
    navigator.clipboard?.writeText(text).then(() => { hit.textContent = hit.dataset.copied; }, () => {});
  } else if (hit.matches("a.ref")) {
    // The first tap shows the card, the second follows the link.
    if (pointer !== "touch" || hit === shownFor) return;
    event.preventDefault();
    show(hit).then((shown) => { if (!shown) location = hit.href; });
  } else if (!event.target.closest("a, button") && getSelection().isCollapsed) {
    // A tap on the words opens their card, as its glyph does.
    hide();
    const card = ownCard(hit);
    if (!isInMargin(card)) return card.showPopover({ source: hit.querySelector(".dot") });
    card.firstElementChild.open = true;
    card.querySelector("summary").focus();
  }
});

// The sentence stays visible above a card at the foot of the screen.
document.addEventListener("toggle", (event) => {
  if (event.newState !== "open" || innerWidth >= 640 || !event.target.matches?.(".card:not(.peek)")) return;
  const words = document.querySelector(`[popovertarget="${event.target.id}"]`);
  scrollBy({ top: Math.max(0, words.getBoundingClientRect().bottom + event.target.offsetHeight + 16 - innerHeight) });
}, true);

document.addEventListener("keydown", (event) => {
  pointer = "key";
  if (event.key === "Escape") {
    hide();
    fold()?.querySelector("summary").focus();
  }
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-find]") ?? document.querySelector("[data-search]");
  if (field) event.preventDefault();
  if (field?.href) field.click();
  else field?.focus();
});

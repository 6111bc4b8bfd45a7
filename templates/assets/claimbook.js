// Optional: every page works without this file. It runs when the page is whole.
const root = document.documentElement;

document.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-theme-toggle], [data-copy], .claim");
  if (!hit) return;

  if (hit.matches("[data-theme-toggle]")) {
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const next = (root.dataset.theme || system) === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    try { localStorage.setItem("claimbook-theme", next); } catch { /* fine */ }
  } else if (hit.matches("[data-copy]")) {
    const text = document.getElementById(hit.dataset.copy).textContent.trim();
    navigator.clipboard?.writeText(text).then(() => { hit.textContent = hit.dataset.copied; }, () => {});
  } else if (!event.target.closest("a, button") && getSelection().isCollapsed) {
    // A tap on the words opens the card; beside a margin card it moves focus there.
    const dot = hit.querySelector(".dot");
    if (getComputedStyle(dot).visibility === "visible") dot.click();
    else hit.nextElementSibling.querySelector(".id").focus();
  }
});

// Mentions of claims show a card while pointed at or focused; the second tap follows the link.
let peek, shownFor, timer, pointer = "mouse";
const hide = () => {
  clearTimeout(timer);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  peek?.remove();
};
const place = () => {
  if (!shownFor) return;
  const { left } = shownFor.getClientRects()[0];
  const { top, bottom } = shownFor.getBoundingClientRect();
  const fits = bottom + 6 + peek.offsetHeight < innerHeight;
  peek.style.left = `${Math.max(8, Math.min(left, innerWidth - peek.offsetWidth - 8))}px`;
  peek.style.top = `${fits ? bottom + 6 : top - peek.offsetHeight - 6}px`;
};
const show = (link) => {
  if (link === shownFor) return;
  hide();
  peek ??= Object.assign(document.createElement("div"), { id: "peek_", popover: "manual", role: "tooltip" });
  peek.className = `peek ${[...link.classList].find((name) => name.startsWith("s-"))}`;
  const [words, meta, status, facts] = ["p", "p", "span", "span"].map((name) => document.createElement(name));
  words.textContent = link.dataset.peek;
  status.className = "st";
  status.textContent = link.querySelector(".g").getAttribute("aria-label").slice(1, -1);
  facts.textContent = link.dataset.facts;
  meta.className = "meta";
  meta.append(status, facts);
  peek.replaceChildren(words, meta);
  link.after(peek);
  peek.showPopover();
  link.setAttribute("aria-describedby", "peek_");
  shownFor = link;
  place();
};
const mention = (event) => event.target.closest?.("a[data-peek]");
const inside = (node) => node && (shownFor?.contains(node) || peek?.contains(node));

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const link = mention(event);
  clearTimeout(timer);
  if (link) timer = setTimeout(show, 150, link);
  else if (shownFor && !inside(event.target)) timer = setTimeout(hide, 200);
});
document.addEventListener("pointerdown", (event) => {
  pointer = event.pointerType;
  if (shownFor && !inside(event.target)) hide();
});
document.addEventListener("focusin", (event) => {
  const link = mention(event);
  if (link?.matches(":focus-visible")) show(link);
  else if (shownFor && !inside(event.target)) hide();
});
document.addEventListener("focusout", (event) => { if (event.target === shownFor) hide(); });
document.addEventListener("click", (event) => {
  const link = mention(event);
  if (!link || pointer !== "touch" || link === shownFor) return;
  event.preventDefault();
  show(link);
});
addEventListener("scroll", place, { passive: true });
addEventListener("pagehide", hide);

document.addEventListener("keydown", (event) => {
  pointer = "key";
  if (event.key === "Escape") hide();
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-find]") ?? document.querySelector("[data-search]");
  if (field) event.preventDefault();
  if (field?.href) field.click();
  else field?.focus();
});

// The policy editor: line numbers beside the text, marks where the server found something, and
// findings that lead to their line. Without it the same text area works alone.
import { el, target } from "./dom.ts";

const area = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>("[data-editor] textarea");

function number(text: HTMLTextAreaElement, gutter: HTMLElement): void {
  const lines = text.value.split("\n").length;
  while (gutter.childElementCount > lines) gutter.lastElementChild?.remove();
  for (let n = gutter.childElementCount + 1; n <= lines; n++) gutter.append(el("span", "", String(n)));
}

function mark(): void {
  const gutter = document.querySelector(".studio-gutter > div");
  if (!gutter) return;
  for (const old of gutter.querySelectorAll(".marked")) old.classList.remove("marked");
  for (const found of document.querySelectorAll<HTMLElement>("#look [data-line]")) {
    gutter.children[Number(found.dataset["line"]) - 1]?.classList.add("marked");
  }
}

function go(line: number): void {
  const text = area();
  const lines = text?.value.split("\n");
  if (!text || !lines || !(line >= 1 && line <= lines.length)) return;
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, (line - 4) * height);
  text.scrollIntoView({ block: "nearest" });
}

export function start(): void {
  const text = area();
  const frame = text?.closest<HTMLElement>("[data-editor]");
  if (text && frame) {
    const numbers = el("div");
    const gutter = el("div", "studio-gutter", numbers);
    gutter.setAttribute("aria-hidden", "true");
    frame.prepend(gutter);
    frame.classList.add("numbered");
    number(text, numbers);
    mark();
    text.addEventListener("input", () => number(text, numbers));
    text.addEventListener("scroll", () => (numbers.style.transform = `translateY(${-text.scrollTop}px)`), { passive: true });
    const asked = /^#line-(\d+)$/.exec(location.hash);
    if (asked) go(Number(asked[1]));
  }
  // A table can be taken from a file; only script can put it into the text.
  for (const field of document.querySelectorAll<HTMLElement>("[data-fills]")) field.hidden = false;
  document.addEventListener("change", (event) => {
    const at = event.target;
    if (!(at instanceof HTMLInputElement) || at.type !== "file") return;
    const into = document.getElementById(at.closest<HTMLElement>("[data-fills]")?.dataset["fills"] ?? "");
    if (into instanceof HTMLTextAreaElement) void at.files?.[0]?.text().then((text) => (into.value = text));
  });
  document.addEventListener("htmx:after:swap", mark);
  document.addEventListener("click", (event) => {
    const link = target(event, "[data-line]");
    if (!link || !area()) return;
    event.preventDefault();
    go(Number(link.dataset["line"]));
  });
}

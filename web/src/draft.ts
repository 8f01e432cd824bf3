// Drafts: a text area with data-draft="url" is saved two seconds after the last key and on blur,
// and kept in this tab's storage until the server has it.
import { post } from "./dom.ts";
import { announce, toast } from "./toast.ts";
import { word } from "./words.ts";

const timers = new WeakMap<HTMLTextAreaElement, number>();
const saved = new WeakMap<HTMLTextAreaElement, string>();

async function save(area: HTMLTextAreaElement): Promise<void> {
  const url = area.dataset["draft"];
  const text = area.value;
  if (!url || saved.get(area) === text) return;
  try {
    const answer = await post(url, { text });
    if (!answer.ok) throw new Error(String(answer.status));
    saved.set(area, text);
    sessionStorage.removeItem(`draft:${url}`);
    announce(word("saved"));
  } catch {
    toast(word("save-failed"), "warn");
    later(area, 5000);
  }
}

function later(area: HTMLTextAreaElement, ms: number): void {
  clearTimeout(timers.get(area));
  timers.set(area, window.setTimeout(() => void save(area), ms));
}

const draft = (event: Event): HTMLTextAreaElement | null =>
  event.target instanceof HTMLTextAreaElement && event.target.dataset["draft"] ? event.target : null;

function restore(): void {
  document.querySelectorAll<HTMLTextAreaElement>("textarea[data-draft]").forEach((area) => {
    if (saved.has(area)) return;
    saved.set(area, area.value);
    const kept = sessionStorage.getItem(`draft:${area.dataset["draft"]}`);
    if (kept === null || kept === area.value) return;
    area.value = kept;
    later(area, 0);
  });
}

export function start(): void {
  restore();
  document.addEventListener("htmx:after:swap", restore);
  document.addEventListener("input", (event) => {
    const area = draft(event);
    if (!area) return;
    sessionStorage.setItem(`draft:${area.dataset["draft"]}`, area.value);
    later(area, 2000);
  });
  document.addEventListener("focusout", (event) => {
    const area = draft(event);
    if (area) void save(area);
  });
}

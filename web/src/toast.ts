// Toasts and the live region: short words that go away, said to screen readers once.
import { el, target } from "./dom.ts";
import { word } from "./words.ts";

export type Tone = "neutral" | "good" | "warn" | "bad";

/** Says `words` to screen readers without showing anything. */
export function announce(words: string): void {
  const region = document.getElementById("announce");
  if (region) region.textContent = words;
}

/** Shows `words` for a while; bad news stays until closed. */
export function toast(words: string, tone: Tone = "neutral"): void {
  const region = document.getElementById("toasts");
  if (!region) return;
  const box = el("div", `toast tone-${tone}`, words);
  region.append(box);
  settle(box);
}

function settle(box: HTMLElement): void {
  const close = el("button", "toast-close", "×");
  close.type = "button";
  close.setAttribute("aria-label", word("close"));
  box.append(close);
  if (!box.classList.contains("tone-bad")) setTimeout(() => box.remove(), 7000);
}

export function start(): void {
  document.querySelectorAll<HTMLElement>("#toasts > .toast").forEach(settle);
  document.addEventListener("click", (event) => target(event, ".toast-close")?.parentElement?.remove());
  // The server may name a toast in an answer: HX-Trigger: {"toast": {"words": "...", "tone": "good"}}
  document.addEventListener("toast", (event) => {
    const { words, tone } = (event as CustomEvent<{ words?: string; tone?: Tone }>).detail ?? {};
    if (words) toast(words, tone);
  });
  document.addEventListener("htmx:error", () => toast(word("network"), "bad"));
}

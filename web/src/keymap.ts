// Keys: anything with data-key="R" or data-key="mod+Enter" is pressed by that key. Single letters
// are off while typing and can be switched off altogether (WCAG 2.1.4); `?` lists what is on
// this screen; J and K walk a list; G then a letter goes to a place of the side navigation.
import { el, target, typing } from "./dom.ts";
import { word } from "./words.ts";

const store = "redress-single-keys";
const lettersOn = (): boolean => localStorage.getItem(store) !== "off";

/** The key as written in data-key. Control chords keep their letter; AltGr text is never a command. */
function written(event: KeyboardEvent): string {
  if (event.getModifierState("AltGraph") || (event.altKey && !event.ctrlKey)) return "";
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return mod + (event.shiftKey && (mod || event.key.length > 1) ? "shift+" : "") + key;
}

function visible(node: HTMLElement): boolean {
  return node.checkVisibility() && !(node instanceof HTMLButtonElement && node.disabled);
}

function bound(): HTMLElement[] {
  const dialog = document.querySelector("dialog[open]");
  return [...(dialog ?? document).querySelectorAll<HTMLElement>("[data-key]")].filter(visible);
}

function press(node: HTMLElement): void {
  if (node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement) {
    node.focus();
    if (node.type === "radio") node.click();
  } else node.click();
}

function walk(step: 1 | -1): boolean {
  const links = [...document.querySelectorAll<HTMLElement>("[data-list] .row-link, .queue a")].filter(visible);
  if (links.length === 0) return false;
  const at = links.indexOf(document.activeElement as HTMLElement);
  links[at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  return true;
}

function help(): void {
  const dialog = el("dialog", "dialog");
  const title = el("h2", "", word("shortcuts"));
  title.id = "keys-title";
  dialog.setAttribute("aria-labelledby", title.id);
  const list = el("dl", "keys");
  const add = (key: string, label: string): void =>
    list.append(el("div", "", el("dt", "", el("kbd", "key", key.replace("mod+", "Ctrl "))), el("dd", "", label)));
  add("J", word("next-row"));
  add("K", word("previous-row"));
  add("/", word("search"));
  add("mod+K", word("palette"));
  for (const node of bound()) {
    const copy = node.cloneNode(true) as HTMLElement;
    copy.querySelectorAll("kbd").forEach((k) => k.remove());
    add(node.dataset["key"] ?? "", node.closest("label")?.querySelector(".choice-label")?.textContent ?? copy.textContent?.trim() ?? "");
  }
  add("?", word("help"));
  const letters = el("input");
  letters.type = "checkbox";
  letters.checked = lettersOn();
  letters.addEventListener("change", () => localStorage.setItem(store, letters.checked ? "on" : "off"));
  const close = el("button", "btn", word("close"));
  close.type = "button";
  close.dataset["close"] = "";
  dialog.append(title, list, el("label", "check", letters, word("shortcuts-on")), el("div", "dialog-actions", close));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

let going = 0;

function single(key: string): boolean {
  if (going && performance.now() - going < 1500) {
    going = 0;
    const place = [...document.querySelectorAll<HTMLElement>("#side a")].find((a) =>
      a.querySelector(".side-label")?.textContent?.trim().toUpperCase().startsWith(key),
    );
    place?.click();
    return place !== undefined;
  }
  if (key === "G") going = performance.now();
  if (key === "?") return help(), true;
  if (key === "J" || key === "ARROWDOWN") return walk(1);
  if (key === "K") return walk(-1);
  if (key === "/") {
    const search = document.querySelector<HTMLElement>("main input[type=search], [data-palette]");
    search instanceof HTMLInputElement ? search.focus() : search?.click();
    return search !== null;
  }
  return false;
}

export function start(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const key = written(event);
    if (!key) return;
    const chord = key.startsWith("mod+");
    if (!chord && (typing(event) || !lettersOn() || key.length > 1)) return;
    const node = bound().find((n) => n.dataset["key"]?.toUpperCase() === key.toUpperCase());
    if (node) {
      event.preventDefault();
      press(node);
    } else if (!chord && !document.querySelector("dialog[open]") && single(key)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const row = target(event, "tr.row-linked");
    if (row && !target(event, "a, button, input, label") && !getSelection()?.toString()) {
      row.querySelector<HTMLElement>(".row-link")?.click();
    }
  });
}

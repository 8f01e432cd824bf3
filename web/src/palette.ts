// The palette (Ctrl-K): every place of the navigation, every bound action of the screen, and what
// the server finds at data-palette-url?q= as a JSON list of {label, href, hint}.
import { el, target } from "./dom.ts";
import { word } from "./words.ts";

interface Entry {
  label: string;
  hint?: string;
  run: () => void;
}

function local(): Entry[] {
  const places = [...document.querySelectorAll<HTMLAnchorElement>("#side a")].map((a) => ({
    label: a.querySelector(".side-label")?.textContent?.trim() ?? a.href,
    run: () => a.click(),
  }));
  const acts = [...document.querySelectorAll<HTMLElement>("main [data-key]")].filter((n) => n.checkVisibility()).map((n) => ({
    label: n.querySelector("span")?.textContent?.trim() ?? n.textContent?.trim() ?? "",
    hint: n.dataset["key"] ?? "",
    run: () => n.click(),
  }));
  return [...acts, ...places].filter((e) => e.label !== "");
}

async function remote(query: string, signal: AbortSignal): Promise<Entry[]> {
  const url = document.body.dataset["paletteUrl"];
  if (!url || query.length < 2) return [];
  const answer = await fetch(`${url}?q=${encodeURIComponent(query)}`, { signal, headers: { accept: "application/json" } });
  if (!answer.ok) return [];
  const found = (await answer.json()) as { label: string; href: string; hint?: string }[];
  return found.slice(0, 20).map(({ label, href, hint }) => ({ label, hint: hint ?? "", run: () => location.assign(new URL(href, location.origin)) }));
}

function open(): void {
  if (document.querySelector("dialog[open]")) return;
  const known = local();
  const input = el("input", "palette-input");
  const list = el("div", "palette-list");
  const dialog = el("dialog", "dialog palette", input, list);
  Object.assign(input, { type: "search", placeholder: word("palette"), autocomplete: "off" });
  input.setAttribute("aria-label", word("palette"));
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", (list.id = "palette-list"));
  input.setAttribute("aria-expanded", "true");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", word("palette"));
  let shown: Entry[] = [];
  let at = 0;
  let asked = new AbortController();

  const draw = (): void => {
    list.replaceChildren(
      ...(shown.length ? shown.map((entry, i) => {
        const row = el("div", "palette-row", el("span", "", entry.label));
        if (entry.hint) row.append(el("kbd", "key", entry.hint.replace("mod+", "Ctrl ")));
        row.id = `palette-${i}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", String(i === at));
        row.addEventListener("click", () => choose(i));
        return row;
      }) : [el("p", "palette-none", word("palette-empty"))]),
    );
    if (shown.length) input.setAttribute("aria-activedescendant", `palette-${at}`);
    document.getElementById(`palette-${at}`)?.scrollIntoView({ block: "nearest" });
  };
  const choose = (i: number): void => {
    const entry = shown[i];
    dialog.close();
    entry?.run();
  };
  const search = async (): Promise<void> => {
    const query = input.value.trim().toLowerCase();
    asked.abort();
    asked = new AbortController();
    const mine = asked.signal;
    const hits = known.filter((e) => e.label.toLowerCase().includes(query));
    shown = hits;
    at = 0;
    draw();
    try {
      const more = await remote(query, mine);
      if (mine.aborted || more.length === 0) return;
      shown = [...hits, ...more];
      draw();
    } catch {
      // Aborted by the next letter, or offline: the local entries stay.
    }
  };
  input.addEventListener("input", () => void search());
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      at = (at + step + shown.length) % shown.length;
      draw();
    } else if (event.key === "Enter") choose(at);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  void search();
}

export function start(): void {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    if (target(event, "[data-palette]")) open();
  });
}

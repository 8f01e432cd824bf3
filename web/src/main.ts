// Everything a page does by itself. Each module binds to the document once, so content that htmx
// puts in later works without being told.
import * as dialog from "./dialog.ts";
import * as draft from "./draft.ts";
import * as editor from "./editor.ts";
import { target } from "./dom.ts";
import * as keymap from "./keymap.ts";
import * as live from "./live.ts";
import * as palette from "./palette.ts";
import * as passkey from "./passkey.ts";
import * as scan from "./scan.ts";
import * as toast from "./toast.ts";

// The scan buffer comes first: it takes its keys before any shortcut sees them.
for (const module of [scan, toast, keymap, dialog, palette, draft, editor, live, passkey]) module.start();

document.querySelector<HTMLElement>("[data-focus]")?.focus();

document.addEventListener("click", (event) => {
  const copy = target(event, "[data-copy]");
  if (copy) {
    void navigator.clipboard.writeText(copy.dataset["copy"] ?? "").then(() => toast.toast(copy.dataset["copied"] ?? "", "good"));
  }
  if (target(event, "[data-theme-toggle]")) {
    const root = document.documentElement;
    const dark = root.dataset["theme"] ? root.dataset["theme"] === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    const next = dark ? "light" : "dark";
    root.dataset["theme"] = next;
    document.cookie = `theme=${next}; Path=/; Max-Age=31536000; SameSite=Lax`;
  }
  if (target(event, "[data-print]")) print();
  const menu = target(event, "[data-menu]");
  if (menu) menu.setAttribute("aria-expanded", String(document.body.classList.toggle("menu-open")));
});

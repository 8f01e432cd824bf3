// One event stream per tab. An event only says that something changed: elements with
// data-live="name" are told (their hx-trigger="live" fetches them again under the reader's own
// rights); elements with data-live-text="name" take its text. Hidden tabs let go of the stream.
let stream: EventSource | undefined;
let wait = 1000;

declare const htmx: { trigger(node: Element, name: string): void };

function names(): Set<string> {
  const found = new Set<string>();
  document.querySelectorAll<HTMLElement>("[data-live], [data-live-text]").forEach((node) => {
    for (const name of (node.dataset["live"] ?? "").split(" ")) found.add(name);
    found.add(node.dataset["liveText"] ?? "");
  });
  found.delete("");
  return found;
}

function refresh(name?: string): void {
  const selector = name ? `[data-live~="${CSS.escape(name)}"]` : "[data-live]";
  document.querySelectorAll(selector).forEach((node) => htmx.trigger(node, "live"));
}

const heard = new Set<string>();

/** Listens for names that came with new content. */
function listen(): void {
  for (const name of names()) {
    if (heard.has(name)) continue;
    heard.add(name);
    stream?.addEventListener(name, (event) => {
      document.querySelectorAll(`[data-live-text="${CSS.escape(name)}"]`).forEach((node) => {
        if (event.data) node.textContent = event.data as string;
        // A pill that counts nothing says nothing.
        if (node.classList.contains("count")) node.toggleAttribute("hidden", event.data === "0");
      });
      refresh(name);
    });
  }
}

function state(lost: boolean): void {
  const sign = document.querySelector<HTMLElement>("[data-live-state]");
  if (sign) sign.hidden = !lost;
}

function open(): void {
  const url = document.body.dataset["liveUrl"];
  if (!url || stream || document.hidden) return;
  let again = heard.size > 0;
  heard.clear();
  stream = new EventSource(url);
  listen();
  stream.addEventListener("resync", () => refresh());
  stream.addEventListener("open", () => {
    state(false);
    wait = 1000;
    // Whatever happened while we were away.
    if (again) refresh();
    again = false;
  });
  stream.addEventListener("error", () => {
    close();
    state(true);
    setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, 30_000);
  });
}

function close(): void {
  stream?.close();
  stream = undefined;
}

export function start(): void {
  open();
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  document.addEventListener("htmx:after:swap", listen);
  window.addEventListener("pagehide", close);
}

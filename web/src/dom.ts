// Small DOM tools. Elements are made, never parsed from strings (Trusted Types is on).

/** Makes an element with text and children. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

/** The closest element above the target of an event that matches. */
export function target(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}

/** True where letters are text, not commands. */
export function typing(event: Event): boolean {
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  if (at.isContentEditable || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement) return true;
  return at instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "reset", "range"].includes(at.type);
}

/** Posts a form the way our own pages do: same origin, with the session's token. */
export function post(url: string, fields: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "x-csrf-token": document.body.dataset["csrf"] ?? "", accept: "application/json, text/html" },
    mode: "same-origin",
    ...(signal ? { signal } : {}),
  });
}

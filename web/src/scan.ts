// Scans anywhere on the page: a burst of keys less than 35 ms apart, ended by Enter or Tab, is a
// scanner, whatever has the focus. Each scan joins an ordered queue kept in local storage and is
// posted one by one with its own id, so a slow network neither drops nor doubles one. The answer
// is an HTML fragment that the page's scan region shows through a `scanned` event.
import { post, target } from "./dom.ts";
import { toast } from "./toast.ts";
import { word } from "./words.ts";

const gap = 35;
const shortest = 3;
const store = "redress-scans";

interface Scan {
  id: string;
  code: string;
  url: string;
}

const waiting = (): Scan[] => JSON.parse(localStorage.getItem(store) ?? "[]") as Scan[];

function keep(list: Scan[]): void {
  localStorage.setItem(store, JSON.stringify(list));
  const sign = document.querySelector<HTMLElement>("[data-scan-queue]");
  if (sign) {
    sign.hidden = list.length === 0;
    sign.textContent = `${list.length} ${word("scans-waiting")}`;
  }
}

let sending = false;

async function send(): Promise<void> {
  if (sending) return;
  sending = true;
  for (let next = waiting()[0]; next; next = waiting()[0]) {
    try {
      const answer = await post(next.url, { scan: next.code, scan_id: next.id });
      // 4xx is an answer (unknown code, wrong state): shown by the page, not sent again.
      if (answer.status >= 500 || answer.status === 429) throw new Error(String(answer.status));
      const done = next.id;
      keep(waiting().filter((s) => s.id !== done));
      const region = document.querySelector("[data-scan-region]");
      const detail = { code: next.code, status: answer.status };
      region?.dispatchEvent(new CustomEvent("scanned", { detail, bubbles: true }));
      beep(answer.ok);
    } catch {
      setTimeout(() => void send(), 3000);
      break;
    }
  }
  sending = false;
}

/** Takes one code as if it had been scanned (camera, typed field). */
export function scan(code: string): void {
  const url = document.body.dataset["scanUrl"];
  if (!url || code.length > 200) return;
  if (waiting().length >= 500) return toast(word("offline"), "bad");
  keep([...waiting(), { id: crypto.randomUUID(), code, url }]);
  void send();
}

let sound: AudioContext | undefined;

function beep(good: boolean): void {
  sound ??= new AudioContext();
  const tone = sound.createOscillator();
  const volume = sound.createGain();
  volume.gain.value = 0.08;
  tone.frequency.value = good ? 1320 : 220;
  tone.connect(volume).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + (good ? 0.09 : 0.4));
}

export function start(): void {
  if (!document.body.dataset["scanUrl"]) return;
  let buffer = "";
  let last = 0;
  document.addEventListener(
    "keydown",
    (event) => {
      const now = performance.now();
      if (now - last > gap) buffer = "";
      last = now;
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) buffer += event.key;
      else if ((event.key === "Enter" || event.key === "Tab") && buffer.length >= shortest) {
        event.preventDefault();
        event.stopImmediatePropagation();
        const field = event.target;
        // What the scanner typed into a field does not belong there.
        if (field instanceof HTMLInputElement && field.value.endsWith(buffer)) {
          field.value = field.value.slice(0, -buffer.length);
        }
        scan(buffer);
        buffer = "";
      }
    },
    { capture: true },
  );
  document.addEventListener("submit", (event) => {
    const form = target(event, "form[data-scan-form]");
    const field = form?.querySelector("input");
    if (!field) return;
    event.preventDefault();
    if (field.value.trim()) scan(field.value.trim());
    field.value = "";
  });
  keep(waiting());
  void send();
  window.addEventListener("online", () => void send());
}

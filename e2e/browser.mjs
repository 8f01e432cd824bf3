// Chromium for the journeys: visitors with a browser each, who note everything a page complains
// about, and the checks every screen must pass.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const flags = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export const phone = { width: 360, height: 780 };
export const screen = { width: 1280, height: 900 };
/** What a step of a page may take at most, ms. */
const patience = 20_000;

/** Opens Chromium. `visitor(options)` is a person with an empty browser of their own. */
export async function open(house) {
  const home = await mkdtemp(join(tmpdir(), "redress-chromium-"));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: flags,
    chromiumSandbox: false,
    env: { ...process.env, HOME: home },
  });
  const complaints = [];
  // How many came: each from an address of their own, or all would share the portal's tries.
  let came = 0;
  const visitor = async (options = {}) => {
    came += 1;
    const extraHTTPHeaders = { "x-forwarded-for": `198.51.100.${1 + (came % 250)}` };
    const context = await browser.newContext({ extraHTTPHeaders, viewport: screen, baseURL: house.url, acceptDownloads: true, locale: "en-GB", ...options });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    listen(page, complaints);
    return Object.assign(page, { leave: () => context.close(), tab: async () => {
      const other = await context.newPage();
      listen(other, complaints);
      return other;
    } });
  };
  const staff = async (role, options) => {
    const page = await visitor(options);
    await signIn(page, house, role);
    return page;
  };
  const close = async () => {
    await browser.close();
    await rm(home, { recursive: true, force: true });
  };
  return { visitor, staff, complaints, close };
}

/** Console errors, uncaught exceptions and refused content (a CSP violation is a console error). */
function listen(page, complaints) {
  // The pages of another firm's sign-in service are not ours.
  const theirs = () => new URL(page.url()).pathname.startsWith("/interaction/");
  const note = (words) => theirs() || complaints.push(`${new URL(page.url()).pathname}: ${words}`);
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // The browser logs every answer of 400 and more; those the journeys provoke are expected.
    if (/Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())) return;
    note(message.text());
  });
  page.on("pageerror", (error) => note(String(error)));
  page.on("response", (answer) => {
    if (answer.status() >= 500) note(`${answer.status()} ${answer.url()}`);
  });
}

// A link is spent once; whoever comes next as the same person (of the same firm) brings the same
// session. By the address of the link.
const sessions = new Map();

/** Signs in as the first person of a role, or the one of this name, through their one-time link. */
export async function signIn(page, house, who) {
  const person = house.people.find((p) => p.role === who || p.name === who);
  if (!person) throw new Error(`the demo has no ${who}`);
  const known = sessions.get(person.url);
  if (known) return page.context().addCookies(known);
  await page.goto(person.url);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  sessions.set(person.url, await page.context().cookies());
}

/** What axe finds on the page, in words; empty when nothing. */
export async function violations(page) {
  // Put in through the debugger's isolated evaluation: the page's own policy allows no script.
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(await source());
  }
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} (${n.failureSummary?.split("\n")[1]?.trim()})`).slice(0, 3).join("; ")}`);
  });
  return found;
}

let text;
async function source() {
  const { readFile } = await import("node:fs/promises");
  return (text ??= await readFile(axe, "utf8"));
}

/** What sticks out of the page to the side; empty when nothing does. */
export async function overflow(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const inner = (node) => {
      for (let up = node.parentElement; up; up = up.parentElement) {
        if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(up).overflowX)) return true;
      }
      return false;
    };
    const out = [...document.body.querySelectorAll("*")].filter((n) => {
      const box = n.getBoundingClientRect();
      return (box.right > wide + 1 || box.left < -1) && !inner(n);
    });
    return [`${document.documentElement.scrollWidth} px wide: ${out.slice(0, 3).map((n) => `${n.tagName.toLowerCase()}.${n.className}`).join(", ")}`];
  });
}

/** Keeps a picture of the whole page in E2E_SHOTS, when that is set. */
export async function shot(page, name, fullPage = true) {
  const folder = process.env.E2E_SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}

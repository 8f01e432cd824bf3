// An agent's hour without a mouse: the queue is walked by J, K and Enter, the palette finds a
// return, `?` lists the keys, and letters are letters while one types.
import assert from "node:assert/strict";
import { order } from "../orders.mjs";
import { requested } from "../portal.mjs";
import { palette } from "./story.mjs";

export default async function keyboard({ house, visitor, staff }) {
  const dear = (title) => order(house, { delivered: 20, lines: [{ sku: "COAT-9", title, price: 31_000 }] });
  // Two returns too dear for the rule alone, so that there is a queue to walk.
  await requested(visitor, await dear("Storm coat, slate"));
  const bought = await dear("Storm coat, sand");
  const rma = await requested(visitor, bought);
  let desk;
  const focused = () => desk.evaluate(() => document.activeElement.getAttribute("href"));

  return [
    ["the queue is walked by J and K and opened by Enter", async () => {
      desk = await staff("team_lead");
      await desk.goto("/desk?queue=review");
      const rows = await desk.locator("[data-list] .row-link").evaluateAll((links) => links.map((a) => a.getAttribute("href")));
      assert.ok(rows.length >= 2, `${rows.length} rows`);
      await desk.keyboard.press("j");
      assert.equal(await focused(), rows[0]);
      await desk.keyboard.press("j");
      assert.equal(await focused(), rows[1]);
      await desk.keyboard.press("k");
      assert.equal(await focused(), rows[0]);
      await desk.keyboard.press("Enter");
      await desk.waitForURL((url) => url.pathname + url.search === rows[0]);
    }],
    ["? lists the keys of the screen, and Escape closes it", async () => {
      await desk.keyboard.press("?");
      const dialog = desk.locator("dialog[open]");
      await dialog.waitFor();
      assert.match(await dialog.innerText(), /Ctrl K/);
      await desk.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }],
    ["the palette finds a return by its number", async () => {
      await palette(desk, rma);
      await desk.waitForURL(/\/desk\/[^/]+\/[^/?]+/);
      await desk.getByText(rma).first().waitFor();
      assert.match(await desk.locator("h1").innerText(), /Storm coat, sand/);
    }],
    ["a letter opens its action", async () => {
      await desk.keyboard.press("d");
      await desk.waitForURL(/do=decline/);
    }],
    ["letters are letters while one types", async () => {
      const here = desk.url();
      await desk.locator("textarea[name=note]").focus();
      await desk.keyboard.type("ajar? kept");
      assert.equal(await desk.inputValue("textarea[name=note]"), "ajar? kept");
      assert.equal(desk.url(), here);
      assert.equal(await desk.locator("dialog[open]").count(), 0);
    }],
    ["single letters can be switched off", async () => {
      await desk.goto("/desk?queue=review");
      await desk.keyboard.press("?");
      await desk.locator("dialog[open] input[type=checkbox]").press("Space");
      await desk.keyboard.press("Escape");
      await desk.locator("dialog[open]").waitFor({ state: "detached" });
      const before = await focused();
      await desk.keyboard.press("j");
      assert.equal(await focused(), before);
      await desk.keyboard.press("Control+k");
      await desk.locator("dialog.palette").waitFor();
      await desk.leave();
    }],
    ["every step of the portal can be done with Tab, arrows and Enter", async () => {
      const page = await visitor();
      await page.goto("/p/northbeam");
      // The first Tab offers the way past the navigation.
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main");
      await tabTo(page, "a[href$='/find']");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/find/);
      await tabTo(page, "[name=number]");
      await page.keyboard.type(bought.number);
      await page.keyboard.press("Tab");
      await page.keyboard.type(bought.postcode);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/return\/items/);
      await page.leave();
    }],
  ];
}

/** Presses Tab until an element that matches has the focus. */
async function tabTo(page, selector) {
  for (let n = 0; n < 60; n++) {
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${selector}`);
}

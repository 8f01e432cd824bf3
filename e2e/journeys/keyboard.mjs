// An agent's hour without a mouse: the queue is walked by J, K and Enter, the palette finds a
// return, `?` lists the keys, and letters are letters while one types.
import assert from "node:assert/strict";
import { overflow, phone, shot, violations } from "../browser.mjs";
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
    ["the language of pages is chosen by keys, and stays on the page", async () => {
      const page = await staff("Rosalind Hart (Lantern & Loom)");
      const choose = async (lang) => {
        await page.goto("/studio/lantern-loom");
        await tabTo(page, ".languages summary");
        await page.keyboard.press("Enter");
        await tabTo(page, `.languages button[lang=${lang}]`);
        assert.deepEqual(await violations(page), [], "the open menu");
        await shot(page, `languages-${lang}`, false);
        await Promise.all([page.waitForURL(/lantern-loom$/), page.keyboard.press("Enter")]);
        await page.locator(`html[lang=${lang}]`).waitFor();
      };
      await choose("ar");
      assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
      await page.leave();
      // Another browser of the same person knows it; a page of the house says that it cannot follow.
      const other = await staff("Rosalind Hart (Lantern & Loom)", { viewport: phone });
      await other.goto("/studio/lantern-loom");
      assert.equal(await other.locator("html").getAttribute("lang"), "ar");
      await other.locator(".languages summary").click();
      assert.deepEqual(await overflow(other), []);
      await shot(other, "languages-ar-phone", false);
      await other.goto("/desk");
      await other.locator(".languages summary").click();
      await other.getByText("English and German only").waitFor();
      await other.locator(".languages button[lang=en]").click();
      await other.locator(".languages button[lang=en][aria-current]").waitFor({ state: "attached" });
      await other.leave();
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

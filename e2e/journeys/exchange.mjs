// Exchanges without any script: another size for nothing, something dearer with a pay link, goods
// in advance with consent and a security; each screen looked at by axe.
import assert from "node:assert/strict";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { next, prove } from "../portal.mjs";

const jacket = { sku: "NB-A01", title: "Fleece jacket Fell", price: 8_990, category: "apparel/jackets" };

/** From the door to the page of the exchange. */
async function upToExchange(page, bought) {
  await page.goto("/p/northbeam/find");
  await prove(page, bought);
  await page.waitForURL(/\/return\/items/);
  await page.selectOption("[name=units-0]", "1");
  await next(page);
  await page.waitForURL(/\/return\/reason/);
  await page.check("[name=reason][value=size_small]");
  await next(page);
  await page.waitForURL(/\/return\/details/);
  await next(page);
  await page.waitForURL(/\/return\/outcome/);
  await page.check("[name=outcome][value=exchange]");
  await next(page);
  await page.waitForURL(/\/return\/exchange/);
}

async function toCheck(page) {
  await page.waitForURL(/\/return\/send/);
  await page.check("[name=send][value=show]");
  await next(page);
  await page.waitForURL(/\/return\/check/);
}

export default async function exchange({ house, visitor, made }) {
  const found = [];
  const look = async (page, name) => {
    found.push(...(await violations(page)).map((v) => `${name}: ${v}`));
    found.push(...(await overflow(page)).map((v) => `${name}: ${v}`));
    await shot(page, name);
  };
  const plain = { viewport: phone, javaScriptEnabled: false };
  let page, rma, pay;

  return [
    ["another size is offered first and costs nothing", async () => {
      page = await visitor(plain);
      await upToExchange(page, await order(house, { lines: [jacket] }));
      const words = await page.locator("main").innerText();
      assert.match(words, /No difference to pay/);
      await shot(page, "swap-choose-phone");
      await page.check("[name=article][value=NB-A01-XL]");
      await page.check("[name=fallback][value=refund]");
      await page.locator("main form[method=post] [type=submit]").last().click();
      await toCheck(page);
      assert.match(await page.locator("main").innerText(), /Fleece jacket Fell, XL[^]*Nothing to pay/);
      await shot(page, "swap-check-phone");
    }],
    ["it is agreed at once and kept until the other is back", async () => {
      await next(page);
      await page.waitForURL(/\/done/);
      rma = new URL(page.url()).pathname.split("/").at(-2);
      made.swapped = rma;
      assert.match(await page.locator("main").innerText(), /Kept for you/);
      await page.goto(`/p/northbeam/r/${rma}`);
      assert.match(await page.locator("main").innerText(), /Exchange agreed/);
      await shot(page, "swap-status-phone");
      await page.leave();
    }],
    ["anything else is found by search, with what it comes to", async () => {
      page = await visitor(plain);
      await upToExchange(page, await order(house, { lines: [jacket] }));
      await page.fill("[name=q]", "rain shell tarn");
      await page.locator("form[role=search] [type=submit]").click();
      await page.waitForURL(/q=rain/);
      assert.match(await page.locator("main").innerText(), /59\.10 more to pay/);
      await page.check("[name=article][value=NB-A02]");
      await page.check("[name=fallback][value=refund]");
      await page.locator("main form[method=post] [type=submit]").last().click();
      await toCheck(page);
      assert.match(await page.locator("main").innerText(), /You pay[^]*59\.10/);
      await next(page);
      await page.waitForURL(/\/done/);
      rma = new URL(page.url()).pathname.split("/").at(-2);
      await page.goto(`/p/northbeam/r/${rma}`);
    }],
    ["the pay link says what is asked and why; a refused card takes nothing", async () => {
      await page.locator("main a[href*='/pay/']").click();
      await page.waitForURL(/\/pay\//);
      pay = new URL(page.url()).pathname;
      assert.match(await page.locator("main").innerText(), /89\.90[^]*59\.10/);
      await shot(page, "pay-link-phone");
      await page.locator("main form [type=submit]").click();
      await page.waitForURL(/\/till$/);
      await page.getByRole("button", { name: "Let the card be refused" }).click();
      await page.waitForURL((url) => url.pathname === pay);
      assert.match(await page.locator("main").innerText(), /nothing was charged/);
    }],
    ["paid once, it asks no more", async () => {
      await page.locator("main form [type=submit]").click();
      await page.waitForURL(/\/till$/);
      await page.getByRole("button", { name: "Pay", exact: true }).click();
      await page.waitForURL((url) => url.pathname === pay);
      assert.match(await page.locator("main").innerText(), /Done, thank you/);
      assert.equal(await page.locator("main form").count(), 0);
      const stranger = await visitor();
      const wrong = await stranger.goto(pay.slice(0, -2) + "xx");
      assert.equal(wrong.status(), 404);
      await stranger.leave();
      await page.leave();
    }],
    ["goods go out in advance only when the words are agreed to", async () => {
      page = await visitor(plain);
      await upToExchange(page, await order(house, { lines: [jacket] }));
      await page.check("[name=article][value=NB-A01-XL]");
      await page.check("[name=fallback][value=refund]");
      await page.check("[name=when][value=first]");
      await page.locator("main form[method=post] [type=submit]").last().click();
      await toCheck(page);
      await next(page);
      await page.locator(".error-summary, [role=alert]").first().waitFor();
      await shot(page, "swap-consent-phone");
      await page.check("[name=consent-0]");
      await next(page);
      await page.waitForURL(/\/done/);
      rma = new URL(page.url()).pathname.split("/").at(-2);
      await page.goto(`/p/northbeam/r/${rma}`);
      await page.locator("main a[href*='/pay/']").click();
      await page.waitForURL(/\/pay\//);
      const words = await page.locator("main").innerText();
      assert.match(words, /not charged now[^]*I agree: Northbeam/);
      await shot(page, "pay-hold-phone");
      await page.locator("main form [type=submit]").click();
      await page.waitForURL(/\/till$/);
      await page.getByRole("button", { name: "Pay", exact: true }).click();
      await page.waitForURL(/\/pay\/[^/]+$/);
      assert.match(await page.locator("main").innerText(), /Done, thank you/);
      made.advance = rma;
      await page.leave();
    }],
    ["every screen passes axe, wide and narrow, light and dark", async () => {
      for (const [name, options] of [
        ["light-wide", { viewport: screen, colorScheme: "light" }],
        ["dark-phone", { viewport: phone, colorScheme: "dark" }],
      ]) {
        const visit = await visitor(options);
        await upToExchange(visit, await order(house, { lines: [jacket] }));
        await look(visit, `swap-choose-${name}`);
        await visit.check("[name=article][value=NB-A01-S]").catch(() => visit.check("[name=article][value=NB-A01-XL]"));
        await visit.check("[name=when][value=first]");
        await visit.locator("main form[method=post] [type=submit]").last().click();
        await toCheck(visit);
        await look(visit, `swap-check-${name}`);
        await visit.check("[name=consent-0]");
        await next(visit);
        await visit.waitForURL(/\/done/);
        await visit.goto(new URL(visit.url()).pathname.replace(/\/done$/, ""));
        await look(visit, `swap-status-${name}`);
        await visit.locator("main a[href*='/pay/']").click();
        await visit.waitForURL(/\/pay\//);
        await look(visit, `pay-hold-${name}`);
        await visit.leave();
      }
      return found;
    }],
  ];
}

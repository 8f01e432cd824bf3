// The statutory withdrawal without any script: two steps, and an acknowledgement with date and
// time that can be kept.
import assert from "node:assert/strict";
import { phone, shot } from "../browser.mjs";
import { order } from "../orders.mjs";

export default async function withdrawal({ house, visitor, staff, made }) {
  const bought = await order(house, { lines: [{ sku: "SHIRT-3", title: "Linen shirt", price: 5_900, quantity: 2 }] });
  let page, rma;

  return [
    ["is found from the portal and asks no reason", async () => {
      page = await visitor({ viewport: phone, javaScriptEnabled: false });
      await page.goto("/p/northbeam");
      await page.locator("main a[href$='/withdraw']").first().click();
      assert.equal(await page.locator("[name=reason]").count(), 0);
      await page.fill("[name=name]", bought.name);
      await page.fill("[name=number]", bought.number);
      await page.fill("[name=email]", bought.email);
      await page.locator("main form [type=submit]").first().click();
      await page.waitForURL(/\/withdraw\/confirm/);
      await shot(page, "withdraw-confirm-phone");
    }],
    ["names what will be declared, then takes the declaration", async () => {
      assert.match(await page.locator("main").innerText(), new RegExp(`2 × Linen shirt[^]*${bought.email}`));
      await page.locator("main form [type=submit]").first().click();
      await page.waitForURL(/\/receipt\?new=1/);
      rma = new URL(page.url()).pathname.split("/").at(-2);
    }],
    ["is acknowledged with its content, date and time", async () => {
      const words = await page.locator("main").innerText();
      assert.match(words, new RegExp(bought.number));
      assert.match(words, /\b20\d\d\b[^\n]*\b\d\d:\d\d/, "no date with a time");
      assert.match(words, /[0-9a-f]{64}/, "no checksum");
      await shot(page, "withdraw-receipt-phone");
      made.withdrawn = rma;
    }],
    ["the acknowledgement is a PDF to keep", async () => {
      const answer = await page.request.get(`/p/northbeam/r/${rma}/receipt.pdf`);
      assert.equal(answer.status(), 200);
      assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
    }],
    ["going back finds nothing left to declare, and the way to the return", async () => {
      await page.goto("/p/northbeam/withdraw/confirm");
      await page.locator(`main a[href$='/r/${rma}']`).waitFor();
      assert.equal(await page.locator("main [name=line]").count(), 0);
    }],
    ["an order nobody finds is withdrawn from all the same, and acknowledged at once", async () => {
      await page.goto("/p/northbeam/withdraw");
      await page.fill("[name=name]", "Robin Sol");
      await page.fill("[name=number]", "LOST-4711");
      await page.fill("[name=email]", "robin@shopper.example");
      await page.locator("main form [type=submit]").first().click();
      await page.locator("main form[action$='/withdraw/declare'] [type=submit]").click();
      await page.waitForURL(/\/withdraw\/done/);
      const words = await page.locator("main").innerText();
      assert.match(words, /LOST-4711[^]*[0-9a-f]{64}/);
      await shot(page, "withdraw-declared-phone");
      const answer = await page.request.get("/p/northbeam/withdraw/done.pdf");
      assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
      await page.leave();
    }],
    ["it waits on the desk for a person", async () => {
      const agent = await staff("agent");
      await agent.goto("/desk/declarations");
      assert.match(await agent.locator("main").innerText(), /LOST-4711/);
      await agent.leave();
    }],
  ];
}

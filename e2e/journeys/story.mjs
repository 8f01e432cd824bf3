// The whole story: a shopper asks on a phone, the desk lets it back by keyboard, the dock scans,
// counts and grades, the bank pays, and the record is proved from the command line.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { phone, shot } from "../browser.mjs";
import { order } from "../orders.mjs";
import { answer, confirm, prove } from "../portal.mjs";
import { until } from "../until.mjs";

export default async function story({ house, visitor, staff, made }) {
  // More than the house lets back without a person, and too late to withdraw by law.
  const bought = await order(house, { delivered: 20, lines: [
    { sku: "COAT-1", title: "Storm coat, ink", price: 32_000 },
    { sku: "HAT-2", title: "Wool hat", price: 3_500 },
  ] });
  let shopper, lead, dock;
  let rma, place;

  return [
    ["a shopper finds the order on a phone and answers", async () => {
      shopper = await visitor({ viewport: phone, hasTouch: true, isMobile: true });
      await shopper.goto("/p/northbeam");
      await shopper.locator("a[href$='/find']").click();
      await prove(shopper, bought);
      await answer(shopper, {});
    }],
    ["the check page shows what comes back before anything is sent", async () => {
      const words = await shopper.locator("main").innerText();
      assert.match(words, /320\.00/);
      assert.doesNotMatch(words, /355\.00/);
      assert.match(words, /A person will look at this first/);
    }],
    ["the return is sent once and has its number", async () => {
      rma = await confirm(shopper);
      assert.match(await shopper.locator("main").innerText(), new RegExp(rma));
      made.rma = rma;
      made.order = bought;
    }],
    ["the desk finds it by the palette and lets it back by keyboard", async () => {
      lead = await staff("team_lead");
      await lead.goto("/desk");
      await palette(lead, rma);
      await lead.waitForURL(/\/desk\/[^/]+\/[^/?]+/);
      place = new URL(lead.url()).pathname;
      made.place = place;
      await lead.getByRole("heading", { level: 1 }).waitFor();
      await lead.keyboard.press("a");
      await lead.waitForURL(/do=authorise/);
      await lead.keyboard.press("Control+Enter");
      await lead.waitForURL(/done=authorise/);
      await shot(lead, "desk-authorised");
    }],
    ["the shopper sees the label and takes the PDF", async () => {
      await shopper.goto(`/p/northbeam/r/${rma}`);
      const link = shopper.locator("a[href$='label.pdf']");
      await until("the label is made", async () => (await link.count()) > 0 || (await shopper.reload(), false));
      const answer = await shopper.request.get(await link.getAttribute("href"));
      assert.equal(answer.headers()["content-type"], "application/pdf");
      assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
    }],
    ["the dock scans the return and counts it", async () => {
      dock = await staff("dock_operator", { viewport: { width: 1024, height: 768 } });
      await dock.goto("/dock");
      await scan(dock, rma);
      await dock.waitForURL(/\/dock\/northbeam\//);
      await dock.locator("button[name=bump][value='0:+1']").click();
      await until("one is counted", async () => (await dock.inputValue("[name=count-0]")) === "1");
      made.dock = new URL(dock.url()).pathname.replace(/\/receive$/, "");
      await dock.keyboard.press("Control+Enter");
      await dock.locator(".scan-word", { hasText: /^RECEIVED$/ }).waitFor();
    }],
    ["the dock grades it A and puts it back on sale, by keys", async () => {
      await dock.keyboard.press("1");
      await dock.waitForURL(/\/grade\/0$/);
      await shot(dock, "dock-grade");
      await dock.keyboard.press("1");
      await dock.waitForURL(/a=y$/);
      await dock.keyboard.press("1");
      await dock.waitForURL(/a=yy$/);
      assert.equal(await dock.inputValue("[name=grade]"), "a");
      assert.equal(await dock.inputValue("[name=disposition]"), "restock");
      await dock.keyboard.press("Control+Enter");
      await dock.locator(".scan-word", { hasText: /^DONE$/ }).waitFor();
    }],
    ["the money is settled", async () => {
      await lead.goto(place);
      await until("the refund is granted or can be", async () => {
        await lead.reload();
        return /Settl|paid|Refund/i.test(await lead.locator("main").innerText());
      });
      if ((await lead.locator(".case-actions [data-key=R]").count()) > 0) {
        await lead.keyboard.press("r");
        await lead.waitForURL(/do=decide/);
        await lead.keyboard.press("Control+Enter");
        await lead.waitForURL(/done=decide/);
      }
      await until("the bank has booked it", async () => {
        const answer = await house.api("GET", `returns/${rma}`);
        const failed = answer.refunds.find((r) => r.state === "failed");
        if (failed) throw new Error(`the refund failed: ${failed.detail}`);
        return answer.refunds.length > 0 && answer.refunds.every((r) => r.state === "settled");
      }, 60_000);
      const { refunds } = await house.api("GET", `returns/${rma}`);
      assert.deepEqual(refunds.map((r) => r.amount), [{ minor: 32_000, currency: "EUR" }]);
      await lead.goto(place);
      await shot(lead, "desk-settled");
      await shopper.reload();
      assert.match(await shopper.locator("main").innerText(), /Closed[^]*Money arrived/);
      await shot(shopper, "portal-paid");
    }],
    ["every event has its receipt, and one checks out without the database", async () => {
      await lead.goto(place.replace("/desk/", "/ledger/"));
      await until("all events are in the log", async () => {
        await lead.reload();
        const rows = await lead.locator("main tbody tr").count();
        return rows > 0 && (await lead.locator("main a[href$='.txt']").count()) === rows;
      }, 60_000);
      const [file] = await Promise.all([lead.waitForEvent("download"), lead.locator("main a[href$='.txt']").last().click()]);
      const receipt = await readFile(await file.path(), "utf8");
      const path = join(house.data, "receipt.txt");
      await writeFile(path, receipt);
      const key = (await house.cli("ledger", "key", "--client", "northbeam")).trim();
      await house.cli("ledger", "check-receipt", "--key", key, path);
      await writeFile(path, receipt.replace(/[0-9a-z](?=[^0-9a-z]*$)/i, (c) => (c === "A" ? "B" : "A")));
      await assert.rejects(house.cli("ledger", "check-receipt", "--key", key, path), "a changed receipt must not pass");
    }],
    ["the record is whole, on the page and at the command line", async () => {
      await lead.goto("/ledger");
      await lead.locator("form[action$='/verify']").first().getByRole("button").click();
      await lead.getByRole("status").or(lead.locator(".note-good, .tone-good")).first().waitFor();
      await house.cli("ledger", "verify", "--client", "northbeam");
    }],
  ];
}

/** Opens the palette, types, and takes the first hit. */
export async function palette(page, words) {
  await page.keyboard.press("Control+k");
  await page.locator("dialog.palette input").waitFor();
  await page.keyboard.type(words);
  await page.locator("dialog.palette [role=option]", { hasText: words }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** Types like a scanner: every key at once, then Enter. */
export async function scan(page, code) {
  await page.locator("[data-scan-region]").waitFor({ state: "attached" });
  await page.evaluate((text) => {
    const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    for (const key of text) press(key);
    press("Enter");
  }, code);
}

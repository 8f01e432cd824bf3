// Claims and the desk's side of exchanges: told in the portal without script, settled by keyboard,
// with proofs, a carrier that pays, goodwill, a repair and a donation.
import assert from "node:assert/strict";
import { overflow, phone, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { until } from "../until.mjs";
import { next, prove } from "../portal.mjs";

const coat = { sku: "NB-A02", title: "Rain shell Tarn", price: 14_900, category: "apparel/jackets" };
// A picture of one point.
const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const scarf = { sku: "SCARF-9", title: "Scarf, moss", price: 4_000 };

export default async function claims({ house, visitor, staff }) {
  const found = [];
  const look = async (page, name) => {
    found.push(...(await violations(page)).map((v) => `${name}: ${v}`));
    found.push(...(await overflow(page)).map((v) => `${name}: ${v}`));
    await shot(page, name);
  };
  let page, rma, lead, place;
  const open = async (what) => {
    const { case: id } = await house.api("GET", `returns/${what}`);
    place = `/desk/2/${id}`;
    await lead.goto(place);
    await lead.getByRole("heading", { level: 1 }).waitFor();
  };
  const act = async (key, name, fill = async () => {}) => {
    if (key) await lead.keyboard.press(key);
    else await lead.goto(`${place}?do=${name}`);
    await lead.waitForURL(new RegExp(`do=${name}`));
    await fill();
    await lead.locator(".act-form form[method=post] [type=submit]").last().click();
    await lead.waitForURL(new RegExp(`done=${name}`));
  };

  return [
    ["a shopper says that a parcel never came, and declares it", async () => {
      page = await visitor({ viewport: phone, javaScriptEnabled: false });
      const bought = await order(house, { lines: [scarf], delivered: 20 });
      await page.goto("/p/northbeam/find");
      await prove(page, bought);
      await page.locator("main a[href$='/claim']").click();
      await page.waitForURL(/\/claim$/);
      await page.check("[name=kind][value=not_received]");
      await page.selectOption("[name=units-0]", "1");
      await page.setInputFiles("#photos", { name: "door.png", mimeType: "image/png", buffer: picture });
      await shot(page, "claim-phone");
      await next(page);
      await page.locator(".error-summary").waitFor();
      // The mistake costs nothing: the photograph is still in the form.
      assert.equal(await page.locator("[name=kept]:checked").count(), 1);
      await shot(page, "claim-again-phone");
      await page.check("[name=declared]");
      await next(page);
      await page.waitForURL(/\/r\/[^/]+$/);
      assert.equal(await page.locator("main img[src*='/photo/']").count(), 1);
      rma = new URL(page.url()).pathname.split("/").at(-1);
      assert.match(await page.locator("main").innerText(), /A person is looking at it/);
      await page.leave();
    }],
    ["the desk files what the carrier shows and asks it to pay, by keyboard", async () => {
      lead = await staff("team_lead");
      await open(rma);
      assert.match(await lead.locator("main").innerText(), /It never came[^]*Declaration that nothing came/);
      await act("p", "proof", async () => {
        await lead.selectOption("[name=kind]", "scan");
        await lead.selectOption("[name=speaks]", "open");
        await lead.fill("[name=reference]", "last scan at the depot");
      });
      await act(null, "carrier-claim", async () => {
        await lead.fill("[name=carrier]", "DHL");
        await lead.fill("[name=tracking]", "00340434161094");
      });
      await look(lead, "desk-claim");
    }],
    ["the claim is settled with money, and nothing comes back", async () => {
      await act("c", "resolve", async () => {
        await look(lead, "desk-resolve");
        await lead.fill("[name=note]", "no scan after the depot");
      });
      const { refunds, lines, parcels } = await house.api("GET", `returns/${rma}`);
      assert.deepEqual(refunds.map((r) => [r.kind, r.amount.minor]), [["refund", 4_000]]);
      assert.equal(lines[0].quantities.kept, 1);
      assert.equal(parcels.length, 0);
    }],
    ["the carrier's answer is recorded", async () => {
      // The carrier answers weeks later: the customer has the money, and the case has ended.
      await until("the case ends by itself", async () => (await house.api("GET", `returns/${rma}`)).status === "closed", 90_000);
      await lead.goto(`${place}?do=carrier-answer&about=0`);
      // Dollars are not taken for euros: what was typed stays, and the form says why.
      await lead.fill("[name=amount]", "25.00");
      await lead.fill("[name=currency]", "USD");
      await lead.locator(".act-form form[method=post] [type=submit]").last().click();
      await lead.locator("text=wrong currency").first().waitFor();
      assert.equal(await lead.inputValue("[name=amount]"), "25.00");
      await look(lead, "desk-carrier-answer");
      await lead.fill("[name=currency]", "EUR");
      await lead.locator(".act-form form[method=post] [type=submit]").last().click();
      await lead.waitForURL(/done=carrier-answer/);
      assert.match(await lead.locator("main").innerText(), /paid[^]*25\.00/);
    }],
    ["goodwill is given within one's own limit", async () => {
      const bought = await order(house, { lines: [scarf] });
      const made = await house.api("POST", "claims", { order: bought.number, kind: "goodwill", lines: [{ line: 0, units: 1 }] });
      await open(made.rma);
      await act("g", "goodwill", async () => {
        await look(lead, "desk-goodwill");
        await lead.fill("[name=amount]", "5.00");
        await lead.fill("[name=note]", "came two days late");
      });
      const { refunds } = await house.api("GET", `returns/${made.rma}`);
      assert.deepEqual(refunds.map((r) => [r.kind, r.amount.minor]), [["store_credit", 500]]);
    }],
    ["the desk exchanges for something dearer, and the customer gets a link to pay", async () => {
      const bought = await order(house, { lines: [{ sku: "NB-A01", title: "Fleece jacket Fell", price: 8_990, category: "apparel/jackets" }] });
      const made = await house.api("POST", "returns", { order: bought.number, lines: [{ line: 0, units: 1, reason: "changed_mind" }] });
      await open(made.rma);
      await lead.keyboard.press("x");
      await lead.waitForURL(/do=exchange/);
      await lead.fill("[name=q]", "rain shell");
      await lead.locator("form[role=search] [type=submit]").last().click();
      await lead.waitForURL(/q=rain/);
      await look(lead, "desk-exchange");
      await lead.check(`[name=article][value=${coat.sku}]`);
      await lead.keyboard.press("Control+Enter");
      await lead.waitForURL(/done=exchange/);
      assert.match(await lead.locator("main").innerText(), /The customer pays here/);
      const { exchanges } = await house.api("GET", `returns/${made.rma}`);
      assert.equal(exchanges[0].collect_minor, 5_910);
      const link = new URL(exchanges[0].pay_links[0]).pathname;
      const guest = await visitor({ viewport: phone });
      await guest.goto(link);
      await look(guest, "pay-link");
      await guest.leave();
    }],
    ["a repair goes to the workshop and back", async () => {
      const bought = await order(house, { lines: [{ sku: "NB-E02", title: "Bluetooth speaker Drum", price: 7_900, category: "electronics/audio" }] });
      const made = await house.api("POST", "returns", { order: bought.number, lines: [{ line: 0, units: 1, reason: "defective", wanted: "repair", evidence: { photos: 2, note: true, serial: true } }] });
      let state = await house.api("GET", `returns/${made.rma}`);
      if (state.lines[0].quantities.authorised === 0) {
        await house.api("POST", `returns/${made.rma}/authorise`, { lines: [{ line: 0, units: 1 }], reason: "journey" });
      }
      await house.api("POST", `returns/${made.rma}/receipts`, { counts: [{ line: 0, units: 1 }], complete: true });
      await house.api("POST", `returns/${made.rma}/grades`, { line: 0, units: 1, grade: "d" });
      state = await house.api("GET", `returns/${made.rma}`);
      await open(made.rma);
      if (!state.refunds.some((r) => r.kind === "repair")) {
        await act("r", "decide", async () => {
          await lead.selectOption("[name=outcome-0]", "repair");
          await lead.fill("[name=reason]", "worth mending");
        });
      }
      state = await house.api("GET", `returns/${made.rma}`);
      const { id } = state.refunds.find((r) => r.kind === "repair");
      await lead.goto(`${place}?do=workshop&about=${id}`);
      await lead.fill("[name=note]", "W-118");
      await lead.locator(".act-form form[method=post] [type=submit]").last().click();
      await lead.waitForURL(/done=workshop/);
      await lead.goto(`${place}?do=mended&about=${id}`);
      await lead.fill("[name=note]", "parcel 4711");
      await lead.locator(".act-form form[method=post] [type=submit]").last().click();
      await lead.waitForURL(/done=mended/);
      state = await house.api("GET", `returns/${made.rma}`);
      assert.equal(state.refunds.find((r) => r.id === id).state, "settled");
      await look(lead, "desk-repair");
      await lead.leave();
    }],
    ["every screen passes axe", async () => found],
  ];
}

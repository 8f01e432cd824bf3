// The rights on a case, in ten places: on the desk, in the API and on the portal. The days are
// counted here again, from the day of delivery or of the order, without the program's help; a last
// day may only move on where the place's calendar moves it, over a weekend and holidays.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { answer, prove } from "../portal.mjs";
import { until } from "../until.mjs";

const delivered = 3;
const bought = delivered + 4;
const dayOf = (ago) => Date.parse(new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10));
/** Days from a day so many ago to `day`. */
const since = (ago, day) => (Date.parse(day) - dayOf(ago)) / 86_400_000;
const rolls = 4;

// Where, what, what starts the period, its days, whether it moves, and who pays the way back.
const places = [
  { name: "DE", country: "DE", right: "withdrawal", from: delivered, days: 14, moves: true, payer: "consumer" },
  { name: "FR", country: "FR", right: "withdrawal", from: delivered, days: 14, moves: true, payer: "consumer" },
  { name: "GB", country: "GB", currency: "GBP", right: "withdrawal", from: delivered, days: 14, payer: "consumer" },
  { name: "US-CA", country: "US", part: "CA", currency: "USD", told: { policy: false }, right: "undisclosed_policy_refund", from: bought, days: 30, payer: "unspecified" },
  { name: "US-NY", country: "US", part: "NY", currency: "USD", told: { policy: false }, right: "undisclosed_policy_refund", from: bought, days: 30, payer: "unspecified" },
  { name: "JP", country: "JP", currency: "JPY", told: { policy: false }, right: "default_return", from: delivered, days: 7, payer: "consumer" },
  { name: "BR", country: "BR", currency: "BRL", right: "withdrawal", from: delivered, days: 7, moves: true, payer: "trader" },
  { name: "AU", country: "AU", currency: "AUD", reason: "defective", right: "conformity", payer: "consumer" },
  { name: "TR", country: "TR", currency: "TRY", right: "withdrawal", from: delivered, days: 14, moves: true, payer: "trader" },
  { name: "CH", country: "CH", currency: "CHF" },
];
const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
];

const uruguay = (days) => `schema = "redress-law/1"
as_of = "2026-06-01"

[[jurisdiction]]
code = "UY"
name = "Uruguay"
currency = "UYU"

[[rule]]
id = "uy.17250.16"
title = "Withdrawal, distance and home sales"
jurisdictions = ["UY"]
instrument = "Ley 17.250"
articles = ["16"]
subjects = ["goods", "services"]
channels = ["distance", "off_premises"]
consumer_only = true
right_type = "withdrawal"
floor = "mandatory"
confidence = "low"
evidence = [{ kind = "knowledge", what = "Art 16", verify_by = "counsel" }]
window = { length = ${days}, unit = "business_day", start = "contract_or_delivery_later", calendar = "weekday_excl_ph", met_by = "sending_notice" }
refund = { unit = "immediately", start = "notice", fee_allowed = false }
return_cost = { default = "trader" }
`;

export default async function rights({ house, staff, visitor }) {
  const lamp = [{ sku: "LAMP-1", title: "Paper lantern", price: 8_900, category: "lighting" }];
  const open = new Map();
  const steps = [];
  for (const place of places) {
    steps.push([`${place.name}: the API names the right, its day and who pays`, async () => {
      const made = await order(house, { lines: lamp, delivered, ...place });
      const asked = { line: 0, units: 1, reason: place.reason ?? "changed_mind", evidence: { photos: 2, note: true } };
      const opened = await house.api("POST", "returns", { order: made.number, lines: [asked] });
      const found = await house.api("GET", `returns/${opened.case}`);
      open.set(place.name, { case: opened.case, made });
      const { law_version, holidays_version, rights: [line] } = found.decision;
      assert.match(law_version, /^[0-9a-f]{64}$/);
      assert.match(holidays_version, /^20\d\d-/);
      if (!place.right) {
        assert.equal(line.no_floor.why, "no_statute");
        assert.equal(line.rights.length, 0);
        return;
      }
      const right = line.rights.find((r) => r.right === place.right);
      assert.ok(right?.usable, JSON.stringify(line));
      assert.equal(right.return_cost, place.payer);
      if (!place.days) return assert.equal(right.last_day, null);
      const days = since(place.from, right.last_day);
      assert.ok(days >= place.days && days <= place.days + (place.moves ? rolls : 0), `${days} days`);
      assert.ok(right.text.length > 2, "it is said in sentences");
    }]);
  }
  steps.push(["a pack of another process is refused with its line, then holds here without a restart", async () => {
    const file = join(house.data, "uy.toml");
    const pack = (...args) => house.cli("law", "pack", ...args);
    await writeFile(file, uruguay(5000));
    await assert.rejects(pack("add", file), (error) => /uy\.toml:\d+: .*5000/.test(error.stderr));
    await writeFile(file, uruguay(5));
    assert.match(await pack("add", file, "--note", "a journey"), /published uy version 1/);
    assert.match(await pack("list"), /uy v1 +everybody/);
    const desk = await staff("team_lead");
    const shows = async () => (await desk.goto("/law/UY")).ok();
    await until("the server follows", shows, 20_000);
    assert.match(await desk.locator("h1").innerText(), /Uruguay/);
    assert.match(await pack("retire", "uy"), /retired uy version 2/);
    await until("the server follows back", async () => !(await shows()), 20_000);
    await desk.leave();
  }]);
  for (const [look, options] of looks) {
    steps.push([`every case on the desk, ${look}`, async () => {
      const desk = await staff("team_lead", options);
      const found = [];
      for (const place of places) {
        const { made } = open.get(place.name);
        await desk.goto(`/search?q=${made.number}`);
        await desk.locator("main a[href^='/desk/']").first().click();
        await desk.locator("#case").waitFor();
        const card = desk.locator("section.card", { hasText: "Rights by law" });
        const words = await card.innerText();
        if (place.right) assert.match(words, /Last day/, place.name);
        else assert.match(words, /gives no right to return/);
        found.push(...(await violations(desk)).map((v) => `${place.name}: ${v}`), ...(await overflow(desk)).map((v) => `${place.name}: ${v}`));
        await shot(desk, `rights-${place.name}-${look}`);
      }
      await desk.leave();
      return found;
    }]);
    steps.push([`a shopper reads both rights of a faulty purchase, ${look}`, async () => {
      const made = await order(house, { lines: lamp, delivered });
      const page = await visitor(options);
      await page.goto("/p/northbeam/find");
      await prove(page, made);
      await answer(page, { reason: "defective" });
      const card = page.locator("section.card", { hasText: "Your rights by law" });
      const words = await card.innerText();
      assert.match(words, /You can cancel until \w+day, /);
      assert.match(words, /We must refund you by \w+day, /);
      assert.match(words, /best for you/);
      const found = [...(await violations(page)), ...(await overflow(page))];
      await shot(page, `rights-portal-${look}`);
      await page.leave();
      return found;
    }]);
  }
  return steps;
}

// The law desk: the matrix, a place, a rule, and questions whose days were counted by hand after
// section 4 of docs/law.md. Every screen light and dark, wide and on a phone.
import assert from "node:assert/strict";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { palette } from "./story.mjs";

const day = (page, id) => page.locator(`#${id}`).innerText();
const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
  ["dark-phone", { viewport: phone, colorScheme: "dark", hasTouch: true }],
];
const german = "/law/try?place=DE&contract=2026-03-16&item1=Lamp&price1=89.00&delivered1=2026-03-21&shipping=5.90&sent=2026-04-07&received=2026-04-07&proof=2026-04-09";

export default async function law({ staff }) {
  let desk;
  const steps = [
    ["the palette opens a place by its name", async () => {
      desk = await staff("team_lead");
      await desk.goto("/desk");
      await palette(desk, "Germany");
      await desk.waitForURL(/\/law\/DE$/);
      assert.match(await desk.locator("h1").innerText(), /Germany/);
    }],
    ["the matrix is filtered, and a cell opens its rule", async () => {
      await desk.goto("/law");
      assert.ok((await desk.locator("tbody tr").count()) >= 109);
      await desk.locator("[name=q]").fill("germany");
      await desk.locator("form.filters button[type=submit]").click();
      await desk.waitForURL(/q=germany/);
      assert.equal(await desk.locator("tbody tr").count(), 1);
      await desk.locator("tbody a[href='/law/rule/de.withdrawal.goods']").first().click();
      await desk.waitForURL(/\/law\/rule\/de\.withdrawal\.goods/);
      const said = await desk.locator("main").innerText();
      for (const words of [/14 days/, /the first day is not counted/, /unreviewed/i, /eu\.crd\.withdrawal\.goods/, /scope_threshold/]) {
        assert.match(said, words);
      }
    }],
    ["the matrix is walked by J and Enter", async () => {
      await desk.goto("/law?region=latin-america");
      await desk.keyboard.press("j");
      await desk.keyboard.press("Enter");
      await desk.waitForURL(/\/law\/AR$/);
    }],
    // Delivered on Saturday 21 March; the 14th day is Saturday 4 April, then Easter Sunday and
    // Monday: Tuesday 7 April. Told on the 7th: 14 days later is the 21st; proof came on the 9th.
    ["Germany over Easter", async () => {
      await desk.goto("/law/try");
      await desk.getByRole("link", { name: "Germany: last day after Easter" }).click();
      await desk.locator("#answer").waitFor();
      assert.equal(await day(desk, "deadline"), "Tuesday, 7 April 2026");
      assert.equal(await day(desk, "refund-due"), "Tuesday, 21 April 2026");
      assert.match(await day(desk, "least"), /94\.90/);
    }],
    // Delivered on 31 August; the seventh day is Monday 7 September, Independence Day: the 8th.
    ["Brazil on its Independence Day", async () => {
      await desk.getByRole("link", { name: "Brazil: last day on a holiday" }).click();
      await desk.waitForURL(/place=BR/);
      assert.equal(await day(desk, "deadline"), "Tuesday, 8 September 2026");
      assert.match(await day(desk, "least"), /219\.80/);
      assert.match(await desk.locator("#answer").innerText(), /at once/);
    }],
    ["a place nobody wrote down is unknown", async () => {
      await desk.getByRole("link", { name: "A place nobody wrote down" }).click();
      await desk.waitForURL(/elsewhere=KE/);
      assert.match(await desk.locator("#answer").innerText(), /KE: unknown/);
    }],
    ["a changed fact is a new question, and a wrong one keeps what was typed", async () => {
      await desk.goto(german);
      await desk.locator("[name=sent]").fill("2026-04-08");
      await desk.locator("form.law-ask button[type=submit]", { hasText: "See what the law gives" }).click();
      await desk.waitForURL(/sent=2026-04-08/);
      assert.match(await desk.locator("#answer").innerText(), /too late/i);
      await desk.locator("[name=price1]").fill("much");
      await desk.locator("form.law-ask button[type=submit]", { hasText: "See what the law gives" }).click();
      await desk.locator(".error-summary").waitFor();
      assert.equal(await desk.inputValue("[name=price1]"), "much");
      assert.equal(await desk.inputValue("[name=item1]"), "Lamp");
      await desk.leave();
    }],
    ["a question is asked without script", async () => {
      const plain = await staff("team_lead", { javaScriptEnabled: false });
      await plain.goto("/law/try?place=JP");
      await plain.locator("[name=contract]").fill("2026-11-05");
      await plain.locator("[name=price1]").fill("12800");
      await plain.locator("[name=delivered1]").fill("2026-11-10");
      await plain.locator("[name=sent]").fill("2026-11-17");
      await plain.getByRole("button", { name: "See what the law gives" }).click();
      await plain.waitForURL(/price1=12800/);
      // The day of delivery is day one: eight days from the 10th end on the 17th.
      assert.equal(await day(plain, "deadline"), "Tuesday, 17 November 2026");
      await plain.leave();
    }],
  ];
  const screens = {
    "law": "/law", "law-region": "/law?region=asia-pacific", "law-right": "/law?right=mind&region=europe", "law-none": "/law?q=atlantis",
    "law-place": "/law/DE", "law-place-us": "/law/US-CA", "law-rule": "/law/rule/de.withdrawal.goods", "law-rule-base": "/law/rule/uk.cra.tiered_remedies",
    "law-try": "/law/try", "law-answer": german, "law-unknown": "/law/try?elsewhere=KE&contract=2026-03-06&price1=50",
    "law-wrong": "/law/try?place=DE&contract=2026-02-30&price1=abc&told=late", "law-changes": "/law/changes", "law-packs": "/law/packs",
    "law-beside": "/law/try?place=GB&contract=2026-10-01&item1=Phone&price1=349.00&delivered1=2026-10-03&kind=defect&noticed=2026-10-10&sent=2026-10-12",
  };
  for (const [look, options] of looks) {
    steps.push([`every screen, ${look}`, async () => {
      const page = await staff("team_lead", options);
      const found = [];
      for (const [name, path] of Object.entries(screens)) {
        await page.goto(path);
        await page.locator("h1").waitFor();
        found.push(...(await violations(page)).map((v) => `${name}: ${v}`), ...(await overflow(page)).map((v) => `${name}: ${v}`));
        await shot(page, `${name}-${look}`);
      }
      await page.leave();
      return found;
    }]);
  }
  return steps;
}

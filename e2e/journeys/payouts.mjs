// A refund to a bank account instead of back to what paid: the customer names it by a one-time
// link, another person approves it, and it is paid; a refund paid outside, said by one person and
// confirmed by another; and the page of limits.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { until } from "../until.mjs";
import { requested } from "../portal.mjs";

const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
];
const iban = "DE02120300000000202051";

/** Signs in anew: what is delicate needs a sign-in of the last minutes. */
async function anew({ house, visitor }, role, options, which = 0) {
  const person = house.people.filter((p) => p.role === role)[which];
  const { secret } = JSON.parse(await house.cli("user", "link", "--json", person.name));
  const page = await visitor(options);
  await page.goto(secret);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return page;
}

/** The newest mail that says `words`, as plain text. */
async function mail(house, words) {
  return until(`a mail about ${words}`, async () => {
    const folder = join(house.data, "mail");
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort().reverse();
    for (const name of names) {
      const text = (await readFile(join(folder, name), "utf8")).replaceAll("=\r\n", "").replaceAll("=\n", "").replaceAll("=3D", "=");
      if (text.includes(words)) return text;
    }
    return null;
  }, 60_000);
}

/** A refund that waits: decided above an agent's limit, so nothing has left yet. */
async function owed(world) {
  const { house, visitor, staff } = world;
  const bought = await order(house, { delivered: 20, lines: [{ sku: "COAT-6", title: "Storm coat, sand", price: 30_500 }] });
  const rma = await requested(visitor, bought);
  const lead = await staff("team_lead");
  await lead.goto(`/search?q=${rma}`);
  await lead.locator("main .row-link").first().click();
  await lead.waitForURL(/\/desk\//);
  const path = new URL(lead.url()).pathname;
  const { status } = await house.api("GET", `returns/${rma}`);
  if (["submitted", "in_review"].includes(status)) {
    await lead.goto(`${path}?do=authorise`);
    await lead.fill("[name=reason]", "A good customer.");
    await lead.locator(".act-form form [type=submit]").click();
    await lead.waitForURL(/done=authorise/);
  }
  await lead.leave();
  const agent = await staff("agent");
  await agent.goto(`${path}?do=ask-approval`);
  await agent.fill("[name=reason]", "As agreed on the telephone.");
  await agent.fill("[name=why]", "The customer waits for it.");
  await agent.locator(".act-form form [type=submit]").click();
  await agent.waitForURL(/done=ask-approval/);
  await agent.leave();
  return { rma, path, bought };
}

const state = async (house, rma) => (await house.api("GET", `returns/${rma}`)).refunds.map((r) => r.state);

async function look(page, name) {
  const found = [...(await violations(page)), ...(await overflow(page))].map((v) => `${name}: ${v}`);
  await shot(page, name);
  return found;
}

export default async function payouts(world) {
  const { house, visitor, staff } = world;
  const made = {};
  const steps = [
    ["an agent asks the customer for an account, by a link only the customer gets", async () => {
      Object.assign(made, await owed(world));
      const agent = await staff("agent");
      await agent.goto(made.path);
      await agent.getByRole("link", { name: "Ask for a bank account" }).first().click();
      const found = await look(agent, "payout-ask");
      await agent.locator(".act-form form [type=submit]").click();
      await agent.waitForURL(/done=ask-account/);
      await agent.leave();
      const text = await mail(house, "/p/northbeam/account/");
      made.link = text.match(/https?:\/\/[^\s"<>]*\/p\/northbeam\/account\/[A-Za-z0-9_-]+/)[0];
      return found;
    }],
  ];
  for (const [name, options] of looks) {
    steps.push([`the customer's page, ${name}`, async () => {
      const page = await visitor({ ...options, javaScriptEnabled: true });
      await page.goto(made.link);
      const found = await look(page, `payout-portal-${name}`);
      await page.fill("[name=holder]", "Somebody Else");
      await page.fill("[name=iban]", iban.slice(0, -1) + "9");
      await page.fill("[name=proof]", made.bought.email);
      await page.locator("main form [type=submit]").last().click();
      await page.locator("[aria-invalid=true], .error-summary").first().waitFor();
      assert.equal(await page.inputValue("[name=holder]"), "Somebody Else", "what was typed is kept");
      found.push(...(await look(page, `payout-portal-wrong-${name}`)));
      await page.leave();
      return found;
    }]);
  }
  steps.push(["the customer names an account without script, once", async () => {
    const page = await visitor({ javaScriptEnabled: false });
    await page.goto(made.link);
    await page.fill("[name=holder]", "Sam Another");
    await page.fill("[name=iban]", iban);
    await page.fill("[name=proof]", made.bought.email);
    await page.locator("main form [type=submit]").last().click();
    await page.locator("[name=reason]").waitFor();
    await page.fill("[name=reason]", "My partner's account.");
    await page.locator("main form [type=submit]").last().click();
    await page.getByText("Thank you").first().waitFor();
    const again = await page.goto(made.link);
    assert.equal(again.status(), 410);
    await page.leave();
  }]);
  for (const [name, options] of looks) {
    steps.push([`the approvals, ${name}`, async () => {
      const page = await staff("team_lead", options);
      await page.goto("/approvals");
      assert.ok(!(await page.content()).includes(iban), "the account is masked");
      const found = await look(page, `payout-approvals-${name}`);
      await page.leave();
      return found;
    }]);
  }
  steps.push(
    ["another person approves the account, the customer is told, and it is paid", async () => {
      const lead = await anew(world, "team_lead");
      await lead.goto("/approvals");
      const card = lead.locator("section.card").filter({ hasText: made.rma }).filter({ hasText: "another account" });
      await card.getByRole("button", { name: "Approve this account" }).press("Enter");
      await lead.waitForURL(/done=approval-destination-approve/);
      const told = await mail(house, "/p/northbeam/object/");
      assert.ok(!told.includes(iban), "the mail does not say the number");
      // The grant was asked for as it was: it is asked for again, with the account it goes to now.
      const agent = await staff("agent");
      await agent.goto(made.path);
      await agent.getByRole("link", { name: "Ask for approval again" }).first().click();
      await agent.fill("[name=note]", "To the account the customer named.");
      await agent.locator(".act-form form [type=submit]").click();
      await agent.waitForURL(/done=ask-again/);
      await agent.leave();
      await lead.goto("/approvals");
      const grant = lead.locator("section.card").filter({ hasText: made.rma }).first();
      await grant.getByRole("button", { name: "Approve", exact: true }).press("Enter");
      await lead.waitForURL(/done=approval-approve/);
      await until("the payment has left", async () => (await state(house, made.rma)).every((s) => !["requested", "failed"].includes(s)), 60_000);
      await lead.goto(made.path);
      const found = await look(lead, "payout-case");
      await lead.leave();
      return found;
    }],
    ["an administrator sees and sets limits", async () => {
      const admin = await anew(world, "admin");
      await admin.goto("/limits/2/USD");
      const found = await look(admin, "limits-light-wide");
      await admin.fill("[name=agent-refund]", "900.00");
      await admin.fill("[name=reason]", "As agreed for the sales.");
      await admin.locator("main form [type=submit]").last().click();
      await admin.waitForURL(/done=limits-set/);
      await admin.getByText("Version 1").first().waitFor();
      await admin.leave();
      for (const [name, options] of looks.slice(1)) {
        const page = await staff("admin", options);
        await page.goto("/limits/2/USD");
        found.push(...(await look(page, `limits-${name}`)));
        await page.leave();
      }
      return found;
    }],
  );
  return steps;
}

// Money above an agent's limit: asked for, approved by another person, paid; and a decision taken
// anew when it is refused.
import assert from "node:assert/strict";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { until } from "../until.mjs";
import { requested } from "../portal.mjs";

const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
];

/** A coat of 305.00 that may stay with the customer: more than an agent decides alone. */
async function authorised({ house, visitor, staff }) {
  const bought = await order(house, { delivered: 20, lines: [{ sku: "COAT-5", title: "Storm coat, moss", price: 30_500 }] });
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
  return { rma, path };
}

async function ask(page, path) {
  await page.goto(`${path}?do=ask-approval`);
  await page.fill("[name=reason]", "As agreed on the telephone.");
  await page.fill("[name=why]", "The customer waits for it.");
  await page.locator(".act-form form [type=submit]").click();
  await page.waitForURL(/done=ask-approval/);
}

export default async function approvals(world) {
  const { house, staff } = world;
  const made = await authorised(world);
  const steps = [
    ["an agent above the limit asks, and nothing is paid", async () => {
      const agent = await staff("agent");
      await ask(agent, made.path);
      await agent.getByText("Waiting").first().waitFor();
      const { refunds } = await house.api("GET", `returns/${made.rma}`);
      assert.ok(refunds.every((r) => r.state === "requested"), JSON.stringify(refunds));
      await agent.leave();
    }],
  ];
  for (const [look, options] of looks) {
    steps.push([`the approvals, ${look}`, async () => {
      const page = await staff("team_lead", options);
      await page.goto("/approvals");
      const found = [...(await violations(page)), ...(await overflow(page))];
      await shot(page, `approvals-${look}`);
      await page.leave();
      return found;
    }]);
  }
  steps.push(
    ["another person refuses by keyboard, and the case is to be decided anew", async () => {
      const lead = await staff("team_lead");
      await lead.goto("/approvals");
      const card = lead.locator("section, article, div.card").filter({ hasText: made.rma }).last();
      await card.locator("input[name^=note-]").fill("Half of it was agreed.");
      await lead.keyboard.press("Enter");
      await lead.waitForURL(/done=approval-refuse/);
      const { refunds } = await house.api("GET", `returns/${made.rma}`);
      assert.ok(refunds.every((r) => r.state === "canceled"), JSON.stringify(refunds));
      await lead.leave();
    }],
    ["approved by another person, it is paid", async () => {
      const next = await authorised(world);
      const agent = await staff("agent");
      await ask(agent, next.path);
      await agent.leave();
      const lead = await staff("team_lead");
      await lead.goto("/approvals");
      await lead.getByRole("button", { name: "Approve" }).first().press("Enter");
      await lead.waitForURL(/done=approval-approve/);
      await until("the payment has left", async () => {
        const { refunds } = await house.api("GET", `returns/${next.rma}`);
        return refunds.length > 0 && refunds.every((r) => r.state !== "requested");
      }, 60_000);
      await lead.leave();
    }],
  );
  return steps;
}

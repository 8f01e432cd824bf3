// A shopper's way through the portal, for journeys that need a return.

/** Proves an order at the page that is open. */
export async function prove(page, { number, email }) {
  await page.fill("[name=number]", number);
  await page.fill("[name=proof]", email);
  await next(page);
}

/** Sends the form of the page. */
export const next = (page) => page.locator("main form").filter({ has: page.locator(".btn-primary, [type=submit].btn-lg") }).first().locator("[type=submit]").last().click();

/** From the items to the check page: `reason` and `outcome` by their codes, `units` per line. */
export async function answer(page, { units = { 0: 1 }, reason = "changed_mind", outcome = "refund", send = "print", look = async () => {} }) {
  await page.waitForURL(/\/return\/items/);
  await look("items");
  for (const [line, n] of Object.entries(units)) await page.selectOption(`[name=units-${line}]`, String(n));
  await next(page);
  for (const _ of Object.keys(units)) {
    await page.waitForURL(/\/return\/reason/);
    await look("reason");
    await page.check(`[name=reason][value=${reason}]`);
    await next(page);
    await page.waitForURL(/\/return\/details/);
    await look("details");
    await next(page);
    await page.waitForURL(/\/return\/outcome/);
    await look("outcome");
    await page.check(`[name=outcome][value=${outcome}]`);
    await next(page);
  }
  await page.waitForURL(/\/return\/send/);
  await look("send");
  await page.check(`[name=send][value=${send}]`);
  await next(page);
  await page.waitForURL(/\/return\/check/);
  await look("check");
}

/** Confirms at the check page; gives the RMA. */
export async function confirm(page) {
  await next(page);
  await page.waitForURL(/\/r\/[^/]+\/done/);
  return new URL(page.url()).pathname.split("/").at(-2);
}

/** A whole return, asked for by a shopper in a browser of their own. */
export async function requested(visitor, made, answers = {}) {
  const page = await visitor();
  try {
    await page.goto("/p/northbeam/find");
    await prove(page, made);
    await answer(page, answers);
    return await confirm(page);
  } finally {
    await page.leave();
  }
}

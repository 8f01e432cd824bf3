// Every main screen, light and dark, wide and as narrow as a phone: no finding of axe, nothing
// that sticks out to the side, and a picture for whoever wants to look.
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { answer, confirm, prove, requested } from "../portal.mjs";

const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
  ["dark-phone", { viewport: phone, colorScheme: "dark", hasTouch: true }],
];

export default async function screens({ house, visitor, staff }) {
  const coat = { sku: "COAT-7", title: "Storm coat, slate", price: 34_000 };
  const review = await order(house, { delivered: 20, lines: [coat, { sku: "HAT-3", title: "Felt hat", price: 4_100 }] });
  const rma = await requested(visitor, review);
  const { case: id } = await house.api("GET", `returns/${rma}`);
  const plain = await order(house, { lines: [{ sku: "SCARF-1", title: "Scarf, grey", price: 4_000 }] });
  const coming = await requested(visitor, plain);
  const expected = await house.api("GET", `returns/${coming}`);
  const arrived = await order(house, { lines: [{ sku: "SCARF-2", title: "Scarf, rust", price: 4_000 }] });
  const graded = await house.api("GET", `returns/${await requested(visitor, arrived)}`);
  await house.api("POST", `returns/${graded.rma}/receipts`, { counts: [{ line: 0, units: 1 }], complete: true });
  const portals = house.portals.map((url) => new URL(url).pathname);

  const steps = [];
  for (const [look, options] of looks) {
    const seen = (what, walk) => steps.push([`${what}, ${look}`, async () => {
      const found = [];
      await walk(async (page, name) => {
        found.push(...(await violations(page)).map((v) => `${name}: ${v}`));
        found.push(...(await overflow(page)).map((v) => `${name}: ${v}`));
        await shot(page, `${name}-${look}`);
      });
      return found;
    }]);
    const pages = (what, role, list) => seen(what, async (check) => {
      const page = role ? await staff(role, options) : await visitor(options);
      for (const [name, path] of Object.entries(list)) {
        const answer = await page.goto(path);
        if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
        await check(page, name);
      }
      await page.leave();
    });

    pages("the portals' doors", null, {
      ...Object.fromEntries(portals.map((path) => [`portal${path.replace("/p/", "-")}`, path])),
      "portal-withdraw": "/p/northbeam/withdraw", "sign-in": "/sign-in", "api": "/docs/api",
    });
    seen("the portal from the order to the check", async (check) => {
      const page = await visitor(options);
      const look = (name) => check(page, `portal-${name}`);
      const mine = await order(house, { lines: [coat, { sku: "HAT-4", title: "Cap", price: 2_100, quantity: 2 }] });
      await page.goto("/p/northbeam/find");
      await look("find");
      await prove(page, { number: "none", email: "none@shopper.example" });
      await page.locator("[aria-invalid=true], .error-summary").first().waitFor();
      await look("find-wrong");
      await prove(page, mine);
      await answer(page, { units: { 0: 1, 1: 2 }, look });
      const made = await confirm(page);
      await look("done");
      await page.goto(`/p/northbeam/r/${made}`);
      await look("status");
      await page.leave();
    });
    pages("the desk", "team_lead", {
      "home": "/", "desk-queue": "/desk?queue=review", "desk-case": `/desk/2/${id}?queue=review`,
      "desk-decline": `/desk/2/${id}?queue=review&do=decline`, "desk-order": `/orders/2/${expected.order}`,
      "desk-search": "/search?q=E2E", "desk-new": "/desk/new", "ledger": "/ledger", "ledger-case": `/ledger/2/${id}`,
    });
    pages("money and jobs", "finance", { "money": "/money" });
    pages("the administrator's pages", "admin", { "jobs": "/jobs", "stock": "/stock/2" });
    pages("the dock", "dock_operator", {
      "dock": "/dock", "dock-receive": `/dock/northbeam/${expected.case}`,
      "dock-grade": `/dock/northbeam/${graded.case}/grade/0`,
      "dock-graded": `/dock/northbeam/${graded.case}/grade/0?a=yy`,
      "dock-unexpected": "/dock/unexpected?code=R-0000-NONE",
    });
  }
  return steps;
}

// Money the way a finance person and a shopper see it: a refund as store credit is on the account,
// in the statement, in the books and on the shopper's page; every figure leads to what is behind it.
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { until } from "../until.mjs";

const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
];

const must = (is, words) => {
  if (!is) throw new Error(words);
};

export default async function money({ house, visitor, staff }) {
  const made = {};
  const steps = [
    ["a return is paid as store credit", async () => {
      const sold = await order(house, { lines: [{ sku: "VASE-9", title: "Stoneware vase", price: 4_000, quantity: 2 }] });
      const asked = await house.api("POST", "returns", { order: sold.number, path: "ordinary",
        lines: [{ line: 0, units: 2, reason: "changed_mind", wanted: "store_credit" }] });
      made.sold = sold;
      made.rma = asked.rma;
      made.case = asked.case;
      await house.api("POST", `returns/${asked.rma}/receipts`, { counts: [{ line: 0, units: 2 }], complete: true });
      const found = await house.api("GET", `returns/${asked.rma}`);
      if (found.refunds.length === 0) {
        await house.api("POST", `returns/${asked.rma}/grades`, { line: 0, units: 2, grade: "a", accept: true });
      }
      // The account has the money first; the case, and with it the books, hear of it after.
      await until("the case knows that it is paid", async () => {
        const { refunds } = await house.api("GET", `returns/${asked.rma}`);
        return refunds.length > 0 && refunds.every((r) => r.state === "settled");
      }, 60_000);
      const { items } = await house.api("GET", `credit?customer=${sold.number}`);
      made.credit = items[0];
      must(made.credit.available.minor > 0, JSON.stringify(items));
    }],
    ["a till reserves, spends and undoes", async () => {
      const path = `credit/${made.credit.credit}`;
      const amount = { minor: 500, currency: made.credit.available.currency };
      const held = await house.api("POST", `${path}/reserve`, { amount, reference: "W-1" });
      must(held.held.minor === 500, JSON.stringify(held));
      const spent = await house.api("POST", `${path}/spend`, { reservation: held.id });
      must(spent.held.minor === 0, JSON.stringify(spent));
      const undone = await house.api("POST", `${path}/void`, { id: spent.id });
      must(undone.available.minor === made.credit.available.minor, JSON.stringify(undone));
      await house.api("POST", `${path}/spend`, { amount, reference: "W-2" });
    }],
    ["the books lead from a figure to the case", async () => {
      const page = await staff("finance");
      await page.goto("/money/books?client=2");
      must(await page.getByText("Balanced").first().isVisible(), "the trial balance says it balances");
      // The demo has store credit in other currencies on some days, so the account is named.
      await page.locator(`a[href*="/money/books/2/${made.credit.available.currency}/store_credit"]`).first().click();
      await page.getByRole("link", { name: made.rma }).first().click();
      must(await page.getByRole("heading", { name: made.rma }).isVisible(), "the case in the books");
      await page.getByRole("link", { name: "Open the case" }).click();
      must(page.url().includes(made.case), page.url());
      await page.leave();
    }],
  ];
  for (const [look, options] of looks) {
    steps.push([`the screens of money, ${look}`, async () => {
      const page = await staff("finance", options);
      const found = [];
      const list = { "money": "/money", "books": "/money/books?client=2", "books-account": "/money/books/2/EUR/store_credit",
        "books-case": `/money/books/2/of/${made.case}`, "credit": "/money/credit/2",
        "credit-statement": `/money/credit/2/${made.credit.credit}`,
        "payment-way": `/desk/2/${made.case}`, "payment-sheet": `/desk/2/${made.case}/quote` };
      for (const [name, path] of Object.entries(list)) {
        const answer = await page.goto(path);
        if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
        found.push(...(await violations(page)).map((v) => `${name}: ${v}`));
        found.push(...(await overflow(page)).map((v) => `${name}: ${v}`));
        // The way of a payment names its stages with their times, on the case and in print.
        const stages = await page.locator(".stages li.done").count();
        must(!name.startsWith("payment-") || (stages > 0 && stages % 4 === 0), `${name}: ${stages} stages are done`);
        await shot(page, `${name}-${look}`);
      }
      await page.leave();
      return found;
    }]);
  }
  return steps;
}

// What is wrong gets a clear answer, and nothing that was typed is lost.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { order } from "../orders.mjs";
import { prove, requested } from "../portal.mjs";
import { scan } from "./story.mjs";

export default async function refusals({ house, visitor, staff }) {
  const bought = await order(house, { delivered: 20, lines: [{ sku: "COAT-5", title: "Storm coat, moss", price: 30_500 }] });
  const rma = await requested(visitor, bought);
  const { id: place } = await house.api("GET", `returns/${rma}`).then((r) => ({ id: r.id ?? r.case ?? r.case_id }));

  return [
    ["a wrong order number and a wrong proof get the same answer", async () => {
      const page = await visitor();
      const told = async (number, proof) => {
        await page.goto("/p/northbeam/find");
        await prove(page, { number, email: proof });
        await page.locator("[role=alert], .error-summary").first().waitFor();
        assert.equal(await page.inputValue("[name=number]"), number, "what was typed is gone");
        return (await page.locator("main").innerText()).replaceAll(number, "").replaceAll(proof, "");
      };
      const number = await told("E2E-NOT-THERE", bought.email);
      const proof = await told(bought.number, "somebody@else.example");
      assert.equal(number, proof);
      assert.match(number, /We find no order with these details/);
      await page.leave();
    }],
    ["another order's pass opens no return", async () => {
      const page = await visitor();
      const other = await order(house, { lines: [{ sku: "HAT-7", title: "Straw hat", price: 2_000 }] });
      await page.goto("/p/northbeam/find");
      await prove(page, other);
      await page.waitForURL(/\/return\/items/);
      await page.goto(`/p/northbeam/r/${rma}`);
      assert.doesNotMatch(await page.locator("main").innerText(), /Storm coat/);
      assert.equal((await page.request.get(`/p/northbeam/r/${rma}/label.pdf`)).status(), 404);
      await page.leave();
    }],
    ["an unknown code at the dock says what to do with the parcel", async () => {
      const dock = await staff("dock_operator");
      await dock.goto("/dock");
      await scan(dock, "R-0000-NOTHING");
      await dock.waitForURL(/\/dock\/unexpected\?code=/);
      assert.match(await dock.locator("main").innerText(), /R-0000-NOTHING/);
      await dock.getByRole("heading", { name: /nobody announced/i }).first().waitFor();
      await dock.leave();
    }],
    ["a decision on an old version is refused and keeps what was typed", async () => {
      const first = await staff("team_lead");
      await first.goto(`/search?q=${rma}`);
      await first.locator("main .row-link").first().click();
      await first.waitForURL(/\/desk\//);
      const path = new URL(first.url()).pathname;
      const second = await first.tab();
      await first.goto(`${path}?do=decline`);
      await second.goto(`${path}?do=note`);
      await first.selectOption("[name=ground]", "final_sale");
      await first.fill("[name=note]", "Sold as it is, said on the page.");
      await second.fill("[name=note]", "The customer has called.");
      await second.keyboard.press("Control+Enter");
      await second.waitForURL(/done=note/);
      await first.locator(".act-form form [type=submit]").click();
      await first.getByText(/changed/i).first().waitFor();
      await first.waitForURL(/\/do\/decline/);
      assert.equal(await first.inputValue("[name=note]"), "Sold as it is, said on the page.");
      assert.equal(await first.inputValue("[name=ground]"), "final_sale");
      const { status } = await house.api("GET", `returns/${rma}`);
      assert.notEqual(status, "declined");
      await first.locator(".act-form form [type=submit]").click();
      await first.waitForURL(/done=decline/);
      await first.leave();
    }],
    ["a form of another site is refused", async () => {
      const lead = await staff("team_lead");
      const forger = createServer((_, answer) => {
        answer.setHeader("content-type", "text/html");
        answer.end(`<title>Prize</title><form method=post action="${house.url}/sign-out"><button>Claim</button></form>`);
      });
      await new Promise((done) => forger.listen(0, "127.0.0.1", done));
      try {
        await lead.goto(`http://localhost:${forger.address().port}/`);
        const [answer] = await Promise.all([lead.waitForResponse(/sign-out/), lead.getByRole("button").click()]);
        assert.equal(answer.status(), 403);
        await lead.goto("/desk");
        assert.equal(new URL(lead.url()).pathname, "/desk", "still signed in");
      } finally {
        forger.closeAllConnections();
        forger.close();
        await lead.leave();
      }
    }],
    ["a form without its token is refused", async () => {
      const lead = await staff("team_lead");
      const answer = await lead.request.post(`/ledger/${place}/verify`, { form: {}, headers: { origin: house.url } });
      assert.equal(answer.status(), 403);
      await lead.leave();
    }],
    ["a page that is not there says so in words", async () => {
      const page = await visitor();
      const answer = await page.goto("/p/nobody");
      assert.equal(answer.status(), 404);
      assert.match(answer.headers()["content-type"], /text\/html/);
      assert.ok((await page.locator("h1").innerText()).length > 0);
      await page.leave();
    }],
  ];
}

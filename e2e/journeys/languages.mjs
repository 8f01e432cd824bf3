// The policy in six languages, and a whole return in Arabic on a phone: everything runs from the
// right, nothing overflows, and axe finds nothing.
import assert from "node:assert/strict";
import { overflow, phone, shot, violations } from "../browser.mjs";
import { order } from "../orders.mjs";
import { answer, confirm, prove } from "../portal.mjs";

const languages = ["en", "de", "fr", "es", "pl", "ar"];

export default async function language({ house, visitor }) {
  const bought = await order(house, { lines: [{ sku: "SHIRT-3", title: "Linen shirt", price: 5_900, quantity: 2 }] });
  let page, version;

  const sound = async (name) => {
    assert.deepEqual(await violations(page), [], `${name}: axe`);
    assert.deepEqual(await overflow(page), [], `${name}: overflow`);
    assert.ok(!(await page.locator("body").innerText()).includes("⟦"), `${name}: a message is missing`);
  };

  return [
    ["the policy reads in six languages, on paper too", async () => {
      page = await visitor({ viewport: phone });
      for (const lang of languages) {
        await page.goto(`/p/northbeam/policy?lang=${lang}`);
        const html = page.locator("html");
        assert.equal(await html.getAttribute("lang"), lang);
        assert.equal(await html.getAttribute("dir"), lang === "ar" ? "rtl" : "ltr");
        await sound(`policy ${lang}`);
        await shot(page, `policy-${lang}-phone`);
        const data = JSON.parse(await page.locator("script[type='application/ld+json']").textContent());
        assert.equal(data["@graph"][0]["@type"], "MerchantReturnPolicy");
        for (const form of ["sheet.pdf", "insert.pdf"]) {
          const link = await page.locator(`main a[href$='/${form}']`).getAttribute("href");
          const file = await page.request.get(link);
          assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-");
          version = link.split("/").at(-2);
        }
      }
    }],
    ["what programs read has its published shape", async () => {
      const open = await (await page.request.get(`/p/northbeam/policy/${version}/open.json`)).json();
      const schema = await (await page.request.get("/schema/redress-policy-1.json")).json();
      assert.ok(open.version.startsWith(version));
      assert.equal(open.schema, schema.properties.schema.const);
      for (const key of schema.required) assert.ok(key in open, key);
    }],
    ["a shopper returns a shirt in Arabic, and stays in it", async () => {
      await page.goto("/p/northbeam/find");
      assert.equal(await page.locator("html").getAttribute("lang"), "ar", "the choice is remembered");
      await sound("find");
      await prove(page, bought);
      await answer(page, { look: async (name) => { await sound(name); await shot(page, `ar-${name}-phone`); } });
      const rma = await confirm(page);
      await sound("done");
      await page.goto(`/p/northbeam/r/${rma}`);
      await sound("status");
      await shot(page, "ar-status-phone");
      assert.match(await page.locator("main").innerText(), new RegExp(rma));
      await page.leave();
    }],
  ];
}

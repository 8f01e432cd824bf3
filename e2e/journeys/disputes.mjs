// Disputes come from a file, are linked, answered with a pack and won; light, dark and on a phone.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { until } from "../until.mjs";

const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
];

const must = (is, words) => {
  if (!is) throw new Error(words);
};

const ahead = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export default async function disputes({ house, staff }) {
  const made = {};
  const steps = [
    ["the command line takes a file in once", async () => {
      // A return that was paid, so that the pack has something to tell.
      const { items } = await house.api("GET", "returns?limit=200");
      const paid = items.find((r) => ["settled", "closed"].includes(r.status) && (r.amount?.minor ?? 0) > 0) ?? items[0];
      made.order = paid.order_number ?? paid.order?.number ?? paid.order;
      must(made.order, JSON.stringify(paid));
      const file = join(house.data, "disputes.csv");
      await writeFile(file, `provider,dispute,payment,order,state,reason,scheme,amount,currency,due,as_of
adyen,DSP-1,,${made.order},needs_response,13.6,visa,20.00,EUR,${ahead(5)},${ahead(-1)}
adyen,DSP-2,nobody-knows,,needs_response,4853,mc,35.50,EUR,${ahead(1)},${ahead(-1)}
adyen,DSP-3,nobody-knows-either,,inquiry,10.4,visa,12.00,EUR,,${ahead(-1)}
`);
      const args = ["import", "disputes", "--client", "northbeam", "--json", file];
      const first = JSON.parse(await house.cli(...args));
      must(first.report.taken === 3 && first.report.unmatched === 2, JSON.stringify(first));
      const again = JSON.parse(await house.cli(...args));
      must(again.report.taken === 0 && again.report.known === 3, JSON.stringify(again));
      const open = await house.api("GET", "disputes");
      must(open.items.length >= 3, JSON.stringify(open));
      const named = (name) => open.items.find((d) => d.reference === name);
      must(named("DSP-1").order && !named("DSP-2").order, JSON.stringify(open));
      must(named("DSP-1").category === "credit_not_processed", JSON.stringify(named("DSP-1")));
      made.linked = named("DSP-1").dispute;
      made.unlinked = named("DSP-2").dispute;
    }],
  ];
  for (const [look, options] of looks) {
    steps.push([`the pages of disputes, ${look}`, async () => {
      const page = await staff("finance", options);
      const found = [];
      await page.goto("/money");
      await page.getByRole("link", { name: "Disputes" }).first().click();
      const href = await page.getByRole("link", { name: "DSP-1" }).first().getAttribute("href");
      made.client = href.split("/")[2];
      const list = { "disputes": "/disputes", "disputes-new": "/disputes/new",
        "dispute": href, "dispute-unmatched": `/disputes/${made.client}/${made.unlinked}` };
      for (const [name, path] of Object.entries(list)) {
        const answer = await page.goto(path);
        if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
        found.push(...(await violations(page)).map((v) => `${name}: ${v}`));
        found.push(...(await overflow(page)).map((v) => `${name}: ${v}`));
        await shot(page, `${name}-${look}`);
      }
      await page.leave();
      return found;
    }]);
  }
  steps.push(["a person contests, has the pack made, submits and records the win", async () => {
    const page = await staff("finance");
    const path = `/disputes/${made.client}/${made.linked}`;
    await page.goto(path);
    await page.getByLabel("Why it is contested").fill("The refund was paid; see the credit note.");
    await page.getByRole("button", { name: "Contest it" }).click();
    must(await page.getByText("it will be contested").first().isVisible(), "contested");
    await page.getByRole("button", { name: "Make the pack" }).click();
    await until("the pack is made", async () => {
      await page.goto(path);
      return (await page.getByRole("link", { name: "Open the PDF" }).count()) > 0;
    }, 60_000);
    const { pack } = await house.api("GET", `disputes/${made.linked}`);
    must(/^[0-9a-f]{64}$/.test(pack), String(pack));
    const pdf = await page.request.get(`${path}/pack/${pack}.pdf`);
    must(pdf.ok() && (await pdf.body()).subarray(0, 5).toString() === "%PDF-", `pack: ${pdf.status()}`);
    if (process.env.E2E_SHOTS) await writeFile(join(process.env.E2E_SHOTS, "dispute-pack.pdf"), await pdf.body());
    await page.getByLabel("How the answer was sent").fill("In the dashboard of the provider.");
    await page.getByRole("button", { name: "Mark as submitted" }).click();
    must(await page.getByText("Submitted").first().isVisible(), "submitted");
    await page.getByLabel("Where it stands at the provider").selectOption("won");
    await page.getByLabel("How it is known").fill("Letter of the bank.");
    await page.getByRole("button", { name: "Record it" }).click();
    await page.goto("/disputes?list=ended");
    must(await page.getByText("DSP-1").first().isVisible(), "it has ended");
    must(await page.getByText("100").first().isVisible(), "the win rate is told");
    await shot(page, "disputes-ended");
    await page.leave();
  }]);
  steps.push(["words typed into a refused form stay", async () => {
    const page = await staff("finance");
    await page.goto("/disputes/new");
    await page.getByRole("textbox", { name: "Provider" }).fill("adyen");
    await page.getByLabel("Dispute number").fill("DSP-9");
    await page.getByLabel("Amount").fill("10.00");
    await page.getByRole("button", { name: "Open it" }).click();
    must((await page.getByLabel("Dispute number").inputValue()) === "DSP-9", "what was typed stays");
    await page.leave();
  }]);
  return steps;
}

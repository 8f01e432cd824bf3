// A statement of another account holds a booking nobody owes anything under and a debit nobody ordered,
// and the one before it is missing; a card processor's report is read beside it: all are found, worked on and closed, in light, dark and on a phone.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";

const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
];

const must = (is, words) => {
  if (!is) throw new Error(words);
};

const balance = (code, amount, day) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt>
  <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`;

/** A statement of one day as banks write it. */
const statement = (id, day, opening, closing, entries) => `<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>${id}</MsgId></GrpHdr>
<Stmt><Id>${id}</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>
${balance("OPBD", opening, day)}${balance("CLBD", closing, day)}${entries}</Stmt></BkToCstmrStmt></Document>`;

const booking = (ref, key, amount, day) => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><EndToEndId>${key}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt></TxDtls></NtryDtls></Ntry>`;

/** What a processor lists of a payout: a sale, a refund, a dispute. */
const settlement = (day, paid) => [
  "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,currency,gross,fee,net,reporting_category,source_id,refund_metadata[redress_key]",
  `po_demo,${paid} 00:00:00,txn_1,${day} 09:00:00,eur,420.00,9.10,410.90,charge,ch_1,`,
  `po_demo,${paid} 00:00:00,txn_2,${day} 10:00:00,eur,-59.90,0.00,-59.90,refund,re_1,`,
  `po_demo,${paid} 00:00:00,txn_3,${day} 11:00:00,eur,-35.00,15.00,-50.00,dispute,dp_1,`,
  "",
].join("\n");

const stranger = (ref, amount, day) => `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><AcctSvcrRef>${ref}</AcctSvcrRef><NtryDtls><TxDtls>
<RmtInf><Ustrd>Invoice 4711</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;

const ago = (days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

export default async function reconciliation({ house, staff }) {
  const made = {};
  const steps = [
    ["the command line takes statements in and tells what does not agree", async () => {
      const [first, third] = [ago(5), ago(3)];
      const files = {
        "one.xml": statement("S-1", first, "1000.00", "900.00", booking("B-1", "0190a5b400007000800000000000abcd", "100.00", first)),
        "three.xml": statement("S-3", third, "850.00", "838.10", stranger("B-3", "11.90", third)),
      };
      const args = [];
      for (const [name, text] of Object.entries(files)) {
        await writeFile(join(house.data, name), text);
        args.push("--statement", join(house.data, name));
      }
      await writeFile(join(house.data, "stripe.csv"), settlement(ago(4), ago(3)));
      args.push("--settlement", join(house.data, "stripe.csv"));
      // Breaks are findings: exit code 3 with the answer on standard output.
      const answer = await house.cli("reconcile", "northbeam", "--json", ...args).catch((e) => {
        must(e.code === 3, `exit ${e.code}: ${e.stderr}`);
        return e.stdout;
      });
      // Beside what the demo's own bank left open.
      const kinds = JSON.parse(answer).breaks.map((b) => b.kind);
      const once = (kind) => kinds.filter((k) => k === kind).length === 1;
      must(once("gap") && once("unknown") && once("foreign_debit"), answer);
      const { items } = await house.api("GET", "reconciliation/breaks");
      must(items.length === kinds.length, JSON.stringify(items));
      const { items: reports } = await house.api("GET", "reconciliation/settlements");
      must(reports.length === 1 && reports[0].payout.minor === 30100, JSON.stringify(reports));
      const { items: ages } = await house.api("GET", "reconciliation/ages");
      must(ages.reduce((n, a) => n + a.breaks, 0) === items.length, JSON.stringify(ages));
      made.client = 1;
      made.unknown = items.find((b) => b.kind === "unknown").id;
      made.gap = items.find((b) => b.kind === "gap").id;
      made.debit = items.find((b) => b.kind === "foreign_debit").id;
    }],
  ];
  for (const [look, options] of looks) {
    steps.push([`the desk of reconciliation, ${look}`, async () => {
      const page = await staff("finance", options);
      const found = [];
      await page.goto("/money");
      await page.getByRole("link", { name: "Reconciliation" }).first().click();
      // The finance person sees several clients; the one of the statements is named in its links.
      const all = await page.locator("select[name=client] option").evaluateAll((list) => list.map((o) => [o.value, o.textContent]));
      const client = all.find(([, name]) => /northbeam/i.test(name))?.[0] ?? "1";
      made.client = client;
      const list = { "reconciliation": `/money/reconciliation?client=${client}`,
        "reconciliation-unknown": `/money/reconciliation/${client}/${made.unknown}`,
        "reconciliation-gap": `/money/reconciliation/${client}/${made.gap}`,
        "reconciliation-debit": `/money/reconciliation/${client}/${made.debit}` };
      for (const [name, path] of Object.entries(list)) {
        const answer = await page.goto(path);
        if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
        found.push(...(await violations(page)).map((v) => `${name}: ${v}`));
        found.push(...(await overflow(page)).map((v) => `${name}: ${v}`));
        await shot(page, `${name}-${look}`);
      }
      // A damaged report: every line that cannot be read is named, and nothing of it is taken in.
      await page.goto(list.reconciliation);
      const damaged = settlement("soon", ago(2)).replace("420.00", "four hundred");
      await page.setInputFiles("#file", { name: "stripe.csv", mimeType: "text/csv", buffer: Buffer.from(damaged) });
      await page.getByRole("button", { name: "Take in" }).click();
      must(await page.getByText("Nothing of this file was taken in").isVisible(), "the faults are told");
      must((await page.getByText("four hundred").count()) === 1, "the line is named");
      found.push(...(await violations(page)).map((v) => `faults: ${v}`));
      found.push(...(await overflow(page)).map((v) => `faults: ${v}`));
      await shot(page, `reconciliation-faults-${look}`);
      await page.leave();
      return found;
    }]);
  }
  steps.push(["a person gives a report by hand, and again", async () => {
    const page = await staff("finance");
    const report = settlement(ago(2), ago(1)).replaceAll("po_demo", "po_hand").replaceAll("txn_", "txn_h");
    for (const told of ["Taken in.", "This was taken in before"]) {
      await page.goto(`/money/reconciliation?client=${made.client}`);
      await page.setInputFiles("#file", { name: "stripe.csv", mimeType: "text/csv", buffer: Buffer.from(report) });
      await page.getByRole("button", { name: "Take in" }).click();
      must(await page.getByText(told).first().isVisible(), told);
    }
    must(await page.getByText("po_hand").first().isVisible(), "its sums are shown");
    await page.leave();
  }]);
  steps.push(["a person takes the unknown booking, explains it and closes it", async () => {
    const page = await staff("finance");
    await page.goto(`/money/reconciliation?client=${made.client}`);
    await page.getByRole("link", { name: "Unknown booking" }).first().click();
    await page.getByRole("button", { name: "Take it" }).click();
    must(await page.getByText("Being looked at").first().isVisible(), "it is taken");
    await page.getByLabel("What you found out").fill("A payment of the old system; the bank names the file of March.");
    await page.getByLabel("Reason").selectOption("explained");
    await page.getByRole("button", { name: "Close it" }).click();
    must(await page.getByText("A payment of the old system").first().isVisible(), "the note is kept");
    await shot(page, "reconciliation-closed");
    await page.getByRole("link", { name: "Reconciliation" }).first().click();
    await page.getByRole("button", { name: "Reconcile now" }).click();
    const { items } = await house.api("GET", "reconciliation/breaks");
    const open = items.map((b) => b.id);
    must(open.includes(made.gap) && !open.includes(made.unknown), JSON.stringify(items));
    await page.leave();
  }]);
  return steps;
}

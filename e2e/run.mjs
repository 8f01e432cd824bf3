// Runs the journeys, one after another, in one demo firm. A journey is a module that exports
// `steps`: a list of [what is shown, async function]. A step that throws fails; the journey ends
// there, and the steps after it count as failed too, because nobody saw them.
import { open } from "./browser.mjs";
import { start } from "./server.mjs";

const names = ["story", "withdrawal", "languages", "exchange", "claims", "keyboard", "refusals", "law", "rights", "money", "quotes", "reconciliation", "disputes", "approvals", "payouts", "studio", "identity", "screens"];
const wanted = process.argv.slice(2);
const strangers = wanted.filter((name) => !names.includes(name));
if (strangers.length > 0) {
  console.error(`unknown journey: ${strangers.join(", ")}. There are: ${names.join(", ")}`);
  process.exit(64);
}

let passed = 0;
let failed = 0;
const good = (what) => (passed++, console.log(`ok    ${what}`));
const bad = (what, why) => (failed++, console.log(`FAIL  ${what}\n      ${String(why).replaceAll("\n", "\n      ")}`));

async function journey(name, stage) {
  const { default: steps } = await import(`./journeys/${name}.mjs`);
  let lost = false;
  for (const [what, step] of await steps(stage)) {
    const title = `${name}: ${what}`;
    if (lost) {
      bad(title, "not reached");
      continue;
    }
    try {
      const found = await step();
      if (Array.isArray(found) && found.length > 0) bad(title, found.join("\n"));
      else good(title);
    } catch (error) {
      bad(title, error.stack ?? error);
      lost = true;
    }
  }
}

async function main() {
  const house = await start();
  try {
    const chromium = await open(house);
    try {
      // What one journey made and another looks at.
      const stage = { house, ...chromium, made: {} };
      for (const name of names) if (wanted.length === 0 || wanted.includes(name)) await journey(name, stage);
      if (chromium.complaints.length === 0) good("no page logged an error or broke its content policy");
      else bad("no page logged an error or broke its content policy", [...new Set(chromium.complaints)].join("\n"));
    } finally {
      await chromium.close();
    }
  } finally {
    const trouble = await house.stop();
    if (trouble) bad("the server stops when asked to", trouble);
    else good("the server stops when asked to");
  }
}

try {
  await main();
} catch (error) {
  bad("the stage is set", error.stack ?? error);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

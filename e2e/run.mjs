// Runs the journeys, on two lanes at once, each in a demo firm and a browser of its own. A journey
// is a module that exports `steps`: a list of [what is shown, async function]. A step that throws
// fails; the journey ends there, and the steps after it count as failed too, because nobody saw
// them. No journey needs another, so any lane may take any of them.
import { open } from "./browser.mjs";
import { start } from "./server.mjs";

// The longest ones first, so that no lane ends long after the other.
const names = ["screens", "studio", "story", "withdrawal", "languages", "exchange", "claims", "keyboard", "refusals", "law", "rights", "money", "quotes", "reconciliation", "disputes", "approvals", "payouts", "identity"];
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

/** Takes journeys from the list until it is empty. */
async function lane(list) {
  const house = await start();
  try {
    const chromium = await open(house);
    try {
      for (let name = list.shift(); name; name = list.shift()) await journey(name, { house, ...chromium, made: {} });
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

async function main() {
  const list = names.filter((name) => wanted.length === 0 || wanted.includes(name));
  const lanes = Math.min(list.length, Number(process.env.E2E_LANES ?? 2));
  const ended = await Promise.allSettled(Array.from({ length: lanes }, () => lane(list)));
  for (const { reason } of ended) if (reason) bad("the stage is set", reason.stack ?? reason);
}

try {
  await main();
} catch (error) {
  bad("the stage is set", error.stack ?? error);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

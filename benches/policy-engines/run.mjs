// Decides the same inputs by the same rules with `json-rules-engine` and `@gorules/zen-engine`.
// Input (stdin): {"rules", "sets", "inputs", "seconds"}; output: per engine the verdicts and the
// processor time of one decision, threads of the engine included.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Engine, Rule } from "json-rules-engine";
import { ZenEngine } from "@gorules/zen-engine";

const OTHERWISE = "eligible";
const { rules, sets, inputs, seconds } = JSON.parse(readFileSync(0, "utf8"));
const version = (name) => createRequire(import.meta.url)(`${name}/package.json`).version;

/** The first rule that fits decides: rules by falling priority, and the first success stops. */
function jsonRules() {
    const operators = { "=": "equal", notIn: "notIn", ">": "greaterThan", "<": "lessThan" };
    const engine = new Engine();
    rules.forEach(({ when, then }, at) => {
        const all = when.map(([fact, is, value]) => ({
            fact,
            operator: operators[is],
            value: is === "notIn" ? sets[value] : value,
        }));
        const rule = new Rule({
            conditions: { all },
            event: { type: then },
            priority: rules.length - at,
        });
        rule.on("success", () => engine.stop());
        engine.addRule(rule);
    });
    return async (input) => (await engine.run(input)).events[0]?.type ?? OTHERWISE;
}

/** One decision table with a row per rule; the first that fits decides. */
function zen() {
    const fields = [...new Set(rules.flatMap(({ when }) => when.map(([fact]) => fact)))];
    const written = (value) => (typeof value === "string" ? `'${value}'` : String(value));
    const cell = ([, is, value]) =>
        is === "notIn"
            ? `not in [${sets[value].map(written).join(", ")}]`
            : is === "="
              ? written(value)
              : `${is} ${value}`;
    const any = Object.fromEntries(fields.map((field) => [field, ""]));
    const row = ({ when, then }, at) => ({
        _id: `r${at}`,
        ...any,
        ...Object.fromEntries(when.map((part) => [part[0], cell(part)])),
        verdict: `'${then}'`,
    });
    const table = {
        hitPolicy: "first",
        inputs: fields.map((field) => ({ id: field, name: field, field })),
        outputs: [{ id: "verdict", name: "verdict", field: "verdict" }],
        rules: [...rules, { when: [], then: OTHERWISE }].map(row),
    };
    const position = { x: 0, y: 0 };
    const decision = new ZenEngine().createDecision({
        nodes: [
            { id: "in", name: "in", type: "inputNode", position },
            { id: "table", name: "table", type: "decisionTableNode", position, content: table },
            { id: "out", name: "out", type: "outputNode", position },
        ],
        edges: [
            { id: "a", type: "edge", sourceId: "in", targetId: "table" },
            { id: "b", type: "edge", sourceId: "table", targetId: "out" },
        ],
    });
    return async (input) => (await decision.evaluate(input)).result.verdict;
}

async function measure(name, decide) {
    const verdicts = [];
    // The first round answers and warms up.
    for (const input of inputs) verdicts.push(await decide(input));
    const until = Date.now() + seconds * 1000;
    const before = process.cpuUsage();
    let done = 0;
    do {
        for (const input of inputs) await decide(input);
        done += inputs.length;
    } while (Date.now() < until);
    const used = process.cpuUsage(before);
    return {
        name: `${name} ${version(name)}`,
        verdicts,
        nanoseconds: ((used.user + used.system) * 1000) / done,
    };
}

const engines = [
    await measure("json-rules-engine", jsonRules()),
    await measure("@gorules/zen-engine", zen()),
];
process.stdout.write(JSON.stringify({ engines }));

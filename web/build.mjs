// Builds web/dist: app.js (htmx, its csp extension, our modules), app.css, icons.svg, favicon.svg.
// Fails when the first load is heavier than its budget.
import { build } from "esbuild";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync, inflateSync } from "node:zlib";

const budget = 60 * 1024;
const dist = new URL("dist/", import.meta.url);
const modules = new URL("node_modules/", import.meta.url);
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

// Radix scales as one custom property per step, light and dark in one value.
const scales = ["slate", "green", "amber", "red", "blue"];
const steps = async (file) => {
  const text = await readFile(new URL(`@radix-ui/colors/${file}.css`, modules), "utf8");
  return new Map([...text.matchAll(/--([a-z]+-\d+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
};
const colours = {
  name: "colours",
  setup(b) {
    b.onResolve({ filter: /^colours$/ }, () => ({ path: "colours", namespace: "colours" }));
    b.onLoad({ filter: /.*/, namespace: "colours" }, async () => {
      const rules = [];
      for (const scale of scales) {
        const [light, dark] = [await steps(scale), await steps(`${scale}-dark`)];
        for (const [name, value] of light) rules.push(`--${name}:light-dark(${value},${dark.get(name)})`);
      }
      return { contents: `:root{${rules.join(";")}}`, loader: "css" };
    });
  },
};

const options = { bundle: true, minify: true, write: false, target: ["es2023", "chrome123", "firefox128", "safari17.5"], legalComments: "none" };
const own = await build({ ...options, entryPoints: ["src/main.ts"], format: "iife" });
const css = await build({ ...options, entryPoints: ["src/css/app.css"], plugins: [colours] });

// htmx and its extension are classic scripts that meet in a global; they stay whole and unchanged.
const vendored = await Promise.all(
  ["htmx.min.js", "ext/hx-csp.min.js"].map((f) => readFile(new URL(`htmx.org/dist/${f}`, modules), "utf8")),
);
const strip = (js) => js.replace(/\n?\/\/# sourceMappingURL=.*$/m, "").trim();
const app = [...vendored.map(strip), own.outputFiles[0].text.trim()].join(";\n");

const names = (await readFile(new URL("icons.txt", import.meta.url), "utf8")).trim().split("\n");
const symbols = await Promise.all(
  names.map(async (name) => {
    const svg = await readFile(new URL(`lucide-static/icons/${name}.svg`, modules), "utf8");
    const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    const drawing = inner.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${drawing}</symbol>`;
  }),
);

const files = {
  "app.js": app,
  "app.css": css.outputFiles[0].text,
  "icons.svg": `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
  "favicon.svg": await readFile(new URL("src/favicon.svg", import.meta.url), "utf8"),
};
// Arabic letters for documents: the tables of a WOFF file, unpacked, are the font. Not part of any page.
const unpack = (woff) => {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = 44 + 20 * i;
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field));
    const body = woff.subarray(offset, offset + packed);
    return { tag: woff.subarray(at, at + 4), sum: woff.readUInt32BE(at + 16), body: packed < length ? inflateSync(body) : body };
  });
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + 16 * count);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  [count, power * 16, Math.log2(power), (count - power) * 16].forEach((n, i) => head.writeUInt16BE(n, 4 + 2 * i));
  const parts = [head];
  let end = head.length;
  tables.forEach(({ tag, sum, body }, i) => {
    tag.copy(head, 12 + 16 * i);
    [sum, end, body.length].forEach((n, field) => head.writeUInt32BE(n, 16 + 16 * i + 4 * field));
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
    parts.push(padded);
    end += padded.length;
  });
  return Buffer.concat(parts);
};
await mkdir(new URL("fonts/", dist));
for (const weight of [400, 700]) {
  const file = `@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-${weight}-normal.woff`;
  await writeFile(new URL(`fonts/arabic-${weight}.ttf`, dist), unpack(await readFile(new URL(file, modules))));
}

let total = 0;
for (const [name, text] of Object.entries(files)) {
  await writeFile(new URL(name, dist), text);
  const size = gzipSync(text, { level: 9 }).length;
  total += size;
  console.log(`${name.padEnd(12)} ${String(text.length).padStart(7)} bytes  ${String(size).padStart(6)} gzip`);
}
console.log(`first load   ${total} bytes gzip (budget ${budget})`);
if (total > budget) throw new Error("the first load is over its budget");

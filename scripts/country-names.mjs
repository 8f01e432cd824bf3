// Writes locales/*/countries.ftl: the names of countries (ISO 3166-1) from the CLDR data of Node.
// Run it again when CLDR renames a country: `node scripts/country-names.mjs`.
import { readdirSync, writeFileSync } from "node:fs";

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const codes = letters.flatMap((a) => letters.map((b) => a + b));
// CLDR names these too, but they are groups, private or withdrawn.
const none = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"]);
const known = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const countries = codes.filter(
  (code) => !none.has(code) && known.of(code) && new Intl.Locale(`und-${code}`).region === code,
);
const root = new URL("../locales/", import.meta.url);
for (const lang of readdirSync(root).filter((name) => /^[a-z]{2}$/.test(name))) {
  const names = new Intl.DisplayNames(lang, { type: "region", fallback: "none", style: "long" });
  const lines = countries.map((code) => `country-${code.toLowerCase()} = ${names.of(code)}`);
  const head = `# Countries, by scripts/country-names.mjs from CLDR (ICU ${process.versions.icu}).\n\n`;
  writeFileSync(new URL(`${lang}/countries.ftl`, root), `${head}${lines.join("\n")}\n`);
}

// Coming in: an invitation, a passkey on a virtual authenticator, an authenticator app, a sign-in
// service of another firm, the lock, and out everywhere.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { overflow, phone, screen, shot, violations } from "../browser.mjs";
import { provider } from "../service.mjs";

const looks = [
  ["light-wide", { viewport: screen, colorScheme: "light" }],
  ["dark-wide", { viewport: screen, colorScheme: "dark" }],
  ["light-phone", { viewport: phone, colorScheme: "light", hasTouch: true }],
];

/** What an authenticator app shows for this secret. */
function appCode(secret, later = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor((Date.now() / 1000 + later) / 30)));
  const mac = createHmac("sha1", key).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A browser with an authenticator that keeps passkeys and verifies its person. */
async function withAuthenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
}

export default async function identity({ house, visitor }) {
  const made = JSON.parse(await house.cli("admin", "create", "--json", "Ida Admin", "--email", "ida@house.example"));
  let ida;
  let secret;
  const steps = [
    ["an invitation adds a passkey, and only that", async () => {
      ida = await visitor();
      await withAuthenticator(ida);
      await ida.goto(made.link);
      await ida.locator("main button[type=submit]").click();
      await ida.waitForURL(/\/account$/);
      await ida.goto("/desk");
      await ida.waitForURL(/\/account$/);
      const found = [...(await violations(ida)), ...(await overflow(ida))];
      await shot(ida, "identity-first");
      await ida.fill("[name=name]", "Laptop");
      await ida.locator("[data-passkey]").click();
      await ida.getByText("Sign out everywhere").waitFor();
      await ida.getByText("Laptop").first().waitFor();
      return found;
    }],
    ["an authenticator app is added by its code", async () => {
      await ida.goto("/account/app");
      secret = await ida.locator("code.secret").innerText();
      const found = [...(await violations(ida)), ...(await overflow(ida))];
      await shot(ida, "identity-app");
      await ida.fill("[name=name]", "Telephone");
      await ida.fill("[name=code]", appCode(secret));
      await ida.locator("main form [type=submit]").last().click();
      await ida.waitForURL(/\/account$/);
      await ida.getByText("Telephone").first().waitFor();
      return found;
    }],
    ["out, and in by the passkey without a name", async () => {
      await ida.locator("form[action='/sign-out'] button").first().click();
      await ida.waitForURL(/\/sign-in$/);
      await ida.locator("[data-passkey]").click();
      await ida.waitForURL((url) => url.pathname === "/");
    }],
    ["a locked session goes on where it was, with what was typed", async () => {
      await ida.goto("/people/new");
      await ida.fill("[name=name]", "Ben Typed");
      await ida.fill("[name=email]", "ben@house.example");
      await ida.locator("[name=clients]").first().check();
      const other = await ida.tab();
      await other.goto("/account");
      await other.evaluate(() => fetch("/lock", { method: "POST", headers: { "x-csrf-token": document.body.dataset.csrf } }));
      await other.close();
      await ida.locator("main form [type=submit]").last().click();
      await ida.getByText("What you typed waits here").waitFor();
      const found = [...(await violations(ida)), ...(await overflow(ida))];
      await shot(ida, "identity-locked");
      await ida.locator("[data-passkey]").click();
      await ida.getByText("Send what I typed").click();
      await ida.getByText("It works once, for 24 hours").waitFor();
      await shot(ida, "identity-invited");
      return found;
    }],
    ["a code of the app signs in, and the same one does not", async () => {
      const code = appCode(secret, 30);
      const one = await visitor();
      await one.goto("/sign-in");
      await one.fill("[name=email]", "ida@house.example");
      await one.fill("[name=code]", code);
      await one.getByRole("button", { name: "Sign in with a code" }).click();
      await one.waitForURL((url) => url.pathname === "/");
      const two = await visitor();
      await two.goto("/sign-in");
      await two.fill("[name=email]", "ida@house.example");
      await two.fill("[name=code]", code);
      await two.getByRole("button", { name: "Sign in with a code" }).click();
      await two.getByText("That did not work").waitFor();
      const found = await violations(two);
      await shot(two, "identity-refused");
      await one.leave();
      await two.leave();
      return found;
    }],
    ["the sign-in service of the house knows the person by a verified address", async () => {
      const service = await provider(house.service);
      try {
        const page = await visitor();
        await page.goto("/sign-in");
        await page.getByRole("button", { name: "Sign in with House login" }).click();
        await page.fill("[name=login]", "ida@house.example");
        await page.fill("[name=password]", "any");
        await page.locator("button[type=submit]").click();
        await page.locator("button[type=submit]").click();
        await page.waitForURL((url) => url.origin === house.url && url.pathname === "/");
        await page.goto("/account");
        await page.getByText("Sign-in service").first().waitFor();
        await page.leave();
        const stranger = await visitor();
        await stranger.goto("/sign-in");
        await stranger.getByRole("button", { name: "Sign in with House login" }).click();
        await stranger.fill("[name=login]", "eve@elsewhere.example");
        await stranger.fill("[name=password]", "any");
        await stranger.locator("button[type=submit]").click();
        await stranger.locator("button[type=submit]").click();
        await stranger.getByText("That did not work").waitFor();
        await stranger.leave();
      } finally {
        await service.stop();
      }
    }],
  ];
  for (const [look, options] of looks) {
    steps.push([`the pages of the door, ${look}`, async () => {
      const found = [];
      const page = await visitor(options);
      await page.goto("/sign-in");
      found.push(...(await violations(page)), ...(await overflow(page)));
      await shot(page, `identity-sign-in-${look}`);
      await page.leave();
      const inside = await visitor({ ...options, storageState: await ida.context().storageState() });
      for (const path of ["/account", "/account/keys", "/people", "/people/new", "/people/log"]) {
        await inside.goto(path);
        found.push(...(await violations(inside)).map((v) => `${path} ${v}`), ...(await overflow(inside)).map((v) => `${path} ${v}`));
        await shot(inside, `identity${path.replaceAll("/", "-")}-${look}`);
      }
      await inside.leave();
      return found;
    }]);
  }
  steps.push(["signing out everywhere ends every session", async () => {
    const other = await visitor({ storageState: await ida.context().storageState() });
    await other.goto("/desk");
    await ida.goto("/account");
    await ida.getByRole("button", { name: "Sign out everywhere" }).click();
    await ida.waitForURL(/\/sign-in$/);
    const answer = await other.goto("/desk");
    assert.equal(answer.status(), 401);
    await other.leave();
    await ida.leave();
  }]);
  return steps;
}

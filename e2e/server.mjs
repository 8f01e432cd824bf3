// A demo firm of its own: the binary under test, started in an empty folder on a free port, and
// its command line beside it. Knows nothing about browsers.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { until } from "./until.mjs";

const run = promisify(execFile);
/** Making the firm takes seconds with a debug build on a busy machine. */
const startDeadline = 300_000;
const stopDeadline = 30_000;

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts `redress demo`. The house: url, portals, people, `cli(...)`, `stop()`. */
export async function start() {
  const binary = resolve(process.env.REDRESS_BIN);
  const data = await mkdtemp(join(tmpdir(), "redress-e2e-"));
  const port = await freePort();
  // A sign-in service of another firm, which the journey about identity starts there.
  const service = { port: await freePort(), clientId: "redress", secret: "e2e-secret-of-redress", back: `http://localhost:${port}/sign-in/from/house` };
  const secret = join(data, "oidc-secret");
  await writeFile(secret, service.secret, { mode: 0o600 });
  const config = join(data, "redress.toml");
  // Visitors come from addresses of their own, as behind a proxy.
  await writeFile(config, `trusted_proxies = ["127.0.0.1"]\n\n[oidc.house]\nlabel = "House login"\nissuer = "http://localhost:${service.port}"\nclient_id = "${service.clientId}"\nclient_secret_file = "${secret}"\n`);
  const env = {
    ...process.env, REDRESS_DATA: data, REDRESS_LISTEN: `127.0.0.1:${port}`, REDRESS_CONFIG: config,
    // Passkeys are bound to a host name.
    REDRESS_BASE_URL: `http://localhost:${port}`,
  };
  // The journeys are about this folder, whatever engine the tests around them use.
  delete env.REDRESS_DATABASE_URL;
  const child = spawn(binary, ["demo", "--json"], { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let log = "";
  let ended = null;
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (log = (log + chunk).slice(-20_000)));
  child.on("error", (error) => (ended = String(error)));
  child.on("exit", (code, signal) => (ended ??= `exit ${code ?? signal}`));

  const cli = async (...args) => (await run(binary, args, { env, cwd: data })).stdout;
  const stop = async () => {
    child.kill("SIGTERM");
    let clean = true;
    try {
      await until("the server stops", () => ended, stopDeadline);
    } catch {
      clean = false;
      child.kill("SIGKILL");
    }
    await rm(data, { recursive: true, force: true });
    return clean && ended === "exit 0" ? null : `the server ended with ${ended}\n${log}`;
  };
  try {
    const house = await until("the demo firm is served", () => {
      if (ended) throw new Error(`${binary}: ${ended}\n${log}`);
      return parsed(out);
    }, startDeadline);
    await until("the server is ready", async () => (await fetch(`${house.url}/readyz`).catch(() => null))?.ok, 60_000);
    const key = parsed(await cli("key", "new", "--json", "--role", "admin", "--client", "northbeam", "journeys"));
    return { ...house, service, data, cli, stop, api: api(house.url, key.key), log: () => log };
  } catch (error) {
    await stop();
    throw error;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Calls of `/api/v1` with an administrator's key. */
function api(url, key) {
  return async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1/clients/northbeam/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": crypto.randomUUID(),
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
}


// Passkeys: a button asks the server for a challenge and the browser for an answer, which its form
// carries back. Without a script, or without passkeys in the browser, the button stays hidden and
// the other ways in remain.
import { post, target } from "./dom.ts";

type Json = Record<string, unknown>;

/** Bytes of base64url. */
function bytes(text: unknown): ArrayBuffer {
  const plain = atob(String(text).replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0)).buffer;
}

/** Base64url of bytes. */
function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function described(list: unknown): PublicKeyCredentialDescriptor[] {
  return ((list ?? []) as Json[]).map((one) => ({ ...one, id: bytes(one["id"]) }) as unknown as PublicKeyCredentialDescriptor);
}

async function made(options: Json): Promise<Json> {
  const user = options["user"] as Json;
  const publicKey = {
    ...options,
    challenge: bytes(options["challenge"]),
    user: { ...user, id: bytes(user["id"]) },
    excludeCredentials: described(options["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
  const key = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const response = key.response as AuthenticatorAttestationResponse;
  return answer(key, {
    attestationObject: text(response.attestationObject),
    clientDataJSON: text(response.clientDataJSON),
    transports: response.getTransports(),
  });
}

async function got(options: Json): Promise<Json> {
  const publicKey = {
    ...options,
    challenge: bytes(options["challenge"]),
    allowCredentials: described(options["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
  const key = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const response = key.response as AuthenticatorAssertionResponse;
  return answer(key, {
    authenticatorData: text(response.authenticatorData),
    clientDataJSON: text(response.clientDataJSON),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  });
}

function answer(key: PublicKeyCredential, response: Json): Json {
  return { id: key.id, rawId: text(key.rawId), type: key.type, extensions: {}, response };
}

async function run(button: HTMLButtonElement): Promise<void> {
  const form = button.form;
  if (!form) return;
  const trouble = form.querySelector<HTMLElement>("[data-passkey-trouble]");
  if (trouble) trouble.hidden = true;
  button.disabled = true;
  try {
    const asked = await post(button.dataset["passkey"] ?? "", {});
    if (!asked.ok) throw new Error(String(asked.status));
    const challenge = (await asked.json()) as { ceremony: string; publicKey: Json };
    const options = challenge.publicKey;
    const reply = "user" in options ? await made(options) : await got(options);
    const put = (name: string, value: string): void => {
      const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
      if (field) field.value = value;
    };
    put("ceremony", challenge.ceremony);
    put("answer", JSON.stringify(reply));
    form.action = button.dataset["send"] ?? "";
    // Past the checks of fields that belong to the other ways in.
    form.submit();
  } catch {
    if (trouble) trouble.hidden = false;
    button.disabled = false;
  }
}

export function start(): void {
  if (!("PublicKeyCredential" in window)) return;
  document.querySelectorAll<HTMLElement>("[data-passkey]").forEach((button) => (button.hidden = false));
  document.addEventListener("click", (event) => {
    const button = target(event, "[data-passkey]");
    if (button instanceof HTMLButtonElement) void run(button);
  });
}

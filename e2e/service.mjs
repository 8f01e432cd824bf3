// A sign-in service of another firm: the provider `oidc-provider` on loopback, with its own pages
// for signing in. The account is known by the e-mail address that is typed there.
import Provider from "oidc-provider";

/** Starts it where the house expects it; `stop()` ends it. */
export async function provider({ port, clientId, secret, back }) {
  const service = new Provider(`http://localhost:${port}`, {
    clients: [{ client_id: clientId, client_secret: secret, redirect_uris: [back] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    // The claims stand in the id token.
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: true }),
    }),
  });
  const server = service.listen(port, "localhost");
  await new Promise((done) => server.once("listening", done));
  return { stop: () => new Promise((done) => server.close(done)) };
}

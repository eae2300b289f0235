/** A value that starts with $ is a variable's, e.g. of the metadata service's token: no secret itself. */
const SECRETS = [
  { name: "an AWS access key", pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  {
    name: "a private key",
    pattern: /-----BEGIN (?!CERTIFICATE|PUBLIC KEY|X509 CRL)[A-Z0-9 ]*-----|AGE-SECRET-KEY-1/,
  },
  {
    name: "a registry's credentials",
    pattern: /ECS_ENGINE_AUTH_DATA\s*=\s*\S|"auth"\s*:\s*"[^"$]/,
  },
  {
    name: "a password or token",
    pattern:
      /(passw(or)?d|passphrase|secret|token|credentials?|(api|access|account|private|shared|encryption)[_-]?key)\w*["']?\s*[=:]\s*["']?[^\s$"']/i,
  },
  {
    name: "a password or token",
    pattern: /\B--?(password|passwd|pass|secret|token|api-key)[ =]["']?[^\s$"'-]/i,
  },
  { name: "a password or token", pattern: /\bpassword\s+["']?[^\s$"'=:]{6,}\s*$/im },
  {
    name: "a login",
    pattern: /\bauthorization["']?\s*[=:]\s*["']?(bearer|basic|token)\s+[^\s$"']/i,
  },
  { name: "a login", pattern: /(^|\s)(-u|--user|--proxy-user)[ =]?["']?[^\s$"':]+:[^\s$"'%]/ },
  { name: "a login", pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:[^\s/@"'$][^\s/@"']*@/i },
  {
    name: "a service's token",
    pattern:
      /\b(gh[oprsu]_[A-Za-z0-9]{20}|github_pat_\w{20}|glpat-[\w-]{16}|xox[abeprs]-[\w-]{10}|sk_live_\w{10}|AIza[\w-]{30}|hv[bs]\.[\w-]{20}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.)/,
  },
] as const;

/** Long enough for a secret, of whole bytes. */
const ENCODED = /[A-Za-z0-9+/]{24,}={0,2}/g;

const UNREADABLE = "what is no text, and may be anything";

/**
 * What user data seems to hold that is nobody else's to read, each told once; also where it is base64
 * within it. What can't be looked into, such as what is compressed, is told as well.
 */
export function secretsIn(userDataBase64: string): string[] {
  const bytes = Buffer.from(userDataBase64, "base64");
  // eslint-disable-next-line no-control-regex -- what tells bytes from text
  if (/[\0-\x08\x0e-\x1a]/.test(bytes.toString("latin1"))) return [UNREADABLE];
  const text = bytes.toString("utf8");
  const encoded = (text.match(ENCODED) ?? []).map((each) => Buffer.from(each, "base64").toString());
  const found = SECRETS.filter(({ pattern }) =>
    [text, ...encoded].some((one) => pattern.test(one)),
  );
  return [...new Set(found.map(({ name }) => name))];
}

import { randomBytes } from 'node:crypto';
import { hostsJsonSchema } from '#hosts/json-schema.ts';
import { createHostKey } from './host-key.ts';

export interface FirstFilesOptions {
  /** `iss` of the host's tokens. */
  issuer: string;
  /** Of the host's page. */
  origin: string;
  /** Where browsers will reach the service. */
  publicUrl: string;
}

/** A file that `tu-esign init` writes. */
export interface FirstFile {
  name: string;
  text: string;
  about: string;
  /** Read by its owner alone. */
  secret?: true;
}

const kid = 'key-1';

/** All that a first start needs, for one host whose signatories sign with the embedded authority. */
export const createFirstFiles = (options: FirstFilesOptions): FirstFile[] => {
  const { pem, jwk } = createHostKey(kid);
  const operatorKey = randomBytes(32).toString('base64url');
  return [
    { name: 'tu-esign.json', about: 'the service’s settings', text: settingsText(options) },
    { name: 'hosts.jsonc', about: 'who may have agreements signed', text: hostsText(options, jwk) },
    { name: 'hosts.schema.json', about: 'has editors complete hosts.jsonc', text: schemaText() },
    { name: 'host-key.pem', about: 'the host’s private key: it belongs to your back end', text: pem, secret: true },
    {
      name: 'operator.key',
      about: 'lets you in at /metrics and the operator’s commands',
      text: operatorKey,
      secret: true,
    },
    { name: 'mint-token.mjs', about: 'what your back end does to mint a token', text: mintText(options) },
  ];
};

const schemaText = (): string => `${JSON.stringify(hostsJsonSchema(), undefined, 2)}\n`;

const portOf = (url: string): number => Number(new URL(url).port) || 8080;
const isLocal = (url: string): boolean => ['localhost', '127.0.0.1'].includes(new URL(url).hostname);

const settingsText = ({ publicUrl }: FirstFilesOptions): string => `{
  // Settings of the service. Names and meanings: docs/reference/configuration.md. The environment counts more than this
  // file. Paths are seen from here.
  "TU_ESIGN_HOSTS": "hosts.jsonc",
  "TU_ESIGN_DATA": "data",

  // Where browsers reach the service: \`aud\` of every token, and the start of every link.
  "TU_ESIGN_PUBLIC_URL": "${publicUrl}",

  // Where it listens. Behind a proxy, tell how many there are by TU_ESIGN_TRUSTED_PROXIES.
  "TU_ESIGN_ADDRESS": "127.0.0.1",
  "TU_ESIGN_PORT": ${isLocal(publicUrl) ? portOf(publicUrl) : 8080},

  "TU_ESIGN_OPERATOR_KEY_FILE": "operator.key"
}
`;

const indent = (value: object): string => JSON.stringify(value, undefined, 2).replaceAll('\n', '\n            ');

const hostsText = ({ issuer, origin }: FirstFilesOptions, jwk: object): string => `{
  "$schema": "./hosts.schema.json",
  "hosts": [
    {
      // Names the host in records and folders: never change it.
      "id": "first",
      // As the signatory sees it.
      "name": "${new URL(origin).hostname}",
      // \`iss\` of the host's tokens.
      "issuer": "${issuer}",
      // Pages that may embed the element: scheme, host and port.
      "origins": ["${origin}"],

      // How its tokens are verified. These are public keys; the private one is in host-key.pem. In production let the host
      // publish them, so that it can change them by itself:
      //   "verification": { "jwksUri": "${issuer}/.well-known/jwks.json", "algorithms": ["ES256"] }
      "verification": {
        "algorithms": ["ES256"],
        "jwks": {
          "keys": [
            ${indent(jwk)}
          ]
        },
      },

      // Who signs: "embedded" (this service's own authority) unless an entry of "providers" is named.
      // "provider": "embedded",

      // Where the host is told what became of a signing (https, Standard Webhooks). A secret may be written out, or named:
      // "webhook": { "url": "https://bank.example/notifications", "secrets": [{ "variable": "WEBHOOK_SECRET" }] },
    },
  ],
}
`;

const mintText = ({
  issuer,
  publicUrl,
}: FirstFilesOptions): string => `// Mints a token; no package is needed.  node mint-token.mjs '{"scope": "documents:write"}'
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const key = createPrivateKey(readFileSync(new URL('host-key.pem', import.meta.url)));
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

export const mint = (claims) => {
  const iat = Math.floor(Date.now() / 1000);
  const registered = { iss: '${issuer}', aud: '${publicUrl}', iat, exp: iat + 600, jti: randomUUID() };
  const text = \`\${part({ alg: 'ES256', typ: 'JWT', kid: '${kid}' })}.\${part({ ...registered, ...claims })}\`;
  return \`\${text}.\${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}\`;
};

if (process.argv[2]) console.log(mint(JSON.parse(process.argv[2])));
`;

import { DocumentFindingName, HostContact, normalisableFindings } from '@tu-esign/contract';
import { z } from 'zod';
import { isOpenTarget } from '#network/public-lookup.ts';
import { TuIdentidad } from '#tu-identidad/settings.ts';
import { AuthorityEntry } from './authority-entry.ts';
import { HostWebhook } from './webhook.ts';

const asymmetric = z.enum(['ES256', 'EdDSA', 'RS256']);

const origin = z
  .url({ protocol: /^https?$/ })
  .refine((url) => URL.parse(url)?.origin === url, 'an origin is scheme, host and port, without a path');

const byKeys = {
  algorithms: z.array(asymmetric).min(1).default(['ES256']).describe('What its tokens may be signed with.'),
};
const bySecret = {
  algorithms: z.array(z.literal('HS256')).min(1).default(['HS256']),
};

/** How a host's tokens are verified. Secrets and key pairs are never mixed (RFC 8725, 3.1). */
const Verification = z.union(
  [
    z
      .strictObject({
        jwksUri: z.url({ protocol: /^https?$/ }).describe('Where it publishes its key set, by https.'),
        allowPrivate: z
          .boolean()
          .default(false)
          .describe('For a server on this machine or in a private network, which may then speak plain HTTP.'),
        ...byKeys,
      })
      .refine(({ jwksUri, allowPrivate }) => allowPrivate || (jwksUri.startsWith('https:') && isOpenTarget(jwksUri)), {
        path: ['jwksUri'],
        error: 'keys are fetched by https and from a public address, unless allowPrivate is true',
      }),
    z.strictObject({
      jwks: z
        .object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) })
        .describe('Its public keys (RFC 7517).'),
      ...byKeys,
    }),
    z.strictObject({
      secret: z.string().min(32, 'a secret has at least 32 characters').describe('For HS256; 32 characters at least.'),
      ...bySecret,
    }),
  ],
  'one of jwksUri, jwks, secret, secretFile and secretVariable has to be there, and no other member but algorithms',
);

const $schema = z
  .string()
  .optional()
  .describe('The JSON Schema that editors complete from; the service does not need it.');

const Findings = z
  .partialRecord(DocumentFindingName, z.enum(['refuse', 'tell', 'normalise']))
  .refine(
    (policy) =>
      Object.entries(policy).every(
        ([finding, handling]) => handling !== 'normalise' || normalisableFindings.has(finding as DocumentFindingName),
      ),
    `only ${[...normalisableFindings].join(', ')} can be normalised`,
  );

/** One host, as registered in the hosts file. */
export const Host = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens')
    .describe('Stable; names the host in records and folders.'),
  name: z.string().min(1).max(100).describe('As the signatory sees it.'),
  contact: HostContact.optional().describe(
    'How a signatory reaches it: `email`, `telephone`, `url`. Shown with errors.',
  ),
  issuer: z.string().min(1).max(512).describe('`iss` of its tokens.'),
  verification: Verification.describe('How its tokens are verified.'),
  origins: z.array(origin).describe('Pages that may embed the element.'),
  provider: z.string().default('embedded').describe('Name of the provider that signs.'),
  conservation: z
    .string()
    .optional()
    .describe(
      'Name of the authority that conserves; by default the provider’s own, where it has one, else the embedded one.',
    ),
  findings: Findings.optional().describe(
    'What becomes of an uploaded document in which something is found, where it is not what becomes of it by default.',
  ),
  webhook: HostWebhook.optional().describe('Where the host is told what became of a signing.'),
});
export type Host = z.infer<typeof Host>;

const unique = (hosts: Host[], key: 'id' | 'issuer') => new Set(hosts.map((host) => host[key])).size === hosts.length;

const hasOwnNames = (entries: { name: string }[]): boolean =>
  new Set(['embedded', ...entries.map(({ name }) => name)]).size === entries.length + 1;

type File = { hosts: Host[]; providers: z.infer<typeof TuIdentidad>[] };

/** Two hosts may use one identifier; at the provider's, where both would be one company, they would be one process. */
const hasOneHostEach = ({ hosts, providers }: File): boolean =>
  providers.every(
    ({ name }) => hosts.filter(({ provider, conservation }) => provider === name || conservation === name).length <= 1,
  );

/** A provider that conserves what another one signed has no document, and must be sent its digest. */
const hasDigestField = ({ hosts, providers }: File): boolean =>
  providers.every(
    ({ name, conservationCertificate: method }) =>
      !method || method.digestField || !hosts.some((host) => host.conservation === name && host.provider !== name),
  );

/** Whose time-stamps the embedded provider's signatures have. */
const TimeStamps = z.strictObject({
  authorities: z
    .array(z.string())
    .min(1)
    .describe('Names of `authorities`, in the order in which they are asked: the next one where one does not stamp.'),
  whenAway: z
    .enum(['wait', 'B-B'])
    .default('wait')
    .describe('Where none of them stamps: the signing waits, or is signed without a time-stamp (PAdES B-B).'),
});

/** The hosts file. */
export const Hosts = z
  .strictObject({
    $schema,
    hosts: z.array(Host).min(1).describe('Who may ask.'),
    providers: z.array(TuIdentidad).default([]).describe('Providers that sign, besides the embedded one.'),
    authorities: z.array(AuthorityEntry).default([]).describe('Authorities that conserve, besides the embedded one.'),
    timeStamps: TimeStamps.optional().describe(
      'Whose time-stamps signatures have that the embedded provider makes; by default the embedded authority’s.',
    ),
  })
  .refine(({ hosts }) => unique(hosts, 'id'), 'two hosts have the same id')
  .refine(({ hosts }) => unique(hosts, 'issuer'), 'two hosts have the same issuer')
  .refine(
    ({ providers, authorities }) => hasOwnNames([...providers, ...authorities]),
    'two providers or authorities have the same name, or that of the embedded one',
  )
  .refine(
    ({ authorities, timeStamps }) =>
      (timeStamps?.authorities ?? []).every((name) => authorities.some((authority) => authority.name === name)),
    { path: ['timeStamps', 'authorities'], error: 'one of them is not among authorities' },
  )
  .refine(hasOneHostEach, 'two hosts share a provider and its identifiers: give each an entry with an identifierPrefix')
  .refine(
    hasDigestField,
    'a provider conserves for a host that it does not sign for: it needs conservationCertificate.digestField',
  );

import { z } from 'zod';
import { isOpenTarget } from '#network/public-lookup.ts';

const seconds = (fallback: number) => z.number().int().min(1).max(3_600).default(fallback);
const path = (fallback: string) =>
  z
    .string()
    .regex(/^\/[\w/.-]+$/, 'a path begins with / and has no query')
    .default(fallback);

const address = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => url.startsWith('https:') || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url),
    'by https, except on this machine',
  )
  .transform((url) => url.replace(/\/+$/, ''));

/** A method that is documented nowhere in public: where it is, and the field that the output comes in. */
const unknownMethod = (fallback: string) =>
  z.strictObject({ path: path(fallback), field: z.string().min(1).default('certificate') });

/**
 * With `digestField` the digest is sent along, and conserved whoever signed; without it, what the vendor has signed under
 * the identifier is conserved.
 */
const conservationMethod = unknownMethod('/api/ESign/getConservationCertificate').extend({
  digestField: z.string().min(1).optional(),
});

const keySources = ['apiKey', 'apiKeyFile', 'apiKeyVariable'] as const;

/**
 * Tu Identidad's eSign web service, as one entry of `providers` in the hosts file. What is marked unknown is documented
 * nowhere in public: its defaults are guesses, which the vendor has to confirm.
 */
export const TuIdentidad = z
  .strictObject({
    kind: z.literal('tu-identidad').describe('Its eSign web service.'),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens')
      .describe('What hosts name it by.'),
    url: address.default('https://web-prod01.tuidentidad.com').describe('Base address.'),
    allowPrivate: z
      .boolean()
      .default(false)
      .describe('Whether it may be on this machine or in a private network, as the sandbox is.'),
    apiKey: z.string().min(1).optional().describe('The company’s key. One of apiKey, apiKeyFile and apiKeyVariable.'),
    apiKeyFile: z.string().min(1).optional().describe('A file that holds it, as seen from the hosts file.'),
    apiKeyVariable: z.string().min(1).optional().describe('An environment variable that holds it.'),
    identifierPrefix: z
      .string()
      .max(64)
      .default('')
      .describe('Put before a host’s identifiers, so that two hosts of one company do not share them.'),
    showSignature: z.boolean().default(true).describe('Whether the autograph is seen in the document.'),
    fillers: z
      .strictObject({
        paternalSurname: z.string().default(''),
        maternalSurname: z.string().default(''),
        rfc: z.string().default(''),
      })
      .prefault({})
      .describe('Unknown: what stands for surnames and an RFC that a person does not have.'),
    timeoutSeconds: seconds(60).describe(
      'Longest wait for one answer. The slowest published by the vendor take 47 seconds.',
    ),
    quarantineSeconds: seconds(60).describe(
      'Pause after “there is none” before it is asked again: an order that was cut off here may be worked on for as long as their slowest answer, and some seconds more.',
    ),
    requestsPerMinute: z
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(20)
      .describe('Unknown for this service; others of the vendor’s take 20 to 30. Counted by each instance for itself.'),
    absent: z
      .strictObject({
        statuses: z.array(z.number().int()).default([204, 404]),
        codes: z.array(z.string()).default(['not-found']),
      })
      .prefault({})
      .describe('Unknown: which answers say that there is nothing. No other answer is taken for that.'),
    keyCertificate: unknownMethod('/api/ESign/getKeyCertificate')
      .nullable()
      .prefault({})
      .describe(
        'Unknown: path and field; null where it is not to be asked for, but read from the document’s signature.',
      ),
    conservationCertificate: conservationMethod
      .nullable()
      .prefault({})
      .describe('Unknown: path and fields; null where the provider does not conserve.'),
    accredited: z
      .boolean()
      .default(false)
      .describe(
        'Whether its certificates are an accredited provider’s: the operator has to know, nothing here can tell.',
      ),
    conservationRoots: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Files of further roots for its conservation certificates (PEM), as seen from the hosts file, besides ACR2-SE.',
      ),
    conservationPolicies: z
      .array(z.string().regex(/^\d+(?:\.\d+)*\.?$/))
      .default([])
      .describe('Further policies, dotted; one that ends in a full stop stands for all below it.'),
  })
  .refine((settings) => keySources.filter((source) => settings[source] !== undefined).length === 1, {
    path: ['apiKey'],
    error: 'exactly one of apiKey, apiKeyFile, apiKeyVariable is needed',
  })
  .refine(({ url, allowPrivate }) => allowPrivate || isOpenTarget(url), {
    path: ['url'],
    error: 'a public address, unless allowPrivate is true',
  });

export type TuIdentidadEntry = z.infer<typeof TuIdentidad>;

/** An entry whose key, and whose roots (as PEM), have been read from where it says. */
export interface TuIdentidadSettings extends Omit<TuIdentidadEntry, (typeof keySources)[number]> {
  apiKey: string;
}

import { z } from 'zod';
import { isOpenTarget } from '#network/public-lookup.ts';

const dotted = z
  .string()
  .regex(
    /^[0-2](?:\.\d+)+\.?$/,
    'an object identifier in dotted decimals; a full stop at its end stands for all below',
  );

/** How the service authenticates to an authority: by name and password, or, where there is no name, a bearer token. */
const credentials = {
  user: z
    .string()
    .min(1)
    .optional()
    .describe('With a password: RFC 7617. Without a user, the password is a bearer token.'),
  password: z.string().min(1).optional().describe('One of password, passwordFile and passwordVariable.'),
  passwordFile: z.string().min(1).optional().describe('A file that holds it, as seen from the hosts file.'),
  passwordVariable: z.string().min(1).optional().describe('An environment variable that holds it.'),
};

const hasNoPassword = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed?.username === '' && parsed.password === '';
};

type Credentials = { [key in keyof typeof credentials]?: string | undefined };

const secretsOf = ({ password, passwordFile, passwordVariable }: Credentials) =>
  [password, passwordFile, passwordVariable].filter((value) => value !== undefined);

/** An authority that conserves, besides the embedded one, as registered in the hosts file. */
export const AuthorityEntry = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens')
      .describe('What hosts name it by.'),
    kind: z.literal('rfc3161').describe('A time-stamp authority over HTTP.'),
    url: z
      .url({ protocol: /^https?$/ })
      .refine(hasNoPassword, 'credentials have fields of their own')
      .describe('Where it is asked.'),
    issuer: z.string().min(1).max(200).optional().describe('As it is shown to people; by default its name.'),
    accredited: z
      .boolean()
      .default(false)
      .describe('Whether it is an accredited certification provider: told by the operator, never inferred.'),
    roots: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Files of PEM roots, as seen from the hosts file; by default the root ACR2-SE.'),
    policies: z.array(dotted).min(1).optional().describe('By default those of Mexican certification providers.'),
    strict: z
      .boolean()
      .default(true)
      .describe('Whether its certificate must be for time-stamps alone, and be named in each, as RFC 3161 demands.'),
    driftSeconds: z.int().min(1).max(3_600).default(60).describe('How far its clock may be from ours.'),
    allowPrivate: z.boolean().default(false).describe('Whether it may be on this machine or in a private network.'),
    ...credentials,
  })
  .refine((entry) => secretsOf(entry).length <= 1, 'one of password, passwordFile, passwordVariable')
  .refine((entry) => entry.user === undefined || secretsOf(entry).length === 1, 'a user has a password')
  .refine((entry) => secretsOf(entry).length === 0 || entry.url.startsWith('https:') || isLoopback(entry.url), {
    path: ['url'],
    error: 'credentials are sent by https, except to this machine',
  })
  .refine(({ url, allowPrivate }) => allowPrivate || isOpenTarget(url), {
    path: ['url'],
    error: 'a public address, unless allowPrivate is true',
  });
export type AuthorityEntry = z.infer<typeof AuthorityEntry>;

const isLoopback = (url: string): boolean => /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url);

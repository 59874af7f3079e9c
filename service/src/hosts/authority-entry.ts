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
  user: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  passwordFile: z.string().min(1).optional(),
  passwordVariable: z.string().min(1).optional(),
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
    /** What hosts name it by. */
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens'),
    kind: z.literal('rfc3161'),
    url: z.url({ protocol: /^https?$/ }).refine(hasNoPassword, 'credentials have fields of their own'),
    /** As it is shown to people; by default its name. */
    issuer: z.string().min(1).max(200).optional(),
    /** Whether it is an accredited certification provider: told by the operator, never inferred. */
    accredited: z.boolean().default(false),
    /** Files of PEM roots, as seen from the hosts file; by default the root ACR2-SE. */
    roots: z.array(z.string().min(1)).min(1).optional(),
    /** By default those of Mexican certification providers. */
    policies: z.array(dotted).min(1).optional(),
    /** Whether its certificate must be for time-stamps alone, and be named in each, as RFC 3161 demands. */
    strict: z.boolean().default(true),
    /** How far its clock may be from ours. */
    driftSeconds: z.int().min(1).max(3_600).default(60),
    /** Whether it may be on this machine or in a private network. */
    allowPrivate: z.boolean().default(false),
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

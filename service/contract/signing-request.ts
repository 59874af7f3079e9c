import { z } from 'zod';

/** Node and browsers have it; the contract is for both. */
declare const URL: { canParse(address: string): boolean };

/** SHA-256 digest, 64 lower-case hexadecimal digits, as `sha256sum` prints it (FIPS 180-4). */
export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest is 64 lower-case hexadecimal digits')
  .meta({ id: 'Digest', description: 'SHA-256, 64 lower-case hexadecimal digits.' });

/** Languages the element and the consent text are kept in (BCP 47). */
export const Locale = z.enum(['es-MX', 'en', 'pt-BR']).meta({ id: 'Locale' });
export type Locale = z.infer<typeof Locale>;

/** Any language: the element and the consent are shown in the one of theirs that comes nearest. */
export const LanguageTag = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language is named by a tag, as es-MX (BCP 47)')
  .meta({ id: 'LanguageTag', description: 'A language’s tag (BCP 47).' });

/**
 * What nobody sees: two names that differ in it alone look the same. Variation selectors are let be, since they choose
 * among forms of a Han character that families insist on, and of emoji.
 */
const visible =
  /^(?:[^\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]|\p{Variation_Selector})*$/u;

// Names are printed and put into certificates: X.520 upper bounds in mind.
export const line = (longest: number) =>
  z.string().trim().min(1).max(longest).regex(visible, 'control and invisible characters are not allowed');

/** Text in one line or more. It is kept, and there are databases that refuse NUL and halves of surrogate pairs. */
export const plainText = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .regex(/^(?:[\t\n\r]|[^\p{Cc}\p{Cs}])*$/u, 'control characters are not allowed');

/**
 * Registro Federal de Contribuyentes: 12 characters for a company, 13 for a person. Only the shape is
 * checked; about 1.5 % of RFCs in use fail the check digit.
 */
export const Rfc = z
  .string()
  .normalize('NFC')
  .regex(/^[A-Z&Ñ]{3,4}\d{6}[A-Z\d]{3}$/u, 'an RFC has 12 (company) or 13 (person) characters')
  .meta({ id: 'Rfc' });

const atom = "[A-Za-z\\d!#$%&'*+/=?^_`{|}~-]+";
const quoted = String.raw`"(?:[ !#-[\]-~]|\\[ -~])*"`;
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?`;
/** A mailbox (RFC 5321, 4.1.2) whose domain may be an international one (RFC 5890), as it is written or in ASCII. */
const mailbox = new RegExp(`^(?=.{1,64}@)(?:${atom}(?:\\.${atom})*|${quoted})@${label}(?:\\.${label})+$`, 'u');
const hasDomain = (address: string): boolean => URL.canParse(`http://${address.slice(address.lastIndexOf('@') + 1)}`);

export const Email = z
  .string()
  .normalize('NFC')
  .max(254)
  .regex(mailbox, 'an e-mail address is local-part@domain')
  .refine(hasDomain, 'the domain of the e-mail address does not exist in ASCII')
  .meta({ id: 'Email', format: 'idn-email' });

/** A number by which a state knows who pays taxes: of Mexico an RFC, of others as they write it. */
export const TaxId = z
  .strictObject({
    kind: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,31}$/, 'a kind is named in lower-case letters, digits and hyphens')
      .meta({ description: '`rfc`, or what another country calls its own: `cpf`, `nit`, `rut`…' }),
    value: line(64),
  })
  .refine(({ kind, value }) => kind !== 'rfc' || Rfc.safeParse(value).success, {
    path: ['value'],
    error: 'an RFC has 12 (company) or 13 (person) characters',
  })
  .meta({ id: 'TaxId' });
export type TaxId = z.infer<typeof TaxId>;

interface TaxIds {
  rfc?: string | undefined;
  taxId?: TaxId | undefined;
}

const agree = ({ rfc, taxId }: TaxIds): boolean =>
  !rfc || taxId?.kind !== 'rfc' || taxId.value.normalize('NFC') === rfc;

/** The RFC, wherever it was given. */
export const rfcOf = ({ rfc, taxId }: TaxIds): string | undefined =>
  rfc ?? (taxId?.kind === 'rfc' ? taxId.value.normalize('NFC') : undefined);

/** The person who signs. Who has one name alone gives it as `givenName`. */
export const Signatory = z
  .strictObject({
    givenName: line(64),
    paternalSurname: line(64).optional(),
    maternalSurname: line(64).optional(),
    email: Email,
    rfc: Rfc.optional().meta({ description: 'The same as `taxId` of the kind `rfc`.' }),
    taxId: TaxId.optional(),
  })
  .refine(agree, { path: ['taxId'], error: 'rfc and taxId differ' })
  .meta({ id: 'Signatory' });
export type Signatory = z.infer<typeof Signatory>;

/**
 * Where the visible signature goes. Unit: point (1/72 inch), origin: lower left corner of the page as it
 * is shown (crop box, after /Rotate; ISO 32000-2, 8.3.2.3). Pages count from 1; −1 is the last page.
 */
const Spot = z.strictObject({
  page: z
    .int()
    .min(-1)
    .max(100_000)
    .refine((page) => page !== 0, 'pages count from 1'),
  x: z.number().min(0).max(14_400),
  y: z.number().min(0).max(14_400),
  width: z.number().min(120).max(1_000),
  height: z.number().min(48).max(600),
});

/** A place, or the empty signature field of the document's author with this fully qualified name. */
export const Placement = z.union([Spot, z.strictObject({ field: line(256) })]).meta({
  id: 'Placement',
  description:
    'In points, from the lower left corner of the page as shown; or the name of an empty signature field in the document.',
});
export type Placement = z.infer<typeof Placement>;

/** Where a visible signature will be: as a placement, its page counted from 1. */
export const SignaturePlace = z
  .strictObject({ page: z.int().min(1), x: z.number(), y: z.number(), width: z.number(), height: z.number() })
  .meta({
    id: 'SignaturePlace',
    description:
      'In points, from the lower left corner of the page as shown; a page more than the document has is added for it.',
  });
export type SignaturePlace = z.infer<typeof SignaturePlace>;

/**
 * The place of a signatory among those who sign the same agreement, one after the other. Each has a token, a visit
 * and a signing of their own, under one identifier.
 */
export const Sequence = z
  .strictObject({ position: z.int().min(1).max(20), of: z.int().min(1).max(20) })
  .refine(({ position, of }) => position <= of, 'there are fewer signatories than that')
  .meta({ id: 'Sequence', description: 'Positions count from 1; the agreement is finished when the last has signed.' });
export type Sequence = z.infer<typeof Sequence>;

/** A way of making an autograph: drawn with the finger, a pen, the mouse or keys; typed; or uploaded as a picture. */
export const AutographMethod = z.enum(['draw', 'type', 'upload']).meta({ id: 'AutographMethod' });
export type AutographMethod = z.infer<typeof AutographMethod>;

/** What the host demands of a visit. */
export const Policy = z
  .strictObject({
    autographs: z.array(AutographMethod).min(1).max(AutographMethod.options.length).optional().meta({
      description: 'Ways of making an autograph that are offered and taken, the first one first; by default all.',
    }),
    readAllPages: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the element lets sign only after every page was in view; by default not.' }),
  })
  .meta({ id: 'Policy' });
export type Policy = z.infer<typeof Policy>;

/** What a host asks: who signs which agreement. Travels inside the host's token and nowhere else. */
export const SigningRequest = z
  .object({
    identifier: line(128),
    /** As it was uploaded, whoever has signed it since. */
    document: z.strictObject({ digest: Digest, name: line(200) }),
    signatory: Signatory,
    locale: LanguageTag.optional(),
    placement: Placement.optional(),
    sequence: Sequence.optional(),
    policy: Policy.optional(),
  })
  .meta({ id: 'SigningRequest' });
export type SigningRequest = z.infer<typeof SigningRequest>;

/** What a token may be used for. */
export const Scope = z.enum(['signing', 'documents:write', 'signings']).meta({ id: 'Scope' });
export type Scope = z.infer<typeof Scope>;

const registeredClaims = {
  iss: z.string().min(1).max(512),
  aud: z.union([z.string(), z.array(z.string())]),
  // NumericDate (RFC 7519, 2) may have fractions.
  iat: z.number().min(0),
  exp: z.number().min(0),
  // Kept, and there are databases that refuse NUL and halves of surrogate pairs.
  jti: z
    .string()
    .min(8)
    .max(128)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control characters are not allowed'),
};

/** Claims of the host's token for one visit of a signatory (RFC 7519, 4.1; times in seconds). */
export const SigningToken = SigningRequest.extend({
  ...registeredClaims,
  scope: z.literal('signing'),
  origin: z.url({ protocol: /^https?$/ }),
}).meta({ id: 'SigningToken' });
export type SigningToken = z.infer<typeof SigningToken>;

/** Claims of the host's token for an upload, server to server. */
export const DocumentsToken = z
  .object({ ...registeredClaims, scope: z.literal('documents:write') })
  .meta({ id: 'DocumentsToken' });
export type DocumentsToken = z.infer<typeof DocumentsToken>;

/** Claims of the host's token that asks for and withdraws signings, server to server: no signatory is in it. */
export const SigningsToken = z
  .object({ ...registeredClaims, scope: z.literal('signings') })
  .meta({ id: 'SigningsToken' });
export type SigningsToken = z.infer<typeof SigningsToken>;

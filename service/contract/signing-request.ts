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

const size = { width: z.number().min(120).max(1_000), height: z.number().min(48).max(600) };

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
  ...size,
});

const shift = z.number().min(-14_400).max(14_400);

/** Beside words of the document, wherever they have come to stand. */
const AtAnchor = z.strictObject({
  anchor: z.strictObject({
    text: line(200).meta({ description: 'Words as they are read; white space between letters does not count.' }),
    occurrence: z.int().min(1).max(10_000).optional().meta({ description: 'Which one, counted from 1; by default 1.' }),
    ignoreCase: z.boolean().optional().meta({ description: 'By default false.' }),
  }),
  dx: shift.optional().meta({ description: 'From the words’ lower left corner to the place’s; by default 0.' }),
  dy: shift.optional(),
  ...size,
});

/** The empty signature field of the document's author with this fully qualified name. */
const InField = z.strictObject({ field: line(256) });

/** A place, one beside words, or an empty signature field. */
export const Placement = z.union([Spot, AtAnchor, InField]).meta({
  id: 'Placement',
  description:
    'In points, from the lower left corner of the page as shown; or beside words of the document; or the name of an ' +
    'empty signature field in it.',
});
export type Placement = z.infer<typeof Placement>;

/** Several places of one autograph. */
export const Placements = z.array(Placement).min(1).max(20).meta({ id: 'Placements' });

/** Where on a page initials go. */
export const InitialsCorner = z
  .enum(['bottom-right', 'bottom-left', 'top-right', 'top-left'])
  .meta({ id: 'InitialsCorner' });
export type InitialsCorner = z.infer<typeof InitialsCorner>;

/** Initials on pages of the document: at the margin of a corner, or in a place that is the same on each. */
export const Initials = z
  .strictObject({
    pages: z
      .union([z.enum(['all', 'others']), z.array(z.int().min(1).max(100_000)).min(1).max(1_000)])
      .meta({ description: '`others`: every page on which this signatory’s signature has no place.' }),
    corner: InitialsCorner.optional().meta({ description: 'By default `bottom-right`.' }),
    placement: z
      .strictObject({
        x: z.number().min(0).max(14_400),
        y: z.number().min(0).max(14_400),
        width: z.number().min(24).max(300),
        height: z.number().min(12).max(200),
      })
      .optional(),
  })
  .refine(({ corner, placement }) => !(corner && placement), 'initials have a corner or a placement, not both')
  .meta({ id: 'Initials' });
export type Initials = z.infer<typeof Initials>;

/** Where a signatory's autograph and initials go. */
const places = {
  placement: Placement.optional(),
  placements: Placements.optional().meta({
    description: 'Instead of `placement`: the same autograph in each of them.',
  }),
  initials: Initials.optional(),
};

interface Placed {
  placement?: unknown;
  placements?: unknown;
}

const oneWay = ({ placement, placements }: Placed): boolean => !(placement && placements);
const oneWayOnly = { path: ['placements'], error: 'a token has placement or placements, not both' };

/** Where a visible signature will be: as a placement, its page counted from 1. */
export const SignaturePlace = z
  .strictObject({ page: z.int().min(1), x: z.number(), y: z.number(), width: z.number(), height: z.number() })
  .meta({
    id: 'SignaturePlace',
    description:
      'In points, from the lower left corner of the page as shown; a page more than the document has is added for it.',
  });
export type SignaturePlace = z.infer<typeof SignaturePlace>;

const position = z.int().min(1).max(20);

/** The same as edges of what is drawn within a place. */
const inkBox = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** A place that this signatory's autograph or initials are drawn in. */
export const Place = z
  .object({
    kind: z.enum(['signature', 'initials']),
    ...SignaturePlace.shape,
    ink: inkBox.meta({
      description:
        'Where the ink goes within it, in points of the page as shown: as large as it fits, in its proportions, centred ' +
        'across, its lowest point on the lower edge. The signed PDF has it there.',
    }),
  })
  .meta({ id: 'Place', description: 'In points, from the lower left corner of the page as shown.' });
export type Place = z.infer<typeof Place>;

/**
 * The place of a signatory among those who sign the same agreement, one after the other. Each has a token, a visit
 * and a signing of their own, under one identifier.
 */
export const Sequence = z
  .strictObject({ position, of: z.int().min(1).max(20) })
  .refine((sequence) => sequence.position <= sequence.of, 'there are fewer signatories than that')
  .meta({ id: 'Sequence', description: 'Positions count from 1; the agreement is finished when the last has signed.' });
export type Sequence = z.infer<typeof Sequence>;

/** Where one who signs later will sign. */
export const LaterPlaces = z
  .strictObject({ position, ...places })
  .refine(oneWay, oneWayOnly)
  .meta({ id: 'LaterPlaces' });
export type LaterPlaces = z.infer<typeof LaterPlaces>;

/** The same, as the host asks: the first signatory's token says where the others will sign as well. */
export const RequestedSequence = z
  .strictObject({
    position,
    of: z.int().min(1).max(20),
    places: z
      .array(LaterPlaces)
      .max(20)
      .refine((all) => new Set(all.map((one) => one.position)).size === all.length, 'a position is there twice')
      .optional()
      .meta({
        description:
          'Where the others will sign. Read when the first one signs: all of it is laid into the form then, so that ' +
          'filling it later leaves earlier signatures as they are.',
      }),
  })
  .refine((sequence) => sequence.position <= sequence.of, 'there are fewer signatories than that')
  .meta({ id: 'RequestedSequence' });
export type RequestedSequence = z.infer<typeof RequestedSequence>;

/** Something of the host's own to be agreed to or not, by an act of its own. */
export const HostConsent = z
  .strictObject({
    id: z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'an id has letters, digits, full stops, hyphens and underscores'),
    text: plainText(4_000).min(1).meta({ description: 'As the signatory reads it, in their language.' }),
    required: z.boolean().meta({ description: 'Whether nothing is signed without it.' }),
    url: z
      .url({ protocol: /^https$/ })
      .max(2_000)
      .optional()
      .meta({ description: 'Where more of it is to be read.' }),
  })
  .meta({ id: 'HostConsent' });
export type HostConsent = z.infer<typeof HostConsent>;

/** In the order in which they are shown. */
export const HostConsents = z
  .array(HostConsent)
  .max(10)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two consents have the same id')
  .meta({ id: 'HostConsents' });

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
    ...places,
    sequence: RequestedSequence.optional(),
    policy: Policy.optional(),
    consents: HostConsents.optional(),
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
})
  .refine(oneWay, oneWayOnly)
  .meta({ id: 'SigningToken' });
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

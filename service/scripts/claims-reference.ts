import { DocumentsToken, SigningToken } from '@tu-esign/contract';
import { z } from 'zod';
import { membersOf, row, typeOf, type Member, type Schema } from './schema-words.ts';

/** What each claim means to who mints it. Where a claim is not listed, its schema has the words. */
const meanings: Record<string, string> = {
  iss: 'You: the `issuer` of your entry in the [hosts file](hosts-file.md).',
  aud: 'The service: its public address, `TU_ESIGN_PUBLIC_URL`.',
  iat: 'When it was minted, in seconds since 1970. Clocks may differ by 30 seconds.',
  exp: 'When it ends, in seconds since 1970: ten minutes after `iat` at most.',
  jti: 'New for each token, 8 to 128 characters. One token starts one signing.',
  scope: 'What it is for.',
  origin: 'The page that embeds the element, as `https://bank.example`: one of the `origins` in the hosts file.',
  identifier: 'Yours, one for each agreement; 128 characters at most.',
  document: 'The agreement.',
  'document.digest': 'From the answer to the upload.',
  'document.name': 'As the signatory sees it; 200 characters at most.',
  signatory: 'Who signs.',
  'signatory.givenName': 'All names of who has no surname; 64 characters at most, as for each name.',
  'signatory.paternalSurname': 'Where they have one.',
  'signatory.maternalSurname': 'Where they have one.',
  'signatory.email': 'An address with a domain; it is not written to.',
  'signatory.taxId': 'A tax number of any country. Where there is `rfc` too, both have to agree.',
  'signatory.taxId.value': 'As the person writes it; 64 characters at most.',
  locale: 'The nearest of es-MX, en and pt-BR is shown; else the language of the element or the browser.',
  placement: '[Where the signature goes](../guides/placement.md).',
  'placement.page': 'Counted from 1; -1 is the last one.',
  'placement.x': 'In points, from the left edge of the page as shown.',
  'placement.y': 'In points, from the lower edge.',
  'placement.width': 'In points, 120 to 1,000.',
  'placement.height': 'In points, 48 to 600.',
  'placement.field': 'In place of all others: the name of an empty signature field of the document.',
  'placement.anchor': 'Beside words of the document.',
  'placement.dy': 'The same, upwards; by default 0.',
  'initials.placement': 'Instead of `corner`: a place that is the same on each page, in points.',
  'initials.placement.x': 'From the left edge of the page as shown.',
  'initials.placement.y': 'From the lower edge.',
  'initials.placement.width': '24 to 300.',
  'initials.placement.height': '12 to 200.',
  'consents[].id': 'Yours: letters, digits, full stops, hyphens and underscores.',
  'sequence.places[].position': 'Whose place it is.',
  'sequence.places[].placement': 'As `placement`.',
  'sequence.places[].placements': 'As `placements`.',
  'sequence.places[].initials': 'As `initials`.',
  placements:
    '[The same autograph in several places](../guides/placement.md), instead of `placement`; 20 at most, each as `placement`.',
  initials: '[Initials on pages](../guides/placement.md#initials).',
  consents: '[Consents of your own](../guides/consents.md), each an act of its own; 10 at most.',
  sequence: 'Where [several sign](../guides/several-signatories.md).',
  'sequence.position': 'Whose turn it is, counted from 1.',
  'sequence.of': 'How many sign; 20 at most.',
  policy: '[Ways to sign, and whether every page must be read](../guides/policy.md).',
};

const jsonSchema = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;

/** Members of a place are told once, where there is one place. */
const told = /^(?:placements\[\]|sequence\.places\[\]\.(?:placement|placements\[\]|initials))\./;

/** The claims of a token, one by one; those within another by their path. */
export const claimsOf = (token: z.ZodType): Member[] => {
  const schema = jsonSchema(token);
  return membersOf(schema, schema.$defs ?? {}).filter(({ path }) => !told.test(path));
};

export const meaningOf = ({ path, schema }: Member): string => meanings[path] ?? schema.description ?? '';

const table = (claims: Member[]): string =>
  [
    row('claim', 'needed', 'what it is', 'meaning'),
    row('---', '---', '---', '---'),
    ...claims.map((claim) => row(`\`${claim.path}\``, claim.required ? 'yes' : '', kindOf(claim), meaningOf(claim))),
  ].join('\n');

const kindOf = ({ path, schema }: Member): string =>
  path === 'scope' ? '`"documents:write"`, `"signing"` or `"signings"`' : typeOf(schema);

/** The claims of every token, and those of a visit alone. */
export const claimTables = (): string => {
  const common = claimsOf(DocumentsToken);
  const names = new Set(common.map(({ path }) => path));
  const ofVisits = claimsOf(SigningToken).filter(({ path }) => !names.has(path));
  return ['## Claims of every token', table(common), '## Claims of a visit (`signing`)', table(ofVisits)].join('\n\n');
};

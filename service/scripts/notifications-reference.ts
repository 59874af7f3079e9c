import { AgreementView, Notification, notificationTypes, SigningView } from '@tu-esign/contract';
import { z } from 'zod';
import { membersOf, row, typeOf, type Member, type Schema } from './schema-words.ts';

const outputs = {
  '': 'The signed PDF, the certificate of the key that signed, and the constancia.',
  '.document': 'The signed PDF.',
  '.key-certificate': 'The certificate of the key that signed.',
  '.conservation-certificate': 'The constancia of the signed PDF.',
  '.conservation-certificate.state':
    '`later`: others sign after this signatory, and it comes with the last one’s signing.',
  '.conservation-certificate.mediaType': 'Of the file.',
  '.conservation-certificate.problem.type': 'A [problem](problems.md).',
  '.conservation-certificate.problem.title': 'The same in words.',
  '.conservation-certificate.findings':
    'What was found of it before it was believed: true, false, or null where it was not judged.',
  '.conservation-certificate.digest': 'SHA-256 of the file.',
  '.conservation-certificate.bytes': 'Size of the file.',
  '.conservation-certificate.link': 'Where to download it, without a token, until it expires.',
  '.conservation-certificate.link.href': 'The address.',
  '.conservation-certificate.link.expiresAt': 'After that, ask for another one.',
  '.conservation-certificate.accredited': 'Whether an accredited provider issued it.',
  '.conservation-certificate.issuer': 'Who issues it, as shown to people.',
  '.conservation-certificate.issuedAt': 'The time that it proves.',
};

const sequence = {
  '': 'Where this signatory stands among all who sign.',
  '.position': 'Counted from 1.',
  '.of': 'How many sign.',
  '.state': 'Of the whole: `open`, `signed` (by all), `completed` or `ended`.',
};

const within = (path: string, meanings: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(meanings).map(([name, meaning]) => [path + name, meaning]));

/** What each member means to who is told. Where one is not listed, its schema has the words. */
const meanings: Record<string, string> = {
  ...within('outputs', outputs),
  ...within('sequence', sequence),
  ...within('state.sequence', sequence),
  state: 'How things stood when it happened.',
  id: 'Of this signatory’s signing.',
  identifier: 'Yours, from the token.',
  status: '[Where the signing stands](../understand/signing.md#states).',
  createdAt: 'When the autograph was accepted.',
  updatedAt: 'When it last changed.',
  document: 'The agreement, as it was uploaded.',
  'document.digest': 'SHA-256, from the answer to the upload.',
  'document.name': 'From the token.',
  evidence: 'Where to download the [evidence](../understand/evidence.md), without a token, until it expires.',
  'evidence.href': 'The address.',
  'evidence.expiresAt': 'After that, ask for another one.',
  problem: 'Why it failed.',
  'problem.type': 'A [problem](problems.md).',
  'problem.title': 'The same in words.',
  declineReason: 'In the signatory’s words.',
  signings: 'Of each signatory, in their order.',
  'withdrawal.at': 'When.',
  'withdrawal.reason': 'Your words.',
};

const schemaOf = (schema: z.ZodType): Schema => z.toJSONSchema(schema, { unrepresentable: 'any' }) as Schema;

const membersIn = (schema: z.ZodType): Member[] => {
  const whole = schemaOf(schema);
  return membersOf(whole, whole.$defs ?? {});
};

/** The message's own id, and not a signing's, has its words in the schema. */
const meaningOf = ({ path, schema }: Member, own: Record<string, string>): string =>
  own[path] ?? schema.description ?? '';

const table = (members: Member[], own = meanings): string =>
  [
    row('member', 'always there', 'what it is', 'meaning'),
    row('---', '---', '---', '---'),
    ...members.map((member) =>
      row(`\`${member.path}\``, member.required ? 'yes' : '', typeOf(member.schema), meaningOf(member, own)),
    ),
  ].join('\n');

const types = (): string =>
  [
    row('`type`', 'when'),
    row('---', '---'),
    ...Object.entries(notificationTypes).map(([type, when]) => row(`\`${type}\``, when)),
  ].join('\n');

/** Of the message itself: `data` is told apart, since it has one of two forms. */
const envelope = (): Member[] =>
  membersIn(Notification.options[0]).filter(({ path }) => !path.startsWith('data') && path !== 'type');

/** Three outputs are alike but for what a constancia has besides; they are told once. */
const withoutRepeats = (members: Member[]): Member[] =>
  members.filter(({ path }) => !/^outputs\.(?:document|key-certificate)\./.test(path));

const ofAgreement = {
  sequence: 'Whose turn it is, or who was the last to act; 1 of 1 where nobody has come yet.',
  outputs: 'Of the last who has signed.',
};

/** Every type of event, and every member of a message, as the wire's schemas have them. */
export const notificationTables = (): string =>
  [
    '## Types',
    types(),
    '## The message',
    table(envelope(), { ...meanings, id: 'Names what happened: the same at every try, and in `webhook-id`.' }),
    '## `data` of `signing.…`, `conservation-certificate.…` and `key-certificate.…`',
    'The signing of one signatory. `document` and `key-certificate` have the same members as `conservation-certificate`, but for `accredited`, `issuer`, `issuedAt` and `conserves`; `document` has `level` besides, the level of PAdES that was found in it.',
    table(withoutRepeats(membersIn(SigningView))),
    '## `data` of `agreement.…`',
    'The agreement as a whole. Its `outputs` and each of its `signings` are as above.',
    table(
      membersIn(AgreementView).filter(({ path }) => !/^(?:outputs\.|signings\[\])/.test(path)),
      { ...meanings, ...ofAgreement },
    ),
  ].join('\n\n');

import { expect, test } from 'vitest';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { readTimeStamp } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import {
  hasCome,
  isByAuthority,
  judgeAuthority,
  type StampSigner,
} from '@tu-esign/verifier/verdicts/stamp-authority.ts';
import { element, explicit, sequence, type Der } from '#asn1/der.ts';
import {
  alternatives,
  authority,
  commonName,
  directoryName,
  issue,
  mailName,
  purpose,
  purposes,
  stamping,
  today,
  usage,
  type Party,
} from './certificates.ts';
import { stampToken, type TokenShape } from './signed-data.ts';

/** Who may stamp times, and who is told to have stamped one. */

const root = issue('Raíz', { extensions: authority() });
const stamper = issue('Sello', { issuer: root, extensions: stamping });
const provider = issue('Prestador', { issuer: root, extensions: [usage('digitalSignature')] });
const mailer = issue('De correo', { issuer: root, extensions: [purposes(true, purpose.mail)] });
const stranger = issue('Raíz ajena', { extensions: authority() });
const acr2 = readCertificate(fromPem(pinnedRoots[0]!));

const signerOf = async (
  by: Party,
  shape: Partial<TokenShape> = {},
  more: Partial<StampSigner> = {},
): Promise<StampSigner> => ({
  stamp: await readTimeStamp(stampToken({ by, of: Buffer.from('x'), ...shape }), nodePorts),
  chain: { leaf: by.certificate, leafValid: true, path: [by.certificate, root.certificate], fault: undefined },
  providers: [],
  anchored: true,
  ...more,
});
const pathTo = (by: Party, ...path: StampSigner['chain']['path'] & object): Partial<StampSigner> => ({
  chain: {
    leaf: by.certificate,
    leafValid: true,
    path: path.length ? [by.certificate, ...path] : undefined,
    fault: undefined,
  },
});

const unnamed: Partial<TokenShape> = { attributes: ([type, digest]) => [type!, digest!] };
const named = { providers: [root.certificate] };

test.each<[string, boolean | null, boolean | null, boolean | null, Party, Partial<TokenShape>, Partial<StampSigner>]>([
  ['an authority', true, true, true, stamper, {}, {}],
  ['an authority whose root nobody knows', true, true, true, stamper, {}, pathTo(stamper)],
  ['an authority that the token does not name', true, false, false, stamper, unnamed, {}],
  ['a provider', null, true, true, provider, {}, named],
  ['a provider that the token does not name', null, null, true, provider, unnamed, named],
  ['an authority of a provider’s that the token does not name', true, null, true, stamper, unnamed, named],
  ['what is like a provider', false, true, false, provider, {}, {}],
  ['what is like a provider of another', false, true, false, provider, {}, { providers: [stranger.certificate] }],
  ['what is like a provider, below a pinned root', null, true, true, provider, {}, pathTo(provider, acr2)],
  [
    'what is like a provider, through a pinned root',
    false,
    true,
    false,
    provider,
    {},
    pathTo(provider, acr2, root.certificate),
  ],
  ['what is like a provider without a root', false, true, false, provider, {}, { ...named, ...pathTo(provider) }],
  ['a certificate for something else', false, true, false, mailer, {}, named],
  ['an authority, where nobody is believed', true, true, true, stamper, {}, { anchored: false, ...pathTo(stamper) }],
  [
    'what is like a provider, where nobody is believed',
    null,
    true,
    null,
    provider,
    {},
    { anchored: false, ...pathTo(provider) },
  ],
  [
    'a token that names nobody, where nobody is believed',
    true,
    null,
    null,
    stamper,
    unnamed,
    { anchored: false, ...pathTo(stamper) },
  ],
  ['both, where nobody is believed', null, null, null, provider, unnamed, { anchored: false, ...named }],
  ['a certificate for something else, where nobody is believed', false, true, false, mailer, {}, { anchored: false }],
])('by %s: purpose %s, named %s, and all in all %s', async (_, use, bound, all, by, shape, more) => {
  const signer = await signerOf(by, shape, more);
  expect(judgeAuthority(signer)).toMatchObject({ extendedKeyUsage: use, certificateBound: bound });
  expect(isByAuthority(signer)).toBe(all);
});

test('without a certificate nobody is an authority', async () => {
  const chain = { leaf: undefined, leafValid: false, path: undefined, fault: undefined };
  const signer = await signerOf(stamper, { certificates: [] }, { chain });
  expect(judgeAuthority(signer)).toEqual({ extendedKeyUsage: false, certificateBound: false, isOfProvider: false });
  expect(isByAuthority(signer)).toBe(false);
});

const names = issue('Sello con nombres', {
  issuer: root,
  extensions: [...stamping, alternatives(mailName('a@example.org'), mailName('sello@example.org'))],
});
const authorityNamed = (name: Der): Partial<TokenShape> => ({ more: [explicit(0, name)] });

test.each<[string, boolean, Party, Der]>([
  ['its subject', true, stamper, directoryName(stamper.certificate.subject as Der)],
  ['another subject', false, stamper, directoryName(sequence(commonName('Otro')))],
  ['its subject in another form', false, stamper, element(0xa5, stamper.certificate.subject)],
  ['another name of its', true, names, mailName('sello@example.org')],
  ['a name of nobody', false, names, mailName('otro@example.org')],
  ['its subject, where it has other names', true, names, directoryName(names.certificate.subject as Der)],
  ['a name, where it has none', false, stamper, mailName('sello@example.org')],
])('a token that says it is by %s is by it: %s', async (_, own, by, name) => {
  expect(judgeAuthority(await signerOf(by, authorityNamed(name))).certificateBound).toBe(own);
});

test('a name that a token says is nobody’s where the certificate lacks', async () => {
  const name = authorityNamed(directoryName(stamper.certificate.subject as Der));
  const chain = { leaf: undefined, leafValid: false, path: undefined, fault: undefined };
  expect(judgeAuthority(await signerOf(stamper, name, { chain })).certificateBound).toBe(false);
});

test.each([
  [-1, true],
  [5 * 60_000, true],
  [5 * 60_000 + 1, false],
])('of a time that is %s ms ahead it is said that it has come: %s', (ahead, come) => {
  expect(hasCome(new Date(today.getTime() + ahead), today)).toBe(come);
});

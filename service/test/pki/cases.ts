import { hash } from 'node:crypto';
import {
  boolean,
  element,
  explicit,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  utf8String,
  type Der,
} from '#asn1/der.ts';
import { split } from '@tu-esign/verifier/asn1/read.ts';
import { digestAlgorithm } from './algorithms.ts';
import {
  alternatives,
  authority,
  commonName,
  constraints,
  daysFromNow,
  directoryName,
  extension,
  hostName,
  issue,
  mailAddress,
  mailName,
  nameConstraints,
  organization,
  purpose,
  purposes,
  signatory,
  stamping,
  usage,
  type Party,
  type Shape,
} from './certificates.ts';
import {
  attribute,
  contentType,
  messageDigest,
  signData,
  signingCertificate,
  signingCertificateV2,
  stampToken,
  timeStampAttribute,
  type SignedDataShape,
  type TokenShape,
} from './signed-data.ts';

/** Signatures over one document by certificates, CMS and time-stamps of many shapes, and what is to be found of each. */

const root = issue('Raíz', { extensions: authority() });
const shortRoot = issue('Raíz corta', { extensions: authority(0) });
const expiredRoot = issue('Raíz vencida', { extensions: authority(), from: daysFromNow(-90), to: daysFromNow(-1) });
const strangeRoot = issue('Raíz extraña', { extensions: [...authority(), extension('1.2.3.4', nothing, true)] });
const weakRoot = issue('Raíz débil', { extensions: authority(), key: 'rsa1024' });
const rsaRoot = issue('Raíz RSA', { extensions: authority(), key: 'rsa2048' });
const oldRoot = issue('Raíz vieja', { version: 1 });
const sha1Root = issue('Raíz SHA-1', { extensions: authority(), key: 'rsa2048', digest: 'sha1' });
const limitedRoot = issue('Raíz limitada', {
  extensions: [...authority(), nameConstraints([mailName('example.org')])],
});
const leafRoot = issue('Quien se cree a sí', { extensions: [constraints(false), ...signatory] });
const unmarkedRoot = issue('Raíz sin marca', { extensions: [usage('keyCertSign')] });

/** All that are believed, in whatever case. */
export const believed: readonly string[] = [
  root,
  shortRoot,
  expiredRoot,
  strangeRoot,
  weakRoot,
  rsaRoot,
  oldRoot,
  sha1Root,
  limitedRoot,
  leafRoot,
  unmarkedRoot,
].map(({ pem }) => pem);

const middle = issue('Emisora', { issuer: root, extensions: authority(0) });
const person = issue('Persona', { issuer: middle, extensions: signatory });
const stamper = issue('Sello', { issuer: middle, extensions: stamping });

export interface Case {
  name: string;
  /** Names of findings that fail; none where it holds. */
  fails: string[];
  form?: string;
  sign: (covered: Buffer) => Buffer;
}

const cases: Case[] = [];
const add = (name: string, fails: string[], sign: Case['sign'], { form }: { form?: string } = {}): void =>
  void cases.push({ name, fails, sign, ...(form && { form }) });

const utcTime = (text: string): Der => element(0x17, Buffer.from(text));
/** As DER sorts them. */
const setMembers = (members: readonly Der[]): Der[] => split(setOf(...members)).map((member) => Buffer.from(member));

/** The same CMS with its signer twice. */
const twoSigners = (cms: Buffer): Buffer => {
  const [type, wrapped] = split(cms);
  const members = split(split(wrapped!)[0]!).map((member) => Buffer.from(member));
  const signer = split(members.at(-1)!)[0]!;
  return sequence(type!, explicit(0, sequence(...members.slice(0, -1), element(0x31, signer, signer))));
};

const bag = (...parties: Party[]): Buffer[] => parties.map(({ certificate }) => Buffer.from(certificate.der));
const by =
  (signer: Party, certificates: Party[] = [], more: Partial<SignedDataShape> = {}): Case['sign'] =>
  (content) =>
    signData({ by: signer, content, certificates: bag(signer, ...certificates), ...more });

/** A signatory below the ordinary authority, by the way of a further one where its shape is given. */
const leaf = (name: string, shape: Shape): Party => issue(name, { issuer: middle, extensions: signatory, ...shape });
const chain = 'chainToPinnedRoot';
const mayNot = ['certificateMaySign'];

// Ordinary certificates.
add('below the root', [], by(issue('Directa', { issuer: root, extensions: signatory })));
add('below an authority', [], by(person, [middle]));
add('the root inside as well', [], by(person, [root, middle]));

const kinds = ['p384', 'p521', 'secp256k1', 'rsa2048', 'rsa3072'] as const;
for (const key of kinds) add(`a key of ${key}`, [], by(leaf(`De ${key}`, { key }), [middle]));
for (const digest of ['sha384', 'sha512'] as const) {
  const signer = leaf(`Con ${digest}`, { key: 'rsa2048' });
  add(`signed with RSA and ${digest}`, [], by(signer, [middle], { digest }));
}
const rsaMiddle = issue('Emisora RSA', { issuer: rsaRoot, key: 'rsa3072', extensions: authority(), digest: 'sha512' });
add('an authority of RSA', [], by(issue('Bajo RSA', { issuer: rsaMiddle, extensions: signatory }), [rsaMiddle]));
for (const [name, extensions] of [
  ['no extension', []],
  ['no use of its key', [constraints(false)]],
  ['the use of its key for what cannot be denied', [usage('nonRepudiation')]],
  ['the purpose of e-mail', [...signatory, purposes(false, purpose.client, purpose.mail)]],
  ['any purpose', [...signatory, purposes(true, purpose.any)]],
  ['the purpose of documents', [...signatory, purposes(true, purpose.documents)]],
  ['an extension that is not known and not critical', [...signatory, extension('1.2.3.4', nothing)]],
  ['a path length, though it is no authority', [constraints(false, 0), ...signatory]],
] as [string, Der[]][])
  add(`a signatory with ${name}`, [], by(leaf(`Con ${name}`.slice(0, 60), { extensions }), [middle]));
const high = issue('Alta', { issuer: root, extensions: authority(0) });
const selfIssued = issue('Alta', { issuer: high, keyName: 'Alta renovada', extensions: authority(0) });
add(
  'an authority that certifies its own new key is not counted',
  [],
  by(issue('Bajo la renovada', { issuer: selfIssued, extensions: signatory }), [selfIssued, high]),
);
const [one, other] = ['una', 'otra'].map((keyName) =>
  issue('Gemela', { keyName, issuer: root, extensions: authority() }),
);
for (const [name, certificates] of [
  ['first', [other!, one!]],
  ['last', [one!, other!]],
] as const)
  add(
    `two authorities of one name, the wrong one ${name}`,
    [],
    by(issue(`Bajo una gemela ${name}`, { issuer: one!, extensions: signatory, keyIdentifiers: {} }), [
      ...certificates,
    ]),
  );
const strange = issue('Cruzada', { keyName: 'cruzada', extensions: authority() });
const crossed = issue('Cruzada', { keyName: 'cruzada', issuer: root, extensions: authority() });
const underCross = issue('Bajo la cruzada', { issuer: crossed, extensions: signatory });
add('a certificate across, and one that nobody believes', [], by(underCross, [strange, crossed]));
const dead = issue('Cruzada', { keyName: 'cruzada', issuer: root, extensions: authority(), to: daysFromNow(-2) });
add('a certificate across, and one that has expired', [], by(underCross, [dead, crossed]));
const named = (extensions: Der[]) =>
  issue('Con límites', { issuer: root, extensions: [...authority(), ...extensions] });
const limits: [string, Der[], Der[], string[]][] = [
  ['permit its address', [nameConstraints([mailName('example.org')])], [alternatives(mailName('a@example.org'))], []],
  [
    'permit hosts below',
    [nameConstraints([mailName('.example.org')])],
    [alternatives(mailName('a@b.example.org'))],
    [],
  ],
  ['permit one address', [nameConstraints([mailName('a@example.org')])], [alternatives(mailName('a@EXAMPLE.org'))], []],
  [
    'permit another form alone',
    [nameConstraints([hostName('example.org')])],
    [alternatives(mailName('a@example.com'))],
    [],
  ],
  [
    'exclude another address',
    [nameConstraints([], [mailName('example.com')])],
    [alternatives(mailName('a@example.org'))],
    [],
  ],
  ['permit its directory', [nameConstraints([directoryName(sequence(organization('PRUEBA')))])], [], []],
  [
    'permit another address',
    [nameConstraints([mailName('example.org')])],
    [alternatives(mailName('a@example.com'))],
    [chain],
  ],
  [
    'permit no host below',
    [nameConstraints([mailName('example.org')])],
    [alternatives(mailName('a@b.example.org'))],
    [chain],
  ],
  [
    'permit another mailbox',
    [nameConstraints([mailName('a@example.org')])],
    [alternatives(mailName('b@example.org'))],
    [chain],
  ],
  [
    'exclude its address',
    [nameConstraints([], [mailName('example.org')])],
    [alternatives(mailName('a@example.org'))],
    [chain],
  ],
  [
    'exclude it, without being critical',
    [nameConstraints([], [mailName('example.org')], false)],
    [alternatives(mailName('a@example.org'))],
    [chain],
  ],
  ['permit another directory', [nameConstraints([directoryName(sequence(organization('Otra')))])], [], [chain]],
  ['exclude its directory', [nameConstraints([], [directoryName(sequence(organization('Prueba')))])], [], [chain]],
  [
    'exclude its host',
    [nameConstraints([], [hostName('example.org')])],
    [alternatives(hostName('a.example.org'))],
    [chain],
  ],
  [
    'permit addresses of a kind that is not known here',
    [nameConstraints([implicit(7, Buffer.alloc(8))])],
    [alternatives(implicit(7, Buffer.of(127, 0, 0, 1)))],
    [chain],
  ],
];
for (const [name, held, own, fails] of limits) {
  const limited = named(held);
  const signer = issue(`Límites que ${name}`.slice(0, 60), { issuer: limited, extensions: [...signatory, ...own] });
  add(`name constraints ${name}`, fails, by(signer, [limited]));
}
const mailed = sequence(organization('Prueba'), commonName('Correo en el nombre'), mailAddress('a@example.com'));
const limitedMiddle = named([nameConstraints([mailName('example.org')])]);
add(
  'an address in the name alone is held to constraints',
  [chain],
  by(issue('Correo', { issuer: limitedMiddle, subject: mailed, extensions: signatory }), [limitedMiddle]),
);
add(
  'a root’s own constraints count',
  [chain],
  by(
    issue('Bajo límites', { issuer: limitedRoot, extensions: [...signatory, alternatives(mailName('a@example.com'))] }),
  ),
);
const policies = (type: string, value: Der) =>
  issue('Con políticas', { issuer: root, extensions: [...authority(), extension(type, value, true)] });
for (const [name, above, fails] of [
  ['forbids any policy', policies('2.5.29.54', integer(0)), []],
  ['forbids mappings of policies', policies('2.5.29.36', sequence(implicit(1, Buffer.of(0)))), []],
  ['demands a policy', policies('2.5.29.36', sequence(implicit(0, Buffer.of(0)))), [chain]],
] as [string, Party, string[]][])
  add(
    `an authority that ${name}`,
    fails,
    by(issue(`Bajo quien ${name}`, { issuer: above, extensions: signatory }), [above]),
  );
const loud = issue('EMISORA  DE PRUEBA', { issuer: root, extensions: authority(), keyName: 'voz' });
add(
  'an issuer’s name in other letters and spaces',
  [],
  by(
    issue('Bajo la voz', {
      issuer: loud,
      issuerName: sequence(organization('prueba'), commonName('emisora de Prueba')),
      extensions: signatory,
    }),
    [loud],
  ),
);
add('a root of version 1', [], by(issue('Bajo la vieja', { issuer: oldRoot, extensions: signatory })));
add('a root that signed itself with SHA-1', [], by(issue('Bajo SHA-1', { issuer: sha1Root, extensions: signatory })));
add('one that is believed itself', [], by(leafRoot));

// Certificates that make no chain.
const below = (name: string, shape: Shape, more: Party[] = []): void => {
  const above = issue(`Mala: ${name}`.slice(0, 60), { issuer: root, extensions: authority(), ...shape });
  const signer = issue(`Bajo: ${name}`.slice(0, 60), { issuer: above, extensions: signatory });
  add(`an issuer ${name}`, [chain], by(signer, [above, ...more]));
};
below('that is a signatory', { extensions: signatory });
below('that says it is no authority', { extensions: [constraints(false), usage('keyCertSign')] });
below('that says nothing of being an authority', { extensions: [usage('keyCertSign')] });
below('that has no extension', { extensions: [] });
below('of version 1', { version: 1 });
below('whose key may not certify', { extensions: [constraints(true), usage('digitalSignature', 'crlSign')] });
below('that has expired', { to: daysFromNow(-1) });
below('that is not valid yet', { from: daysFromNow(1) });
below('with an unknown critical extension', { extensions: [...authority(), extension('1.2.3.4', nothing, true)] });
below('that certifies servers alone', { extensions: [...authority(), purposes(false, purpose.server)] });
below('whose path length is below nothing', {
  extensions: [constraints(true, element(0x02, Buffer.of(0xff))), usage('keyCertSign')],
});
below('with the constraints twice', { extensions: [constraints(false), ...authority()] });
below('that another key has signed', { signedBy: issue('Ladrona', { extensions: authority() }) });
below('that names another key of its issuer', {
  keyIdentifiers: { authority: Buffer.alloc(20, 7), subject: undefined },
});
below('whose constraints cannot be read', {
  extensions: [extension('2.5.29.19', Buffer.from('3003010100ff', 'hex'), true), usage('keyCertSign')],
});
const tooDeep = issue('Honda', { issuer: middle, extensions: authority() });
add(
  'more authorities than one allows',
  [chain],
  by(issue('Bajo la honda', { issuer: tooDeep, extensions: signatory }), [tooDeep, middle]),
);
const underShort = issue('Bajo la corta', { issuer: shortRoot, extensions: authority() });
add(
  'more authorities than the root allows',
  [chain],
  by(issue('Muy bajo', { issuer: underShort, extensions: signatory }), [underShort]),
);
for (const [name, above] of [
  ['that has expired', expiredRoot],
  ['with an unknown critical extension', strangeRoot],
  ['that is a signatory', leafRoot],
  ['that says nothing of being an authority', unmarkedRoot],
] as const)
  add(`a root ${name}`, [chain], by(issue(`Bajo raíz ${name}`, { issuer: above, extensions: signatory })));
add('the authority is not inside', [chain], by(person));
add('nobody that is believed', [chain], by(issue('Bajo nadie', { issuer: strange, extensions: signatory }), [strange]));
const namesake = issue('Raíz', { keyName: 'otra raíz', extensions: authority() });
add(
  'a root of the same name',
  [chain],
  by(issue('Bajo la homónima', { issuer: namesake, extensions: signatory }), [namesake]),
);
const twin = leaf('Alterada', { alter: (der) => Buffer.concat([der.subarray(0, -1), Buffer.of(der.at(-1)! ^ 1)]) });
add('a certificate whose signature was altered', [chain], by(twin, [middle]));
add(
  'one algorithm inside, another outside',
  [chain],
  by(leaf('Dos algoritmos', { claimed: digestAlgorithm('sha256') }), [middle]),
);
add(
  'a signatory that names another key of its issuer',
  [chain],
  by(leaf('Otra llave', { keyIdentifiers: { authority: Buffer.alloc(20, 7) } }), [middle]),
);
add(
  'an unknown critical extension',
  [chain],
  by(leaf('Crítica', { extensions: [...signatory, extension('1.2.3.4', nothing, true)] }), [middle]),
);
add(
  'an extension twice',
  [chain],
  by(
    leaf('Doble', { extensions: [...signatory, alternatives(mailName('a@b.mx')), alternatives(mailName('c@d.mx'))] }),
    [middle],
  ),
);

// Certificates that are no signatory's, or were not valid.
const notFor = (name: string, extensions: Der[], fails = mayNot): void =>
  add(`a signatory’s certificate ${name}`, fails, by(leaf(`No: ${name}`, { extensions }), [middle]));
const sub = issue('Emisora que firma', {
  issuer: root,
  extensions: [...authority(), usage('digitalSignature')].toSpliced(1, 1),
});
add('an authority that signs itself', mayNot, by(sub));
add('the root that signs itself', mayNot, by(root));
notFor('that is for encryption', [usage('keyEncipherment')]);
for (const name of ['server', 'client', 'code', 'timeStamping'] as const)
  notFor(`for ${name}`, [...signatory, purposes(false, purpose[name])]);
for (const [name, shape] of [
  ['that has expired', { to: daysFromNow(-1) }],
  ['that is not valid yet', { from: daysFromNow(1) }],
] as [string, Shape][])
  add(`a certificate ${name}`, ['certificateValidWhenSigned', chain], by(leaf(`Tiempo: ${name}`, shape), [middle]));

// Weak keys and algorithms.
const weak = ['algorithmsStrong'];
add('a key of 1024 bits', weak, by(leaf('Débil', { key: 'rsa1024' }), [middle]));
add('a curve of 192 bits', weak, by(leaf('Curva débil', { key: 'p192' }), [middle]));
add(
  'a certificate signed with SHA-1',
  weak,
  by(issue('Firmada con SHA-1', { issuer: rsaRoot, digest: 'sha1', extensions: signatory })),
);
add('a root of 1024 bits', weak, by(issue('Bajo la débil', { issuer: weakRoot, extensions: signatory })));
const thin = issue('Delgada', { issuer: root, key: 'rsa1024', extensions: authority() });
add('an authority of 1024 bits', weak, by(issue('Bajo la delgada', { issuer: thin, extensions: signatory }), [thin]));
add('signed with SHA-1', weak, by(person, [middle], { digest: 'sha1' }));
add(
  'signed with MD5',
  ['digestMatches', 'signatureValid', ...weak],
  by(leaf('Con MD5', { key: 'rsa2048' }), [middle], { digest: 'md5' }),
);
add(
  'signed with Ed25519',
  ['signatureValid'],
  by(leaf('De Ed25519', { key: 'ed25519' }), [middle], { digest: 'sha512' }),
);

// CMS.
const unreadable = ['parsed', 'digestMatches', 'signatureValid', 'certificateValidWhenSigned'];
const form = { form: 'adbe.pkcs7.detached' };
const cms = (name: string, fails: string[], more: Partial<SignedDataShape>, as: { form?: string } = {}): void =>
  add(`CMS: ${name}`, fails, by(person, [middle], more), as);
cms('no signed attributes', ['certificateBound'], { attributes: null });
cms('no signed attributes, in the older form', [], { attributes: null }, form);
cms('no certificate named', ['certificateBound'], { attributes: ([type, digest]) => [type!, digest!] });
cms('no certificate named, in the older form', [], { attributes: ([type, digest]) => [type!, digest!] }, form);
cms('the first version of what names a certificate', [], {
  attributes: ([type, digest]) => [type!, digest!, signingCertificate(person)],
});
cms('both versions', [], { attributes: (all) => [...all, signingCertificate(person)] });
cms('both versions, of two certificates', ['certificateBound'], {
  attributes: (all) => [...all, signingCertificate(middle)],
});
cms('another certificate named', ['certificateBound'], {
  attributes: ([type, digest]) => [type!, digest!, signingCertificateV2(middle)],
});
cms(
  'another certificate named, in the older form',
  ['certificateBound'],
  { attributes: ([type, digest]) => [type!, digest!, signingCertificateV2(middle)] },
  form,
);
cms('another issuer and number named', ['certificateBound'], {
  attributes: ([type, digest]) => [type!, digest!, signingCertificateV2(person, { named: middle })],
});
cms('a certificate named by SHA-512', [], {
  attributes: ([type, digest]) => [type!, digest!, signingCertificateV2(person, { digest: 'sha512' })],
});
cms('two certificates named in two attributes', ['certificateBound'], {
  attributes: (all) => [...all, signingCertificateV2(middle)],
});
cms('the digest of something else', ['digestMatches'], {
  attributes: ([type, , named]) => [type!, messageDigest(Buffer.alloc(32)), named!],
});
cms('no digest', ['digestMatches'], { attributes: ([type, , named]) => [type!, named!] });
cms('a digest twice', ['digestMatches'], { attributes: (all) => [...all, messageDigest(Buffer.alloc(32))] });
cms('a digest with two values', ['digestMatches'], {
  attributes: ([type, digest, named]) => [
    type!,
    attribute('1.2.840.113549.1.9.4', digest!.subarray(-34), octetString(Buffer.alloc(32))),
    named!,
  ],
});
cms('no content type', ['signatureValid'], { attributes: ([, digest, named]) => [digest!, named!] });
cms('another content type', ['signatureValid'], {
  attributes: ([, digest, named]) => [contentType('1.2.840.113549.1.9.16.1.4'), digest!, named!],
});
cms('the content type of a time-stamp throughout', ['signatureValid'], { type: '1.2.840.113549.1.9.16.1.4' });
cms('the document inside as well', ['digestMatches'], { inside: true, carried: Buffer.from('%PDF') });
cms('a signature that was altered', ['signatureValid'], {
  alterSignature: (value) => Buffer.concat([value.subarray(0, -1), Buffer.of(value.at(-1)! ^ 1)]),
});
cms('SHA-384 and P-256', [], { digest: 'sha384' });
cms('SHA-512 and P-256', [], { digest: 'sha512' });
cms('one digest for the content, another for the signature', ['signatureValid'], {
  algorithm: sequence(objectIdentifier('1.2.840.10045.4.3.4')),
});
cms('the key’s algorithm in place of the signature’s', [], {
  algorithm: sequence(objectIdentifier('1.2.840.10045.2.1')),
});
cms('the signer by the key’s identifier', [], { sid: 'key' });
cms('the signer by the key’s identifier, behind another certificate', [], {
  sid: 'key',
  certificates: bag(middle, person),
});
cms('the signer by somebody else’s number', ['signatureValid', 'certificateBound', 'certificateMaySign'], {
  signerName: sequence(middle.certificate.issuer, middle.certificate.serialNumber),
});
cms('a certificate of another kind inside', [], {
  certificates: [...bag(person, middle), explicit(1, sequence(integer(1)))],
});
cms('a certificate inside that cannot be read', unreadable, {
  certificates: [...bag(person, middle), sequence(integer(1))],
});
add(
  'CMS: what stands in the same place, of another key',
  ['signatureValid'],
  by(
    {
      ...person,
      certificate: leaf('Otra persona', { serialNumber: person.certificate.serialNumber as Der }).certificate,
    },
    [middle],
  ),
);
add(
  'CMS: a SHA-1 inside, in the oldest form of CMS',
  weak,
  (covered) => by(person, [middle], { inside: true })(hash('sha1', covered, 'buffer')),
  { form: 'adbe.pkcs7.sha1' },
);
add('CMS: the form before CMS', [...unreadable, 'algorithmsStrong'], by(person, [middle]), {
  form: 'adbe.x509.rsa_sha1',
});
add('CMS: a form that nobody knows', unreadable, by(person, [middle]), { form: 'adbe.pkcs7.unknown' });

// Time-stamps in signatures.
const stampedBy =
  (signer: Party, tokens: (signature: Buffer) => Buffer[], certificates: Party[] = [middle]): Case['sign'] =>
  (content) =>
    signData({
      by: signer,
      content,
      certificates: bag(signer, ...certificates),
      unsigned: (value) => [timeStampAttribute(...tokens(value))],
    });
const token = (of: Uint8Array, more: Partial<TokenShape> = {}): Buffer =>
  stampToken({ by: stamper, certificates: bag(more.by ?? stamper, middle), ...more, of });
const stamp = (name: string, fails: string[], more: Partial<TokenShape> = {}): void =>
  add(
    `a time-stamp ${name}`,
    fails,
    stampedBy(person, (value) => [token(value, more)]),
  );
const holds = 'timeStampHolds';
const byAuthority = 'timeStampByAuthority';
const stampChain = 'timeStampToPinnedRoot';
stamp('as it should be', []);
for (const imprint of ['sha384', 'sha512'] as const) stamp(`over a digest by ${imprint}`, [], { imprint });
for (const digest of ['sha384', 'sha512'] as const) stamp(`signed with ${digest}`, [], { digest });
stamp('whose imprint has NULL for parameters', [], { parameters: nothing });
stamp('that names its certificate in the first version', [], {
  attributes: ([type, digest]) => [type!, digest!, signingCertificate(stamper)],
});
const rsaStamper = issue('Sello RSA', { issuer: middle, key: 'rsa2048', extensions: stamping });
stamp('by RSA', [], { by: rsaStamper, imprint: 'sha512', digest: 'sha512' });
stamp('by an authority whose key’s use is not told', [], {
  by: issue('Sello sin uso', { issuer: middle, extensions: [purposes(true, purpose.timeStamping)] }),
});
stamp('of something else', [holds], {
  alterInfo: (info) =>
    Buffer.concat([info]).fill(
      7,
      info.indexOf(Buffer.from('0420', 'hex')) + 2,
      info.indexOf(Buffer.from('0420', 'hex')) + 34,
    ),
});
stamp('over a digest by SHA-1', weak, { imprint: 'sha1' });
stamp('signed with SHA-1', weak, { digest: 'sha1' });
const nobodys = (name: string, extensions: Der[]): void =>
  stamp(`by ${name}`, [byAuthority], { by: issue(`Sello de ${name}`.slice(0, 60), { issuer: middle, extensions }) });
nobodys('a signatory', signatory);
nobodys('a certificate of several purposes', [purposes(true, purpose.timeStamping, purpose.mail)]);
nobodys('a certificate of any purpose', [purposes(true, purpose.any)]);
nobodys('a certificate whose purpose is not critical', [purposes(false, purpose.timeStamping)]);
nobodys('a certificate that also encrypts', [
  usage('digitalSignature', 'keyEncipherment'),
  purposes(true, purpose.timeStamping),
]);
nobodys('a certificate that does not sign', [usage('keyEncipherment'), purposes(true, purpose.timeStamping)]);
stamp('by an authority of certificates', [byAuthority], {
  by: issue('Emisora que sella', { issuer: root, extensions: [constraints(true), ...stamping] }),
});
add('a time-stamp by the signatory', ['certificateMaySign', byAuthority], (content) => {
  const self = issue('Su propio sello', { issuer: middle, extensions: stamping });
  return stampedBy(self, (value) => [token(value, { by: self })])(content);
});
const selfKey = issue('Otro certificado de la persona', { keyName: 'Persona', issuer: middle, extensions: stamping });
stamp('by the signatory’s key, with another certificate', [byAuthority], { by: selfKey });
stamp('from tomorrow', [holds], { at: daysFromNow(1) });
stamp('by an authority that had expired', [holds, stampChain], {
  by: issue('Sello vencido', { issuer: middle, extensions: stamping, to: daysFromNow(-1) }),
});
stamp('by nobody that is believed', [stampChain], {
  by: issue('Sello de nadie', { issuer: strange, extensions: stamping }),
});
stamp('that names no certificate', [byAuthority], { attributes: ([type, digest]) => [type!, digest!] });
stamp('that names another certificate', [byAuthority], {
  attributes: ([type, digest]) => [type!, digest!, signingCertificateV2(middle)],
});
const unread = [holds, byAuthority, stampChain];
stamp('of another content type', unread, { type: '1.2.840.113549.1.7.1' });
stamp('of another version', unread, { version: 1 });
stamp('by a key’s identifier', unread, { sid: 'key', signerVersion: 3 });
stamp('whose signature was altered', [holds], {
  alterSignature: (value) => Buffer.concat([value.subarray(0, -1), Buffer.of(value.at(-1)! ^ 1)]),
});
stamp('with another content inside', unread, {
  carried: stampToken({ by: stamper, of: Buffer.from('otra') }).subarray(60, 120),
});
stamp('without signed attributes', [holds, byAuthority], { attributes: null });
const brief = leaf('Breve', { from: daysFromNow(-10), to: daysFromNow(-5) });
add(
  'a certificate that has expired since its time-stamp',
  [],
  stampedBy(brief, (value) => [token(value, { at: daysFromNow(-7) })]),
);
add(
  'a certificate that had expired before its time-stamp',
  ['certificateValidWhenSigned', chain],
  stampedBy(brief, (value) => [token(value, { at: daysFromNow(-2) })]),
);
add(
  'an expired certificate, with a time-stamp that nobody believes',
  ['certificateValidWhenSigned', chain, stampChain],
  stampedBy(brief, (value) => {
    const nobody = issue('Sello ajeno', { issuer: strange, extensions: stamping });
    return [stampToken({ by: nobody, of: value, at: daysFromNow(-7) })];
  }),
);
add(
  'an expired certificate, with a time-stamp by a signatory',
  ['certificateValidWhenSigned', chain, byAuthority],
  stampedBy(brief, (value) => [token(value, { by: person, at: daysFromNow(-7) })]),
);
add(
  'two time-stamps',
  [],
  stampedBy(person, (value) => [token(value), token(value, { by: rsaStamper })]),
);
add(
  'two time-stamps, one of something else',
  [holds],
  stampedBy(person, (value) => [token(value), token(Buffer.from('otra cosa'))]),
);

// What was thought of when all of this was attacked.
const noUse = (bits: string): Der => extension('2.5.29.15', Buffer.from(bits, 'hex'), true);
below('whose use of its key is hidden in bits that are not used', {
  extensions: [constraints(true), noUse('03020684')],
});
below('whose use of its key says that nine bits are not used', { extensions: [constraints(true), noUse('03020904')] });
below('whose constraints have a third member', {
  extensions: [extension('2.5.29.19', sequence(boolean(true), integer(0), integer(0)), true), usage('keyCertSign')],
});
below('that names its issuer’s number, and another one', {
  keyIdentifiers: {},
  extensions: [...authority(), extension('2.5.29.35', sequence(implicit(2, Buffer.of(7))))],
});
below('that names who issued its issuer, and it was somebody else', {
  keyIdentifiers: {},
  extensions: [
    ...authority(),
    extension('2.5.29.35', sequence(explicit(1, directoryName(sequence(commonName('Otra')))))),
  ],
});
below('whose validity has a fraction', { times: [utcTime('200101000000.5Z'), utcTime('400101000000Z')] });
below('whose validity has a zone', { times: [utcTime('200101000000+0000'), utcTime('400101000000Z')] });
below('whose validity has no seconds', { times: [utcTime('2001010000Z'), utcTime('4001010000Z')] });
below('that ends before it begins', { from: daysFromNow(1), to: daysFromNow(-1) });
const odd = (name: string, shape: Shape, fails = unreadable): void =>
  add(`a certificate ${name}`, fails, (content) => {
    const { certificate, ...rest } = leaf(`Rara: ${name}`.slice(0, 60), shape);
    // named as if it could be read
    const named = { ...person.certificate, der: certificate.der };
    return signData({
      by: { ...rest, certificate: named },
      content,
      certificates: [Buffer.from(certificate.der), ...bag(middle)],
    });
  });
odd('with something behind its extensions', { behind: [integer(7)] });
odd('with three times', { times: [utcTime('200101000000Z'), utcTime('400101000000Z'), utcTime('400101000000Z')] });
odd('with an extension of two octets of criticality', {
  extensions: [sequence(objectIdentifier('1.2.3.4'), element(0x01, Buffer.of(0, 0)), octetString(nothing))],
});
add(
  'an extension in version 1',
  [chain],
  by(
    issue('Uno con extensión', {
      issuer: middle,
      extensions: signatory,
      alter: (der) => der,
      version: 2,
      behind: [explicit(3, sequence(...signatory))],
    }),
    [middle],
  ),
);
const limitedBy = (bases: Der[], name: Der): Case['sign'] => {
  const above = named([nameConstraints(bases)]);
  return by(issue('Con otro nombre', { issuer: above, extensions: [...signatory, alternatives(name)] }), [above]);
};
add(
  'an address that ends for some where it has a zero',
  [chain],
  limitedBy([mailName('example.org')], mailName('a@example.com\0@example.org')),
);
const smtpMailbox = explicit(0, objectIdentifier('1.3.6.1.5.5.7.8.9'), explicit(0, utf8String('a@example.com')));
add(
  'an address by RFC 8398 is held to constraints of addresses',
  [chain],
  limitedBy([mailName('example.org')], smtpMailbox),
);
add(
  'a directory’s name among the alternatives is held to constraints',
  [chain],
  limitedBy([directoryName(sequence(organization('Prueba')))], directoryName(sequence(organization('Otra')))),
);

cms('attributes out of order', [], {
  writeAttributes: (every) => element(0x31, ...setMembers(every).toReversed()),
});
cms('attributes whose length is written at length', ['signatureValid'], {
  writeAttributes: (every) => {
    const ordinary = setOf(...every);
    return Buffer.concat([Buffer.of(0x31, 0x82, 0), ordinary.subarray(ordinary[1]! < 0x80 ? 1 : 2)]);
  },
});
cms('something behind the signature', unreadable, { behind: [integer(1)] });
cms('attributes that nobody signed, twice', unreadable, {
  unsigned: () => [timeStampAttribute(integer(1))],
  behind: [explicit(1, timeStampAttribute(integer(1)))],
});
cms('an algorithm with three members', ['signatureValid'], {
  algorithm: sequence(objectIdentifier('1.2.840.10045.4.3.2'), nothing, nothing),
});
cms('a digest with parameters', unreadable, {
  named: sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'), integer(1)),
});
cms('a signature of nothing', ['signatureValid'], { alterSignature: () => Buffer.alloc(0) });
cms('a signature of zeros', ['signatureValid'], { alterSignature: () => sequence(integer(0), integer(0)) });
cms('no attributes in an empty set', ['signatureValid', 'digestMatches', 'certificateBound'], { attributes: () => [] });
add(
  'CMS: the signature of another signatory',
  ['signatureValid'],
  by({ ...person, privateKey: stamper.privateKey }, [middle]),
);
add('CMS: a signature with something behind its content', unreadable, (content) => {
  const whole = by(person, [middle])(content);
  return sequence(...split(whole).map((part) => Buffer.from(part)), integer(1));
});
add('CMS: two signers', unreadable, (content) => twoSigners(by(person, [middle])(content)));

stamp('of version 2 inside', unread, { infoVersion: 2 });
stamp('that names itself', [], { more: [explicit(0, directoryName(Buffer.from(stamper.certificate.subject)))] });
stamp('that names somebody else', [byAuthority], {
  more: [explicit(0, directoryName(Buffer.from(middle.certificate.subject)))],
});
stamp('with a critical extension', unread, { more: [explicit(1, extension('1.2.3.4', nothing, true))] });
stamp('with an extension', [], { more: [explicit(1, extension('1.2.3.4', nothing))] });
stamp('whose imprint’s algorithm has parameters', unread, { parameters: integer(1) });
stamp('whose parts stand in another order', unread, { more: [integer(7), sequence(integer(1))] });
add(
  'a time-stamp in an answer',
  unread,
  stampedBy(person, (value) => [sequence(sequence(integer(0)), token(value))]),
);
add('a time-stamp of the document in place of the signature’s', [holds], (content) =>
  stampedBy(person, () => [token(content)])(content),
);
add('a time-stamp of the signature of somebody else', [holds], (content) => {
  const { cms: other } = { cms: by(person, [middle])(Buffer.from('otra')) };
  return stampedBy(person, () => [token(other)])(content);
});
add(
  'no time-stamp in its place',
  [holds, byAuthority, stampChain],
  stampedBy(person, () => [nothing]),
);
const thinStamper = issue('Sello delgado', { issuer: middle, key: 'rsa1024', extensions: stamping });
stamp('by a key of 1024 bits', weak, { by: thinStamper });
const belowPerson = issue('Sello de persona', { issuer: person, extensions: stamping });
stamp('by an authority below a signatory', [stampChain], {
  by: belowPerson,
  certificates: bag(belowPerson, person, middle),
});

export const all: readonly Case[] = cases;

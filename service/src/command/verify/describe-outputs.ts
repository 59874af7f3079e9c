import type { RefusedFinding } from '@tu-esign/contract';
import { describePlace } from '#intake/found.ts';
import type { DocumentChange } from '@tu-esign/verifier/changes/change.ts';
import {
  type Findings,
  type VerifiedConservation,
  type VerifiedDocument,
  type VerifiedSignature,
} from '@tu-esign/verifier/verdicts/findings.ts';
import type { JudgedOutputs } from '@tu-esign/verifier/verdicts/judge-outputs.ts';
import { toTable } from '#command/table.ts';
import { nameOf } from './name-of.ts';
import { toFirstLine } from './verdict.ts';

/** What was judged, and what the document holds that its reader should know of. */
export interface Described extends JudgedOutputs {
  found: readonly RefusedFinding[];
}

/** What was judged, for a person, or as JSON. */
export const describeOutputs = (judged: Described, asJson: boolean): string =>
  asJson ? `${JSON.stringify(toReport(judged), undefined, 2)}\n` : withoutControls(toText(judged));

/** Names come from other people's files, and may hold control characters that a terminal would obey. */
const withoutControls = (text: string): string => text.replaceAll(/[^\P{Cc}\n]/gu, '\uFFFD');

const toReport = ({ holds, anchored, document, found, keyCertificate, conservationCertificate }: Described) => ({
  holds,
  anchored,
  document: { ...document, found, signatures: document.signatures.map(toSignature) },
  ...(keyCertificate && { 'key-certificate': { ...keyCertificate, certificate: nameOf(keyCertificate.certificate) } }),
  ...(conservationCertificate && { 'conservation-certificate': { ...conservationCertificate, der: undefined } }),
});

const toSignature = ({ certificate, ...signature }: VerifiedSignature) => ({
  ...signature,
  signer: nameOf(certificate),
});

const words = (finding: boolean | null | undefined): string => {
  if (finding === true) return 'holds';
  return finding === false ? 'FAILS' : 'not judged';
};

const toRows = (artefact: string, findings: Findings): string[][] =>
  Object.entries(findings).map(([name, finding]) => [artefact, name, words(finding)]);

const allRows = ({ document, keyCertificate, conservationCertificate }: JudgedOutputs): string[][] => [
  ...toRows('document', document.findings),
  ...document.signatures.flatMap(({ kind, findings }, index) => toRows(`${kind} ${index + 1}`, findings)),
  ...(keyCertificate ? toRows('key certificate', keyCertificate.findings) : []),
  ...(conservationCertificate ? toRows('constancia', conservationCertificate.findings) : []),
];

const toText = (judged: Described): string => {
  const { document, found, keyCertificate, conservationCertificate } = judged;
  return [
    toFirstLine(judged, 'signed'),
    toTable([['of', 'finding', 'verdict'], ...allRows(judged)]),
    ...describeDocument(document),
    ...found.map(describeFound),
    ...(keyCertificate ? [`The key certificate came as ${keyCertificate.form}, ${keyCertificate.mediaType}.\n`] : []),
    ...(conservationCertificate ? describeConservation(conservationCertificate) : []),
    toConclusion(judged),
  ].join('');
};

const describeDocument = ({ fault, signatures, pages, changes }: VerifiedDocument): string[] => {
  if (fault) return [`\nThe document cannot be read: ${fault}.\n`];
  const toOriginal = changes.map((change) => describeChange(change, 'since the original'));
  if (signatures.length === 0) return [`\nThe document is not signed. It has ${pages} pages.\n`, ...toOriginal];
  return ['\n', ...signatures.flatMap(describeSignature), ...toOriginal];
};

/** What the host was told when it was uploaded, if it was told. */
const describeFound = ({ finding, places }: RefusedFinding): string =>
  `The document holds: ${finding} (${places.map(describePlace).join('; ')}).\n`;

const describeSignature = (signature: VerifiedSignature, index: number): string[] => {
  const { kind, field, certificate, signedAt, timeProven, level, notes, findings, changes } = signature;
  const [by, at] = [nameOf(certificate) ?? 'nobody who is named', signedAt?.toISOString() ?? 'no time that is told'];
  const claim = signedAt && !timeProven ? ', as it says itself' : '';
  const own = notes.map((note) => `  ${note}\n`).join('');
  const whole = `${kind} ${index + 1} (${field}): by ${by}, at ${at}${claim}${level ? `, PAdES ${level}` : ''}.\n${own}${describeAuthority(findings)}`;
  return [whole, ...changes.map((change) => describeChange(change, `after ${kind} ${index + 1}`))];
};

const kinds: Record<DocumentChange['kind'], string> = {
  signature: 'signed',
  'time-stamp': 'time-stamped',
  'empty-signature-field': 'a field for a signature',
  'place-laid': 'a further place of a signatory',
  'field-filled': 'a field was filled in',
  'field-locked': 'a field was made read-only',
  'form-resources': 'fonts and the like for fields',
  annotation: 'an annotation',
  'long-term-data': 'data for long-term validation',
  metadata: 'metadata',
  'page-added': 'an empty page for signatures',
  unexplained: 'changed',
};

/** One line, with the names of objects and fields as the file has them. */
const describeChange = (change: DocumentChange, since: string): string => {
  const { kind, allowed, object, path, revision, field, detail } = change;
  const where = [revision ? `revision ${revision}` : '', `object ${object}`, path].filter(Boolean).join(', ');
  const what = [kinds[kind], field, detail].filter(Boolean).join(': ').replaceAll('\n', ' ');
  return `  ${since}, ${allowed ? 'allowed' : 'NOT ALLOWED'}: ${what} (${where}).\n`;
};

/** What RFC 3161 calls an authority, and who is none. */
const describeAuthority = ({
  timeStampByAuthority,
}: Pick<VerifiedSignature['findings'], 'timeStampByAuthority'>): string =>
  timeStampByAuthority === false ? '  Its time-stamp is not by a time-stamp authority.\n' : '';

const forms: Record<VerifiedConservation['form'], string> = {
  response: 'a time-stamp response (RFC 3161)',
  token: 'a bare time-stamp token (RFC 3161)',
  pdf: 'a PDF, which renders a constancia for people and is no evidence: ask for the .asn1 file',
  'nom-151-2002': 'a constancia of NOM-151-SCFI-2002, which was replaced in 2016 and is not judged here',
  'private-key': 'a private key, and was not looked at any further',
  unknown: 'nothing that is known',
};

const describeConservation = (conservation: VerifiedConservation): string[] => {
  const { form, conserves, issuedAt, issuer, policy, serialNumber, certificateBound, notes, findings } = conservation;
  if (!findings.parsed) return [`The constancia is ${forms[form]}.\n`];
  const odd = findings.signatureValid && !certificateBound;
  const isStranger = findings.extendedKeyUsage === false || findings.certificateBound === false;
  return [
    `The constancia is ${forms[form]}, of ${conserves ?? 'none of the files given'}.\n`,
    `Issued at ${issuedAt!.toISOString()} by ${issuer ?? 'nobody who is named'}; policy ${policy}, serial ${serialNumber}.\n`,
    ...notes.map((note) => `  ${note}\n`),
    ...(isStranger ? ['It is not by a time-stamp authority.\n'] : []),
    ...(odd ? ['It names another certificate than the one that signed it, as those of some providers do.\n'] : []),
    'Whether its issuer is accredited, or its certificate was revoked, is not judged.\n',
  ];
};

const toConclusion = (judged: JudgedOutputs): string => {
  if (judged.holds) return `All that was judged holds${judged.anchored ? '' : '; who signed was not'}.\n`;
  const failed = allRows(judged).filter(([, , verdict]) => verdict === words(false));
  return `FAILS: ${failed.map(([of, finding]) => `${of}: ${finding}`).join('; ')}\n`;
};

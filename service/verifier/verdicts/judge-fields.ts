import { readRoots } from '#certificates/chain.ts';
import { verifySignedData } from '#cms/verify-signed-data.ts';
import { readSignatureFields, type SignatureField } from '#pdf/form.ts';
import { levelOf, wereNotRevoked, type RevocationQuestion, type Used } from '#long-term/level.ts';
import { createListsBy } from '#long-term/list-signatures.ts';
import { createStoreReader } from '#long-term/security-store.ts';
import { Fault } from '#pdf/fault.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import { PdfRef } from '#pdf/objects/object.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import { readClaimedTime, readSignedBytes, type SignedBytes } from '#pdf/signature-value.ts';
import type { Ports } from '#ports/ports.ts';
import { failedOf, type DocumentToVerify, type VerifiedSignature } from './findings.ts';
import { judgeSignature, unreadable, type JudgedSignature } from './judge-signature.ts';
import type { SignatureTrust } from './signature-trust.ts';

/** A signature and the end of what it covers; 0 where that cannot be told. */
export interface PlacedSignature {
  end: number;
  signature: VerifiedSignature;
}

/** And the keys that it rests on. */
interface JudgedField extends PlacedSignature {
  used: readonly Used[];
  isBaseline: boolean;
}

/** A field that somebody has signed, and what stands in it. */
interface Signed {
  field: string;
  kind: VerifiedSignature['kind'];
  subFilter: string | undefined;
  claimedTime: Date | undefined;
  signedBytes: SignedBytes | undefined;
  /** Whether they leave out this signature's value, and no other one's. */
  inPlace: boolean;
}

const isSigned = (field: SignatureField): field is SignatureField & { value: object } => field.value !== undefined;

/**
 * Whether /ByteRange leaves out the /Contents of this very signature, as it stood in the revision that it covers, and not
 * those of another one that says the same.
 */
const isInPlace = (file: PdfFile, { ref, dict }: SignatureField, { gap, end }: SignedBytes, ports: Ports): boolean => {
  const value = dict.get('V');
  try {
    const signed = end === file.bytes.length ? file : openPdf(file.bytes.subarray(0, end), ports);
    const holder = value instanceof PdfRef ? value : ref;
    const origin = signed.originOf(signed.objects.ref(holder.number, holder.generation));
    return origin !== undefined && origin.stream === undefined && origin.start < gap.start && gap.end < origin.end;
  } catch {
    // Whether it is a revision at all is judged with what came after it.
    return true;
  }
};

/** @throws Fault where two fields have one signature, which would be two signatures of one act */
const requireOneEach = (fields: readonly SignatureField[]): void => {
  if (new Set(fields.map(({ value }) => value)).size !== fields.length)
    throw new Fault('Two fields have one signature');
};

const readSigned = (file: PdfFile, ports: Ports): Signed[] =>
  readSignatureFields(file)
    .filter(isSigned)
    .map((signed) => {
      const { name, value } = signed;
      const subFilter = nameAt(value, 'SubFilter');
      const kind = subFilter === 'ETSI.RFC3161' ? 'time-stamp' : 'signature';
      const signedBytes = readSignedBytes(file, value);
      const inPlace = signedBytes !== undefined && isInPlace(file, signed, signedBytes, ports);
      return { field: name, kind, subFilter, claimedTime: readClaimedTime(value), signedBytes, inPlace };
    });

const toTrust = ({ roots, providerRoots = [], legacy = false, now }: DocumentToVerify): SignatureTrust => ({
  roots: roots && readRoots(roots),
  providers: readRoots(providerRoots),
  legacy,
  now,
});

/** Judges one field, given what others prove of it. */
type Judge = (
  signed: Signed,
  given?: { provenTime?: Date | undefined; signatories?: Uint8Array[] },
) => Promise<JudgedField>;

const createJudge =
  (trust: SignatureTrust, ports: Ports): Judge =>
  async ({ signedBytes, inPlace, field, kind, subFilter, claimedTime }, { provenTime, signatories = [] } = {}) => {
    const signature = { kind, subFilter, claimedTime, provenTime, signatories, trust };
    const judged: JudgedSignature = signedBytes
      ? await judgeSignature({ ...signature, signedBytes }, ports)
      : unreadable;
    const { used, isBaseline, ...told } = judged;
    const rangeWhole = judged.findings.rangeWhole && inPlace;
    const findings = { ...judged.findings, rangeWhole, notRevoked: null, laterChangesAllowed: null };
    return {
      end: signedBytes?.end ?? 0,
      used,
      isBaseline,
      signature: { field, kind, ...told, level: null, findings, changes: [] },
    };
  };

/** Time-stamps that prove their time of what ends here: of what they leave out besides their value nobody knows when it came. */
const stampsOver = (end: number, stamps: readonly PlacedSignature[]): PlacedSignature[] =>
  stamps.filter((stamp) => stamp.end > end && stamp.signature.timeProven && stamp.signature.findings.rangeWhole);

/** The earliest that a time-stamp of the document proves of what ends here. */
const provenFor = (end: number, stamps: readonly PlacedSignature[]): Date | undefined => {
  const times = stampsOver(end, stamps).map(({ signature }) => signature.signedAt!.getTime());
  return times.length ? new Date(Math.min(...times)) : undefined;
};

interface Graded extends Omit<RevocationQuestion, 'used'> {
  /** Time-stamps of the document. */
  stamped: readonly PlacedSignature[];
  /** Of all signatures. */
  ends: readonly number[];
}

/** Tells whether certificates were revoked, and the level of a signature that holds. */
const grade = async (
  { end, used, isBaseline, signature }: JudgedField,
  { stamped, ends, ...lists }: Graded,
  ports: Ports,
): Promise<PlacedSignature> => {
  const notRevoked = await wereNotRevoked({ ...lists, used, ends }, ports);
  const findings = { ...signature.findings, notRevoked };
  const graded = { ...signature, findings };
  // What was done after it is judged elsewhere, and fails by itself.
  if (!isBaseline || failedOf(findings).length) return { end, signature: graded };
  const { timeProven } = signature;
  const stampedTo = stampsOver(end, stamped).map((stamp) => stamp.end);
  return { end, signature: { ...graded, level: await levelOf({ ...lists, used, timeProven, stampedTo }, ports) } };
};

const signerOf = async ({ signedBytes }: Signed, ports: Ports): Promise<Uint8Array[]> => {
  try {
    const { signerCertificate } = await verifySignedData({ cms: signedBytes!.contents }, ports);
    return signerCertificate ? [signerCertificate] : [];
  } catch {
    return [];
  }
};

/**
 * Judges all signatures of a document, in the order in which they were made. Time-stamps of the document come first: they
 * prove when what they cover was there.
 */
export const judgeFields = async (
  file: PdfFile,
  candidate: DocumentToVerify,
  ports: Ports,
): Promise<PlacedSignature[]> => {
  const trust = toTrust(candidate);
  const judge = createJudge(trust, ports);
  const all = readSigned(file, ports);
  requireOneEach(readSignatureFields(file).filter(isSigned));
  const [stamps, persons] = ['time-stamp', 'signature'].map((kind) => all.filter((signed) => signed.kind === kind));
  const signatories = (await Promise.all(persons!.map((signed) => signerOf(signed, ports)))).flat();
  const stamped = await Promise.all(stamps!.map((signed) => judge(signed, { signatories })));
  const signed = await Promise.all(
    persons!.map((person) => judge(person, { provenTime: provenFor(person.signedBytes?.end ?? Infinity, stamped) })),
  );
  const judged = [...stamped, ...signed];
  const graded = {
    stores: createStoreReader(file, ports),
    listsBy: createListsBy(ports),
    roots: trust.roots,
    stamped,
    ends: judged.map(({ end }) => end),
  };
  const placed = await Promise.all(judged.map((one) => grade(one, graded, ports)));
  return placed.sort((one, other) => one.end - other.end);
};

import { readRoots } from '#certificates/chain.ts';
import { verifySignedData } from '#cms/verify-signed-data.ts';
import { readSignatureFields, type SignatureField } from '#pdf/form.ts';
import { nameAt } from '#pdf/objects/entries.ts';
import type { PdfFile } from '#pdf/pdf-file.ts';
import { readClaimedTime, readSignedBytes, type SignedBytes } from '#pdf/signature-value.ts';
import type { Ports } from '#ports/ports.ts';
import type { DocumentToVerify, VerifiedSignature } from './findings.ts';
import { judgeSignature, unreadable, type JudgedSignature } from './judge-signature.ts';
import type { SignatureTrust } from './signature-trust.ts';

/** A signature and the end of what it covers; 0 where that cannot be told. */
export interface PlacedSignature {
  end: number;
  signature: VerifiedSignature;
}

/** A field that somebody has signed, and what stands in it. */
interface Signed {
  field: string;
  kind: VerifiedSignature['kind'];
  subFilter: string | undefined;
  claimedTime: Date | undefined;
  signedBytes: SignedBytes | undefined;
}

const isSigned = (field: SignatureField): field is SignatureField & { value: object } => field.value !== undefined;

const readSigned = (file: PdfFile): Signed[] =>
  readSignatureFields(file)
    .filter(isSigned)
    .map(({ name, value }) => {
      const subFilter = nameAt(value, 'SubFilter');
      const kind = subFilter === 'ETSI.RFC3161' ? 'time-stamp' : 'signature';
      const signedBytes = readSignedBytes(file, value);
      return { field: name, kind, subFilter, claimedTime: readClaimedTime(value), signedBytes };
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
) => Promise<PlacedSignature>;

const createJudge =
  (trust: SignatureTrust, ports: Ports): Judge =>
  async ({ signedBytes, field, kind, subFilter, claimedTime }, { provenTime, signatories = [] } = {}) => {
    const signature = { kind, subFilter, claimedTime, provenTime, signatories, trust };
    const judged: JudgedSignature = signedBytes
      ? await judgeSignature({ ...signature, signedBytes }, ports)
      : unreadable;
    const findings = { ...judged.findings, rangeWhole: signedBytes !== undefined, laterChangesAllowed: null };
    return { end: signedBytes?.end ?? 0, signature: { field, kind, ...judged, findings } };
  };

/** The earliest that a time-stamp of the document proves of what ends here. */
const provenFor = (end: number, stamps: readonly PlacedSignature[]): Date | undefined => {
  const over = stamps.filter((stamp) => stamp.end > end && stamp.signature.timeProven);
  const times = over.map(({ signature }) => signature.signedAt!.getTime());
  return times.length ? new Date(Math.min(...times)) : undefined;
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
  const judge = createJudge(toTrust(candidate), ports);
  const all = readSigned(file);
  const [stamps, persons] = ['time-stamp', 'signature'].map((kind) => all.filter((signed) => signed.kind === kind));
  const signatories = (await Promise.all(persons!.map((signed) => signerOf(signed, ports)))).flat();
  const stamped = await Promise.all(stamps!.map((signed) => judge(signed, { signatories })));
  const signed = await Promise.all(
    persons!.map((person) => judge(person, { provenTime: provenFor(person.signedBytes?.end ?? Infinity, stamped) })),
  );
  return [...stamped, ...signed].sort((one, other) => one.end - other.end);
};

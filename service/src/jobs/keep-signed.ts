import { keepOutput } from '#files/keep-output.ts';
import type { SignedDocument, SigningOrder } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import type { Observation } from '#signing/evidence.ts';
import { toFiles } from '#signing/outputs.ts';
import { advanceTo, type Signing } from '#signing/signing.ts';
import { judgeDocument, type JudgedDocument } from './judge-document.ts';
import { judgeKeyCertificate } from './key-certificate.ts';
import { leaseMs } from './lease.ts';
import type { Deps, ReceivedOutput, StepResult } from './step.ts';

interface KeepOptions {
  deps: Deps;
  order: SigningOrder;
}

/** Keeps what a provider has signed, once it was judged; what is not believed is left to a person. */
export const keepSigned = async (
  signing: Signing,
  { document, keyCertificate, warnings }: SignedDocument,
  { deps, order }: KeepOptions,
): Promise<StepResult> => {
  const { store, files, providerOf, now, notificationsFor } = deps;
  const judged = await judgeDocument(document, order, deps);
  const verified = toObservation(document, judged);
  const { believed, findings, pages, level } = judged;
  if (!believed) {
    const file = await keepOutput(signing, document, files);
    return { kind: 'not-believed', doubts: { file, findings, observation: verified } };
  }
  const certificate = await receiveCertificate(signing, { keyCertificate, judged }, deps);
  const kept = { ...(await keepOutput(signing, document, files)), pages, ...(level && { level }) };
  const outputs = { document: kept, ...(certificate?.kept && { keyCertificate: certificate.kept }) };
  const data = { provider: providerOf(signing.host).name, ...toFiles(outputs), ...(warnings?.length && { warnings }) };
  const standings = { document: { findings }, ...(certificate && { keyCertificate: certificate.standing }) };
  const signed = advanceTo(signing, 'signed', { outputs, signedAt: now().getTime(), standings });
  const observations = [verified, ...(certificate?.observations ?? []), { kind: 'signed', data } as const];
  const ofCertificate = certificate?.standing.problem ? 'key-certificate.failed' : 'key-certificate.issued';
  const news = certificate ? (['signing.signed', ofCertificate] as const) : (['signing.signed'] as const);
  const tell = notificationsFor(signing.host, ...news);
  return store.save(signed, { observations, dueInMs: leaseMs, tell });
};

interface Handed {
  keyCertificate: Uint8Array | undefined;
  judged: JudgedDocument;
}

/** Undefined where the provider hands it out later. */
const receiveCertificate = async (
  signing: Signing,
  { keyCertificate: content, judged }: Handed,
  deps: Deps,
): Promise<ReceivedOutput | undefined> => {
  if (!content && deps.providerOf(signing.host).findKeyCertificate) return undefined;
  const delivered = content && { content };
  return judgeKeyCertificate(signing, { delivered, signer: judged.signatures.at(-1) }, deps);
};

const toObservation = (document: Uint8Array, { findings, signatures, clock }: JudgedDocument): Observation => ({
  kind: 'verified',
  data: {
    artefact: 'document',
    digest: digestOf(document),
    findings,
    signatures: signatures.map(({ field, findings }) => ({ field, findings })),
    ...(clock && { clock }),
  },
});

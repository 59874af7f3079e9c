import { OperatorRevocation, OperatorRevocationRequest, type RevocationReason } from '@tu-esign/contract';
import { bodyProblems, readBodyAs } from '#http/request/body.ts';
import type { Route } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { FileStore } from '#files/file-store.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { RevocationStore } from '#records/trust/revocations.ts';
import { outputKey } from '#signing/signing.ts';
import { operatorProblems, requireOperator, type OperatorDeps } from './operator.ts';

/** Who has issued certificates, by ids. */
interface Issuers {
  readonly issuersOf: (serialNumber: string) => string[];
  /** The certificate that a PEM begins with, where it is one of ours. */
  readonly findIssued: (pem: string) => { issuer: string; serialNumber: string } | undefined;
}

interface FindDeps {
  store: Pick<SigningStore, 'find'>;
  files: Pick<FileStore, 'read'>;
  issuers: Issuers;
}

export interface PostRevocationDeps extends OperatorDeps, FindDeps {
  revocations: Pick<RevocationStore, 'revoke'>;
  readonly now: () => Date;
}

/** An operator revokes a certificate of the embedded authority: it is told to everybody from then on. */
export const postRevocation: Route<PostRevocationDeps> = {
  method: 'post',
  path: '/v1/operator/revocations',
  summary: 'Revoke a certificate of the embedded authority; what was signed before its time stays valid',
  security: 'operator key',
  request: { 'application/json': OperatorRevocationRequest },
  responses: { 200: { description: 'It is revoked', content: { 'application/json': OperatorRevocation } } },
  problems: [...operatorProblems, ...bodyProblems, 'signing-not-found', 'file-pending', 'storage-unavailable'],
  async handle(context, deps) {
    requireOperator(context, deps);
    const asked = await readBodyAs(context, OperatorRevocationRequest);
    const revokedAt = readTime(asked, deps.now().getTime());
    const { issuers, serialNumber } = await find(asked, deps);
    const { revoke } = deps.revocations;
    context.body = toOperatorRevocation(await revoke(issuers, { serialNumber, reason: asked.reason, revokedAt }));
  },
};

const readTime = ({ revokedAt }: OperatorRevocationRequest, now: number): number => {
  const at = revokedAt === undefined ? now : Date.parse(revokedAt);
  if (at > now) throw new Problem('body-malformed', 'revokedAt lies in the future');
  return at;
};

const find = async ({ signing, serialNumber = '' }: OperatorRevocationRequest, deps: FindDeps) => {
  if (signing !== undefined) return findOfSigning(signing, deps);
  const digits = serialNumber
    .replaceAll(':', '')
    .toLowerCase()
    .replace(/^0+(?=.)/, '');
  return { serialNumber: digits, issuers: deps.issuers.issuersOf(digits) };
};

const findOfSigning = async (id: string, { store, files, issuers }: FindDeps) => {
  const signing = await store.find(id);
  if (!signing) throw new Problem('signing-not-found');
  const { keyCertificate } = signing.outputs;
  const pem = keyCertificate && (await files.read(outputKey(id, keyCertificate.digest)));
  if (!pem) throw new Problem('file-pending', 'There is no key certificate yet');
  const issued = issuers.findIssued(Buffer.from(pem).toString());
  if (!issued)
    throw new Problem('body-malformed', 'Its key certificate is by another authority, which alone can revoke it');
  return { serialNumber: issued.serialNumber, issuers: [issued.issuer] };
};

const toTime = (at: number): string => new Date(at).toISOString();

const toOperatorRevocation = ({
  revokedAt,
  registeredAt,
  ...told
}: {
  serialNumber: string;
  reason: RevocationReason;
  revokedAt: number;
  registeredAt: number;
}): OperatorRevocation => ({ ...told, revokedAt: toTime(revokedAt), registeredAt: toTime(registeredAt) });

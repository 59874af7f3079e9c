import { problemPrefix, problems, type Output, type SigningView } from '@tu-esign/contract';
import type { Links } from './links.ts';
import { isFinished, type KeptFile, type Signing } from './signing.ts';

export const mediaTypes = {
  document: 'application/pdf',
  'key-certificate': 'application/pem-certificate-chain',
  'conservation-certificate': 'application/timestamp-reply',
  evidence: 'application/json',
} as const;

/** Who conserves, as it is told before the certificate is there. */
export interface Conservation {
  issuer: string;
  accredited: boolean;
}

/** What host and element are told of a signing, with fresh links. */
export const toView = (signing: Signing, links: Links, conservation: Conservation): SigningView => {
  const { id, status, outputs, request } = signing;
  const output = (file: Exclude<keyof typeof mediaTypes, 'evidence'>, kept: KeptFile | undefined): Output => ({
    mediaType: mediaTypes[file],
    ...(kept
      ? { state: 'issued', digest: kept.digest, bytes: kept.bytes, link: links.create({ signingId: id, file }) }
      : { state: isFinished(status) ? 'failed' : 'pending' }),
  });
  const { conservationCertificate: conserved } = outputs;
  return {
    id,
    identifier: signing.identifier,
    status,
    createdAt: new Date(signing.createdAt).toISOString(),
    updatedAt: new Date(signing.updatedAt).toISOString(),
    document: request.document,
    outputs: {
      document: output('document', outputs.document),
      keyCertificate: output('key-certificate', outputs.keyCertificate),
      conservationCertificate: {
        ...output('conservation-certificate', conserved),
        issuer: conserved?.issuer ?? conservation.issuer,
        accredited: conserved?.accredited ?? conservation.accredited,
        ...(conserved && { issuedAt: conserved.issuedAt }),
      },
    },
    evidence: links.create({ signingId: id, file: 'evidence' }),
    ...(signing.problem && { problem: toProblem(signing.problem) }),
    ...(signing.declineReason !== null && { declineReason: signing.declineReason }),
  };
};

const toProblem = (type: keyof typeof problems) => ({ type: problemPrefix + type, title: problems[type].title });

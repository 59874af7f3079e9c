import {
  problemPrefix,
  problems,
  type Output,
  type ProblemType,
  type SequenceState,
  type SigningView,
} from '@tu-esign/contract';
import { answeredConsents } from './consent.ts';
import type { Links } from './links.ts';
import { fileOf, stateOf, type OutputName } from './outputs.ts';
import { sequenceOf } from './sequence.ts';
import type { Signing } from './signing.ts';

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

/** What a view tells besides the record. */
export interface ViewContext {
  links: Links;
  conservation: Conservation;
  /** How far all signatories are. */
  sequence: SequenceState;
}

/** What host and element are told of a signing, with fresh links. */
export const toView = (signing: Signing, { links, conservation, sequence }: ViewContext): SigningView => {
  const { id, outputs, request } = signing;
  const consents = signing.consent ? answeredConsents(request, signing.consent) : [];
  return {
    id,
    identifier: signing.identifier,
    status: signing.status,
    createdAt: new Date(signing.createdAt).toISOString(),
    updatedAt: new Date(signing.updatedAt).toISOString(),
    document: request.document,
    sequence: { ...sequenceOf(request), state: sequence },
    outputs: {
      document: {
        ...toOutput(signing, 'document', links),
        ...(outputs.document?.level && { level: outputs.document.level }),
      },
      'key-certificate': toOutput(signing, 'keyCertificate', links),
      'conservation-certificate': {
        ...toOutput(signing, 'conservationCertificate', links),
        ...toConservation(outputs.conservationCertificate, conservation),
      },
    },
    evidence: links.create({ signingId: id, file: 'evidence' }),
    ...(signing.problem && { problem: toProblem(signing.problem, signing.standings.document?.code) }),
    ...(signing.declineReason !== null && { declineReason: signing.declineReason }),
    ...(consents.length && { consents }),
  };
};

const toOutput = (signing: Signing, name: OutputName, links: Links): Output => {
  const { id, outputs, standings } = signing;
  const kept = outputs[name];
  const { problem, code, findings } = standings[name] ?? {};
  return {
    state: stateOf(signing, name),
    mediaType: kept?.mediaType ?? mediaTypes[fileOf[name]],
    ...(kept && { digest: kept.digest, bytes: kept.bytes, link: links.create({ signingId: id, file: fileOf[name] }) }),
    ...(problem && { problem: toProblem(problem, code) }),
    ...(findings && { findings }),
  };
};

const toConservation = (kept: Signing['outputs']['conservationCertificate'], { issuer, accredited }: Conservation) =>
  kept
    ? {
        issuer: kept.issuer,
        accredited: kept.accredited,
        issuedAt: kept.issuedAt,
        ...(kept.conserves && { conserves: kept.conserves }),
      }
    : { issuer, accredited };

const toProblem = (type: ProblemType, code?: string) => ({
  type: problemPrefix + type,
  title: problems[type].title,
  ...(code && { code }),
});

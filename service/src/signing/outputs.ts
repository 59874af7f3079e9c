import type { FileName, Output } from '@tu-esign/contract';
import { isLast } from './sequence.ts';
import type { KeptFile, Outputs, Signing } from './signing.ts';

/** What a signing hands out. */
export type OutputName = Exclude<keyof Outputs, 'doubted'>;

/** What may come after the signed document. */
export type LateOutput = Exclude<OutputName, 'document'>;

/** How an output is spelled wherever it is told: in addresses, answers, notifications and evidence. */
export const fileOf = {
  document: 'document',
  keyCertificate: 'key-certificate',
  conservationCertificate: 'conservation-certificate',
} as const satisfies Record<OutputName, FileName>;

/** Files as they are told. */
export const toFiles = (outputs: Pick<Outputs, OutputName>): Partial<Record<FileName, KeptFile>> =>
  Object.fromEntries(Object.entries(outputs).map(([name, kept]) => [fileOf[name as OutputName], kept]));

const lateOutputs: readonly LateOutput[] = ['conservationCertificate', 'keyCertificate'];

/** Where an output stands. */
export const stateOf = (signing: Signing, name: OutputName): Output['state'] => {
  const { status, outputs, standings } = signing;
  if (standings[name]?.problem) return 'failed';
  if (outputs[name]) return 'issued';
  if (status === 'failed' || status === 'declined' || status === 'withdrawn') return 'failed';
  // What is conserved is the document as the last signatory leaves it.
  return name === 'conservationCertificate' && !isLast(signing) ? 'later' : 'pending';
};

/** How often an output was asked for in vain. */
export const askedFor = ({ standings }: Signing, name: LateOutput): number => standings[name]?.asked ?? 0;

/** The outputs that are not there yet, the one that was asked for the least first. */
export const listPending = (signing: Signing): LateOutput[] =>
  lateOutputs
    .filter((name) => stateOf(signing, name) === 'pending')
    .sort((one, other) => askedFor(signing, one) - askedFor(signing, other));

import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf, type VerifiedSignature } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';

/** A document that we and others judge. */
export interface Candidate {
  /** Of what, and what was done to it. */
  name: string;
  document: Uint8Array;
}

/**
 * What somebody says of a document, and so of the least of its signatures: none that can be read and verifies, or they
 * verify, or they are also by somebody whom a root speaks for, and nothing was done after them that may not be.
 */
export type Word = 'nothing' | 'intact' | 'trusted';

/** From the least to the most. */
export const words: readonly Word[] = ['nothing', 'intact', 'trusted'];

export const leastOf = (each: readonly Word[]): Word =>
  each.length ? words[Math.min(...each.map((word) => words.indexOf(word)))]! : 'nothing';

export const toWord = (intact: boolean, trusted: boolean): Word =>
  intact ? (trusted ? 'trusted' : 'intact') : 'nothing';

const verifies = ({ findings }: VerifiedSignature): boolean =>
  findings.parsed && findings.rangeWhole && findings.digestMatches && findings.signatureValid;

export interface OurWords {
  /** As we tell it. */
  whole: Word;
  /** Of what was signed alone, whatever came after it. */
  signed: Word;
}

export const ourWords = async ({ document }: Candidate, roots: readonly string[]): Promise<OurWords> => {
  const candidate = { document: new Uint8Array(document), roots, now: new Date() };
  const { signatures } = await verifyDocument(candidate, nodePorts);
  const wordOf = (ignored: readonly string[]): Word =>
    leastOf(
      signatures.map((each) =>
        toWord(verifies(each), failedOf(each.findings).filter((name) => !ignored.includes(name)).length === 0),
      ),
    );
  return { whole: wordOf([]), signed: wordOf(['laterChangesAllowed']) };
};

export interface Found {
  cms: Buffer;
  covered: Buffer;
  /** What is left out, with its angle brackets. */
  gap: { start: number; end: number };
  /** Behind what is covered. */
  end: number;
}

/** What every /ByteRange in the file covers and leaves out, as anybody finds it who looks for it. */
export const signaturesIn = (document: Uint8Array): Found[] => {
  const whole = Buffer.from(document);
  const ranges = whole.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g);
  return Array.from(ranges, ([, ...numbers]) => {
    const [start, length, next, rest] = numbers.map(Number) as [number, number, number, number];
    const cms = Buffer.from(whole.toString('latin1', start + length + 1, next - 1), 'hex');
    return {
      // what follows is room that was not needed
      cms: cms.length < 4 ? cms : cms.subarray(0, 4 + cms.readUInt16BE(2)),
      covered: Buffer.concat([whole.subarray(start, start + length), whole.subarray(next, next + rest)]),
      gap: { start: start + length, end: next },
      end: next + rest,
    };
  });
};

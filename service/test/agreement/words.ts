import { join } from 'node:path';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf, type VerifiedSignature } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { runPyHanko } from '../pki/judges.ts';
import { run, type Folder } from '../tools.ts';
import type { Candidate } from './fixed-documents.ts';

/**
 * What somebody says of a document, and so of the least of its signatures: none that can be read and verifies, or they
 * verify, or they are also by somebody whom a root speaks for, and nothing was done after them that may not be.
 */
export type Word = 'nothing' | 'intact' | 'trusted';

/** From the least to the most. */
export const words: readonly Word[] = ['nothing', 'intact', 'trusted'];

const leastOf = (each: readonly Word[]): Word =>
  each.length ? words[Math.min(...each.map((word) => words.indexOf(word)))]! : 'nothing';

const toWord = (intact: boolean, trusted: boolean): Word => (intact ? (trusted ? 'trusted' : 'intact') : 'nothing');

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

export const popplerWord = (folder: Folder, { document }: Candidate, store: string): Word => {
  const { output } = run('pdfsig', '-nssdir', store, folder.write('judged.pdf', document));
  const signatures = output
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .filter((text) => !text.includes('is not signed'));
  return leastOf(
    signatures.map((text) => toWord(text.includes('Signature is Valid.'), text.includes('Certificate is Trusted.'))),
  );
};

interface Found {
  cms: Buffer;
  covered: Buffer;
}

/** What every /ByteRange in the file covers and leaves out, as anybody finds it who looks for it. */
const signaturesIn = (document: Uint8Array): Found[] => {
  const whole = Buffer.from(document);
  const ranges = whole.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g);
  return Array.from(ranges, ([, ...numbers]) => {
    const [start, length, next, rest] = numbers.map(Number) as [number, number, number, number];
    const cms = Buffer.from(whole.toString('latin1', start + length + 1, next - 1), 'hex');
    return {
      // what follows is room that was not needed
      cms: cms.length < 4 ? cms : cms.subarray(0, 4 + cms.readUInt16BE(2)),
      covered: Buffer.concat([whole.subarray(start, start + length), whole.subarray(next, next + rest)]),
    };
  });
};

const timeStampInfo = Buffer.from('060b2a864886f70d0109100104', 'hex');

const opensslWordOn = (folder: Folder, { cms, covered }: Found): Word => {
  const [signature, content] = [folder.write('signature.der', cms), folder.write('covered', covered)];
  const roots = ['-CAfile', join(folder.path, 'roots.pem')];
  if (cms.subarray(0, 80).includes(timeStampInfo)) {
    const stamp = ['-data', content, '-in', signature, '-token_in'];
    const holds = run('openssl', 'ts', '-verify', ...stamp, ...roots).output.includes('Verification: OK');
    return toWord(holds, holds);
  }
  const input = ['-binary', '-inform', 'DER', '-in', signature, '-content', content, '-out', '/dev/null'];
  const verify = (...trust: string[]) => run('openssl', 'cms', '-verify', ...input, ...trust).status === 0;
  if (verify(...roots, '-purpose', 'smimesign')) return 'trusted';
  return toWord(verify('-noverify'), false);
};

export const opensslWord = (folder: Folder, { document }: Candidate): Word =>
  leastOf(signaturesIn(document).map((found) => opensslWordOn(folder, found)));

const judge = `
import io, json, logging, signal, sys, warnings
warnings.simplefilter('ignore'); logging.disable(logging.CRITICAL)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext
from pyhanko.keys import load_certs_from_pemder
roots = list(load_certs_from_pemder([sys.argv[1]]))
def late(*_): raise TimeoutError()
signal.signal(signal.SIGALRM, late)
def word(signature):
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    stamp = signature.sig_object.get('/Type') == '/DocTimeStamp'
    status = (validate_pdf_timestamp if stamp else validate_pdf_signature)(signature, context)
    if not (status.intact and status.valid): return 'nothing'
    return 'trusted' if getattr(status, 'bottom_line', status.trusted) else 'intact'
for path in sys.argv[2:]:
    signal.alarm(20)
    try: told = [word(each) for each in PdfFileReader(io.BytesIO(open(path, 'rb').read())).embedded_signatures]
    except Exception: told = []
    signal.alarm(0)
    print(json.dumps(told), flush=True)
`;

/** pyHanko's words, in the order of the documents. */
export const pyHankoWords = (folder: Folder, candidates: readonly Candidate[]): Word[] => {
  const files = candidates.map(({ document }, at) => folder.write(`pyhanko-${at}.pdf`, document));
  const lines = runPyHanko(folder, judge, [join(folder.path, 'roots.pem'), ...files]);
  return lines.map((line) => leastOf(JSON.parse(line) as Word[]));
};

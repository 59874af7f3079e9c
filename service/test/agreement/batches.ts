import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environmentOfPyHanko } from '../pki/judges.ts';
import type { Folder } from '../tools.ts';
import { leastOf, signaturesIn, toWord, type Candidate, type Found, type Word } from './words.ts';

/** What others say of many documents: each judge is started once for all, and goes on beside the others. */

/** A judge: its words, in the order of the documents. */
export type Batch = (folder: Folder, candidates: readonly Candidate[]) => Promise<Word[]>;

const mostOutput = 1 << 28;

/** What a program says, which has to end well. */
const outputOf = (
  program: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> =>
  promisify(execFile)(program, parameters, { maxBuffer: mostOutput, env }).then(({ stdout }) => stdout);

/** Lines of a shell for each of these, behind a mark. */
const mark = '== next ==';
const runForEach = async (folder: Folder, name: string, lines: readonly string[]): Promise<string[]> => {
  // What the last of them ends with is no error of the shell's.
  const script = `${lines.map((line) => `echo '${mark}'\n${line}\n`).join('')}true\n`;
  const output = await outputOf('sh', [folder.write(name, script)]);
  return output.split(`${mark}\n`).slice(1);
};

/** For what hangs; on a machine that does much else a judge may take long. */
const bounded = 'timeout 600';

const fileOf = ({ path }: Folder, at: number): string => join(path, `judged-${at}.pdf`);

/** Writes what all judge. */
export const writeDocuments = (folder: Folder, candidates: readonly Candidate[]): void => {
  for (const [at, { document }] of candidates.entries()) folder.write(`judged-${at}.pdf`, document);
};

const popplerWord = (output: string): Word => {
  const signatures = output
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .filter((text) => !text.includes('is not signed'));
  return leastOf(
    signatures.map((text) => toWord(text.includes('Signature is Valid.'), text.includes('Certificate is Trusted.'))),
  );
};

export const popplerWords: Batch = async (folder, candidates) => {
  const store = `sql:${folder.path}`;
  const lines = candidates.map((_, at) => `${bounded} pdfsig -nssdir ${store} ${fileOf(folder, at)} 2>&1`);
  return (await runForEach(folder, 'poppler.sh', lines)).map(popplerWord);
};

const timeStampInfo = Buffer.from('060b2a864886f70d0109100104', 'hex');

/** A line that says `trusted`, `intact` or nothing of one signature. */
const opensslLine = (folder: Folder, { cms, covered }: Found, at: number): string => {
  const [signature, content] = [folder.write(`signature-${at}`, cms), folder.write(`covered-${at}`, covered)];
  const roots = `-CAfile ${join(folder.path, 'roots.pem')}`;
  const quiet = '>/dev/null 2>&1';
  if (cms.subarray(0, 80).includes(timeStampInfo))
    return `openssl ts -verify -data ${content} -in ${signature} -token_in ${roots} ${quiet} && echo trusted`;
  const verify = `openssl cms -verify -binary -inform DER -in ${signature} -content ${content} -out /dev/null`;
  return `${verify} ${roots} -purpose smimesign ${quiet} && echo trusted || { ${verify} -noverify ${quiet} && echo intact; }`;
};

const keyOf = ({ cms, covered }: Found): string =>
  createHash('sha256').update(cms).update('|').update(covered).digest('hex');

/** A signature that many documents have in common is judged once. */
export const opensslWords: Batch = async (folder, candidates) => {
  const found = candidates.map(({ document }) => signaturesIn(document).map((each) => ({ each, key: keyOf(each) })));
  const unique = new Map(found.flat().map(({ each, key }) => [key, each]));
  const lines = [...unique.values()].map((each, at) => opensslLine(folder, each, at));
  const told = await runForEach(folder, 'openssl.sh', lines);
  const wordOf = new Map([...unique.keys()].map((key, at) => [key, (told[at]!.trim() || 'nothing') as Word]));
  return found.map((signatures) => leastOf(signatures.map(({ key }) => wordOf.get(key)!)));
};

const judge = `
import io, json, logging, signal, sys, warnings
warnings.simplefilter('ignore'); logging.disable(logging.CRITICAL)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext
from pyhanko.keys import load_certs_from_pemder
roots = list(load_certs_from_pemder([sys.argv[1]]))
class Late(BaseException): pass
def late(*_): raise Late()
signal.signal(signal.SIGVTALRM, late)
def word(signature):
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    stamp = signature.sig_object.get('/Type') == '/DocTimeStamp'
    status = (validate_pdf_timestamp if stamp else validate_pdf_signature)(signature, context)
    if not (status.intact and status.valid): return 'nothing'
    return 'trusted' if getattr(status, 'bottom_line', status.trusted) else 'intact'
for path in sys.argv[2:]:
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    try: told = [word(each) for each in PdfFileReader(io.BytesIO(open(path, 'rb').read())).embedded_signatures]
    except (Exception, Late): told = []
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(json.dumps(told), flush=True)
`;

export const pyHankoWords: Batch = async (folder, candidates) => {
  const files = candidates.map((_, at) => fileOf(folder, at));
  const parameters = [folder.write('judge-all.py', judge), join(folder.path, 'roots.pem'), ...files];
  const output = await outputOf('/usr/bin/python3', parameters, environmentOfPyHanko());
  return output
    .trim()
    .split('\n')
    .map((line) => leastOf(JSON.parse(line) as Word[]));
};

import { join } from 'node:path';
import { run, type Folder } from '../tools.ts';

/** Other people's word on whether a signature is to be trusted: each says yes or no. */

const seconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));

export interface SignatureToJudge {
  cms: Buffer;
  covered: Buffer;
  /** What its form demands. */
  cades: boolean;
  at: Date;
}

export const opensslTrusts = (folder: Folder, { cms, covered, cades, at }: SignatureToJudge): boolean => {
  const [signature, content] = [folder.write('signature.der', cms), folder.write('covered', covered)];
  const input = ['-binary', '-inform', 'DER', '-in', signature, '-content', content];
  const trust = ['-CAfile', join(folder.path, 'roots.pem'), '-attime', seconds(at), '-purpose', 'smimesign'];
  const form = cades ? ['-cades'] : [];
  return run('openssl', 'cms', '-verify', ...input, ...trust, ...form, '-out', '/dev/null').status === 0;
};

export interface TokenToJudge {
  token: Buffer;
  /** What it should be of. */
  data: Buffer;
  at: Date;
}

export const opensslTrustsToken = (folder: Folder, { token, data, at }: TokenToJudge): boolean => {
  const files = ['-data', folder.write('stamped', data), '-in', folder.write('token.der', token), '-token_in'];
  const trust = ['-CAfile', join(folder.path, 'roots.pem'), '-attime', seconds(at)];
  return run('openssl', 'ts', '-verify', ...files, ...trust).output.includes('Verification: OK');
};

/** A store in which these roots are trusted. */
export const createStore = (folder: Folder, roots: readonly string[]): string => {
  const store = `sql:${folder.path}`;
  run('certutil', '-N', '-d', store, '--empty-password');
  for (const [at, pem] of roots.entries())
    run('certutil', '-A', '-d', store, '-n', `root ${at}`, '-t', 'C,C,C', '-i', folder.write(`root-${at}.pem`, pem));
  return store;
};

/** poppler's word on the first signature. */
export const popplerTrusts = (folder: Folder, document: Buffer, store: string): boolean => {
  const { output } = run('pdfsig', '-nssdir', store, folder.write('judged.pdf', document));
  return /Signature is Valid\.[\s\S]*?Certificate is Trusted\./.test(output);
};

/** Where pyHanko's source is; undefined where it is not at hand. */
export const pyHanko = process.env['PYHANKO_PATH'];
const judge = `
import io, json, logging, sys, warnings
warnings.simplefilter('ignore'); logging.disable(logging.CRITICAL)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko.keys import load_certs_from_pemder
roots = list(load_certs_from_pemder([sys.argv[1]]))
for path in sys.argv[2:]:
    try:
        signature = PdfFileReader(io.BytesIO(open(path, 'rb').read())).embedded_signatures[0]
        context = ValidationContext(trust_roots=roots, allow_fetching=False)
        told = bool(validate_pdf_signature(signature, context).bottom_line)
    except Exception as error:
        told = False
    print(json.dumps(told), flush=True)
`;

/** With pyHanko's source behind what is on PYTHONPATH, such as a shim of whoever needs one. */
export const environmentOfPyHanko = (): NodeJS.ProcessEnv => {
  const packages = ['pyhanko', 'pyhanko-certvalidator'].map((name) => `${pyHanko}/pkgs/${name}/src`);
  return { ...process.env, PYTHONPATH: [process.env['PYTHONPATH'], ...packages].filter(Boolean).join(':') };
};

/** Lines that a script says which uses pyHanko. */
export const runPyHanko = (folder: Folder, script: string, parameters: readonly string[]): string[] => {
  process.env['PYTHONPATH'] = environmentOfPyHanko()['PYTHONPATH'];
  const { output } = run('/usr/bin/python3', folder.write('judge.py', script), ...parameters);
  return output.trim().split('\n');
};

/** pyHanko's word on the first signature of each. */
export const pyHankoTrusts = (folder: Folder, documents: readonly Buffer[]): boolean[] => {
  const files = documents.map((document, at) => folder.write(`pyhanko-${at}.pdf`, document));
  const lines = runPyHanko(folder, judge, [join(folder.path, 'roots.pem'), ...files]);
  return lines.map((line) => line === 'true');
};

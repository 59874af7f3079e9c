import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { verifySignedData } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';

/** Judges who are not us: poppler, qpdf and openssl. Paths in, findings out. */
export interface Ran {
  status: number;
  output: string;
}

/** Runs a program for ten minutes at most: none of them waits for anything. */
export const run = (program: string, ...parameters: string[]): Ran => {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8', timeout: 600_000 });
  if (error) throw error;
  return { status: status ?? -1, output: stdout + stderr };
};

/** What a program writes that are no words. */
export const runForBytes = (program: string, parameters: readonly string[]): Buffer => {
  const { stdout, error } = spawnSync(program, parameters, { maxBuffer: 1 << 28, timeout: 600_000 });
  if (error) throw error;
  return stdout;
};

/** Whether this machine has a program. */
export const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** A folder of its own, removed by `remove`. */
export const createFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'tu-esign-'));
  const write = (name: string, content: Uint8Array | string): string => {
    const file = join(path, name);
    writeFileSync(file, content);
    return file;
  };
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) };
};
export type Folder = ReturnType<typeof createFolder>;

/** An NSS database in which this root alone is trusted; its address for pdfsig. */
export const createTrustStore = (folder: Folder, rootPem: string): string => {
  const root = folder.write('trusted.pem', rootPem);
  const store = `sql:${folder.path}`;
  run('certutil', '-N', '-d', store, '--empty-password');
  run('certutil', '-A', '-d', store, '-n', 'root', '-t', 'C,C,C', '-i', root);
  return store;
};

export interface SignatureJudgement {
  valid: boolean;
  trusted: boolean;
  /** Whether it covers the document as it is now. */
  total: boolean;
  type: string;
}

/** What poppler says of each signature, in the file's order; empty fields are left out. */
export const judgeSignatures = (pdf: string, store: string): SignatureJudgement[] =>
  run('pdfsig', '-nssdir', store, pdf)
    .output.split(/^Signature #\d+:$/m)
    .slice(1)
    .filter((text) => !text.includes('is not signed'))
    .map((text) => ({
      valid: text.includes('Signature is Valid.'),
      trusted: text.includes('Certificate is Trusted.'),
      total: text.includes('Total document signed'),
      type: /Signature Type: (.*)/.exec(text)?.[1] ?? '',
    }));

/** Poppler knows no time-stamps of the document, which are none of a person. */
const isOfPerson = ({ type }: SignatureJudgement): boolean => /^(?:ETSI\.CAdES|adbe)/.test(type);

/** The same of persons' signatures alone; a time-stamp of the document that covers all of it does so for them. */
export const judgePersons = (pdf: string, store: string): SignatureJudgement[] => {
  const judged = judgeSignatures(pdf, store);
  const isStamped = judged.some((one) => !isOfPerson(one) && one.total);
  const persons = judged.filter(isOfPerson);
  for (const one of persons) one.total ||= isStamped;
  return persons;
};

/** qpdf's exit code: 0 sound, 2 errors, 3 warnings; here in order of gravity: 0, 1 warnings, 2 errors. */
export const faultsOf = (pdf: string): number => {
  const { status } = run('qpdf', '--check', pdf);
  return status === 3 ? 1 : status;
};

export const pagesOf = (pdf: string): number => Number.parseInt(run('qpdf', '--show-npages', pdf).output, 10);

export const textOf = (pdf: string): string => run('pdftotext', '-layout', pdf, '-').output;

/** One page, cropped as viewers crop it, as pixels; `resolution` in dots per inch; poppler 22 knows no /UserUnit. */
export const render = (pdf: string, page: number, resolution = 72) => {
  const target = pdf.replace(/\.pdf$/, `-${page}`);
  run(
    'pdftoppm',
    '-cropbox',
    '-r',
    `${resolution}`,
    '-f',
    `${page}`,
    '-l',
    `${page}`,
    '-singlefile',
    '-png',
    pdf,
    target,
  );
  return decode(readFileSync(`${target}.png`));
};
export type Picture = ReturnType<typeof render>;

/** Edges of what differs between two pictures of one size, in pixels from the top left; null where nothing does. */
export const difference = (before: Picture, after: Picture) => {
  const box = { left: Infinity, top: Infinity, right: -1, bottom: -1 };
  for (let at = 0; at < after.data.length; at += 1) {
    if (before.data[at] === after.data[at]) continue;
    const pixel = Math.floor(at / after.channels);
    const [x, y] = [pixel % after.width, Math.floor(pixel / after.width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x + 1);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y + 1);
  }
  return box.right === -1 ? null : box;
};

/** openssl's word on a certificate and what is above it. */
export const verifyChain = (folder: Folder, pem: string, rootPem: string): Ran => {
  const leaf = folder.write('leaf.pem', pem);
  const root = folder.write('root.pem', rootPem);
  return run('openssl', 'verify', '-x509_strict', '-CAfile', root, '-untrusted', leaf, leaf);
};

/** openssl's word on a TimeStampResp over a file. */
export const verifyTimeStampResponse = (folder: Folder, { response, data, rootPem }: StampedFile): Ran => {
  const root = folder.write('root.pem', rootPem);
  const reply = folder.write('reply.tsr', response);
  return run('openssl', 'ts', '-verify', '-data', folder.write('stamped', data), '-in', reply, '-CAfile', root);
};

export interface StampedFile {
  response: Uint8Array;
  data: Uint8Array;
  rootPem: string;
}

/** openssl's word on a bare time-stamp token over bytes. */
export const verifyTimeStampToken = (folder: Folder, { response, data, rootPem }: StampedFile): Ran => {
  const root = folder.write('root.pem', rootPem);
  const token = folder.write('token.der', response);
  const stamped = folder.write('stamped', data);
  return run('openssl', 'ts', '-verify', '-data', stamped, '-in', token, '-token_in', '-CAfile', root);
};

/** The newest signature's CMS and the bytes it covers, as /ByteRange says. */
export const extractSignature = (pdf: Buffer): { cms: Buffer; covered: Buffer } => {
  const at = pdf.lastIndexOf('/ByteRange');
  const numbers = pdf
    .toString('latin1', at, at + 80)
    .match(/\d+/g)!
    .map(Number);
  const [start, first, second, length] = numbers as [number, number, number, number];
  const hex = pdf.toString('latin1', first + 1, second - 1);
  const whole = Buffer.from(hex, 'hex');
  return {
    // what follows the CMS is room that was not needed
    cms: whole.subarray(0, 4 + whole.readUInt16BE(2)),
    covered: Buffer.concat([pdf.subarray(start, start + first), pdf.subarray(second, second + length)]),
  };
};

/** The time-stamp token inside a signature, and the signature's value that it stamps. */
export const extractTimeStamp = async (
  signature: ReturnType<typeof extractSignature>,
): Promise<Pick<StampedFile, 'response' | 'data'>> => {
  const cms = await verifySignedData({ cms: signature.cms, detached: signature.covered }, nodePorts);
  return { response: cms.timeStampTokens[0]!, data: cms.signature };
};

/** openssl's word on a detached CAdES signature. */
export const verifyCms = (
  folder: Folder,
  { cms, covered }: ReturnType<typeof extractSignature>,
  rootPem: string,
): Ran => {
  const [signature, content] = [folder.write('signature.der', cms), folder.write('covered', covered)];
  const root = folder.write('root.pem', rootPem);
  const input = ['-binary', '-inform', 'DER', '-in', signature, '-content', content];
  return run('openssl', 'cms', '-verify', ...input, '-CAfile', root, '-purpose', 'any', '-cades', '-out', '/dev/null');
};

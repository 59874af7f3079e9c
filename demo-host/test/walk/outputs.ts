import { expect } from 'vitest';
import { findAutograph, type Found } from '../ink.ts';
import { askOpensslTs, askOpensslVerify, askPdfsig, askQpdf, readText, toFile } from '../tools.ts';
import { waitFor, waitUntil, type Told, type VisitedPage } from './visit.ts';

/** What `tu-esign-signed` carries, as far as the tests read it. */
export interface SignedPayload {
  id: string;
  identifier: string;
  digest: string;
  outputs: Record<
    'document' | 'key-certificate' | 'conservation-certificate',
    { link: { href: string }; state: string }
  >;
}

export const readSigned = (payload: Told['payload']): SignedPayload => payload as unknown as SignedPayload;

/** What was signed, once all of its outputs are there: as the page links to them. */
export const waitForOutputs = async (visited: VisitedPage, withinMs?: number): Promise<SignedPayload> => {
  const signed = readSigned(await waitFor(visited, 'tu-esign-signed', withinMs));
  await waitUntil(visited, ({ type, payload }) => type === 'tu-esign-progress' && payload['stage'] === 'done');
  for (const [name, output] of Object.entries(signed.outputs)) {
    const link = visited.page.locator(`a[data-file=${name}]`);
    if (output.state !== 'later') output.link = { href: (await link.getAttribute('href'))! };
  }
  return signed;
};

/** Downloads a file by its link alone, as anybody could. */
export const download = async (href: string): Promise<Uint8Array> => {
  const answer = await fetch(href);
  expect(answer.status).toBe(200);
  return answer.bytes();
};

/** The words of the signed document, the visible signature's among them. */
export const readSignedText = async ({ outputs }: SignedPayload): Promise<string> =>
  (await readText(await toFile('signed.pdf', await download(outputs.document.link.href)))).replaceAll(/\s+/g, ' ');

/** The three files of a signing, as they lie on the disk of whoever downloaded them. */
const downloadAll = async ({ outputs }: SignedPayload) => ({
  document: await toFile('signed.pdf', await download(outputs.document.link.href)),
  keyCertificate: await toFile('key.pem', await download(outputs['key-certificate'].link.href)),
  conservationCertificate: await toFile('conserved.tsr', await download(outputs['conservation-certificate'].link.href)),
});

/** The same, where the service itself has signed. */
export const judge = async (signed: SignedPayload, service: string, original: string): Promise<Found> =>
  judgeBy(signed, new TextDecoder().decode(await download(`${service}/v1/authority.pem`)), original);

/** Has the three files judged by other people's tools, which trust these roots, and gives where the autograph is. */
export const judgeBy = async (signed: SignedPayload, roots: string, original: string): Promise<Found> => {
  const files = await downloadAll(signed);
  const rootsFile = await toFile('roots.pem', roots);
  const verdict = await askPdfsig(files.document, roots);
  expect(verdict).toContain('Signature is Valid');
  expect(verdict).toContain('Certificate is Trusted');
  expect(verdict).toContain('Total document signed');
  expect(await askQpdf(files.document)).toContain('No syntax or stream encoding errors found');
  expect(await askOpensslVerify(files.keyCertificate, rootsFile)).toContain(': OK');
  expect(await askOpensslTs(files.conservationCertificate, files.document, rootsFile)).toContain('Verification: OK');
  const found = await findAutograph(files.document, original);
  return found ?? expect.fail('no ink of the autograph inside the signature');
};

import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Evidence, SigningRequestView, SigningView, type Output } from '@tu-esign/contract';
import { expectDiscreetLog, expectProblem } from './problems.ts';
import { follow, postDecline, postSigning, read, readRequest } from './requests.ts';
import { agreement, otherAgreement, startRunningService, type RunningService } from './running-service.ts';
import { signatory } from './tokens.ts';
import { createTrustStore, judgePersons, textOf, verifyChain, verifyTimeStampResponse } from './tools.ts';

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService();
  digest = await service.upload(agreement);
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
});

const withName = (givenName: string) => ({ ...signatory, givenName });
const people = ['Xóchitl', 'Yaretzi', 'Zyanya'].map(withName);

/** The token of a signatory's visit. */
const mint = (
  identifier: string,
  position: number,
  { of = 3, ...claims }: Record<string, unknown> & { of?: number } = {},
) =>
  service.tokens.signing(identifier, digest, {
    claims: { sequence: { position, of }, signatory: people[position - 1], ...claims },
  });

const viewIn = async (response: Response): Promise<SigningView> => SigningView.parse(await response.json());

const sign = async (identifier: string, position: number): Promise<SigningView> => {
  const token = await mint(identifier, position);
  const response = await postSigning(service, token);
  expect(response.status).toBe(202);
  const { id } = await viewIn(response);
  return (await follow(service, id, token)).at(-1)!;
};

const download = async ({ link }: Output): Promise<Buffer> =>
  Buffer.from(await (await fetch(link!.href)).arrayBuffer());

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

test('three sign one after the other: each is shown what those before have signed, and all signatures hold', async () => {
  const rootPem = await (await fetch(`${service.url}/v1/authority.pem`)).text();
  const store = createTrustStore(service.folder, rootPem);
  let given: Buffer = agreement;
  const subjects: string[] = [];
  for (const position of [1, 2, 3]) {
    const token = await mint('three', position);
    const request = SigningRequestView.parse(await readRequest(service, token));
    expect(request).toMatchObject({ sequence: { position, of: 3 }, signing: null });
    expect(request.document).toMatchObject({ digest: sha256(given), bytes: given.length });
    const shown = await read(service, `/v1/documents/${request.document.digest}`, token);
    expect(sha256(new Uint8Array(await shown.arrayBuffer()))).toBe(sha256(given));

    const view = await sign('three', position);
    const {
      document,
      'key-certificate': keyCertificate,
      'conservation-certificate': conservationCertificate,
    } = view.outputs;
    expect(view).toMatchObject({ status: 'completed', sequence: { position, of: 3 } });
    expect(conservationCertificate.state).toBe(position === 3 ? 'issued' : 'later');
    const signed = await download(document);
    expect(signed.subarray(0, given.length).equals(given)).toBe(true);
    const judged = judgePersons(service.folder.write(`three-${position}.pdf`, signed), store);
    expect(judged).toHaveLength(position);
    expect(judged.every(({ valid, trusted }) => valid && trusted)).toBe(true);
    const pem = (await download(keyCertificate)).toString();
    expect(verifyChain(service.folder, pem, rootPem).output).toContain('OK');
    subjects.push(new X509Certificate(pem).subject);
    given = signed;
    if (position < 3) continue;
    expect(view.sequence.state).toBe('completed');
    const response = await download(conservationCertificate);
    const stamped = verifyTimeStampResponse(service.folder, { response, data: signed, rootPem });
    expect(stamped.output).toContain('Verification: OK');
  }
  expect(subjects.map((subject, index) => subject.includes(people[index]!.givenName))).toEqual([true, true, true]);
  const text = textOf(service.folder.write('three.pdf', given));
  // Nobody's picture covers another's.
  for (const { givenName } of people) expect(text).toContain(givenName);
});

test('the first learns that all have signed, and evidence says what each was given', async () => {
  const views: SigningView[] = [];
  for (const position of [1, 2, 3]) views.push(await sign('told', position));
  expect(views.map(({ sequence }) => sequence.state)).toEqual(['open', 'open', 'completed']);
  const first = await viewIn(await read(service, `/v1/signings/${views[0]!.id}`, await mint('told', 1)));
  expect(first.sequence.state).toBe('completed');
  for (const [index, view] of views.entries()) {
    const { entries } = Evidence.parse(await (await fetch(view.evidence.href)).json());
    const accepted = entries.find(({ kind }) => kind === 'token-accepted')!;
    const given = index === 0 ? digest : views[index - 1]!.outputs.document.digest;
    expect(accepted.data).toMatchObject({ document: digest, position: index + 1, of: 3, given });
  }
});

test('who comes early is told to wait, and nothing is kept of it', async () => {
  const early = await mint('early', 2);
  const refused = await read(service, '/v1/signing-request', early);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  await expectProblem(refused, 'not-your-turn');
  await expectProblem(await read(service, `/v1/documents/${digest}`, early), 'not-your-turn');
  await expectProblem(await postSigning(service, early), 'not-your-turn');
  await expectProblem(await postDecline(service, early, 'no'), 'not-your-turn');
  await sign('early', 1);
  await expectProblem(await read(service, `/v1/documents/${digest}`, early), 'document-mismatch');
  expect((await postSigning(service, early)).status).toBe(202);
});

test('one who declines ends it for those after, and for nobody before', async () => {
  const { id } = await sign('declined', 1);
  expect((await postDecline(service, await mint('declined', 2), 'No quiero')).status).toBe(200);
  await expectProblem(await readAs('declined', 3), 'already-declined');
  await expectProblem(await postSigning(service, await mint('declined', 3)), 'already-declined');
  const first = await viewIn(await read(service, `/v1/signings/${id}`, await mint('declined', 1)));
  expect(first).toMatchObject({ status: 'completed', sequence: { state: 'ended' } });
});

const readAs = async (identifier: string, position: number): Promise<Response> =>
  read(service, '/v1/signing-request', await mint(identifier, position));

test('of two visits at once for one position one signs; the same post again is the same signing', async () => {
  const responses = await Promise.all(
    [people[0]!, { ...people[0]!, givenName: 'Otra' }].map(async (signatory) =>
      postSigning(service, await mint('twice', 1, { signatory })),
    ),
  );
  expect(responses.map(({ status }) => status).sort((one, other) => one - other)).toEqual([202, 409]);
  await sign('again', 1);
  const token = await mint('again', 2);
  const [first, second] = await Promise.all([postSigning(service, token), postSigning(service, token)]);
  expect([first.status, second.status].sort((one, other) => one - other)).toEqual([200, 202]);
  expect((await viewIn(first)).id).toBe((await viewIn(second)).id);
});

test('a token signs for its own position alone, once', async () => {
  const jti = crypto.randomUUID();
  expect((await postSigning(service, await mint('replayed', 1, { jti }))).status).toBe(202);
  const { id } = await viewIn(await postSigning(service, await mint('replayed', 1, { jti })));
  await follow(service, id, await mint('replayed', 1));
  await expectProblem(await postSigning(service, await mint('replayed', 2, { jti })), 'token-replayed');
  const other = await read(service, `/v1/signings/${id}`, await mint('replayed', 2));
  await expectProblem(other, 'signing-not-found');
});

test('all signatories of one identifier sign one agreement and are as many', async () => {
  await sign('same', 1);
  await expectProblem(await postSigning(service, await mint('same', 2, { of: 2 })), 'identifier-reused');
  const other = await service.upload(otherAgreement);
  const document = { digest: other, name: 'Otro.pdf' };
  await expectProblem(await postSigning(service, await mint('same', 2, { document })), 'identifier-reused');
  await expectProblem(await postSigning(service, await mint('same', 4, { signatory })), 'token-claims');
});

/** Left, bottom, right, top of what a signature has added to its page. */
const rectangleIn = (added: Buffer): number[] => {
  const [, numbers] = /\/Rect\s*\[([^\]]+)\]/.exec(added.toString('latin1')) ?? [];
  return numbers!.trim().split(/\s+/).map(Number);
};

const overlap = ([l, b, r, t]: number[], [left, bottom, right, top]: number[]): boolean =>
  l! < right! && left! < r! && b! < top! && bottom! < t!;

test('each visible signature has a place of its own, where the host names none', async () => {
  const rectangles: number[][] = [];
  let before = agreement.length;
  for (const position of [1, 2, 3]) {
    const document = await download((await sign('places', position)).outputs.document);
    rectangles.push(rectangleIn(document.subarray(before)));
    before = document.length;
  }
  const [first, second, third] = rectangles as [number[], number[], number[]];
  for (const [left, bottom, right, top] of rectangles)
    expect((right! - left!) * (top! - bottom!)).toBeGreaterThan(5_000);
  expect([overlap(first, second), overlap(first, third), overlap(second, third)]).toEqual([false, false, false]);
});

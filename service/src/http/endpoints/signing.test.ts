import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { DocumentView, Evidence, SigningRequestView, SigningView, type Output } from '@tu-esign/contract';
import { digestOf } from '#signing/digest.ts';
import { findBreak } from '../../../test/evidence-chain.ts';
import { drawAutograph } from '../../../test/autograph.ts';
import { secret } from '../../../test/host-keys.ts';
import { findFreePort } from '../../../test/free-port.ts';
import { expectDiscreetLog, expectProblem } from '../../../test/problems.ts';
import { follow, postDecline, postSigning, postUnseen, read, readRequest } from '../../../test/requests.ts';
import { agreement, fixture, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { createForm, createMadeForm, typed } from '../../../test/signing-form.ts';
import { bank, hosts, origin, signatory } from '../../../test/tokens.ts';

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

const viewIn = async (response: Response): Promise<SigningView> => SigningView.parse(await response.json());

const otherInk = () => createForm({ autograph: drawAutograph(280, 90).png });

const uploaded = { method: 'upload', mediaType: 'image/jpeg' };

test.each([typed, uploaded])(
  'an autograph made by $method is signed, and evidence says how it was made',
  async (making) => {
    const token = await service.tokens.signing(`made by ${making.method}`, digest);
    const response = await postSigning(service, token, createMadeForm(making));
    expect(response.status).toBe(202);
    const { entries } = await readEvidence(await viewIn(response));
    const { data } = entries.find(({ kind }) => kind === 'autograph-received')!;
    expect(data).toMatchObject({ method: making.method, makingDigest: digestOf(JSON.stringify(making)) });
  },
);

test('what the host’s policy does not name is neither offered nor taken', async () => {
  const claims = { policy: { autographs: ['draw', 'draw'], readAllPages: true } };
  const token = await service.tokens.signing('drawn only', digest, { claims });
  const view = SigningRequestView.parse(await readRequest(service, token));
  expect(view.policy).toEqual({ autographs: ['draw'], readAllPages: true });
  await expectProblem(await postSigning(service, token, createMadeForm(typed)), 'autograph-method');
  expect((await postSigning(service, token, createForm({ viewed: '[1]' }))).status).toBe(202);
});

test('where every page has to be read, not one may be missing; what was viewed is evidence', async () => {
  const token = await service.tokens.signing('read', digest, { claims: { policy: { readAllPages: true } } });
  await expectProblem(await postSigning(service, token), 'pages-unread');
  await expectProblem(await postSigning(service, token, createForm({ viewed: '[]' })), 'pages-unread');
  for (const viewed of ['[2]', '[1,1]', '["1"]', 'no JSON'])
    await expectProblem(await postSigning(service, token, createForm({ viewed })), 'body-malformed');
  const response = await postSigning(service, token, createForm({ viewed: '[1]' }));
  expect(response.status).toBe(202);
  const { entries } = await readEvidence(await viewIn(response));
  const { data } = entries.find(({ kind }) => kind === 'pages-viewed')!;
  const place = { kind: 'signature', page: 1, width: 264, height: 92, viewed: true };
  expect(data).toMatchObject({ viewed: '1', pages: 1, places: [place], observedBy: 'element' });
});

test('the element is told where the signature will be seen: where the host asks, or where there is room', async () => {
  const found = SigningRequestView.parse(await readRequest(service, await service.tokens.signing('found', digest)));
  expect(found.signaturePlace).toMatchObject({ page: 1, width: 264, height: 92 });
  const placement = { page: -1, x: 60, y: 70, width: 200, height: 80 };
  const asked = await service.tokens.signing('asked', digest, { claims: { placement } });
  expect((await readRequest(service, asked)).signaturePlace).toEqual({ ...placement, page: 1 });
});

const readEvidence = async (view: SigningView): Promise<Evidence> =>
  Evidence.parse(await (await fetch(view.evidence.href)).json());

test('the element reads the agreement and what is asked', async () => {
  const token = await service.tokens.signing('reading', digest);
  const view = SigningRequestView.parse(await readRequest(service, token));
  expect(view).toMatchObject({ identifier: 'reading', signatory, signing: null, host: { name: 'Banco de Ejemplo' } });
  expect(view.document).toMatchObject({ digest, bytes: agreement.length, pages: 1 });
  for (const { text, digest } of view.consents) {
    expect(digestOf(text)).toBe(digest);
    expect(text).toContain(bank.name);
  }
  const document = await read(service, `/v1/documents/${digest}`, token);
  expect(document.headers.get('content-type')).toBe('application/pdf');
  expect(digestOf(new Uint8Array(await document.arrayBuffer()))).toBe(digest);
});

test('a signing is accepted, followed to its end, and leaves its files', async () => {
  const token = await service.tokens.signing('whole', digest);
  const response = await postSigning(service, token);
  expect(response.status).toBe(202);
  const accepted = await viewIn(response);
  expect(response.headers.get('location')).toBe(`/v1/signings/${accepted.id}`);
  expect(accepted).toMatchObject({ status: 'accepted', outputs: { document: { state: 'pending' } } });
  const views = await follow(service, accepted.id, token);
  expect(views.at(-1)).toMatchObject({ id: accepted.id, status: 'completed', identifier: 'whole' });
  const {
    document,
    'key-certificate': keyCertificate,
    'conservation-certificate': conservationCertificate,
  } = views.at(-1)!.outputs;
  const pdf = await expectFile(document, 'firmado.pdf');
  expect(agreement.equals(pdf.subarray(0, agreement.length))).toBe(true);
  const pem = await expectFile(keyCertificate, 'certificado.pem');
  expect(pem.toString()).toMatch(/^-----BEGIN CERTIFICATE-----/);
  await expectFile(conservationCertificate, 'constancia.tsr');
  expect(conservationCertificate.accredited).toBe(false);
});

/** The file behind a link is the one that was told: size, digest, media type and name. */
const expectFile = async (output: Output, name: string): Promise<Buffer> => {
  const response = await fetch(output.link!.href);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain(output.mediaType);
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="Contrato de credito-${name}"; filename*=UTF-8''Contrato%20de%20cr%C3%A9dito-${name}`,
  );
  const content = Buffer.from(await response.arrayBuffer());
  expect([content.length, digestOf(content)]).toEqual([output.bytes, output.digest]);
  return content;
};

test('the evidence is one chain from the token to the download', async () => {
  const token = await service.tokens.signing('evidence', digest);
  for (const _ of [1, 2]) await read(service, `/v1/documents/${digest}`, token);
  const { id } = await viewIn(await postSigning(service, token));
  const view = (await follow(service, id, token)).at(-1)!;
  await fetch(view.outputs.document.link!.href);
  const { entries } = await readEvidence(view);
  expect(findBreak(entries)).toBeUndefined();
  expect(entries.map(({ kind }) => kind).join(' ')).toBe(
    'document-shown token-accepted consent-given autograph-received received-from submitted verified verified signed verified conserved completed downloaded',
  );
  const dataOf = (wanted: string) => entries.find(({ kind }) => kind === wanted)!.data;
  expect(dataOf('received-from')).toEqual({ address: '127.0.0.1', userAgent: 'node' });
  expect(dataOf('downloaded')).toMatchObject({ file: 'document', by: 'signatory', address: '127.0.0.1' });
  expect(entries[0]!.data).toMatchObject({ document: digest, tokenId: entries[1]!.data['tokenId'] });
  expect(entries[1]!.data).toMatchObject({ issuer: 'https://bank.example', origin, identifier: 'evidence' });
  expect(entries[3]!.data).toMatchObject({ pngDigest: digestOf(drawAutograph().png) });
  expect(dataOf('signed')).toMatchObject({ document: { digest: view.outputs.document.digest } });
});

test('who was not shown the document cannot sign it, whatever else was posted', async () => {
  const token = await service.tokens.signing('unseen', digest);
  await expectProblem(await postUnseen(service, token), 'document-not-shown');
  // Nothing is left of that: it can be shown and signed yet.
  expect((await readRequest(service, token)).signing).toBeNull();
  await read(service, `/v1/documents/${digest}`, await service.tokens.signing('seen by another', digest));
  await expectProblem(await postUnseen(service, token), 'document-not-shown');
  expect((await postSigning(service, token)).status).toBe(202);
});

test('what was found in a document is told at the upload, and evidence says what was told', async () => {
  const pdf = fixture('bug2026037');
  const headers = { authorization: `Bearer ${await service.tokens.documents()}`, 'content-type': 'application/pdf' };
  const address = `${service.url}/v1/documents/${digestOf(pdf)}`;
  const response = await fetch(address, { method: 'PUT', headers, body: new Uint8Array(pdf) });
  const { findings } = DocumentView.parse(await response.json());
  expect(findings).toMatchObject([{ finding: 'fillable-fields', handling: 'told', places: [{ page: 1 }] }]);
  const posted = await postSigning(service, await service.tokens.signing('examined', digestOf(pdf)));
  const { entries } = await readEvidence(await viewIn(posted));
  const { data } = entries.find(({ kind }) => kind === 'document-examined')!;
  expect(data).toEqual({ document: digestOf(pdf), findings });
});

test('the same post again is the same signing, with the token of a later visit too', async () => {
  const token = await service.tokens.signing('again', digest);
  const { id } = await viewIn(await postSigning(service, token));
  const renewed = await service.tokens.signing('again', digest);
  for (const repeat of [token, renewed]) {
    const response = await postSigning(service, repeat);
    expect([response.status, (await viewIn(response)).id]).toEqual([200, id]);
  }
  expect((await readRequest(service, renewed)).signing?.id).toBe(id);
  await expectProblem(await postSigning(service, renewed, otherInk()), 'already-signed');
});

test('ten posts at once are one signing', async () => {
  const tokens = await Promise.all(Array.from({ length: 10 }, () => service.tokens.signing('at once', digest)));
  const responses = await Promise.all(tokens.map((token) => postSigning(service, token)));
  expect(responses.map(({ status }) => status).sort((a, b) => a - b)).toEqual([...Array<number>(9).fill(200), 202]);
  const ids = new Set((await Promise.all(responses.map(viewIn))).map(({ id }) => id));
  expect(ids.size).toBe(1);
});

test('who declined signs no more, and declines again in vain', async () => {
  const token = await service.tokens.signing('declined', digest);
  const declined = await viewIn(await postDecline(service, token, 'Prefiero pensarlo.'));
  expect(declined).toMatchObject({ status: 'declined', declineReason: 'Prefiero pensarlo.' });
  await expectProblem(await postSigning(service, token), 'already-declined');
  const again = await viewIn(await postDecline(service, token, 'Otra razón'));
  expect(again).toMatchObject({ id: declined.id, declineReason: 'Prefiero pensarlo.' });
  expect((await follow(service, declined.id, token)).map(({ status }) => status)).toEqual(['declined']);
  expect(findBreak((await readEvidence(declined)).entries)).toBeUndefined();
});

test.each([
  [undefined, 'bitacora.json'],
  ['pt-PT', 'trilha-de-auditoria.json'],
  ['es', 'bitacora.json'],
  ['fr', 'audit-trail.json'],
])('who declined in %s has evidence with a name in the language that the element speaks', async (locale, name) => {
  const token = await service.tokens.signing(`declined in ${locale}`, digest, {
    claims: { ...(locale && { locale }) },
  });
  const { evidence } = await viewIn(await postDecline(service, token, ''));
  expect((await fetch(evidence.href)).headers.get('content-disposition')).toContain(`-${name}"`);
});

test('who signed declines no more', async () => {
  const token = await service.tokens.signing('no way back', digest);
  await postSigning(service, token);
  await expectProblem(await postDecline(service, token, ''), 'already-signed');
});

test('a host with a shared secret reaches its own documents alone', async () => {
  const shop = { iss: 'https://shop.example', origin: 'https://shop.example' };
  const changes = { claims: shop, header: { alg: 'HS256', kid: undefined }, key: new TextEncoder().encode(secret) };
  const token = await service.tokens.signing('shop', digest, changes);
  const headers = { authorization: `Bearer ${token}`, origin: shop.origin };
  await expectProblem(await fetch(`${service.url}/v1/signing-request`, { headers }), 'document-not-found');
});

/** On the same folder and the same port, so that the links of before lead here. */
const restart = async (before: RunningService): Promise<RunningService> => {
  await before.stop();
  return startRunningService({ port: Number(new URL(before.url).port) }, before.folder);
};

test('what was kept is there after a stop and a start, behind the links of before', async () => {
  const first = await startRunningService();
  const token = await first.tokens.signing('restart', await first.upload(agreement));
  const { id } = await viewIn(await postSigning(first, token));
  const second = await restart(first);
  const view = (await follow(second, id, token)).at(-1)!;
  expect(view.status).toBe('completed');
  const third = await restart(second);
  const pdf = await (await fetch(view.outputs.document.link!.href)).arrayBuffer();
  expect(digestOf(new Uint8Array(pdf))).toBe(view.outputs.document.digest);
  expect((await readRequest(third, token)).signing?.id).toBe(id);
  expect(findBreak((await readEvidence(view)).entries)).toBeUndefined();
  await third.remove();
});

test('a second process on the same folder is refused, and says why', () => {
  const data = join(service.folder.path, 'data');
  const environment = {
    TU_ESIGN_HOSTS: service.folder.write('hosts.json', JSON.stringify({ hosts })),
    TU_ESIGN_DATA: data,
    TU_ESIGN_PORT: '0',
  };
  const main = join(inject('built'), 'main.js');
  const options = { env: { ...process.env, ...environment }, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(process.execPath, [main], options);
  expect(status).toBe(1);
  expect(stderr).toBe(
    `${join(data, 'records.sqlite')} is in use by another process: stop that one, or set TU_ESIGN_DATA to another folder\n`,
  );
});

test('what nobody uploaded can be declined no more than signed', async () => {
  const never = digestOf('never uploaded');
  const token = await service.tokens.signing('never', never);
  await expectProblem(await postDecline(service, token, 'no'), 'document-not-found');
  await expectProblem(await postSigning(service, token), 'document-not-found');
});

test('evidence of a decline says where it came from', async () => {
  const token = await service.tokens.signing('declined from', digest);
  const { entries } = await readEvidence(await viewIn(await postDecline(service, token, 'no')));
  expect(entries.find(({ kind }) => kind === 'received-from')!.data).toEqual({
    address: '127.0.0.1',
    userAgent: 'node',
  });
});

test('files are opened in a browser without any right, and answers are embedded by nobody', async () => {
  const token = await service.tokens.signing('headers', digest);
  const agreementAnswer = await read(service, `/v1/documents/${digest}`, token);
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  const { outputs } = (await follow(service, id, token)).at(-1)!;
  for (const { headers } of [agreementAnswer, await fetch(outputs.document.link!.href)]) {
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    // By plain HTTP it would be of no effect, and the tests' service is reached so.
    expect(headers.get('strict-transport-security')).toBeNull();
  }
  const element = await fetch(`${service.url}/element/tu-esign.js`);
  expect(element.headers.get('x-content-type-options')).toBe('nosniff');
});

test('a service that is reached by https says so to browsers, with each answer', async () => {
  const port = await findFreePort();
  const secure = await startRunningService({ publicUrl: 'https://sign.example', port });
  for (const path of ['/health/live', '/element/tu-esign.js', '/nowhere'])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).headers.get('strict-transport-security')).toBe(
      'max-age=31536000',
    );
  await secure.remove();
});

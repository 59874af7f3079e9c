import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Evidence, SigningRequestView, type SigningView } from '@tu-esign/contract';
import { createAgreement } from './agreement-pages.ts';
import { drawAutograph } from './autograph.ts';
import { expectProblem } from './problems.ts';
import { follow, postSigning, read, readRequest } from './requests.ts';
import { caseFile, startRunningService, type RunningService } from './running-service.ts';
import { createForm, strokes, typed } from './signing-form.ts';
import { signatory } from './tokens.ts';
import { faultsOf, run } from './tools.ts';
import { startWaitingProvider } from './waiting-provider.ts';

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService();
  digest = await service.upload(await createAgreement(3));
});
afterAll(() => service.remove());

const size = { width: 120, height: 60 };
const initials = { pages: 'all' };
const places = [{ position: 2, placement: { anchor: { text: 'El Cliente' }, dy: -90, ...size }, initials }];
const asked = [
  { placement: { anchor: { text: 'El Prestador' }, dy: -90, ...size }, initials },
  { placement: places[0]!.placement, initials },
];

const tokenFor = (identifier: string, position: number): Promise<string> =>
  service.tokens.signing(identifier, digest, {
    claims: {
      ...asked[position - 1],
      signatory: { ...signatory, email: `persona-${position}@example.org` },
      sequence: { position, of: 2, ...(position === 1 && { places }) },
    },
  });

const withInitials = (changes: { strokes?: string; making?: string } = { strokes: JSON.stringify(strokes) }) => {
  const form = createForm({ viewed: '[1,3]' });
  form.append('initials', new Blob([new Uint8Array(drawAutograph(90, 40).png)]), 'initials.png');
  if (changes.strokes) form.append('initialsStrokes', changes.strokes);
  if (changes.making) form.append('initialsMaking', changes.making);
  return form;
};

const sign = async (identifier: string, position: number, form = withInitials()): Promise<SigningView> => {
  const token = await tokenFor(identifier, position);
  const response = await postSigning(service, token, form);
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as SigningView;
  return (await follow(service, id, token)).at(-1)!;
};

test('two sign with initials on every page: the element is told where, and each signature holds', async () => {
  const view = SigningRequestView.parse(await readRequest(service, await tokenFor('both', 1)));
  expect(view.places.map(({ kind, page }) => `${kind} ${page}`)).toEqual([
    'initials 1',
    'initials 2',
    'signature 3',
    'initials 3',
  ]);
  const { ink: _, kind: __, ...place } = view.places[2]!;
  expect(view.signaturePlace).toEqual(place);
  const [one, two] = [await sign('both', 1), await sign('both', 2, withInitials({ making: JSON.stringify(typed) }))];
  expect([one.status, two.status]).toEqual(['completed', 'completed']);
  for (const { outputs } of [one, two]) {
    const failed = Object.entries(outputs.document.findings!).filter(([, holds]) => holds === false);
    expect(failed).toEqual([]);
  }
  const response = await fetch(two.outputs.document.link!.href);
  expect(response.headers.get('content-disposition')).toContain('-firmado.pdf');
  const path = service.folder.write('both.pdf', Buffer.from(await response.arrayBuffer()));
  expect(faultsOf(path)).toBe(0);
  expect(run('pdfsig', '-nocert', path).output.match(/Signature is Valid/g)).toHaveLength(2);
});

const agreementPath = (of: string): string => join(service.folder.path, 'data/files/documents/bank', of);

test('where the host asks for no place, the one that the upload has found is told, and no file is read for it', async () => {
  const own = await service.upload(await createAgreement(2));
  const claims = { sequence: { position: 1, of: 2 } };
  const kept = readFileSync(agreementPath(own));
  rmSync(agreementPath(own));
  const views = await Promise.all(
    [{}, claims].map(async (claims) => readRequest(service, await service.tokens.signing('unread', own, { claims }))),
  );
  for (const view of views) expect(view.places).toMatchObject([{ kind: 'signature', page: 2, ink: {} }]);
  const asking = await service.tokens.signing('asks', own, { claims: { initials } });
  await expectProblem(await read(service, '/v1/signing-request', asking), 'file-damaged');
  writeFileSync(agreementPath(own), kept);
  const found = await readRequest(service, await service.tokens.signing('asks', own, { claims: { initials } }));
  expect(found.places.filter(({ kind }) => kind === 'signature')).toEqual(views[0]!.places);
});

test('of what was signed before it was uploaded the place is looked for', async () => {
  const own = await service.upload(caseFile('fieldmdp-data'));
  rmSync(agreementPath(own));
  const token = await service.tokens.signing('signed', own);
  await expectProblem(await read(service, '/v1/signing-request', token), 'file-damaged');
});

test('evidence has the initials’ digests, and the places as they were viewed', async () => {
  const { evidence } = await sign('evidence', 1);
  const { entries } = Evidence.parse(await (await fetch(evidence.href)).json());
  const dataOf = (wanted: string) => entries.find(({ kind }) => kind === wanted)!.data;
  expect(dataOf('autograph-received')).toMatchObject({ initials: { method: 'draw', pngDigest: expect.any(String) } });
  expect(dataOf('pages-viewed')).toMatchObject({
    viewed: '1, 3',
    places: [
      { kind: 'initials', page: 1, viewed: true },
      { kind: 'initials', page: 2, viewed: false },
      { kind: 'signature', page: 3, viewed: true },
      { kind: 'initials', page: 3, viewed: true },
    ],
  });
});

test('initials are posted where they have places, and said how they were made', async () => {
  const token = await tokenFor('missing', 1);
  await expectProblem(await postSigning(service, token), 'initials-missing');
  await expectProblem(await postSigning(service, token, withInitials({})), 'strokes-invalid');
  const none = await service.tokens.signing('none', digest);
  await expectProblem(await postSigning(service, none, withInitials()), 'body-malformed');
});

test.each([
  ['anchor-not-found', { placement: { anchor: { text: 'El Arrendador' }, ...size } }],
  ['field-not-found', { placement: { field: 'Cliente' } }],
  ['placement-invalid', { placement: { page: 4, x: 1, y: 1, ...size } }],
  ['token-claims', { placement: { field: 'Cliente' }, placements: [{ field: 'Cliente' }] }],
  ['token-claims', { initials: { pages: 'all', corner: 'middle' } }],
  ['token-claims', { sequence: { position: 1, of: 2, places: [...places, ...places] } }],
])('%s is told before anybody signs, and when somebody signs all the same', async (type, claims) => {
  const token = await service.tokens.signing(`wrong ${type}`, digest, { claims });
  await expectProblem(await read(service, '/v1/signing-request', token), type as 'token-claims');
  await expectProblem(await postSigning(service, token), type as 'token-claims');
});

test('a provider that places signatures itself takes no places of the host’s', async () => {
  const waiting = await startWaitingProvider();
  const elsewhere = await startRunningService({ hosts: waiting.hosts }, undefined, { providers: [waiting.provider] });
  const own = await elsewhere.upload(await createAgreement(1));
  for (const claims of [{ initials }, { placement: { field: 'Cliente' } }]) {
    const token = await elsewhere.tokens.signing('refused', own, { claims });
    await expectProblem(await read(elsewhere, '/v1/signing-request', token), 'placement-unsupported');
    await expectProblem(await postSigning(elsewhere, token), 'placement-unsupported');
  }
  const view = await readRequest(elsewhere, await elsewhere.tokens.signing('taken', own));
  expect([view.places, view.signaturePlace]).toEqual([[], undefined]);
  await elsewhere.remove();
  waiting.stop();
});

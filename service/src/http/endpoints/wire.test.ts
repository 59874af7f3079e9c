import type { ProblemDetails, SigningRequestView, SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawAutograph } from '../../../test/autograph.ts';
import { expectDiscreetLog, expectProblem } from '../../../test/problems.ts';
import { follow, postSigning, postUnseen, readRequest, show } from '../../../test/requests.ts';
import { agreement, otherAgreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { createForm, goodParts, strokes } from '../../../test/signing-form.ts';
import { signatory } from '../../../test/tokens.ts';
import { digestOf } from '#signing/digest.ts';

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

const asJson = (text: string): Blob => new Blob([text], { type: 'application/json' });

const part = (head: string, content: Uint8Array | string) => [
  Buffer.from(`--part\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
  Buffer.from(content),
  Buffer.from('\r\n'),
];

/** Objects as OpenAPI's clients send them: as files, or at least as parts, of application/json. */
const createJsonForm = (
  encoding?: string,
): { body: FormData | Uint8Array<ArrayBuffer>; headers: Record<string, string> } => {
  const { strokes, consent } = goodParts();
  if (encoding === undefined) {
    const form = createForm({ strokes: null, consent: null });
    form.append('strokes', asJson(strokes));
    form.append('consent', asJson(consent));
    return { body: form, headers: {} };
  }
  const json = `Content-Type: application/json; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}`;
  const text = (value: string) => (encoding === 'base64' ? Buffer.from(value).toString('base64') : value);
  const body = Buffer.concat([
    ...part(`name="strokes"\r\n${json}`, text(strokes)),
    ...part(`name="consent"\r\n${json}`, text(consent)),
    ...part('name="autograph"; filename="a.png"\r\nContent-Type: image/png', drawAutograph().png),
    Buffer.from('--part--\r\n'),
  ]);
  return { body: new Uint8Array(body), headers: { 'content-type': 'multipart/form-data; boundary=part' } };
};

test.each([undefined, '8bit', 'binary', '7bit', 'base64'])(
  'objects in a form may be parts of application/json (Content-Transfer-Encoding %s)',
  async (encoding) => {
    const token = await service.tokens.signing(`json ${encoding}`, digest);
    await show(service, token);
    const { body, headers } = createJsonForm(encoding);
    const authorization = `Bearer ${token}`;
    const address = `${service.url}/v1/signings`;
    const response = await fetch(address, { method: 'POST', headers: { authorization, ...headers }, body });
    expect(response.status).toBe(202);
  },
);

test('what is wrong in a form is told with its place', async () => {
  const token = await service.tokens.signing('wrong form', digest);
  await show(service, token);
  const wrong = { ...strokes, strokes: [{ pointer: 'nose', points: strokes.strokes[0]!.points }] };
  const response = await postUnseen(service, token, createForm({ strokes: JSON.stringify(wrong) }));
  const { errors } = (await response.clone().json()) as ProblemDetails;
  expect(errors).toMatchObject([{ pointer: '#/strokes/strokes/0/pointer' }]);
  await expectProblem(response, 'strokes-invalid');
});

test('every answer names its request as the log does', async () => {
  const response = await fetch(`${service.url}/v1/nothing`);
  const { requestId } = (await response.json()) as ProblemDetails;
  expect(response.headers.get('request-id')).toBe(requestId);
  await expect.poll(() => service.lines.some((line) => line.includes(requestId))).toBe(true);
});

const put = async () =>
  fetch(`${service.url}/v1/documents/${digestOf(otherAgreement)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${await service.tokens.documents()}`, 'content-type': 'application/pdf' },
    body: new Uint8Array(otherAgreement),
  });

test('to upload what is there already is answered 200', async () => {
  const [first, second] = [await put(), await put()];
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(await second.json()).toEqual(await first.json());
  expect(second.headers.get('location')).toBe(`/v1/documents/${digestOf(otherAgreement)}`);
});

test.each([
  ['a tax identifier of another country', { taxId: { kind: 'cpf', value: '123.456.789-09' } }, 'pt-PT'],
  ['an RFC as a tax identifier', { taxId: { kind: 'rfc', value: 'FIIX900101AB1' } }, 'es-CO'],
  ['one name alone', { paternalSurname: undefined, maternalSurname: undefined }, 'de'],
])('somebody with %s signs, in whatever language', async (name, changes, locale) => {
  const person = { ...signatory, rfc: undefined, ...changes };
  const token = await service.tokens.signing(`with ${name}`, digest, { claims: { signatory: person, locale } });
  const request: SigningRequestView = await readRequest(service, token);
  expect(request).toMatchObject({ locale, signatory: { givenName: signatory.givenName } });
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  expect((await follow(service, id, token)).at(-1)!.status).toBe('completed');
});

test.each([
  ['of another kind and another RFC', { rfc: 'FIIX900101AB1', taxId: { kind: 'rfc', value: 'GODE561231GR8' } }],
  ['of a kind in capitals', { taxId: { kind: 'CPF', value: '1' } }],
  ['that is no RFC', { taxId: { kind: 'rfc', value: '1' } }],
])('a tax identifier %s is refused', async (name, changes) => {
  const claims = { signatory: { ...signatory, rfc: undefined, ...changes } };
  const token = await service.tokens.signing(name, digest, { claims });
  await expectProblem(
    await fetch(`${service.url}/v1/signing-request`, { headers: { authorization: `Bearer ${token}` } }),
    'token-claims',
  );
});

import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Webhook } from 'standardwebhooks';
import type { Notification, SigningView } from '@tu-esign/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HostWebhook } from '#hosts/webhook.ts';
import { digestOf } from '#signing/digest.ts';
import { ask } from './ask.ts';
import { follow, postSigning } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { hosts, signatory } from './tokens.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;

/** A host's back end, as docs/guides/webhooks.md has it: it keeps which messages it has seen, and what is complete. */
const startBackEnd = async () => {
  const seen = new Set<string>();
  const completed: { identifier: string; document: string }[] = [];
  const types: string[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const { id, type, data } = new Webhook(secret).verify(
      body,
      request.headers as Record<string, string>,
    ) as Notification;
    if (type === 'agreement.completed' && !seen.has(id))
      completed.push({ identifier: data.identifier, document: data.outputs!.document.link!.href });
    // The answer to what matters is lost, so that it comes again.
    if (type === 'agreement.completed' && !seen.has(id)) response.destroy();
    else response.writeHead(204).end();
    seen.add(id);
    types.push(type);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, completed, types, stop: () => server.close() };
};

let backEnd: Awaited<ReturnType<typeof startBackEnd>>;
let service: RunningService;
beforeEach(async () => {
  backEnd = await startBackEnd();
  const webhook = HostWebhook.parse({ url: backEnd.url, secrets: [secret], allowPrivate: true });
  service = await startRunningService({ hosts: [{ ...hosts[0]!, webhook }, hosts[1]!] });
});
afterEach(async () => {
  await service.remove();
  backEnd.stop();
});

const sign = async (identifier: string, digest: string, position: number): Promise<SigningView> => {
  const claims = { signatory: { ...signatory, givenName: `Persona ${position}` }, sequence: { position, of: 2 } };
  const token = await service.tokens.signing(identifier, digest, { claims });
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  return (await follow(service, id, token)).at(-1)!;
};

test('a contract of two is marked complete once, when both have signed, with the document that both signed', async () => {
  const identifier = `loan-${randomUUID()}`;
  const digest = await service.upload(agreement);
  const first = await sign(identifier, digest, 1);
  await expect.poll(() => backEnd.types).toContain('signing.completed');
  expect(first.sequence).toEqual({ position: 1, of: 2, state: 'open' });
  expect(backEnd.completed).toEqual([]);

  const last = await sign(identifier, digest, 2);
  await expect.poll(() => backEnd.types.filter((type) => type === 'agreement.completed').length).toBeGreaterThan(1);
  expect(backEnd.completed.map((one) => one.identifier)).toEqual([identifier]);
  const pdf = await (await fetch(backEnd.completed[0]!.document)).bytes();
  expect(digestOf(pdf)).toBe(last.outputs.document.digest);
  // A back end that was told nothing finds out as well.
  const asked = (await (await ask(service, `/v1/signings?identifier=${identifier}`)).json()) as object;
  expect(asked).toMatchObject({ agreement: { sequence: { position: 2, of: 2, state: 'completed' } } });
});

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { PDFDocument } from '@cantoo/pdf-lib';
import { Evidence, type SigningView } from '@tu-esign/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '#signing/digest.ts';
import { ask } from '../ask.ts';
import { awayProvider } from '../away-provider.ts';
import { findFreePort } from '../free-port.ts';
import { follow, postSigning, read } from '../requests.ts';
import { agreement, startRunningService, type RunningService } from '../running-service.ts';
import { createTlsPair } from '../tls-pair.ts';
import { hosts } from '../tokens.ts';
import { createFolder, isThere, type Folder } from '../tools.ts';
import { until } from '../until.ts';
import { startProgram, type Program } from './program.ts';
import { writeCaddyfile, writeNginxConf, type Proxy, type Recipe } from './recipes.ts';

/** The recipes of docs/operate/proxies.md, run. */

const limit = 25 * 1024 * 1024;
const tls = createTlsPair('localhost');
const usual = getCACertificates('default');

interface Kind {
  write: (recipe: Recipe) => Proxy;
  /** Of the authority that its certificate is by; undefined until there is one. */
  readRoot: (folder: Folder) => string | undefined;
}

const kinds: Record<string, Kind> = {
  caddy: {
    write: writeCaddyfile,
    readRoot: ({ path }) => {
      try {
        return readFileSync(join(path, 'data/caddy/pki/authorities/local/root.crt'), 'utf8');
      } catch {
        return undefined;
      }
    },
  },
  nginx: { write: (recipe) => writeNginxConf(recipe, tls), readRoot: () => tls.cert },
};

/** Almost as large as any that is taken. */
const createLargeAgreement = async (): Promise<Buffer> => {
  const document = await PDFDocument.load(agreement);
  document.context.register(document.context.stream(randomBytes(limit - 200 * 1024)));
  return Buffer.from(await document.save({ useObjectStreams: false }));
};

describe.each(Object.entries(kinds))('behind %s (skipped where it is missing)', (name, { write, readRoot }) => {
  let folder: Folder;
  let service: RunningService;
  let proxy: Program | undefined;
  /** The service as it is reached through the proxy. */
  let reached: RunningService;

  const start = async (provider: 'embedded' | 'away'): Promise<void> => {
    const [port, servicePort] = [await findFreePort(), await findFreePort()];
    const url = `https://localhost:${port}`;
    const settings = { port: servicePort, publicUrl: url, trustedProxies: 1, documentBytes: limit };
    const bank = Object.assign({}, hosts[0], { provider });
    service = await startRunningService({ ...settings, hosts: [bank] }, undefined, { providers: [awayProvider] });
    const { program, parameters, environment = {} } = write({ folder, port, servicePort });
    proxy = await startProgram(program, parameters, { environment, port });
    const root = await until('the authority of the proxy', () => readRoot(folder));
    setDefaultCACertificates([...usual, root]);
    reached = { ...service, url };
  };
  beforeEach(() => {
    folder = createFolder();
  });
  afterEach(async () => {
    await proxy?.stop();
    proxy = undefined;
    await service?.remove();
    folder.remove();
    setDefaultCACertificates(usual);
  });

  test.skipIf(!isThere(name))('the largest agreement is uploaded, signed and downloaded', async () => {
    await start('embedded');
    const large = await createLargeAgreement();
    expect(large.length).toBeGreaterThan(25_000_000);
    const headers = { authorization: `Bearer ${await service.tokens.documents()}`, 'content-type': 'application/pdf' };
    const address = `${reached.url}/v1/documents/${digestOf(large)}`;
    const put = await fetch(address, { method: 'PUT', headers, body: new Uint8Array(large) });
    expect(put.status).toBe(201);
    const token = await service.tokens.signing('large', digestOf(large));
    const posted = await postSigning(reached, token);
    const { id } = (await posted.json()) as SigningView;
    const { status, outputs, evidence } = (await follow(reached, id, token)).at(-1)!;
    expect(status).toBe('completed');
    const signed = await (await fetch(outputs.document.link!.href)).bytes();
    expect(Buffer.from(signed).subarray(0, large.length).equals(large)).toBe(true);
    // One proxy is believed: the address is that of who spoke to it.
    const { entries } = Evidence.parse(await (await fetch(evidence.href)).json());
    expect(entries.find(({ kind }) => kind === 'received-from')!.data).toMatchObject({ address: '127.0.0.1' });
  });

  test.skipIf(!isThere(name))('events come as they happen, while the stream stays open', async () => {
    await start('away');
    const digest = await service.upload(agreement);
    const token = await service.tokens.signing('followed', digest);
    const { id } = (await (await postSigning(reached, token)).json()) as SigningView;
    const stream = (await read(reached, `/v1/signings/${id}/events`, token)).body!.pipeThrough(new TextDecoderStream());
    const reader = stream.getReader();
    expect((await reader.read()).value).toContain('"status":"accepted"');
    const withdrawn = async () => (await ask(reached, '/v1/agreements/followed/withdraw', { body: {} })).status;
    await expect.poll(withdrawn).toBe(200);
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) rest += part.value;
    expect(rest).toContain('"status":"withdrawn"');
  });
});

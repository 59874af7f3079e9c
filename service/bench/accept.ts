import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { createLog } from '../src/log.ts';
import { startService } from '../src/service.ts';
import { currentConsents } from '../src/signing/consent.ts';
import { digestOf } from '../src/signing/digest.ts';

/**
 * Accept latency: POST of an autograph to its 202, over loopback, with the signings being carried out at the
 * same time on the same cores. Client and service share the process, so real figures are better.
 */
const posts = 400;
const atOnce = 8;

const folder = await mkdtemp(join(tmpdir(), 'tu-esign-bench-accept-'));
const { privateKey, publicKey } = await generateKeyPair('ES256');
const origin = 'http://localhost:1';
const service = await startService(
  {
    hosts: [
      {
        id: 'bench',
        name: 'Bench',
        issuer: 'bench',
        origins: [origin],
        provider: 'embedded',
        verification: { jwks: { keys: [{ ...(await exportJWK(publicKey)), kty: 'EC' }] }, algorithms: ['ES256'] },
      },
    ],
    port: 0,
    address: '127.0.0.1',
    publicUrl: undefined,
    dataFolder: folder,
    organisation: 'bench',
    elementFolder: folder,
    documentBytes: 26_214_400,
    autographBytes: 524_288,
    autographPixels: 4_000_000,
    linkSeconds: 900,
    pdfSeconds: 20,
    pdfMegabytes: 1024,
    trustedProxies: 0,
    // As good as none.
    addressRequestsPerSecond: 1_000_000,
    hostRequestsPerSecond: 1_000_000,
    bodyMegabytes: 256,
    uploads: 64,
    eventStreams: 2_000,
    unfinishedSignings: 100_000,
    drainSeconds: 0,
    stopSeconds: 30,
    retentionDays: 3653,
    guard: { timeoutMs: 10_000, concurrency: 16, failures: 5, pauseMs: 500 },
  },
  createLog(() => {}),
);

const mint = (claims: JWTPayload) =>
  new SignJWT({ aud: service.url, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setIssuer('bench')
    .setIssuedAt()
    .setExpirationTime('5m')
    .setJti(crypto.randomUUID())
    .sign(privateKey);

const pdf = await readFile(new URL('../test/fixtures/pdfs/002-trivial-libre-office-writer.pdf', import.meta.url));
const digest = digestOf(pdf);
await fetch(`${service.url}/v1/documents/${digest}`, {
  method: 'PUT',
  body: pdf,
  headers: { authorization: `Bearer ${await mint({ scope: 'documents:write' })}`, 'content-type': 'application/pdf' },
});

const drawPng = (): Uint8Array => {
  const [width, height] = [600, 200];
  const data = new Uint8Array(width * height * 4);
  for (let x = 20; x < width - 20; x++) {
    const y = Math.round(100 + 60 * Math.sin(x / 25));
    for (let thick = -2; thick <= 2; thick++) data[((y + thick) * width + x) * 4 + 3] = 255;
  }
  return encode({ width, height, data, channels: 4, depth: 8 });
};

const png = new Blob([Uint8Array.from(drawPng())], { type: 'image/png' });
const points = Array.from({ length: 300 }, (_, i) => [i, i % 200, i * 2, 0.5]);
const strokes = JSON.stringify({ version: 1, width: 300, height: 100, strokes: [{ pointer: 'pen', points }] });
const { locale, digest: consentDigest } = currentConsents()[0]!;
const consent = JSON.stringify({ locale, digest: consentDigest });

const signatory = { givenName: 'Ana', paternalSurname: 'Ejemplo', email: 'ana@ejemplo.test' };
const document = { digest, name: 'bench.pdf' };
const requests = await Promise.all(
  Array.from({ length: posts }, (_, i) =>
    mint({ scope: 'signing', origin, identifier: `bench-${i}`, document, signatory }),
  ),
);

const latencies: number[] = [];
const post = async (token: string) => {
  const body = new FormData();
  body.set('autograph', png, 'autograph.png');
  body.set('strokes', strokes);
  body.set('consent', consent);
  const startedAt = performance.now();
  const answer = await fetch(`${service.url}/v1/signings`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${token}` },
  });
  if (answer.status !== 202) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
  latencies.push(performance.now() - startedAt);
};

const startedAt = performance.now();
const worker = async () => {
  for (let token = requests.pop(); token; token = requests.pop()) await post(token);
};
await Promise.all(Array.from({ length: atOnce }, worker));
const seconds = (performance.now() - startedAt) / 1000;

latencies.sort((a, b) => a - b);
const percentile = (p: number) => latencies[Math.min(posts - 1, Math.floor((posts * p) / 100))]!.toFixed(1);
console.log(`\nAccept, POST to 202, ${atOnce} at once, ${posts} in all, while signings are carried out`);
console.log(`  p50 ${percentile(50)} ms · p99 ${percentile(99)} ms · ${(posts / seconds).toFixed(0)} accepted/s`);
await service.stop();
await rm(folder, { recursive: true, force: true });

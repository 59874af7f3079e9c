import { readFile } from 'node:fs/promises';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { digestOf } from '../src/signing/digest.ts';
import { consentTo, createForm } from '../test/signing-form.ts';

const origin = 'http://localhost:1';
const { privateKey, publicKey } = await generateKeyPair('ES256');
const pdf = await readFile(new URL('../test/fixtures/pdfs/002-trivial-libre-office-writer.pdf', import.meta.url));
const digest = digestOf(pdf);

/** The hosts file's content. */
export const hosts = {
  hosts: [
    {
      id: 'bench',
      name: 'Bench',
      issuer: 'bench',
      origins: [origin],
      verification: { jwks: { keys: [await exportJWK(publicKey)] }, algorithms: ['ES256'] },
    },
  ],
};

const mint = (audience: string, claims: JWTPayload): Promise<string> =>
  new SignJWT({ aud: audience, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setIssuer('bench')
    .setIssuedAt()
    .setExpirationTime('10m')
    .setJti(crypto.randomUUID())
    .sign(privateKey);

/** Uploads the agreement to the service at `url`, whose tokens name `audience`. */
export const upload = async (url: string, audience: string): Promise<void> => {
  const authorization = `Bearer ${await mint(audience, { scope: 'documents:write' })}`;
  const headers = { authorization, 'content-type': 'application/pdf' };
  const answer = await fetch(`${url}/v1/documents/${digest}`, { method: 'PUT', body: new Uint8Array(pdf), headers });
  if (!answer.ok) throw new Error(`the upload was answered ${answer.status}`);
};

/** A token for a visit of its own. */
export const mintVisit = (audience: string): Promise<string> =>
  mint(audience, {
    scope: 'signing',
    origin,
    identifier: crypto.randomUUID(),
    document: { digest, name: 'bench.pdf' },
    signatory: { givenName: 'Ana', paternalSurname: 'Ejemplo', email: 'ana@example.com' },
  });

/** Fetches the agreement as the element does before it is signed. */
export const show = async (url: string, token: string): Promise<void> => {
  const answer = await fetch(`${url}/v1/documents/${digest}`, {
    headers: { authorization: `Bearer ${token}`, origin },
  });
  await answer.arrayBuffer();
};

/** What the element posts, as bytes. */
export const createBody = async (): Promise<{ type: string; bytes: Buffer }> => {
  const form = new Response(createForm({ consent: JSON.stringify(consentTo('Bench')) }));
  return { type: form.headers.get('content-type')!, bytes: Buffer.from(await form.arrayBuffer()) };
};

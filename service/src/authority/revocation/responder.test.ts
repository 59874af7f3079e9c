import { X509Certificate } from 'node:crypto';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { expect, test } from 'vitest';
import { createAuthorityFiles } from '#authority/create-authority.ts';
import { keysInFiles } from '#keys/custody/key-holder.ts';
import { createResponder } from './responder.ts';

test('a responder is another each day, and one that could not be certified is asked for again', async () => {
  let now = new Date();
  const files = await createAuthorityFiles('Casa', now);
  const { signer } = await keysInFiles.open(files['issuing.key.pem']!);
  let isAway = true;
  const issuer = {
    certificate: readCertificate(fromPem(files['issuing.pem']!)),
    signer: {
      algorithm: signer.algorithm,
      async sign(bytes: Uint8Array) {
        if (isAway) throw new Error('the token is away');
        return signer.sign(bytes);
      },
    },
  };
  const responderOf = createResponder(issuer, { organization: 'Casa', now: () => now });
  await expect(responderOf()).rejects.toThrow('away');
  isAway = false;
  const first = await responderOf();
  const { publicKey } = new X509Certificate(files['issuing.pem']!);
  expect(new X509Certificate(first.certificate.der).verify(publicKey)).toBe(true);
  expect(await responderOf()).toBe(first);
  now = new Date(now.getTime() + 25 * 3_600_000);
  expect(await responderOf()).not.toBe(first);
});

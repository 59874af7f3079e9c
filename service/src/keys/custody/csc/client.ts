import type { z } from 'zod';
import type { CscAccess } from './access.ts';
import { AuthorizeAnswer, CredentialAnswer, SignHashAnswer, type Credential } from './answers.ts';
import { createBearer } from './bearer.ts';
import { call, Refused } from './call.ts';

export interface HashToSign {
  credentialID: string;
  /** Base64. */
  hash: string;
  hashAlgorithmOID: string;
  signAlgo: string;
}

export interface CscClient {
  info(credentialID: string): Promise<Credential>;
  /** @returns what a PIN, or our token alone, lets a hash be signed with */
  authorize(of: HashToSign, pin: string | undefined): Promise<string>;
  /** @returns Base64 */
  signHash(of: HashToSign, sad: string | undefined): Promise<string>;
}

/** Signs slower than a driver beside it, and no slower than this. */
const usuallyWithinMs = 15_000;

/** Speaks the Cloud Signature Consortium's API, version 2. */
export const createCscClient = (access: CscAccess): CscClient => {
  const timeoutMs = access.answeredWithinMs ?? usuallyWithinMs;
  const bearer = createBearer(access, timeoutMs);
  const postWith = <T>(token: string, name: string, { body, answer }: { body: object; answer: z.ZodType<T> }) =>
    call({
      name,
      url: `${access.url}/${name}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      answer,
      timeoutMs,
    });
  const post = async <T>(name: string, body: object, answer: z.ZodType<T>): Promise<T> => {
    const token = await bearer.token();
    try {
      return await postWith(token, name, { body, answer });
    } catch (error) {
      // It may have been taken back before its time.
      if (!(error instanceof Refused) || error.status !== 401 || !bearer.forget(token)) throw error;
      return postWith(await bearer.token(), name, { body, answer });
    }
  };
  return {
    info: (credentialID) =>
      post('credentials/info', { credentialID, certificates: 'single', authInfo: true }, CredentialAnswer),
    async authorize({ credentialID, hash, hashAlgorithmOID }, pin) {
      const authData = pin === undefined ? {} : { authData: [{ id: 'PIN', value: pin }] };
      const asked = { credentialID, numSignatures: 1, hashes: [hash], hashAlgorithmOID, ...authData };
      return (await post('credentials/authorize', asked, AuthorizeAnswer)).SAD;
    },
    async signHash({ credentialID, hash, hashAlgorithmOID, signAlgo }, sad) {
      const asked = { credentialID, hashes: [hash], hashAlgorithmOID, signAlgo, operationMode: 'S' };
      const { signatures } = await post('signatures/signHash', { ...asked, ...(sad && { SAD: sad }) }, SignHashAnswer);
      return signatures[0];
    },
  };
};

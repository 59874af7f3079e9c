import { SigningView } from '@tu-esign/contract';
import { digestOf } from '#signing/digest.ts';
import { postDecline } from '../requests.ts';
import { otherAgreement } from '../running-service.ts';
import { createTokens, signatory } from '../tokens.ts';
import { audience } from './world.ts';

/** What a host's back end asks, server to server, of services that may end meanwhile. */
export const createBackEnd = (host: string) => {
  const tokens = createTokens(audience);
  const digest = digestOf(otherAgreement);
  const by = { claims: { iss: `https://${host}.example` } };

  return {
    /** Posts where there is a body; undefined where the answer was lost. */
    async ask(url: string, path: string, body?: object): Promise<Answer | undefined> {
      const request = body && ({ method: 'POST', type: 'application/json', body: JSON.stringify(body) } as const);
      try {
        return await send(url + path, await tokens.signings(by), request ?? {});
      } catch (error) {
        if (error instanceof TypeError) return undefined;
        throw error;
      }
    },
    /** Somebody declines an agreement that nobody else is asked for. */
    async decline(url: string, email: string): Promise<SigningView> {
      const document = { method: 'PUT', type: 'application/pdf', body: new Uint8Array(otherAgreement) } as const;
      await send(`${url}/v1/documents/${digest}`, await tokens.documents(by), document);
      const claims = { ...by.claims, signatory: { ...signatory, email } };
      const token = await tokens.signing(email, digest, { claims });
      return SigningView.parse(await (await postDecline({ url }, token, `Mis motivos: ${email}`)).json());
    },
  };
};

const send = async (url: string, token: string, { method = 'GET', type = '', body }: Sent): Promise<Answer> => {
  const headers = { authorization: `Bearer ${token}`, ...(type && { 'content-type': type }) };
  const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
  return { status: response.status, body: JSON.parse(await response.text()) as unknown };
};

interface Sent {
  method?: 'GET' | 'POST' | 'PUT';
  type?: string;
  body?: string | Uint8Array<ArrayBuffer>;
}

export interface Answer {
  status: number;
  body: unknown;
}

import { randomUUID } from 'node:crypto';
import type { SigningView } from '@tu-esign/contract';
import { digestOf } from '#signing/digest.ts';
import { expectNothingPersonal } from '../problems.ts';
import { agreement } from '../running-service.ts';
import { createForm } from '../signing-form.ts';
import { origin, type createTokens } from '../tokens.ts';
import { patienceMs, untilAnswered } from '../until.ts';

export const agreementDigest = digestOf(agreement);

/** One act of a signatory, with what the service answered. */
export interface Act {
  host: string;
  identifier: string;
  /** Statuses of the answers to its posts; `lost` where there was none. */
  answers: (number | 'lost')[];
  /** Why answers were lost. */
  losses: string[];
  /** Once it was answered. */
  id?: string;
}

/** Where to post: an address, or who chooses one at the moment of posting, and another for those that refused. */
export type Target = string | ((refused: readonly string[]) => string | undefined);

const form = createForm();

const causeOf = (error: unknown): NodeJS.ErrnoException => ((error as Error).cause ?? error) as NodeJS.ErrnoException;

/** Nothing was sent to who refuses the connection: as balancers do, another one is asked. */
const send = async (target: Target, path: string, options: RequestInit, refused: string[] = []): Promise<Response> => {
  const url = typeof target === 'string' ? target : target(refused);
  if (!url) throw new TypeError(`refused by all: ${refused.join()}`);
  try {
    return await fetch(`${url}${path}`, { ...options, signal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    if (typeof target === 'string' || causeOf(error).code !== 'ECONNREFUSED') throw error;
    return send(target, path, options, [...refused, url]);
  }
};

/** What hosts and signatories did, and were told: the books that the oracle compares the service with. */
export const createLedger = (tokens: ReturnType<typeof createTokens>) => {
  const acts: Act[] = [];
  const clock = { shiftMs: 0 };
  const issued = (host: string) => {
    const iat = Math.floor((Date.now() + clock.shiftMs) / 1000);
    return { claims: { iss: `https://${host}.example`, iat, exp: iat + 300 } };
  };
  const authorise = async ({ host, identifier }: Act) => ({
    authorization: `Bearer ${await tokens.signing(identifier, agreementDigest, issued(host))}`,
    origin,
  });

  /** Shows the agreement as the element does, and posts; who is not shown it, for now, posts nothing. */
  const showAndPost = async (target: Target, act: Act): Promise<Response> => {
    const headers = await authorise(act);
    const shown = await send(target, `/v1/documents/${agreementDigest}`, { headers });
    if (!shown.ok) return shown;
    await shown.arrayBuffer();
    return send(target, '/v1/signings', { method: 'POST', headers, body: form });
  };

  /** Posts an act, and again after a lost answer where asked to: the content is the same every time. */
  const post = async (target: Target, act: Act): Promise<Act> => {
    try {
      const response = await showAndPost(target, act);
      const text = await response.text();
      act.answers.push(response.status);
      if (response.ok) act.id = (JSON.parse(text) as SigningView).id;
      else {
        expectNothingPersonal(text);
        act.losses.push(text);
      }
    } catch (error) {
      // An answer that breaks the rules is not a lost one.
      if (!(error instanceof TypeError || (error as Error).name === 'TimeoutError')) throw error;
      act.answers.push('lost');
      act.losses.push(String(causeOf(error)));
    }
    return act;
  };

  return {
    acts,
    /** How far the hosts' clocks are before the machine's. */
    clock,
    post,
    /** A new act of a host's signatory. */
    act(target: Target, host: string): Promise<Act> {
      const act: Act = { host, identifier: randomUUID(), answers: [], losses: [] };
      acts.push(act);
      return post(target, act);
    },
    /** Signatories who were told to come again and did not; how many they were. */
    dropRefused(): number {
      const kept = acts.filter(({ id, answers }) => id !== undefined || answers.includes('lost'));
      return acts.splice(0, acts.length, ...kept).length - kept.length;
    },
    async upload(url: string, host: string): Promise<void> {
      const authorization = `Bearer ${await tokens.documents(issued(host))}`;
      const headers = { authorization, 'content-type': 'application/pdf' };
      const options = { method: 'PUT', headers, body: new Uint8Array(agreement) };
      const put = () => fetch(`${url}/v1/documents/${agreementDigest}`, options);
      const response = await untilAnswered('an upload that is taken', put);
      if (!response.ok) throw new Error(`the upload was refused: ${await response.text()}`);
    },
    /** What the service says of an act; undefined where it cannot say anything now. */
    async view(url: string, act: Act): Promise<SigningView | undefined> {
      const response = await fetch(`${url}/v1/signings/${act.id}`, { headers: await authorise(act) });
      return response.ok ? ((await response.json()) as SigningView) : undefined;
    },
  };
};

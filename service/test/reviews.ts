import { randomBytes } from 'node:crypto';
import { Evidence, type SigningView } from '@tu-esign/contract';
import { HostWebhook } from '../src/hosts/webhook.ts';
import { startLostAnswers } from './lost-answers.ts';
import { operate, type Operated } from './operate.ts';
import { postSigning, read } from './requests.ts';
import { agreement, startRunningService } from './running-service.ts';
import { hosts } from './tokens.ts';
import { until } from './until.ts';

const operatorKey = 'the-operators-key-of-the-tests-alone';

const toWebhook = (url: string) =>
  HostWebhook.parse({ url, secrets: [`whsec_${randomBytes(32).toString('base64')}`], allowPrivate: true });

/**
 * A service whose provider loses every answer, so that each signing waits for a person, and its operator.
 * @param hook where the bank is told
 */
export const startReviews = async (hook?: string) => {
  const lost = await startLostAnswers();
  const [bank, shop] = hosts;
  const bankAtLost = { ...bank!, provider: lost.provider.name, ...(hook && { webhook: toWebhook(hook) }) };
  const changes = { hosts: [bankAtLost, shop!], operatorKey };
  const service = await startRunningService(changes, undefined, { providers: [lost.provider] });
  const digest = await service.upload(agreement);

  const view = async (id: string, token: string): Promise<SigningView> =>
    (await (await read(service, `/v1/signings/${id}`, token)).json()) as SigningView;

  /** The view once it is in this status. */
  const becomes = async (id: string, token: string, status: SigningView['status']): Promise<SigningView> => {
    let seen: SigningView | undefined;
    const look = async () => {
      seen = await view(id, token);
      return seen.status === status ? seen : undefined;
    };
    return until(`a signing that is ${status}`, look, { progress: () => seen?.status });
  };
  return {
    service,
    lost,
    becomes,
    /** A signing of which nobody knows whether it was signed. */
    sign: async (identifier: string, document = digest) => {
      const token = await service.tokens.signing(identifier, document);
      const { id } = (await (await postSigning(service, token)).json()) as { id: string };
      await becomes(id, token, 'review');
      return { id, token };
    },
    readEvidence: async (id: string, token: string): Promise<Evidence> =>
      Evidence.parse(await (await fetch((await view(id, token)).evidence.href)).json()),
    /** As the operator, by HTTP. */
    ask: (path: string, request: RequestInit = {}, key = operatorKey): Promise<Response> =>
      fetch(`${service.operatorUrl}/v1/operator/${path}`, { ...request, headers: { authorization: `Bearer ${key}` } }),
    /** As the operator, by command. */
    operate: (...parameters: string[]): Promise<Operated> =>
      operate([...parameters, '--service', service.operatorUrl!], { TU_ESIGN_OPERATOR_KEY: operatorKey }),
    remove: async (): Promise<void> => {
      await service.remove();
      lost.stop();
    },
  };
};
export type Reviews = Awaited<ReturnType<typeof startReviews>>;

import { fork, type ChildProcess } from 'node:child_process';
import type { TokenAccess, TokenAnswer, TokenQuestion } from './token-process.ts';

/** Asks a PKCS #11 token, in a process that is started anew where it ended. */
export interface TokenClient {
  /**
   * @returns Base64; see TokenAnswer
   * @throws Error by the driver, or where its process ended twice over the question
   */
  ask(question: TokenQuestion): Promise<string>;
  /** Ends the process. */
  close(): void;
}

/** A driver that hangs is ended: the next question starts another process. */
const answeredWithinMs = 15_000;

/** The process ended before it answered. */
class EndedError extends Error {}

interface Running {
  child: ChildProcess;
  ask(asked: object): Promise<string>;
}

/** Drivers are set up by variables of their own; the service's are none of their business. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TU_ESIGN_')));

const start = (): Running => {
  const child = fork(new URL('token-process.ts', import.meta.url), {
    env: environment(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // It ends with the service, and keeps nobody from ending.
  child.unref();
  const waiting = new Map<number, (answer: TokenAnswer | EndedError) => void>();
  const end = (): void => {
    for (const settle of waiting.values()) settle(new EndedError('the process of the PKCS #11 driver ended'));
    waiting.clear();
  };
  child.on('message', (answer: TokenAnswer) => waiting.get(answer.of)?.(answer));
  child.on('error', end);
  child.on('exit', end);
  let asked = 0;
  return {
    child,
    async ask(question) {
      const of = (asked += 1);
      const { promise, resolve } = Promise.withResolvers<TokenAnswer | EndedError>();
      waiting.set(of, resolve);
      if (waiting.size === 1) child.channel?.ref();
      const timer = setTimeout(() => child.kill('SIGKILL'), answeredWithinMs);
      child.send({ of, ...question }, (error) => error && end());
      const answer = await promise;
      clearTimeout(timer);
      waiting.delete(of);
      if (waiting.size === 0) child.channel?.unref();
      if (answer instanceof EndedError) throw answer;
      if ('error' in answer) throw new Error(`the PKCS #11 driver says: ${answer.error}`);
      return answer.value;
    },
  };
};

const open = async (access: TokenAccess): Promise<Running> => {
  const running = start();
  try {
    await running.ask({ open: access });
    return running;
  } catch (error) {
    running.child.kill('SIGKILL');
    throw error;
  }
};

export const createTokenClient = (access: TokenAccess): TokenClient => {
  let running: Promise<Running> | undefined;
  const askOnce = async (question: TokenQuestion): Promise<string> => {
    running ??= open(access);
    const asked = running;
    try {
      return await (await asked).ask(question);
    } catch (error) {
      // What could not be opened is opened anew, as what ended is started anew.
      const isOpen = await asked.then(
        () => true,
        () => false,
      );
      if ((error instanceof EndedError || !isOpen) && running === asked) running = undefined;
      throw error;
    }
  };
  return {
    async ask(question) {
      try {
        return await askOnce(question);
      } catch (error) {
        // To sign once more does no harm; to make a key once more might leave two of one id.
        if (error instanceof EndedError && question.do !== 'create') return askOnce(question);
        throw error;
      }
    },
    close: () =>
      void running?.then(
        ({ child }) => child.kill(),
        () => {},
      ),
  };
};

import { connect } from 'node:net';
import { ProblemDetails } from '@tu-esign/contract';
import { expect } from 'vitest';
import { expectNothingPersonal } from '../problems.ts';
import { patienceMs } from '../until.ts';

export interface Answer {
  status: number;
  head: string;
  body: string;
}

/** How long a client that sent too little waits before it goes, in milliseconds. */
const beforeGoingMs = 60;

/**
 * Writes bytes to the service as they are and reads until the service ends; undefined where it ended without
 * an answer, as it may where the client goes.
 * @throws Error where it does not end
 */
export const ask = (url: string, request: Buffer, goes = false): Promise<Answer | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port) });
    // Nothing comes for that long: a hang.
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('The service does not end')));
    socket.on('connect', () => {
      socket.write(request);
      if (goes) setTimeout(() => socket.end(), beforeGoingMs);
    });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', () => socket.destroy());
    // refused before all was read, the rest is answered with a reset
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(readAnswer(chunks));
      else reject(error);
    });
    socket.on('close', () => resolve(readAnswer(chunks)));
  });

const readAnswer = (chunks: Buffer[]): Answer | undefined => {
  const [head = '', ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  return status ? { status: Number(status), head: head.toLowerCase(), body: rest.join('\r\n\r\n') } : undefined;
};

/** What Node itself refuses has no body: it came to no route. */
const isRefusedByNode = ({ head, body }: Answer): boolean =>
  ['', '0\r\n\r\n'].includes(body) && !head.includes('content-security-policy');

/** Good, or a problem in its form; never a fault of ours, and nothing of anybody's. */
export const expectAnswer = (answer: Answer, method = 'GET'): void => {
  const { status, head, body } = answer;
  expect(status).not.toBe(500);
  expect(body).not.toMatch(/\.[jt]s:\d+|PRIVATE KEY|root:x:0/);
  if (status < 400 || isRefusedByNode(answer)) return;
  expect(head).toContain('content-type: application/problem+json');
  if (method === 'HEAD') return;
  const text = /\{.*\}/.exec(body)?.[0] ?? '';
  ProblemDetails.parse(JSON.parse(text));
  expectNothingPersonal(text);
};

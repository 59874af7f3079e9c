import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ProblemType } from '@tu-esign/contract';
import { Problem } from '#problem.ts';

/** What Node's HTTP parser says, as far as a client can act on it. */
const problemOf: Record<string, ProblemType> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-malformed',
};

const write = (type: ProblemType): string => {
  const problem = new Problem(type);
  const body = JSON.stringify(problem.toDetails(randomUUID()));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
};

/**
 * What is no HTTP, or does not arrive in time, never becomes a request. Node answers it with a status alone; this answers
 * with a problem (RFC 9457). Where an answer has begun on the connection, it is cut off and nothing is added to it.
 */
export const answerMalformedRequests = (server: Server): void => {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => latest.set(socket, response));
  // An expectation that is not known is passed over, and the request answered (RFC 9110, 10.1.1).
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const response = latest.get(socket);
    const isAnswering = response?.headersSent && !response.writableFinished;
    if (socket.writable && !isAnswering) socket.write(write(problemOf[error.code ?? ''] ?? 'request-malformed'));
    socket.destroy(error);
  });
};

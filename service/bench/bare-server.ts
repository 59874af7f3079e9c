import { createServer } from 'node:http';

/** Reads a body and answers, nothing else: what the machine's HTTP can do. */
createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(202).end('{}'));
}).listen(Number(process.env['TU_ESIGN_PORT']), '127.0.0.1');

/** The file's structure is not what ISO 32000 says: it must be rewritten, or refused. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** The file's structure is not what ISO 32000 says: it must be rewritten, or refused. */
export class Fault extends Error {
  override readonly name: string = 'Fault';
}

/** All its strings and streams are encrypted (ISO 32000-2, 7.6): there is nothing to read without a password. */
export class EncryptedFault extends Fault {
  override readonly name = 'EncryptedFault';
}

/** It needs more memory than any file is given. Said before memory is full: who runs out of it ends, not the file. */
export class LimitFault extends Fault {
  override readonly name = 'LimitFault';
}

/** It says that it holds more than its bytes can, or than is read of a file: nobody should try to recover it. */
export class ImpossibleFault extends Fault {
  override readonly name = 'ImpossibleFault';
}

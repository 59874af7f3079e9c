/** Digests that signatures, time-stamps and certificates of today and of the past use (FIPS 180-4). */
export type DigestAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** One signature's value, and all that is needed to verify it. */
export interface SignatureCheck {
  /** DER SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). */
  publicKey: Uint8Array;
  scheme: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa';
  digest: DigestAlgorithm;
  /** Octets of RSASSA-PSS's salt (RFC 8017, 9.1); nothing for other schemes. */
  saltLength?: number;
  /** What was signed. */
  bytes: Uint8Array;
  /** As CMS and X.509 carry it: for ECDSA a DER sequence of two integers (RFC 3279, 2.2.3). */
  signature: Uint8Array;
}

/** The first port: what PDFs are compressed with. */
export interface Inflater {
  /**
   * Inflates zlib's format (RFC 1950). What was cut short gives what it has.
   * @throws Error where it cannot be read, or grows beyond `most` bytes
   */
  inflate(bytes: Uint8Array, most: number): Uint8Array;
}

/** The second port: digests and signatures. */
export interface Cryptography {
  digest(algorithm: DigestAlgorithm, bytes: Uint8Array): Uint8Array;
  /** Whether a signature verifies. Keys and values that are odd, or not known to the platform, do not; never throws. */
  verify(check: SignatureCheck): Promise<boolean>;
}

/** All that the verifier asks of the platform it runs on. */
export type Ports = Inflater & Cryptography;

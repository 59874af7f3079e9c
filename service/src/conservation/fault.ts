/**
 * An authority's answer is not to be believed, or there is none; it may be asked again. The code is what the log tells:
 * no message of an HTTP client, which holds the request and its credentials.
 */
export class AuthorityFault extends Error {
  override name = 'AuthorityFault';
  readonly code: string;

  constructor(code: string) {
    super(`The authority did not conserve: ${code}`);
    this.code = code;
  }
}

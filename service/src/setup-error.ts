/** The service cannot start before its operator has set something right; the message says what. */
export class SetupError extends Error {
  override name = 'SetupError';
}

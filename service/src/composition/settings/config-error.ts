/** The configuration is wrong; the message names every fault. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** All faults at once. */
export const configError = (faults: readonly string[]): ConfigError =>
  new ConfigError(`The configuration is wrong:\n- ${faults.join('\n- ')}`);

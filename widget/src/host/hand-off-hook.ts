/** Gives the address of the host's page at which the visit goes on: on a phone, where a finger draws better. */
export type HandOffHook = () => Promise<string> | string;

import type { CommandEntry } from './command.ts';

/** All commands, in the order in which they are met. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'write settings, a hosts file, a host’s key pair and what mints a token, and say what to do next',
    load: async () => (await import('./begin/init.ts')).init,
  },
  {
    name: 'serve',
    summary: 'run the service until it is told to stop',
    load: async () => (await import('./running/serve.ts')).serve,
  },
  {
    name: 'check',
    summary: 'say what is wrong with settings, storage, keys, hosts and clock, or which files are not as they were',
    load: async () => (await import('./running/check.ts')).check,
  },
  {
    name: 'health',
    summary: 'ask the running service whether it is ready; for containers and supervisors',
    load: async () => (await import('./running/health.ts')).health,
  },
  {
    name: 'reload',
    summary: 'have the running service take a changed hosts file, or say what it would change',
    load: async () => (await import('./running/reload.ts')).reload,
  },
  {
    name: 'review',
    summary: 'list signings that wait for a person, or are in another status',
    load: async () => (await import('./operate/review.ts')).review,
  },
  {
    name: 'resolve',
    summary: 'settle a signing in review: it was signed, it was not, or it has failed',
    load: async () => (await import('./operate/resolve.ts')).resolve,
  },
  {
    name: 'revoke',
    summary: 'revoke a certificate of the embedded authority: that of a signing, or one by its serial number',
    load: async () => (await import('./operate/revoke.ts')).revoke,
  },
  {
    name: 'evergreen',
    summary: 'say when time-stamps over documents are renewed',
    load: async () => (await import('./operate/evergreen.ts')).evergreen,
  },
  {
    name: 'deliveries',
    summary: 'list notifications that were given up, or are in another state',
    load: async () => (await import('./operate/deliveries.ts')).deliveries,
  },
  {
    name: 'resend',
    summary: 'send all notifications of a signing again',
    load: async () => (await import('./operate/resend.ts')).resend,
  },
  {
    name: 'backup',
    summary: 'copy records, keys and files into a folder',
    load: async () => (await import('./keeping/backup.ts')).backup,
  },
  {
    name: 'restore',
    summary: 'put a backup where a new service would begin',
    load: async () => (await import('./keeping/restore.ts')).restore,
  },
  {
    name: 'keys',
    summary: 'list and rotate the service’s keys; set, change and take off their passphrase',
    load: async () => (await import('./keeping/keys.ts')).keys,
  },
  {
    name: 'init-root',
    summary: 'make a root in a folder of its own, for a machine apart from the service',
    load: async () => (await import('./root/init-root.ts')).initRoot,
  },
  {
    name: 'root',
    summary: 'certify what a service asks the root for, revoke it, and make the root’s list',
    load: async () => (await import('./root/root.ts')).root,
  },
  {
    name: 'verify',
    summary: 'say what holds of a signed PDF and its conservation certificate; works offline',
    load: async () => (await import('./verify/verify.ts')).verify,
  },
  {
    name: 'verify-evidence',
    summary: 'verify evidence, and that files are those it names; works offline',
    load: async () => (await import('./verify/verify-evidence.ts')).verifyEvidence,
  },
  {
    name: 'sandbox',
    summary: 'run a server that speaks Tu Identidad’s wire, for development',
    load: async () => (await import('./begin/sandbox.ts')).sandbox,
  },
];

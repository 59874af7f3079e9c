import { z } from 'zod';
import { Host, Hosts } from './host.ts';
import { HostWebhook } from './webhook.ts';

/** The hosts file as it is written: secrets may be named by file or variable, which are read before the rest is judged. */

const text = z.string().min(1);
const file = 'A file that holds it, as seen from the hosts file.';
const variable = 'An environment variable that holds it.';

const { verification } = Host.shape;
const algorithms = z.array(z.literal('HS256')).min(1).default(['HS256']);

const WrittenVerification = z.union([
  ...verification.options,
  z.strictObject({ secretFile: text.describe(file), algorithms }),
  z.strictObject({ secretVariable: text.describe(variable), algorithms }),
]);

const WrittenSecret = z.union([
  HostWebhook.shape.secrets.element,
  z.strictObject({ file: text.describe(file) }),
  z.strictObject({ variable: text.describe(variable) }),
]);

const WrittenWebhook = z.strictObject({
  ...HostWebhook.shape,
  secrets: z.array(WrittenSecret).min(1).max(4).describe('Each message is signed with all of them.'),
});

const WrittenHost = z.strictObject({
  ...Host.shape,
  verification: WrittenVerification.describe(
    'How its tokens are verified: by its key set, wherever that is, or a secret.',
  ),
  webhook: WrittenWebhook.optional().describe('Where the host is told what became of a signing.'),
});

const WrittenHosts = z.strictObject({ ...Hosts.shape, hosts: z.array(WrittenHost).min(1).describe('Who may ask.') });

/** The hosts file as JSON Schema, for editors. */
export const hostsJsonSchema = (): object => {
  const schema = z.toJSONSchema(WrittenHosts, { io: 'input', unrepresentable: 'any' });
  return { title: 'Hosts file of tu-esign', ...schema };
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from '../tools.ts';

/** A proxy as the docs say it, on other ports and with other names than theirs: they have those of an operator's machine. */
export interface Recipe {
  folder: Folder;
  /** Where the proxy listens, with TLS and the name localhost. */
  port: number;
  /** Where the service listens. */
  servicePort: number;
}

export interface Proxy {
  program: string;
  parameters: string[];
  environment?: Record<string, string>;
}

const page = readFileSync(new URL('../../../docs/operate/proxies.md', import.meta.url), 'utf8');

/** What is in a page's section as code. */
const readRecipe = (section: string): string => {
  const [, code] = new RegExp(`^## ${section}\\n[^#]*?^\`\`\`\\w+\\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? [];
  if (code === undefined) throw new Error(`docs/operate/proxies.md has no recipe for ${section}`);
  return code;
};

/** @throws Error where there is nothing to replace: the recipe was written anew */
const replace = (text: string, replacements: Record<string, string>): string =>
  Object.entries(replacements).reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the recipe does not say ${from}`);
    return before.replaceAll(from, to);
  }, text);

/** Its certificates are by an authority of its own: that of the internet does not know this machine. */
export const writeCaddyfile = ({ folder, port, servicePort }: Recipe): Proxy => {
  const ours = replace(readRecipe('Caddy'), {
    'sign.example.com': `localhost:${port}`,
    '127.0.0.1:8080': `127.0.0.1:${servicePort}`,
  });
  const file = folder.write(
    'Caddyfile',
    `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n${ours}`,
  );
  const environment = { HOME: folder.path, XDG_DATA_HOME: join(folder.path, 'data') };
  return { program: 'caddy', parameters: ['run', '--adapter', 'caddyfile', '--config', file], environment };
};

export const writeNginxConf = ({ folder, port, servicePort }: Recipe, tls: { key: string; cert: string }): Proxy => {
  const ours = replace(readRecipe('nginx'), {
    'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
    'sign.example.com;': 'localhost;',
    '/etc/ssl/sign.example.com.pem': folder.write('tls.pem', tls.cert),
    '/etc/ssl/sign.example.com.key': folder.write('tls.key', tls.key),
    '127.0.0.1:8080': `127.0.0.1:${servicePort}`,
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const file = folder.write(
    'nginx.conf',
    `daemon off;
pid ${folder.path}/nginx.pid;
${process.getuid!() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder.path}/${name};`).join('\n  ')}
${ours}
}
`,
  );
  return { program: 'nginx', parameters: ['-e', join(folder.path, 'error.log'), '-c', file] };
};

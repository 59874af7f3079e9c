import type { TuEsign } from 'tu-esign';
import { does, until } from './hand.ts';
import { states, type State } from './states.ts';

const element = document.querySelector<TuEsign>('tu-esign')!;
const root = document.documentElement;
const { pathname, searchParams } = new URL(location.href);

const signatory = {
  givenName: 'Ana',
  paternalSurname: 'Ejemplo',
  maternalSurname: 'Muestra',
  email: 'ana.ejemplo@example.com',
  rfc: 'EEMA850312QX6',
};

/** A token as hosts mint it, but for the signature, which the scripted service does not look at. */
const mint = (claims: Record<string, unknown>): string => {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  return `e30.${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')}.`;
};

const identifier = crypto.randomUUID();
const tokenFor = async ({ claims, inLanguage, document = 'agreement' }: State): Promise<string> => {
  if (claims?.['refuses']) throw new Error('no token');
  return mint({
    identifier,
    exp: Math.floor(Date.now() / 1000) + 300,
    host: 'Sol de Agave',
    contact: { telephone: '+52 55 0000 0000', email: 'ayuda@sol-de-agave.example' },
    signatory,
    document: { digest: root.dataset[document], name: 'Contrato SDA-2026-0417.pdf' },
    ...claims,
    ...inLanguage?.(root.lang),
  });
};

const dress = (): void => {
  const theme = searchParams.get('theme') ?? 'auto';
  root.dataset['theme'] = theme;
  root.lang = searchParams.get('locale') ?? 'es-MX';
  element.setAttribute('theme', theme);
  element.setAttribute('locale', root.lang);
  const width = Number(searchParams.get('width'));
  if (width) element.style.inlineSize = `${width}px`;
};

/** Puts the style sheet of a framework into the page, before the gallery's own few rules. */
const layReset = (name: string): Promise<unknown> => {
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href: `/gallery/in/${name}.css` });
  const loaded = new Promise((resolve) => link.addEventListener('load', resolve));
  document.head.prepend(link);
  return loaded;
};

const state = states.find(({ name }) => pathname.endsWith(`/${name}`))!;
document.title = `${state.title} – tu-esign`;
dress();
const reset = searchParams.get('in');
if (reset) await layReset(reset);
if (state.claims) element.getToken = () => tokenFor(state);
for (const step of state.steps ?? []) await does[step](element);
const shows = (selector: string) => element.shadowRoot?.querySelector(selector);
await until(() => state.arrived.every(shows) && !(state.without && shows(state.without)));
root.dataset['arrived'] = 'true';

import { currentConsents } from '../src/signing/consent.ts';
import { drawAutograph } from './autograph.ts';
import { bank } from './tokens.ts';

/** Agrees to what the signatories of a host by this name are shown. */
export const consentTo = (hostName: string) => {
  const [{ locale, digest }] = currentConsents(hostName) as [ReturnType<typeof currentConsents>[number]];
  return { locale, digest };
};

/** Strokes in the form the element posts. */
export const strokes = {
  version: 1,
  width: 400,
  height: 150,
  strokes: [
    {
      pointer: 'pen',
      points: [
        [10, 20, 0, 0.5],
        [90, 75, 180, 0.7],
      ],
    },
  ],
};

/** Parts of a signing's form; one that is null is left out. */
export interface FormParts {
  autograph?: Uint8Array | null;
  strokes?: string | null;
  making?: string;
  consent?: string | null;
  viewed?: string;
}

/** Parts that are accepted. */
export const goodParts = () => ({
  autograph: drawAutograph().png,
  strokes: JSON.stringify(strokes),
  consent: JSON.stringify(consentTo(bank.name)),
});

/** What the element posts, with other parts where given. */
export const createForm = (changes: FormParts = {}): FormData => {
  const parts: FormParts = { ...goodParts(), ...changes };
  const form = new FormData();
  if (parts.autograph) form.append('autograph', new Blob([new Uint8Array(parts.autograph)]), 'autograph.png');
  if (typeof parts.strokes === 'string') form.append('strokes', parts.strokes);
  if (parts.making !== undefined) form.append('making', parts.making);
  if (typeof parts.consent === 'string') form.append('consent', parts.consent);
  if (parts.viewed !== undefined) form.append('viewed', parts.viewed);
  return form;
};

/** An autograph that was typed, as the element tells of it. */
export const typed = { method: 'type', text: 'Nombre De Prueba', face: 'dancing-script' };

/** What the element posts of an autograph that was not drawn. */
export const createMadeForm = (making: unknown): FormData =>
  createForm({ strokes: null, making: JSON.stringify(making) });

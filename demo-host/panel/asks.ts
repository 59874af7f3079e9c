/** Where the visible signature goes, as the drawer has it; empty: where the agreement has its place. */
const placeNames = ['', 'several', 'anchor', 'field'] as const;
export type PlaceName = (typeof placeNames)[number];

/** What a developer chooses of a new signing, besides who signs what. */
export interface Asks {
  place: PlaceName;
  /** For `anchor` the words beside which it goes, for `field` the field's name. */
  where: string;
  initials: boolean;
  /** The language in which the host asks for consents of its own; empty where it asks for none. */
  consents: string;
}

export const nothingAsked: Asks = { place: '', where: '', initials: false, consents: '' };

/** The sample's own place for the client's signature; see scripts/agreement.html. */
export const samplePlacement = { page: -1, x: 320, y: 525, width: 224, height: 84 };

/** The words below that place, and the name of the field that the sample has for who asks for one. */
export const sampleWhere: Partial<Record<PlaceName, string>> = { anchor: 'Nombre y firma', field: 'Cliente' };

/** As typed in the drawer: whatever is not understood is not asked. */
export const readAsks = (typed: unknown): Asks => {
  const { place, where, initials, consents } = Object(typed) as Partial<Record<keyof Asks, unknown>>;
  const named = placeNames.find((name) => name === place) ?? '';
  return {
    place: named,
    where: (typeof where === 'string' ? where.trim() : '') || (sampleWhere[named] ?? ''),
    initials: initials === true,
    consents: typeof consents === 'string' && consents in hostConsents ? consents : '',
  };
};

const { width, height } = samplePlacement;
/** Upon the line that is above those words. */
const above = 30;
const secondPlace = { page: 1, x: 360, y: 36, width: 180, height: 60 };

const placesOf = ({ place, where }: Asks, own: typeof samplePlacement | undefined): Record<string, unknown> => {
  if (place === 'anchor') return { placement: { anchor: { text: where }, dy: above, width, height } };
  if (place === 'field') return { placement: { field: where } };
  if (place === 'several') return { placements: [own ?? samplePlacement, secondPlace] };
  return own ? { placement: own } : {};
};

/** The claims that ask for it. */
export const claimsOf = (asks: Asks, own: typeof samplePlacement | undefined): Record<string, unknown> => ({
  ...placesOf(asks, own),
  ...(asks.initials && { initials: { pages: 'all', corner: 'bottom-right' } }),
  ...(asks.consents && { consents: hostConsents[asks.consents] }),
});

const privacy = 'https://example.com/privacidad';

/** What a bank or a company on credit asks for, each an act of its own. */
export const hostConsents: Record<string, { id: string; text: string; required: boolean; url?: string }[]> = {
  'es-MX': [
    {
      id: 'bureau',
      text:
        'Autorizo a Sol de Agave, S.A. de C.V. a consultar mi historial crediticio en las sociedades de ' +
        'información crediticia. Esta autorización vale por tres años, y mientras haya relación jurídica entre ' +
        'las partes.',
      required: true,
    },
    { id: 'privacy', text: 'Conozco el aviso de privacidad.', required: true, url: privacy },
    { id: 'news', text: 'Deseo recibir promociones.', required: false },
  ],
  en: [
    {
      id: 'bureau',
      text:
        'I authorise Sol de Agave, S.A. de C.V. to ask credit bureaus for my credit history. This holds for three ' +
        'years, and for as long as the parties have business with each other.',
      required: true,
    },
    { id: 'privacy', text: 'I know the privacy notice.', required: true, url: privacy },
    { id: 'news', text: 'I want to hear of offers.', required: false },
  ],
  'pt-BR': [
    {
      id: 'bureau',
      text:
        'Autorizo a Sol de Agave, S.A. de C.V. a consultar meu histórico de crédito nos birôs de crédito. Esta ' +
        'autorização vale por três anos, e enquanto houver relação jurídica entre as partes.',
      required: true,
    },
    { id: 'privacy', text: 'Conheço o aviso de privacidade.', required: true, url: privacy },
    { id: 'news', text: 'Quero receber promoções.', required: false },
  ],
};

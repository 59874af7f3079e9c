import type { ReadingMessages } from './reading-messages.ts';

export const readingPtBR: ReadingMessages = {
  page: 'Página',
  ofPages: (pages) => `de ${pages}`,
  fitPage: 'Ver a página inteira',
  thumbnails: 'Miniaturas das páginas',
  search: 'Buscar no documento',
  searchFor: 'Texto a buscar',
  hits: (current, hits) => `${current} de ${hits}`,
  looking: 'Buscando…',
  noHits: 'Nenhum resultado',
  noText: 'Este documento é uma imagem: não há texto em que buscar.',
  hitBefore: 'Resultado anterior',
  hitAfter: 'Próximo resultado',
  closeSearch: 'Fechar a busca',
  toSignature: 'Ir ao lugar da sua assinatura',
  signature: 'Sua assinatura',
  signatureGoesHere: 'Sua assinatura ficará aqui',
  fetched: (part, whole) => `Baixando o documento: ${part} de ${whole}`,
  viewed: (viewed, pages) => `Páginas lidas: ${viewed} de ${pages}`,
  toView: (pages, count) => (count === 1 ? `ler a página ${pages}` : `ler as páginas ${pages}`),
};

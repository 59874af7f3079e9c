import type { ReadingMessages } from './reading-messages.ts';

export const readingEsMX: ReadingMessages = {
  page: 'Página',
  ofPages: (pages) => `de ${pages}`,
  fitPage: 'Ver la página completa',
  thumbnails: 'Miniaturas de las páginas',
  search: 'Buscar en el documento',
  searchFor: 'Texto que busca',
  hits: (current, hits) => `${current} de ${hits}`,
  looking: 'Buscando…',
  noHits: 'Sin resultados',
  noText: 'Este documento es una imagen: no tiene texto en el que se pueda buscar.',
  hitBefore: 'Resultado anterior',
  hitAfter: 'Resultado siguiente',
  closeSearch: 'Cerrar la búsqueda',
  toSignature: 'Ir al lugar de su firma',
  signature: 'Su firma',
  signatureGoesHere: 'Aquí irá su firma',
  fetched: (part, whole) => `Descargando el documento: ${part} de ${whole}`,
  viewed: (viewed, pages) => `Páginas leídas: ${viewed} de ${pages}`,
  toView: (pages, count) => (count === 1 ? `leer la página ${pages}` : `leer las páginas ${pages}`),
};

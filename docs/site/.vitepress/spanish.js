/** What the site itself says, in Spanish. */
export const spanish = {
  label: 'Español',
  lang: 'es-MX',
  link: '/es/',
  description: 'Que sus contratos se firmen dentro de su propia página',
  themeConfig: {
    outline: { level: [2, 3], label: 'En esta página' },
    docFooter: { prev: 'Anterior', next: 'Siguiente' },
    darkModeSwitchLabel: 'Apariencia',
    lightModeSwitchTitle: 'Cambiar a claro',
    darkModeSwitchTitle: 'Cambiar a oscuro',
    sidebarMenuLabel: 'Menú',
    returnToTopLabel: 'Ir arriba',
    langMenuLabel: 'Cambiar de idioma',
    skipToContentLabel: 'Ir al contenido',
    notFound: {
      title: 'No existe esta página',
      quote: 'Búsquela en el menú, o empiece por el principio.',
      linkText: 'Ir al principio',
    },
  },
};

export const spanishSearch = {
  translations: {
    button: { buttonText: 'Buscar', buttonAriaLabel: 'Buscar' },
    modal: {
      displayDetails: 'Mostrar detalles',
      resetButtonTitle: 'Borrar lo escrito',
      backButtonTitle: 'Cerrar la búsqueda',
      noResultsText: 'Nada se encontró de',
      footer: { selectText: 'elegir', navigateText: 'moverse', closeText: 'cerrar' },
    },
  },
};

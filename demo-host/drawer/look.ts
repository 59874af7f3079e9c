/** How the element looks, as the drawer's form has it. */
export interface Look {
  locale: string;
  theme: string;
  /** Empty where it is the host's own. */
  accent: string;
  radius: string;
  font: string;
  /** In per cent of the page's font size. */
  density: string;
  /** Of the element; empty where it takes all there is. */
  width: string;
}

export const fonts: Record<string, string> = {
  '': '',
  serif: "Georgia, 'Times New Roman', serif",
  humanist: "Optima, Candara, 'Noto Sans', sans-serif",
  mono: 'ui-monospace, Menlo, Consolas, monospace',
};

/** The custom properties that a look sets; what is the host's own is left alone. */
export const propertiesOf = ({ accent, radius, font }: Look): Record<string, string> => ({
  // The host's text upon the accent goes with the host's accent: the element finds what can be read on another one.
  ...(accent && { '--tu-esign-accent': accent, '--tu-esign-accent-text': 'initial' }),
  ...(radius && { '--tu-esign-radius': `${radius}px` }),
  ...(fonts[font] && { '--tu-esign-font': fonts[font] }),
});

const rule = (selector: string, properties: [string, string][]): string =>
  `${selector} {\n${properties.map(([name, value]) => `  ${name}: ${value};\n`).join('')}}\n`;

/** The CSS that gives a page this look. */
export const cssOf = (look: Look): string => {
  const set = Object.entries(propertiesOf(look)).filter(([, value]) => value !== 'initial');
  const properties = set.length ? set : Object.entries({ '--tu-esign-accent': 'light-dark(#1f5d4c, #7cc4ae)' });
  const density = look.density === '100' ? '' : rule(':root', [['font-size', `${look.density}%`]]);
  return density + rule('tu-esign', properties);
};

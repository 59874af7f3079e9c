import { cssOf, propertiesOf, type Look } from './look.ts';
import { snippets, type SnippetName } from './snippets.ts';

const byId = (id: string): HTMLElement => document.getElementById(id)!;
const formById = (id: string) => byId(id) as HTMLFormElement;
const fieldsOf = (form: HTMLFormElement) =>
  [...form.elements].filter((field) => field instanceof HTMLInputElement || field instanceof HTMLSelectElement);

const address = new URL(location.href);

/** Fields that have another value than the page came with: all others are the host's own. */
const hasChanged = (field: HTMLInputElement | HTMLSelectElement): boolean =>
  field instanceof HTMLInputElement
    ? field.value !== field.defaultValue
    : field.selectedIndex !==
      Math.max(
        0,
        [...field.options].findIndex((option) => option.defaultSelected),
      );

const readLook = (form: HTMLFormElement): Look => {
  const value = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value;
  const own = (name: string): string =>
    hasChanged(form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement) ? value(name) : '';
  return {
    locale: value('locale'),
    theme: value('theme'),
    accent: own('accent'),
    radius: own('radius'),
    font: value('font'),
    density: value('density'),
    width: value('width'),
  };
};

const properties = ['--tu-esign-accent', '--tu-esign-accent-text', '--tu-esign-radius', '--tu-esign-font'];

const dress = (element: HTMLElement, look: Look): void => {
  const root = document.documentElement;
  root.lang = look.locale;
  root.dataset['theme'] = look.theme;
  root.style.fontSize = look.density === '100' ? '' : `${look.density}%`;
  element.setAttribute('locale', look.locale);
  element.setAttribute('theme', look.theme);
  for (const name of properties) element.style.setProperty(name, propertiesOf(look)[name] ?? '');
  const stage = document.querySelector<HTMLElement>('.stage')!;
  stage.style.inlineSize = look.width && `${look.width}px`;
  stage.dataset['width'] = look.width;
};

const showCode = ({ locale, theme }: Look): void => {
  const chosen = formById('framework').querySelector<HTMLInputElement>(':checked')!.value as SnippetName;
  const service = document.body.dataset['service']!;
  byId('snippet').textContent = snippets[chosen]({ service, locale, theme });
};

/** Keeps a look in the page's address, so that a reload and a link have it. */
const remember = (form: HTMLFormElement): void => {
  const asked = new URL(location.href);
  for (const field of fieldsOf(form)) {
    if (hasChanged(field)) asked.searchParams.set(field.name, field.value);
    else asked.searchParams.delete(field.name);
  }
  history.replaceState(null, '', asked);
};

/** What is chosen in the drawer is how the element looks, what the CSS says and what the code says. */
export const watchLook = (element: HTMLElement): void => {
  const form = formById('look');
  for (const field of fieldsOf(form)) field.value = address.searchParams.get(field.name) ?? field.value;
  const show = () => {
    const look = readLook(form);
    dress(element, look);
    byId('css').textContent = cssOf(look);
    showCode(look);
  };
  show();
  form.addEventListener('input', () => {
    remember(form);
    show();
  });
  formById('framework').addEventListener('change', show);
};

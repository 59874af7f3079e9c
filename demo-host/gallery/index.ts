import { states, type State } from './states.ts';

const form = document.getElementById('view') as HTMLFormElement;
const list = document.getElementById('states')!;
const address = new URL(location.href);

const create = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(tag), properties);

/** One state in a frame, as high as it is. */
const frame = ({ name, title }: State, theme: string, view: Record<string, string>): HTMLElement => {
  const src = `/gallery/${name}?${new URLSearchParams({ ...view, theme })}`;
  const box = create('iframe', { src, title: `${title}, ${theme}`, loading: 'lazy' });
  box.style.inlineSize = `calc(${view['width']}px + 2rem)`;
  box.addEventListener('load', () => {
    const page = box.contentDocument!.documentElement;
    new ResizeObserver(() => (box.style.blockSize = `${page.offsetHeight}px`)).observe(page);
  });
  return box;
};

const section = (state: State, themes: string[], view: Record<string, string>): HTMLElement => {
  const part = create('section', { id: state.name });
  const heading = create('h2', { textContent: state.title });
  const link = create('a', { href: `/gallery/${state.name}`, textContent: state.name });
  const frames = create('div', { className: 'frames' });
  frames.append(...themes.map((theme) => frame(state, theme, view)));
  part.append(heading, link, frames);
  return part;
};

const chosen = () => Object.fromEntries(new FormData(form)) as Record<string, string>;

const show = (): void => {
  const { theme, ...view } = chosen();
  const themes = theme === 'both' ? ['light', 'dark'] : [theme!];
  list.replaceChildren(...states.map((state) => section(state, themes, view)));
};

for (const [name, value] of address.searchParams) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLSelectElement) field.value = value;
}
form.addEventListener('change', () => {
  for (const [name, value] of Object.entries(chosen())) address.searchParams.set(name, value);
  history.replaceState(null, '', address);
  show();
});
show();

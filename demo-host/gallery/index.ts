import { groups, type Group } from './groups.ts';
import type { State } from './states.ts';

const form = document.getElementById('view') as HTMLFormElement;
const list = document.getElementById('states')!;
const address = new URL(location.href);

const create = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(tag), properties);

type View = Record<string, string>;

/** How high the window of a thumbnail is, by its width: a phone's, or a desk's. */
const heightAt = (width: number): number => (width < 700 ? 780 : 820);

const waiting: HTMLIFrameElement[] = [];
let busy = 0;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Until the state is reached, or is taken to be: some of them never rest. */
const arrive = async (frame: HTMLIFrameElement): Promise<void> => {
  for (let tries = 0; tries < 60 && frame.isConnected; tries++) {
    if (frame.contentDocument?.querySelector('[data-arrived]')) return;
    await pause(100);
  }
};

/** Two at a time: each is a whole page, and all at once would hold up the machine. */
const loadNext = async (): Promise<void> => {
  if (busy === 2) return;
  const frame = waiting.shift();
  if (!frame) return;
  busy++;
  frame.src = frame.dataset['src']!;
  await arrive(frame);
  // Not before: on the way there are pages that load.
  frame.dataset['shown'] = '';
  busy--;
  void loadNext();
};

const seen = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    waiting.push(target as HTMLIFrameElement);
    void loadNext();
  }
});

/** The element itself in that state, made small; what is pressed is the link around it. */
const thumbnail = (src: string, { width: asked }: View): HTMLElement => {
  const width = Number(asked) + 32;
  const scale = width < 700 ? 0.55 : 0.26;
  const box = create('div', { className: 'thumbnail' });
  const frame = create('iframe', { tabIndex: -1, inert: true });
  frame.dataset['src'] = src;
  frame.setAttribute('aria-hidden', 'true');
  const height = heightAt(width);
  Object.assign(frame.style, { inlineSize: `${width}px`, blockSize: `${height}px`, scale: `${scale}` });
  Object.assign(box.style, { inlineSize: `${width * scale}px`, blockSize: `${height * scale}px` });
  box.append(frame);
  seen.observe(frame);
  return box;
};

const card = ({ name, title }: State, theme: string, view: View): HTMLElement => {
  const href = `/gallery/${name}?${new URLSearchParams({ ...view, theme })}`;
  const link = create('a', { href, className: 'card', id: `${name}-${theme}` });
  link.append(thumbnail(href, view), create('span', { textContent: title }), create('code', { textContent: name }));
  return link;
};

const section = ({ title, states }: Group, themes: string[], view: View): HTMLElement => {
  const part = create('section', {});
  const cards = create('div', { className: 'cards' });
  cards.append(...states.flatMap((state) => themes.map((theme) => card(state, theme, view))));
  part.append(create('h2', { textContent: title }), cards);
  return part;
};

const chosen = () => Object.fromEntries(new FormData(form)) as View;

const show = (): void => {
  const { theme, ...view } = chosen();
  const themes = theme === 'both' ? ['light', 'dark'] : [theme!];
  waiting.length = 0;
  list.replaceChildren(...groups.map((group) => section(group, themes, view)));
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

import { interceptFetch, type FailureName } from './failures.ts';
import { watchLook } from './playground.ts';
import { listEvents, tellPress } from './timeline.ts';

const byId = (id: string): HTMLElement => document.getElementById(id)!;

/** From here on the drawer takes nothing of the document's size: it is open to begin with. */
const roomFrom = 1600;
/** From here on it is beside the element, and is opened again for who left it open. */
const besideFrom = 1180;
const remembered = 'tu-esign-demo-drawer';

const setOpen = (open: boolean): void => {
  byId('drawer').hidden = !open;
  byId('drawer-button').setAttribute('aria-expanded', String(open));
  document.body.classList.toggle('with-drawer', open);
};

const watchDrawer = (): void => {
  const isOpen = () => !byId('drawer').hidden;
  const choose = (open: boolean) => {
    setOpen(open);
    localStorage.setItem(remembered, String(open));
    if (!open) byId('drawer-button').focus();
  };
  const chosen = localStorage.getItem(remembered);
  setOpen(window.innerWidth >= (chosen === 'true' ? besideFrom : roomFrom) && chosen !== 'false');
  byId('drawer-button').addEventListener('click', () => choose(!isOpen()));
  byId('drawer-close').addEventListener('click', () => choose(false));
  byId('drawer').addEventListener('keydown', ({ key }) => key === 'Escape' && choose(false));
};

const watchFailures = (service: string): void => {
  const active = new Set<FailureName>();
  window.fetch = interceptFetch(service, active, window.fetch.bind(window));
  for (const button of document.querySelectorAll<HTMLElement>('[data-failure]')) {
    const name = button.dataset['failure'] as FailureName;
    button.addEventListener('click', () => {
      const on = !active.delete(name);
      if (on) active.add(name);
      button.setAttribute('aria-pressed', String(on));
      tellPress(`${button.textContent}: ${on ? 'from now on' : 'no longer'}`);
    });
  }
  byId('lose-page').addEventListener('click', () => location.reload());
};

const watchCopies = (): void => {
  for (const button of document.querySelectorAll<HTMLElement>('[data-copies]'))
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(byId(button.dataset['copies']!).textContent);
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 1_500);
    });
};

/** Opens the drawer, and has all that is in it do what it says. */
export const openDrawer = (element: HTMLElement): void => {
  watchDrawer();
  watchFailures(document.body.dataset['service']!);
  watchLook(element);
  watchCopies();
  listEvents(element);
};

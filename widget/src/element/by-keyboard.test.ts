import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { clearPage, find, heard, mountRead, until } from '../../test/visit.ts';

const press = async (...keys: string[]) => {
  for (const key of keys) await sendKeys({ press: key });
};

const times = (count: number, key: string): string[] => Array.from({ length: count }, () => key);

describe('signing by keyboard', () => {
  afterEach(clearPage);

  it('is done by keyboard alone', async () => {
    const element = await mountRead();
    const signed = heard(element, 'tu-esign-signed');
    find(element, '.methods :checked').focus();
    await press('Tab');
    expect(element.shadowRoot!.activeElement?.tagName).to.equal('CANVAS');
    await press('Space', ...times(8, 'ArrowRight'), 'Space');
    // A straight line by keys is none either.
    await until(() => find(element, '#missing').textContent.includes('completar su firma'), 'too little');
    await press('Space', ...times(6, 'ArrowDown'), 'Space');
    await until(() => !find(element, '#missing').textContent.includes('su firma'), 'enough');
    // Over undo, clear and what is rarely wanted to consent, then over all of its text to the button.
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Space', 'Tab', 'Tab', 'Enter');
    expect((await signed).outputs.document.state).to.equal('issued');
    await until(() => element.shadowRoot!.activeElement?.id === 'outcome', 'focus on the outcome');
  });

  it('says what is missing, and leads there', async () => {
    const element = await mountRead();
    const button = find(element, '.primary');
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    expect(find(element, '#missing').textContent).to.contain('dibujar su firma y marcar la casilla de consentimiento');
    button.click();
    expect(element.shadowRoot!.activeElement?.tagName).to.equal('CANVAS');
  });
});

import { expect } from 'chai';
import { ViewedPages } from './viewed-pages.ts';

describe('pages viewed', () => {
  it('takes more than one look for a page to be viewed', () => {
    const viewed = new ViewedPages(2);
    expect(viewed.look([{ page: 1, from: 0, to: 1 }])).to.equal(false);
    expect(viewed.look([{ page: 1, from: 0, to: 1 }])).to.equal(true);
    expect(viewed.viewed).to.deep.equal([1]);
  });

  it('does not take the upper half for the page, but the halves one after the other', () => {
    const viewed = new ViewedPages(1);
    for (let look = 0; look < 9; look += 1) viewed.look([{ page: 1, from: 0, to: 0.55 }]);
    expect(viewed.isComplete).to.equal(false);
    for (let look = 0; look < 2; look += 1) viewed.look([{ page: 1, from: 0.45, to: 1 }]);
    expect(viewed.isComplete).to.equal(true);
  });

  it('takes over what was viewed in an earlier visit', () => {
    const viewed = new ViewedPages(3);
    viewed.recall([2, 1, 4]);
    expect(viewed.viewed).to.deep.equal([1, 2]);
    viewed.recall([3]);
    expect(viewed.isComplete).to.equal(true);
  });

  it('gives them in order', () => {
    const viewed = new ViewedPages(3);
    for (const page of [3, 3, 1, 1]) viewed.look([{ page, from: 0, to: 1 }]);
    expect(viewed.viewed).to.deep.equal([1, 3]);
  });
});

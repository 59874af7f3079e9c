import type { PdfDict, PdfArray } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { streamOf, type Update } from './append-update.ts';
import { listWith, withEntries, type Signed } from './document.ts';

/** Updates of the form that form-document.ts writes, once it is signed. */
interface FormUpdates {
  /** Filled in, as anybody may. */
  filled: Record<string, Update>;
  /** Other things that look alike. */
  forbidden: Record<string, Update>;
}

const ap = (content: string, extra = ''): string =>
  streamOf(content, `/Type /XObject /Subtype /Form /BBox [0 0 228 20] /Resources << /Font << /F1 5 0 R >> >> ${extra}`);

export const formUpdates = (S: Signed): FormUpdates => {
  const N = S.next;
  const D = (number: number): PdfDict => S.file.objects.lookup(S.file.objects.ref(number)) as PdfDict;
  const W = (number: number, entries: Record<string, string | undefined>): string => withEntries(D(number), entries);
  const annotations = (S.file.objects.lookup(S.file.objects.ref(7)) as unknown as PdfArray).members().map(String);
  return {
    filled: {
      'fill a (new AP)': {
        objects: { 8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R >>` }), [N]: ap('BT /F1 12 Tf 2 5 Td (hi) Tj ET') },
      },
      'fill c via indirect AP dict in place': {
        objects: { 17: W(17, { V: '(hi)' }), 24: ap('BT /F1 12 Tf 2 5 Td (hi) Tj ET') },
      },
      'fill with rich text': { objects: { 8: W(8, { V: '(hi)', RV: '(<p>h<b>i</b></p>)' }) } },
      check: { objects: { 13: W(13, { V: '/Yes', AS: '/Yes' }) } },
      'fill two': {
        objects: {
          16: W(16, { V: '(z)' }),
          14: W(14, { AP: `<< /N ${N} 0 R >>` }),
          15: W(15, { AP: `<< /N ${N} 0 R >>` }),
          [N]: ap('BT /F1 12 Tf 2 5 Td (z) Tj ET'),
        },
      },
    },
    forbidden: {
      'shared AP is page XObject': { objects: { 8: W(8, { V: '(hi)' }), 11: ap('BT /F1 12 Tf (hi) Tj ET') } },
      'shared AP in place of two (19 used by ro, cb)': { objects: { 16: W(16, { V: '(z)' }), 19: ap('BT (z) Tj ET') } },
      'filled in, and its appearance removed': { objects: { 8: W(8, { V: '(new)', AP: undefined }) } },
      'ro filled': { objects: { 10: W(10, { V: '(new)', AP: `<< /N ${N} 0 R >>` }), [N]: ap('BT (new) Tj ET') } },
      'ro flag removed then filled': {
        objects: { 10: W(10, { Ff: '0', V: '(new)', AP: `<< /N ${N} 0 R >>` }), [N]: ap('BT (new) Tj ET') },
      },
      'pb AP': { objects: { 12: W(12, { AP: `<< /N ${N} 0 R >>` }), [N]: ap('1 g 0 0 9 9 re f') } },
      'pb MK': { objects: { 12: W(12, { MK: '<< /CA (pay) >>' }) } },
      'MK indirect changed': { objects: { 21: '<< /BG [0 0 0] /CA (Pay) >>' } },
      'cb AP state replaced': {
        objects: {
          13: W(13, { V: '/Yes', AS: '/Yes', AP: `<< /N << /Yes ${N} 0 R >> >>` }),
          [N]: ap('1 g 0 0 9 9 re f'),
        },
      },
      'cb has a value that it does not show': { objects: { 13: W(13, { V: '/Yes' }) } },
      'cb shows another state than its value': { objects: { 13: W(13, { AS: '/Yes' }) } },
      'field of another look alone': { objects: { 8: W(8, { DA: '(/F1 12 Tf 1 g)' }) } },
      'field of another place alone': { objects: { 8: W(8, { Q: '2' }) } },
      'field of rich text that says more': { objects: { 8: W(8, { V: '(hi)', RV: '(<p>hi all</p>)' }) } },
      'cb AS of unknown': { objects: { 13: W(13, { AS: '/Foo' }) } },
      'length changed': { objects: { 9: '10' } },
      'field rect moved with fill': {
        objects: {
          8: W(8, { V: '(hi)', Rect: '[72 690 400 730]', AP: `<< /N ${N} 0 R >>` }),
          [N]: ap('BT (hi) Tj ET'),
        },
      },
      'field A action': { objects: { 8: W(8, { V: '(hi)', A: '<< /S /JavaScript /JS (x) >>' }) } },
      'AP with OC': {
        objects: { 8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R >>` }), [N]: ap('BT (hi) Tj ET', `/OC << /Type /OCG >>`) },
      },
      'AP external F': {
        objects: { 8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R >>` }), [N]: ap('BT (hi) Tj ET', `/F (x)`) },
      },
      'AP BBox huge': {
        objects: {
          8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R >>` }),
          [N]: streamOf('BT (hi) Tj ET', '/Subtype /Form /BBox [0 0 6000 6000]'),
        },
      },
      'AP matrix huge': {
        objects: {
          8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R >>` }),
          [N]: ap('BT (hi) Tj ET', '/Matrix [90 0 0 90 0 0]'),
        },
      },
      'AP matrix singular': {
        objects: { 8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R >>` }), [N]: ap('BT (hi) Tj ET', '/Matrix [0 0 0 0 0 0]') },
      },
      'AP no BBox': {
        objects: { 8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R >>` }), [N]: streamOf('BT (hi) Tj ET', '/Subtype /Form') },
      },
      'AP D and R': {
        objects: { 8: W(8, { V: '(hi)', AP: `<< /N ${N} 0 R /D ${N} 0 R >>` }), [N]: ap('BT (hi) Tj ET') },
      },
      'AP refers page as resource': { objects: { 8: W(8, { V: '(hi)', AP: `<< /N 4 0 R >>` }) } },
      'DR font replaced': {
        objects: {
          6: withEntries(D(6), { DR: `<< /Font << /F1 ${N} 0 R >> >>` }),
          [N]: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
        },
      },
      'DA of form': { objects: { 6: withEntries(D(6), { DA: '(/F1 99 Tf 1 g)' }) } },
      'annots emptied': { objects: { 7: '[]' } },
      'annots reorder': { objects: { 7: `[${annotations.toReversed().join(' ')}]` } },
      'annots gets page2 widget twice': { objects: { 20: W(20, { Annots: '[8 0 R]' }) } },
      'stamp AP swapped': { objects: { 18: W(18, { AP: '<< /N 19 0 R >>' }) } },
      'stamp flags': { objects: { 18: W(18, { F: '2' }) } },
      'stamp stream': { objects: { 23: streamOf('', '/Subtype /Form /BBox [0 0 80 40]') } },
      'stamp removed object freed': { free: [18] },
      'dest changed': { objects: { 30: '<< /Names [(a) [20 0 R /Fit]] >>' } },
      'page2 content new': { objects: { 20: W(20, { Contents: `${N} 0 R` }), [N]: streamOf('BT (x) Tj ET') } },
      'page2 annots indirect to page1 list': { objects: { 20: W(20, { Annots: '7 0 R' }) } },
      'kids add to two': {
        objects: {
          16: W(16, { Kids: `[14 0 R 15 0 R ${N} 0 R]` }),
          [N]: '<< /Type /Annot /Subtype /Widget /Parent 16 0 R /Rect [72 690 300 730] >>',
        },
      },
      'kids for a field that had none': { objects: { 8: W(8, { Kids: '[]' }) } },
      'cb has a value that nobody shows': { objects: { 13: W(13, { V: '/Other' }) } },
      'field type changed': { objects: { 8: W(8, { FT: '/Btn', V: '/x' }) } },
      'field renamed': { objects: { 8: W(8, { T: '(other)' }) } },
      'V as stream': { objects: { 8: W(8, { V: `${N} 0 R` }), [N]: streamOf('hi') } },
      'V as dict': { objects: { 8: W(8, { V: '<< /x 1 >>' }) } },
      'V dup key': { objects: { 8: W(8, { V: '(hi)' }).replace(/>>$/, '/V (there) >>') } },
      MaxLen: { objects: { 8: W(8, { V: '(hi)', MaxLen: '1' }) } },
      'AA calc': { objects: { 8: W(8, { V: '(hi)', AA: '<< /C << /S /JavaScript /JS (x) >> >>' }) } },
      'xref type entry to garbage': { offsets: { 4: 10 } },
      'trailer encrypt': { objects: {}, trailer: { Encrypt: '<< /Filter /Standard >>' } },
      'Info huge object page': { objects: {}, trailer: { Info: '3 0 R' } },
      'Metadata = content stream': { objects: { 1: W(1, { Metadata: '4 0 R' }) } },
      'Metadata & changes content': {
        objects: { 1: W(1, { Metadata: '4 0 R' }), 4: streamOf('BT (x) Tj ET', '/Type /Metadata /Subtype /XML') },
      },
      'DSS certs = content, content changed': {
        objects: { 1: W(1, { DSS: '<< /Certs [4 0 R] >>' }), 4: streamOf('BT (x) Tj ET') },
      },
      'DSS = AcroForm dict': { objects: { 1: W(1, { DSS: '6 0 R' }) } },
      'Extensions ref to page': { objects: { 1: W(1, { Extensions: '3 0 R' }) } },
      'sig MK with icon on existing sig': {
        objects: { [S.field.number]: withEntries(S.field.dict, { MK: '<< /BG [1 0 0] >>' }) },
      },
      'font is another object': { offsets: { 5: 15 } },
      'fields dup ref': { objects: { 6: withEntries(D(6), { Fields: listWith(D(6), 'Fields', '8 0 R') }) } },
      'Version object': { objects: { 1: W(1, { Version: '<< >>' }) } },
      'Pages gets Type changed': { objects: { 2: W(2, { Foo: '1' }) } },
      'catalog Type removed': { objects: { 1: W(1, { Type: undefined }) } },
      'URI base': { objects: { 1: W(1, { URI: '<< /Base (http://x) >>' }) } },
      OutputIntents: { objects: { 1: W(1, { OutputIntents: `[<< /S /GTS_PDFA1 >>]` }) } },
    },
  };
};

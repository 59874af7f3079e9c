import { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { streamOf, type Update } from './append-update.ts';
import { asDict, listWith, withEntries, type Signed } from './document.ts';

/** A change that nobody may make after a signature; undefined where a document has nothing of the kind. */
export type Kind = (signed: Signed) => Update | undefined;

const paint = '1 1 1 rg 0 0 5000 5000 re f 0 g BT /F1 24 Tf 72 700 Td (Pay 1000000) Tj ET';
const formXObject = (content = paint): string => streamOf(content, '/Type /XObject /Subtype /Form /BBox [0 0 612 792]');

const script = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

/** An entry of the first page. */
const ofPage =
  (
    entries: (signed: Signed) => Record<string, string | undefined>,
    more: (next: number) => Record<number, string> = () => ({}),
  ): Kind =>
  (signed) => ({
    objects: { [signed.page.ref.number]: withEntries(signed.page.dict, entries(signed)), ...more(signed.next) },
  });

/** An entry of the catalogue. */
const ofCatalog =
  (
    entries: (signed: Signed) => Record<string, string | undefined>,
    more: (next: number) => Record<number, string> = () => ({}),
  ): Kind =>
  (signed) => ({
    objects: { [signed.catalog.number]: withEntries(signed.catalog.dict, entries(signed)), ...more(signed.next) },
  });

/** An entry of the form, which is written into the catalogue. */
const ofForm = (
  entries: (form: PdfDict, signed: Signed) => Record<string, string | undefined>,
  more: (next: number) => Record<number, string> = () => ({}),
): Kind =>
  ofCatalog((signed) => {
    const form = signed.catalog.dict.lookup('AcroForm') as PdfDict;
    return { AcroForm: withEntries(form, entries(form, signed)) };
  }, more);

/** An annotation on the first page. */
const annotation = (dict: string, more: (next: number) => Record<number, string> = () => ({})): Kind =>
  ofPage(
    ({ page, next }) => ({ Annots: listWith(page.dict, 'Annots', `${next} 0 R`) }),
    (next) => ({ [next]: dict.replaceAll('NEXT', `${next + 1} 0 R`), ...more(next + 1) }),
  );

const widgetInForm =
  (dict: string): Kind =>
  (signed) => {
    const { catalog, page, next } = signed;
    const form = catalog.dict.lookup('AcroForm') as PdfDict;
    const AcroForm = withEntries(form, { Fields: listWith(form, 'Fields', `${next} 0 R`) });
    return {
      objects: {
        [catalog.number]: withEntries(catalog.dict, { AcroForm }),
        [page.ref.number]: withEntries(page.dict, { Annots: listWith(page.dict, 'Annots', `${next} 0 R`) }),
        [next]: dict.replaceAll('NEXT', `${next + 1} 0 R`).replaceAll('PAGE', `${page.ref.number}`),
        [next + 1]: formXObject(),
      },
    };
  };

const ofContent =
  (change: (signed: Signed & { content: number }) => Update | undefined): Kind =>
  (signed) =>
    signed.content === undefined ? undefined : change({ ...signed, content: signed.content });

const ofSignature =
  (
    entries: (signed: Signed) => Record<string, string | undefined>,
    more: (next: number) => Record<number, string> = () => ({}),
  ): Kind =>
  (signed) => ({
    objects: { [signed.field.number]: withEntries(signed.field.dict, entries(signed)), ...more(signed.next) },
  });

const appearanceOf = ({ field }: Signed): number | undefined => {
  const normal = asDict(field.dict.lookup('AP'))?.get('N');
  return normal instanceof PdfRef ? normal.number : undefined;
};

/** Something that the first page's resources name. */
const resourceOf = ({ page, file }: Signed): { number: number; object: PdfDict | PdfStream } | undefined => {
  for (const [, category] of page.resources?.entries() ?? []) {
    const named = file.objects.lookup(category);
    for (const [, value] of named instanceof PdfDict ? named.entries() : []) {
      const object = file.objects.lookup(value);
      if (value instanceof PdfRef && (object instanceof PdfDict || object instanceof PdfStream))
        return { number: value.number, object };
    }
  }
  return undefined;
};

const emptyPage = (signed: Signed): string =>
  `<< /Type /Page /Parent ${signed.pages.number} 0 R /MediaBox [0 0 612 792] /Contents ${signed.next + 1} 0 R >>`;

const ofKids =
  (kids: (signed: Signed) => string, page = emptyPage): Kind =>
  (signed) => ({
    objects: {
      [signed.pages.number]: withEntries(signed.pages.dict, { Kids: kids(signed), Count: '2' }),
      [signed.next]: page(signed),
      [signed.next + 1]: streamOf(paint),
    },
  });

export const kinds: Readonly<Record<string, Kind>> = {
  'content replaced': ofContent(({ content }) => ({ objects: { [content]: streamOf(paint) } })),
  'content added': ofPage(
    ({ page, next, content }) => ({
      Contents: content === undefined ? `${next} 0 R` : listWith(page.dict, 'Contents', `${content} 0 R ${next} 0 R`),
    }),
    (next) => ({ [next]: streamOf(paint) }),
  ),
  'content refers to a stream that is there': (signed) => {
    const appearance = appearanceOf(signed);
    if (appearance === undefined) return undefined;
    return { objects: { [signed.page.ref.number]: withEntries(signed.page.dict, { Contents: `${appearance} 0 R` }) } };
  },
  'content freed': ofContent(({ content }) => ({ free: [content] })),
  'content of another generation': ofContent(({ content }) => ({
    objects: { [content]: streamOf(paint) },
    generations: { [content]: 1 },
  })),
  'content is another object': ofContent((signed) => {
    const place = signed.file.crossReference.places.get(appearanceOf(signed) ?? -1);
    return place && 'offset' in place ? { offsets: { [signed.content]: place.offset } } : undefined;
  }),
  'content in an external file': ofContent(({ content }) => ({
    objects: { [content]: streamOf('', '/F (other.txt)') },
  })),
  'content of another length': ofContent(({ content, next, file }) => {
    const stream = file.objects.lookup(file.objects.ref(content));
    const length = stream instanceof PdfStream ? stream.dict.get('Length') : undefined;
    return length instanceof PdfRef ? { objects: { [length.number]: '0', [next]: '0' } } : undefined;
  }),
  'page removed of its content': ofPage(() => ({ Contents: undefined })),
  'page of another size': ofPage(() => ({ MediaBox: '[0 0 100 100]' })),
  'page cropped': ofPage(() => ({ CropBox: '[0 0 50 50]' })),
  'page turned': ofPage(({ page }) => ({ Rotate: page.rotate === 90 ? '180' : '90' })),
  'page of another unit': ofPage(() => ({ UserUnit: '3' })),
  'page acts': ofPage(() => ({ AA: `<< /O ${script} >>` })),
  'page is a group': ofPage(() => ({ Group: '<< /S /Transparency /K true /I true >>' })),
  'page of other resources': ofPage(() => ({ Resources: '<< /Font << >> >>' })),
  'page of a key twice': (signed) => ({
    objects: {
      [signed.page.ref.number]: withEntries(signed.page.dict, {}).replace(
        />>$/,
        `/MediaBox [0 0 9 9] /MediaBox [0 0 612 792] >>`,
      ),
    },
  }),
  'page has kids': ofPage(() => ({ Kids: '[]' })),
  'resource replaced': (signed) => {
    const found = resourceOf(signed);
    return (
      found && { objects: { [found.number]: withEntries(asDict(found.object)!, { Changed: '1', Length: undefined }) } }
    );
  },
  'page inserted before': ofKids(({ pages, next }) => `[ ${next} 0 R ${listWith(pages.dict, 'Kids').slice(1)}`),
  'page added': ofKids(({ pages, next }) => listWith(pages.dict, 'Kids', `${next} 0 R`)),
  'page of all pages removed': (signed) => ({
    objects: { [signed.pages.number]: withEntries(signed.pages.dict, { Kids: '[]', Count: '0' }) },
  }),
  'page with kids inserted': ofKids(
    ({ pages, next }) => `[ ${next} 0 R ${listWith(pages.dict, 'Kids').slice(1)}`,
    (signed) => emptyPage(signed).replace('/Type /Page', '/Type /Page /Kids []'),
  ),
  'pages inherit a box': (signed) => ({
    objects: { [signed.pages.number]: withEntries(signed.pages.dict, { CropBox: '[0 0 90 90]' }) },
  }),
  'another page tree': ofCatalog(
    ({ next }) => ({ Pages: `${next} 0 R` }),
    (next) => ({
      [next]: `<< /Type /Pages /Count 1 /Kids [${next + 1} 0 R] >>`,
      [next + 1]: `<< /Type /Page /Parent ${next} 0 R /MediaBox [0 0 612 792] /Contents ${next + 2} 0 R >>`,
      [next + 2]: streamOf(paint),
    }),
  ),
  'another root': ({ catalog, next }) => ({
    objects: { [next]: withEntries(catalog.dict, { Lang: '(xx)' }) },
    trailer: { Root: `${next} 0 R` },
  }),
  'opens with a script': ofCatalog(() => ({ OpenAction: script })),
  'catalogue acts': ofCatalog(() => ({ AA: `<< /WC ${script} >>` })),
  'script by name': ofCatalog(() => ({ Names: `<< /JavaScript << /Names [(a) ${script}] >> >>` })),
  'embedded file': ofCatalog(
    ({ next }) => ({ Names: `<< /EmbeddedFiles << /Names [(a) << /Type /Filespec /EF << /F ${next} 0 R >> >>] >> >>` }),
    (next) => ({ [next]: streamOf('hello', '/Type /EmbeddedFile') }),
  ),
  portfolio: ofCatalog(() => ({ Collection: '<< /View /D >>' })),
  layers: ofCatalog(
    ({ next }) => ({ OCProperties: `<< /OCGs [${next} 0 R] /D << /OFF [${next} 0 R] >> >>` }),
    (next) => ({ [next]: '<< /Type /OCG /Name (x) >>' }),
  ),
  'other permissions': ofCatalog(({ field }) => ({ Perms: `<< /DocMDP ${field.dict.get('V')!.toString()} >>` })),
  'form of XFA': ofForm(
    (_, { next }) => ({ XFA: `${next} 0 R` }),
    (next) => ({ [next]: streamOf('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>') }),
  ),
  'viewers draw the fields': ofForm((form) => ({
    NeedAppearances: String(form.lookup('NeedAppearances')?.toString() !== 'true'),
  })),
  'form removed': ofCatalog(() => ({ AcroForm: undefined })),
  'fields removed': ofForm(() => ({ Fields: '[]' })),
  'order of calculation': ofForm((_, { field }) => ({ CO: `[${field.number} 0 R]` })),
  'free text': annotation('<< /Type /Annot /Subtype /FreeText /Rect [0 0 200 50] /Contents (note) /DA (/F1 9 Tf) >>'),
  stamp: annotation('<< /Type /Annot /Subtype /Stamp /F 4 /Rect [0 0 612 792] /AP << /N NEXT >> >>', (next) => ({
    [next]: formXObject(),
  })),
  link: annotation('<< /Type /Annot /Subtype /Link /Rect [0 0 612 792] /A << /S /URI /URI (https://example.org) >> >>'),
  'widget in no form': annotation(
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /F 4 /Rect [0 0 612 792] /AP << /N NEXT >> >>',
    (next) => ({ [next]: formXObject() }),
  ),
  'empty signature that is drawn': widgetInForm(
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /F 4 /Rect [0 0 612 792] /AP << /N NEXT >> >>',
  ),
  'small empty signature that is drawn': widgetInForm(
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /F 4 /Rect [70 690 300 730] /AP << /N NEXT >> >>',
  ),
  'signature field that is a text': widgetInForm(
    '<< /Type /Annot /Subtype /FreeText /FT /Sig /T (x) /F 4 /Rect [300 20 500 60] /DA (/Helv 12 Tf 0 g) /Contents (Pay 9) >>',
  ),
  'signature field that is a square': widgetInForm(
    '<< /Type /Annot /Subtype /Square /FT /Sig /T (x) /F 4 /Rect [300 20 500 60] /C [1 0 0] /Border [0 0 9] >>',
  ),
  'signature field that is a stamp': widgetInForm(
    '<< /Type /Annot /Subtype /Stamp /FT /Sig /T (x) /F 4 /Rect [300 20 500 60] >>',
  ),
  'signature field that is a note': widgetInForm(
    '<< /Type /Annot /Subtype /Text /FT /Sig /T (x) /F 4 /Rect [300 20 320 40] /Contents (Pay 9) >>',
  ),
  'signature field that is a link': widgetInForm(
    '<< /Type /Annot /Subtype /Link /FT /Sig /T (x) /F 4 /Rect [300 20 500 60] /Border [0 0 9] >>',
  ),
  'signature field on a page of another generation': widgetInForm(
    '<< /Type /Annot /Subtype /Widget /FT /Sig /T (x) /F 132 /Rect [0 0 0 0] /P PAGE 7 R >>',
  ),
  'text field': widgetInForm(
    '<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (1000000) /F 4 /Rect [70 690 300 730] /AP << /N NEXT >> >>',
  ),
  'push button': widgetInForm(
    `<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (x) /F 4 /Rect [70 690 300 730] /A ${script} /AP << /N NEXT >> >>`,
  ),
  'signature of a signature’s value': (signed) => {
    const { catalog, field, next } = signed;
    const form = catalog.dict.lookup('AcroForm') as PdfDict;
    const AcroForm = withEntries(form, { Fields: listWith(form, 'Fields', `${next} 0 R`) });
    return {
      objects: {
        [catalog.number]: withEntries(catalog.dict, { AcroForm }),
        [next]: `<< /FT /Sig /T (again) /V ${field.dict.get('V')!.toString()} >>`,
      },
    };
  },
  'signature drawn anew': (signed) => {
    const appearance = appearanceOf(signed);
    return appearance === undefined ? undefined : { objects: { [appearance]: formXObject() } };
  },
  'signature of another appearance': ofSignature(
    ({ next }) => ({ AP: `<< /N ${next} 0 R >>` }),
    (next) => ({ [next]: formXObject() }),
  ),
  'signature moved': ofSignature(() => ({ Rect: '[0 0 612 792]' })),
  'signature hidden': ofSignature(() => ({ F: '2' })),
  'signature with kids': ofSignature(() => ({ Kids: '[]' })),
  'signature acts': ofSignature(() => ({ AA: `<< /E ${script} >>` })),
  'signature without a value': ofSignature(() => ({ V: undefined })),
  'signature with another value': ofSignature(
    ({ next }) => ({ V: `${next} 0 R` }),
    (next) => ({ [next]: '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached >>' }),
  ),
  'signature not on its page': ({ page, file }) => {
    const list = page.dict.lookup('Annots');
    if (!list) return undefined;
    const holder = file.objects.lookup(page.ref) as PdfDict;
    return { objects: { [page.ref.number]: withEntries(holder, { Annots: undefined }) } };
  },
  'security store of something else': ofCatalog(
    ({ next }) => ({ DSS: `<< /Certs [${next} 0 R] /Extra ${next} 0 R >>` }),
    (next) => ({ [next]: streamOf('0') }),
  ),
  'metadata is a page': ofCatalog(({ page }) => ({ Metadata: page.ref.toString() })),
  'info of objects': ({ next }) => ({
    objects: { [next]: '<< /Title << /S /JavaScript >> >>' },
    trailer: { Info: `${next} 0 R` },
  }),
  'two cross-references': ({ file }) => ({
    objects: {},
    trailer: { XRefStm: String(file.crossReference.sections.at(-1)!.start) },
  }),
  'back to an earlier revision': ({ file }) =>
    file.crossReference.sections.length > 1
      ? { objects: {}, trailer: { Prev: String(file.crossReference.sections[1]!.start) } }
      : undefined,
  'size that hides objects': () => ({ objects: {}, trailer: { Size: '5' } }),
};

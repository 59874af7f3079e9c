import { expect } from 'chai';
import { clearPage, find, hastened, mountRead, sign, textOf, until } from '../../../test/visit.ts';
import type { FakeClaims } from '../../../test/fake-service.ts';
import type { TuEsign } from '../../index.ts';

async function signed(claims: Partial<FakeClaims> = {}): Promise<TuEsign> {
  const element = await mountRead({ claims });
  await sign(element);
  await until(() => find(element, '.badge'), 'signed document shown');
  return element;
}

const stateOf = (element: TuEsign, title: string) =>
  [...element.shadowRoot!.querySelectorAll('.file')]
    .find((file) => file.textContent.includes(title))
    ?.querySelector('.state')?.textContent;

// It says that it shows PDF, but its frame never tells that one has loaded: it is opened after a while.
const isWebKit = / Version\/\S+ Safari\//.test(navigator.userAgent);

describe('the outcome', () => {
  afterEach(clearPage);

  it('gives the document to download, its size and its time', async () => {
    const element = await signed();
    const link = find(element, '[part=download-button]') as HTMLAnchorElement;
    expect(link.href).to.contain('/fake/file/document');
    expect(textOf(element)).to.match(/Firmado el \d{1,2} de [a-z]+ de \d{4}/);
    expect(find(element, '.size').textContent).to.contain('kB');
  });

  it('prints the document from a frame, or opens it where the browser shows no PDF in one', async () => {
    const element = await signed();
    const done: string[] = [];
    // The browser's own dialog would keep the tests from going on.
    const printing = { focus: () => {}, print: () => done.push('printed') };
    const restore = [
      replace(HTMLIFrameElement.prototype, 'contentWindow', { get: () => printing }),
      replace(HTMLAnchorElement.prototype, 'click', { value: () => done.push('opened') }),
    ];
    try {
      // As this engine is, and as one that shows no PDF.
      const ways = [...new Set([navigator.pdfViewerEnabled, false])];
      for (const isShown of ways) {
        const how = isShown && !isWebKit ? 'printed' : 'opened';
        const undo = replace(navigator, 'pdfViewerEnabled', { get: () => isShown });
        // WebKit's frame is not waited for as long as a signatory's.
        await hastened(
          async () => {
            find(element, '[part=print-button]').click();
            await until(() => done.at(-1) === how, how);
          },
          isWebKit ? { from: 5_000, to: 5_000 } : {},
        );
        undo();
      }
      expect(done.length).to.equal(ways.length);
    } finally {
      for (const undo of restore) undo();
    }
  });

  it('pain 13: explains each certificate in a sentence, and how to verify', async () => {
    const element = await signed({ accredited: true, issuer: 'Prestador de Ejemplo' });
    for (const said of [
      'Vincula su nombre con los datos de creación de la firma',
      'Permite comprobar que el documento firmado no ha cambiado desde el ',
      'emitido conforme a la NOM-151 por Prestador de Ejemplo, prestador de servicios de certificación (PSC) acreditado.',
      '¿Cómo se comprueba la firma?',
    ])
      await until(() => textOf(element).includes(said), said);
  });

  it('says in words what the document’s level means, and nothing where none was found', async () => {
    const lasting = await signed({ level: 'B-LTA' });
    const said = 'La firma se podrá comprobar aun cuando hayan vencido sus certificados (PAdES B-LTA).';
    await until(() => textOf(lasting).includes(said), said);
    const plain = await signed({ level: 'B-B' });
    await until(() => textOf(plain).includes('Ningún sello de tiempo acredita cuándo se firmó'), 'B-B');
    const unknown = await signed();
    expect(textOf(unknown)).not.to.contain('PAdES');
  });

  it('names an issuer that is not known to be accredited, and calls only its own service local', async () => {
    const other = await signed({ issuer: 'Autoridad de Ejemplo' });
    const unknown =
      'Emitida por Autoridad de Ejemplo; no consta que sea un prestador de servicios de certificación (PSC) acreditado.';
    await until(() => textOf(other).includes(unknown), unknown);
    expect(textOf(other)).not.to.contain('de prueba');
    const own = await signed();
    await until(() => textOf(own).includes('Sello de tiempo de prueba'), 'local');
  });

  it('tells of an output that failed, and why, whether or not there is something of it', async () => {
    for (const conservation of ['failed', 'unsound'] as const) {
      const element = await signed({ conservation });
      await until(() => stateOf(element, 'Sello de tiempo') === 'No se pudo emitir', 'failed');
      await until(() => textOf(element).includes('Uno de los archivos no se pudo emitir'), 'said');
      const link = find(element, 'a[data-file=conservation-certificate]');
      expect(link !== null, conservation).to.equal(conservation === 'unsound');
    }
  });

  it('shows what comes late as it comes, where there is no event stream', async () => {
    const element = await mountRead({ claims: { noEvents: true, pace: 700 } });
    await sign(element);
    await until(() => stateOf(element, 'Sello de tiempo') === 'En proceso', 'still to come');
    await until(() => element.shadowRoot!.querySelectorAll('a.file').length === 3, 'all files');
    expect(stateOf(element, 'Sello de tiempo')).to.equal(undefined);
  });

  it('names how many others still have to sign', async () => {
    expect(textOf(await signed({ sequence: { position: 1, of: 3 } }))).to.contain('Faltan 2 personas por firmar');
  });
});

function replace(owner: object, name: string, property: PropertyDescriptor): () => void {
  const kept = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, ...property });
  return () => {
    if (kept) Object.defineProperty(owner, name, kept);
    else Reflect.deleteProperty(owner, name);
  };
}

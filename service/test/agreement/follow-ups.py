"""What pyHanko itself does to signed documents, each of which its own difference policy knows:
follow-ups.py FOLDER, which holds form.pdf and signed.pdf, keys and certificates (PEM). Writes NAME.pdf for each."""
import io, sys
from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import signers
from pyhanko.sign.fields import (FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter,
                                 append_signature_field)
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

folder = sys.argv[1]
# It would not sign where a certification forbids that, and we want to see who notices.
signers.PdfSigner._enforce_certification_constraints = lambda *_: None


def read(name):
    with open(f'{folder}/{name}', 'rb') as file:
        return file.read()


def certificate(name):
    return x509.Certificate.load(pem.unarmor(read(name))[2])


def key(name):
    return keys.PrivateKeyInfo.load(pem.unarmor(read(name))[2])


middle = certificate('middle.pem')
store = SimpleCertificateStore()
store.register(middle)
signer = signers.SimpleSigner(signing_cert=certificate('person.pem'), signing_key=key('person-key.pem'), cert_registry=store)
stamper = DummyTimeStamper(certificate('stamper.pem'), key('stamper-key.pem'), certs_to_embed=store)

form, signed = read('form.pdf'), read('signed.pdf')
# Places in the list of fields.
text_a, text_c = 0, 1


def writer(document):
    return IncrementalPdfFileWriter(io.BytesIO(document))


def written(update):
    out = io.BytesIO()
    update.write(out)
    return out.getvalue()


def sign(document, name='second', box=None, lock=None, lock_to=None, stamped=True, **options):
    update = writer(document)
    spec = SigFieldSpec(name, box=box, field_mdp_spec=lock, doc_mdp_update_value=lock_to)
    meta = signers.PdfSignatureMetadata(field_name=name, subfilter=SigSeedSubFilter.PADES, **options)
    made = signers.PdfSigner(meta, signer=signer, timestamper=stamper if stamped else None, new_field_spec=spec)
    return made.sign_pdf(update).getvalue()


def with_store(document):
    out = io.BytesIO(document)
    DocumentSecurityStore.add_dss(out, None, certs=[middle, certificate('person.pem')], force_write=True)
    return out.getvalue()


def stamp(document):
    return signers.PdfTimeStamper(stamper).timestamp_pdf(writer(document), 'sha256').getvalue()


def fill(document, at, text='hola'):
    update = writer(document)
    field = update.root['/AcroForm']['/Fields'][at].get_object()
    drawn = RawContent(box=BoxConstraints(width=228, height=20), data=b'q BT /F1 12 Tf (%s) Tj ET Q' % text.encode())
    field['/V'] = generic.pdf_string(text)
    field['/AP'] = generic.DictionaryObject({generic.pdf_name('/N'): update.add_object(drawn.as_form_xobject())})
    update.update_container(field)
    return written(update)


def remark(document):
    update = writer(document)
    page = update.root['/Pages']['/Kids'][1]
    box = generic.ArrayObject(map(generic.NumberObject, (20, 20, 40, 40)))
    note = generic.DictionaryObject({
        generic.pdf_name('/Type'): generic.pdf_name('/Annot'),
        generic.pdf_name('/Subtype'): generic.pdf_name('/Text'),
        generic.pdf_name('/Rect'): box,
        generic.pdf_name('/Contents'): generic.pdf_string('una nota'),
    })
    page['/Annots'] = generic.ArrayObject([update.add_object(note)])
    update.update_container(page)
    return written(update)


def empty_field(document):
    update = writer(document)
    append_signature_field(update, SigFieldSpec('later', box=(400, 100, 500, 150)))
    return written(update)


def certified(permission):
    return sign(form, 'author', certify=True, docmdp_permissions=permission)


only = lambda action, *names: FieldMDPSpec(action, fields=list(names) or None)
p1, p2, p3 = (certified(each) for each in (MDPPerm.NO_CHANGES, MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE))
include_a = sign(form, 'author', lock=only(FieldMDPAction.INCLUDE, 'a'))
exclude_a = sign(form, 'author', lock=only(FieldMDPAction.EXCLUDE, 'a'))
locked_all = sign(form, 'author', lock=only(FieldMDPAction.ALL))
locked_p1 = sign(form, 'author', lock=only(FieldMDPAction.ALL), lock_to=MDPPerm.NO_CHANGES)

made = {
    'a store': with_store(signed),
    'a time-stamp of the document': stamp(signed),
    'a store and a time-stamp': stamp(with_store(signed)),
    'a store and a time-stamp, twice': stamp(with_store(stamp(with_store(signed)))),
    'a second signature': sign(signed),
    'a second signature that is seen': sign(signed, box=(350, 100, 550, 150)),
    'a second signature and a third': sign(sign(signed), 'third', stamped=False),
    'a second signature, a store and a time-stamp': stamp(with_store(sign(signed))),
    'a second signature that locks all fields': sign(signed, lock=only(FieldMDPAction.ALL)),
    'an empty field': empty_field(signed),
    'a field filled in': fill(signed, text_a),
    'a field filled in and signed over': sign(fill(signed, text_a)),
    'a remark': remark(signed),
    'P 1: as it is': p1,
    'P 1: a store and a time-stamp': stamp(with_store(p1)),
    'P 1: a field filled in': fill(p1, text_a),
    'P 1: a second signature': sign(p1),
    'P 1: a remark': remark(p1),
    'P 2: a store and a time-stamp': stamp(with_store(p2)),
    'P 2: a field filled in': fill(p2, text_a),
    'P 2: a field filled in twice, and signed over': sign(fill(fill(p2, text_a), text_a, 'adios')),
    'P 2: a second signature': sign(p2),
    'P 2: a remark': remark(p2),
    'P 3: a field filled in': fill(p3, text_a),
    'P 3: a second signature': sign(p3),
    'P 3: a remark': remark(p3),
    'P 3: a remark, signed over': sign(remark(p3)),
    'lock of a: a filled in': fill(include_a, text_a),
    'lock of a: c filled in': fill(include_a, text_c),
    'lock of a: c filled in and signed over': sign(fill(include_a, text_c)),
    'lock of all but a: a filled in': fill(exclude_a, text_a),
    'lock of all but a: c filled in': fill(exclude_a, text_c),
    'lock of all: a store and a time-stamp': stamp(with_store(locked_all)),
    'lock of all: a filled in': fill(locked_all, text_a),
    'lock of all: a second signature': sign(locked_all),
    'lock of all, P 1: a store and a time-stamp': stamp(with_store(locked_p1)),
    'lock of all, P 1: a second signature': sign(locked_p1),
}
for name, document in made.items():
    with open(f'{folder}/{name}.pdf', 'wb') as file:
        file.write(document)
print('made')

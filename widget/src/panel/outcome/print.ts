const drawnWithin = 5_000;

/**
 * Opens the browser's dialog to print a PDF, from a frame that nobody sees. Browsers that do not show a PDF in a frame,
 * or pages whose policy forbids it, have it opened in a tab of its own instead.
 */
export async function printPdf(pdf: Blob, root: ParentNode & Node): Promise<void> {
  const address = URL.createObjectURL(pdf);
  root.querySelector('iframe.print')?.remove();
  if (navigator.pdfViewerEnabled && (await printInFrame(address, root))) return;
  open(address);
}

async function printInFrame(address: string, root: Node): Promise<boolean> {
  const frame = document.createElement('iframe');
  frame.className = 'print';
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  // A frame that is not displayed prints nothing.
  frame.style.cssText =
    'position: fixed; inline-size: 1px; block-size: 1px; border: 0; opacity: 0; inset: auto 0 0 auto';
  const drawn = new Promise<boolean>((resolve) => {
    frame.addEventListener('load', () => resolve(true), { once: true });
    setTimeout(resolve, drawnWithin, false);
  });
  const forbidden = violationOf('frame-src');
  frame.src = address;
  root.appendChild(frame);
  const isThere = (await drawn) && !forbidden();
  return isThere && askToPrint(frame);
}

/** Firefox keeps its viewer from the page. */
function askToPrint(frame: HTMLIFrameElement): boolean {
  try {
    frame.contentWindow!.focus();
    frame.contentWindow!.print();
    return true;
  } catch {
    frame.remove();
    return false;
  }
}

/** A link rather than window.open, whose answer would have to be looked after. */
function open(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.target = '_blank';
  link.rel = 'noopener';
  link.click();
}

function violationOf(directive: string): () => boolean {
  let seen = false;
  const look = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
    seen ||= effectiveDirective === directive;
  };
  document.addEventListener('securitypolicyviolation', look);
  return () => {
    document.removeEventListener('securitypolicyviolation', look);
    return seen;
  };
}

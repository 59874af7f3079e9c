import type { AutographMethod } from '@tu-esign/contract';

const key = 'tu-esign-autograph-method';

/** The way of signing that the signatory wanted to be known again on this device; null where there is none. */
export function recall(): AutographMethod | null {
  try {
    return localStorage.getItem(key) as AutographMethod | null;
  } catch {
    return null;
  }
}

export function remember(method: AutographMethod | null): void {
  try {
    if (method) localStorage.setItem(key, method);
    else localStorage.removeItem(key);
  } catch {
    // Where storage is forbidden, nothing is remembered.
  }
}

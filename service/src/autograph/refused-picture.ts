import type { ProblemType } from '@tu-esign/contract';

/**
 * A picture that is not taken for an autograph. No Problem yet: that brings the whole contract with it, which a
 * thread that reads pictures would load for nothing.
 */
export class RefusedPicture extends Error {
  override readonly name = 'RefusedPicture';
  readonly type: ProblemType;

  constructor(type: ProblemType, options?: ErrorOptions) {
    super(type, options);
    this.type = type;
  }
}

import { AutographMethod, type SigningRequest } from '@tu-esign/contract';

/** What the host demands of a visit, with what goes without saying. */
export const policyOf = ({ policy = {} }: SigningRequest) => ({
  autographs: [...new Set(policy.autographs ?? AutographMethod.options)],
  readAllPages: policy.readAllPages ?? false,
});

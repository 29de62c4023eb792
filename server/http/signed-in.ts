/** A helper's account as one browser opened it, until it is signed out there or expires. */
export interface SignIn {
  id: string;
  account: string;
}

/** Whose sign-in cookie is in these headers. */
export type SignInOf = (headers: Headers) => Promise<SignIn | undefined>;

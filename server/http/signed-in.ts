/** The account whose sign-in cookie is in these headers. */
export type AccountOf = (headers: Headers) => Promise<string | undefined>;

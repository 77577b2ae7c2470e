/** One thing that is wrong with the input; either `pointer` or `parameter` says where. */
export interface InputFault {
  /** Where in the body: a JSON pointer as a fragment (RFC 6901 section 6), such as `#/volume/in`. */
  readonly pointer?: string;
  /** Which parameter of the query. */
  readonly parameter?: string;
  /** What to do, in one sentence. */
  readonly detail: string;
}

/** RFC 9457. `detail` says what to do; `field` names the first part of the input at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly field?: string;
  /** Everything that is wrong with the input, where it is the input. */
  readonly errors?: readonly InputFault[];
}

/** Why a request brought no completion. Messages hold no key. */
export type Failure =
  | {
      readonly kind: "status";
      readonly status: number;
      /** `code` and `type` of the error in the body, where it has them. */
      readonly code?: string;
      readonly type?: string;
      readonly parameter?: string;
      readonly message: string;
      readonly headers: Headers;
      /** The error stood in the body of a 200, perhaps after tokens were generated. */
      readonly withinSuccess: boolean;
    }
  /** A 200 whose body is no completion. */
  | { readonly kind: "unreadable"; readonly message: string }
  | { readonly kind: "timeout"; readonly timeoutMs: number }
  /** `sent` is false when no byte can have reached the server. */
  | { readonly kind: "connection"; readonly sent: boolean; readonly message: string }
  | { readonly kind: "cancelled" };

export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case "status": {
      const code = failure.code ?? failure.type;
      return `HTTP ${failure.status}${code === undefined ? "" : ` ${code}`}: ${failure.message}`;
    }
    case "unreadable":
      return `The reply could not be read: ${failure.message}`;
    case "timeout":
      return `No complete reply within ${failure.timeoutMs / 1000} s`;
    case "connection":
      return `The connection failed: ${failure.message}`;
    case "cancelled":
      return "cancelled in flight";
  }
}

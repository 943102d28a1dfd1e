/**
 * What happened, as other contexts and open screens learn of it through the outbox.
 * `type` is `<context>.<noun>-<past participle>`, for example `contracting.contract-activated`.
 * The payload holds ids, numbers and words only: no personal data, and bigint as decimal strings.
 */
export interface DomainEvent<Type extends string = string, Payload extends object = object> {
  readonly type: Type;
  readonly payload: Payload;
}

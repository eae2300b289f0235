import type { ErrorObject } from "ajv";
import Ajv from "ajv/dist/jtd";
import type { JTDSchemaType } from "ajv/dist/jtd";

export interface RecordValidator<T> {
  (value: unknown): value is T;
  readonly errors?: readonly ErrorObject[] | null;
}

const validators = new WeakMap<object, RecordValidator<unknown>>();

/** Compiles a shape once. A module of its own, so that ajv is loaded only where a record is read. */
export function validatorOf<T>(shape: JTDSchemaType<T>): RecordValidator<T> {
  const known = validators.get(shape);
  if (known !== undefined) return known as RecordValidator<T>;
  // The compiler has checked the shape itself.
  const ajv = new Ajv({ verbose: true, meta: false, validateSchema: false });
  const validate = ajv.compile<T>(shape) as unknown as RecordValidator<T>;
  validators.set(shape, validate);
  return validate;
}

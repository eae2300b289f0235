/** What an expression of a workflow gives: JSON, or null where a context has no such property. */
export type Value =
  null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** The contexts that an expression may name, e.g. `matrix`. */
export type Contexts = Readonly<Record<string, Value>>;

/** How what came before went, for `success()` and `failure()`. */
export type Status = "success" | "failure";

const TOKEN = /\s*('(?:[^']|'')*'|\d+(?:\.\d+)?|==|!=|&&|\|\||[!().,[\]]|[A-Za-z_][\w-]*)/y;

/**
 * The value of an expression, as GitHub's runners evaluate it: the operators and functions that this
 * project's workflows use; anything else is an error.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export function evaluate(expression: string, contexts: Contexts, status: Status): Value {
  return new Evaluator(tokensOf(expression), expression, contexts, status).value();
}

/** Whether a job or step runs: without a function of its own on the status, only after success. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status === "success";
  const expression = /^\$\{\{(.*)\}\}$/s.exec(condition.trim())?.[1] ?? condition;
  const asksStatus = /\b(success|failure|cancelled|always)\(\)/.test(expression);
  return (asksStatus || status === "success") && isTrue(evaluate(expression, contexts, status));
}

/** A text with its `${{ … }}` filled in. @throws Error where one has no value: a typing error */
export function fill(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.+?)\}\}/gs, (_, expression: string) => {
    const value = evaluate(expression, contexts, "success");
    if (value === null) throw new Error(`no value for the expression ${expression.trim()}`);
    if (typeof value === "object") throw new Error(`not a text: ${expression.trim()}`);
    return String(value);
  });
}

function tokensOf(expression: string): string[] {
  const text = expression.trimEnd();
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new Error(`not an expression that is known: ${text.slice(at)}`);
    tokens.push(token);
  }
  return tokens;
}

class Evaluator {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly expression: string,
    private readonly contexts: Contexts,
    private readonly status: Status,
  ) {}

  value(): Value {
    const value = this.either();
    if (this.at < this.tokens.length) throw this.unknown(this.tokens[this.at]);
    return value;
  }

  private either(): Value {
    let left = this.both();
    while (this.take("||")) {
      const right = this.both();
      left = isTrue(left) ? left : right;
    }
    return left;
  }

  private both(): Value {
    let left = this.equality();
    while (this.take("&&")) {
      const right = this.equality();
      left = isTrue(left) ? right : left;
    }
    return left;
  }

  private equality(): Value {
    const left = this.unary();
    if (this.take("==")) return equal(left, this.unary());
    if (this.take("!=")) return !equal(left, this.unary());
    return left;
  }

  private unary(): Value {
    return this.take("!") ? !isTrue(this.unary()) : this.primary();
  }

  private primary(): Value {
    const token = this.tokens[this.at++] ?? "";
    if (token === "(") {
      const value = this.either();
      this.expect(")");
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(token)) return Number(token);
    if (!/^[A-Za-z_]/.test(token)) throw this.unknown(token);
    return this.take("(") ? this.call(token) : this.property(token);
  }

  private call(name: string): Value {
    const argument = this.tokens[this.at] === ")" ? null : this.either();
    this.expect(")");
    switch (name) {
      case "success":
        return this.status === "success";
      case "failure":
        return this.status === "failure";
      case "always":
        return true;
      case "cancelled":
        return false;
      case "fromJSON":
        if (typeof argument !== "string") throw this.unknown("what is no text");
        return JSON.parse(argument) as Value;
      default:
        throw this.unknown(`${name}()`);
    }
  }

  private property(context: string): Value {
    if (!(context in this.contexts)) throw this.unknown(context);
    let value = this.contexts[context] ?? null;
    while (this.take(".")) {
      const key = this.tokens[this.at++] ?? "";
      const holder = value as Readonly<Record<string, Value>> | null;
      value = typeof holder === "object" ? (holder?.[key] ?? null) : null;
    }
    return value;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw this.unknown(this.tokens[this.at]);
  }

  private unknown(what: string | undefined): Error {
    return new Error(`not known in the expression ${this.expression.trim()}: ${what ?? "its end"}`);
  }
}

function isTrue(value: Value): boolean {
  return Boolean(value);
}

/** Strings without regard to case; different types as numbers. */
function equal(left: Value, right: Value): boolean {
  if (typeof left === "string" && typeof right === "string") {
    return left.toLowerCase() === right.toLowerCase();
  }
  return typeof left === typeof right ? left === right : Number(left) === Number(right);
}

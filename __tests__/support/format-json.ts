import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import { format } from "prettier/standalone";

/** JSON as `npm run format` writes it; prettier's own entry point doesn't load within jest. */
export function formatJson(text: string): Promise<string> {
  return format(text, { parser: "json", printWidth: 100, plugins: [babel, estree] });
}

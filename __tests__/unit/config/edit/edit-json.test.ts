import fc from "fast-check";
import { addItem, removeField, setField } from "../../../../lib/config/edit/edit-json";
import { formatJson } from "../../../support/format-json";
import { runs } from "../../../support/random-tests";

const text = `{
  "a": 1,
  "list": [
    { "id": 1, "peers": ["x", "y"] },
    { "id": 2, "peers": ["z"] }
  ],
  "inner": { "b": [1, 2] },
  "none": {}
}
`;

it("adds an item in the list's own style, and changes no other byte", () => {
  expect(addItem(text, ["list"], { id: 3, peers: ["p"] })).toBe(
    text.replace('["z"] }', '["z"] },\n    { "id": 3, "peers": ["p"] }'),
  );
});

it("writes an item that doesn't fit on a line over several", () => {
  const peers = ["2001:db8:1001::/48", "2001:db8:1002::/48", "2001:db8:1003::/48", "192.0.2.0/28"];
  expect(addItem(text, ["list"], { id: 3, peers })).toContain(
    `,\n    {\n      "id": 3,\n      "peers": ["2001:db8:1001::/48", "2001:db8:1002::/48", "2001:db8:1003::/48", "192.0.2.0/28"]\n    }\n  ],`,
  );
});

it("sets a field in its place, else last in its object, else in a new object", () => {
  expect(setField(text, ["inner", "b"], [3])).toBe(text.replace("[1, 2]", "[3]"));
  expect(setField(text, ["c"], [7])).toBe(text.replace('"none": {}', '"none": {},\n  "c": [7]'));
  expect(setField(text, ["none", "d"], 1)).toBe(
    text.replace('"none": {}', '"none": {\n    "d": 1\n  }'),
  );
  expect(setField(text, ["new", "d"], 1)).toBe(
    text.replace('"none": {}', '"none": {},\n  "new": { "d": 1 }'),
  );
});

it("adds to an object on one line without breaking it", () => {
  expect(setField(text, ["inner", "c"], 2)).toBe(
    text.replace('"inner": { "b": [1, 2] }', '"inner": { "b": [1, 2], "c": 2 }'),
  );
});

it("takes a field or an item away, and leaves a text without it alone", () => {
  expect(removeField(text, ["list", 0])).toBe(
    text.replace('{ "id": 1, "peers": ["x", "y"] },\n    ', ""),
  );
  expect(removeField(text, ["list", 1])).toBe(
    text.replace(',\n    { "id": 2, "peers": ["z"] }', ""),
  );
  expect(removeField(text, ["inner", "none"])).toBe(text);
});

it("keeps the file's line ends", () => {
  const windows = text.replaceAll("\n", "\r\n");
  const added = addItem(windows, ["list"], { id: 3, peers: ["p".repeat(90)] });
  expect(added.replaceAll("\r\n", "")).not.toContain("\n");
});

it("writes any item as prettier does", async () => {
  const word = fc.nat(24).map((length) => "x".repeat(length));
  const item = fc.record({ id: fc.nat(999), name: word, peers: fc.array(word, { maxLength: 9 }) });
  await fc.assert(
    fc.asyncProperty(item, async (value) => {
      const added = addItem(text, ["list"], value);
      expect(JSON.parse(added)).toHaveProperty("list.2", value);
      expect(await formatJson(added)).toBe(added);
    }),
    { numRuns: runs(30) },
  );
});

it("breaks a line where prettier does: a comma behind it counts, and the last item has none", async () => {
  for (let length = 40; length <= 100; length++) {
    const fields = ["x".repeat(length)];
    const added = addItem(text, ["list"], { id: 3, fields, last: fields });
    expect(await formatJson(added)).toBe(added);
    const set = setField(setField(text, ["a"], fields), ["none"], fields);
    expect(await formatJson(set)).toBe(set);
    const numbers = [10 ** (length % 15), ...Array.from({ length: 30 }, () => 12)];
    const filled = setField(setField(text, ["numbers"], numbers), ["a"], numbers);
    expect(await formatJson(filled)).toBe(filled);
  }
});

it("writes lists of numbers as prettier does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(999), { minLength: 1, maxLength: 80 }), async (ids) => {
      const set = setField(text, ["retired"], ids);
      expect(await formatJson(set)).toBe(set);
    }),
    { numRuns: runs(20) },
  );
});

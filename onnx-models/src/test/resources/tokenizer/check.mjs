// Compares expected.json with a second implementation, in JavaScript. See README.md.
import { readFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

const [file, folder] = process.argv.slice(2);
const { texts, encoders } = JSON.parse(readFileSync(file));
for (const [name, { maxLength, ids: expected }] of Object.entries(encoders)) {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(`${folder}/${name}-tokenizer.json`)), {});
  const differing = Object.entries(texts)
    .filter(([key, text]) => {
      const whole = typeof text === "string" ? text : text[0].repeat(text[1]);
      const ids = [...tokenizer.encode(whole.toWellFormed()).ids];
      // It does not truncate: as many as fit, and the last one, [SEP].
      const cut = ids.length > maxLength ? [...ids.slice(0, maxLength - 1), ids.at(-1)] : ids;
      return JSON.stringify(cut) !== JSON.stringify(expected[key]);
    })
    .map(([key]) => key);
  console.log(`${name}: ${Object.keys(texts).length} texts, different: ${differing.join(", ") || "none"}`);
}

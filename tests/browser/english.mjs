// Prints the English messages of the app's dictionaries as JSON: [{vi, en}]; where a message takes values stands "\u0000".
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const DICTIONARY = "data:text/javascript,export const dictionary = (vi, en) => ({ vi, en }); export const texts = () => ({});";
const HOLE = "\u0000";

registerHooks({
  resolve: (name, context, next) => (name.endsWith("/lib/i18n.svelte") ? { url: DICTIONARY, shortCircuit: true } : next(name, context)),
});

/** Every form of a message: the plural with holes, and what it says of one where it counts. */
function forms(message) {
  if (typeof message === "string") return [message];
  return [message(...Array(9).fill(HOLE)), ...ofOne(message)];
}

function ofOne(message) {
  try {
    return [message(...Array(9).fill(1)).replaceAll("1", HOLE)];
  } catch (error) {
    if (error instanceof TypeError) return []; // it takes words, not numbers
    throw error;
  }
}

const messages = [];
for (const file of process.argv.slice(2)) {
  for (const found of Object.values(await import(pathToFileURL(file)))) {
    for (const key of Object.keys(found.en ?? {})) messages.push({ vi: forms(found.vi[key]), en: forms(found.en[key]) });
  }
}
process.stdout.write(JSON.stringify(messages));

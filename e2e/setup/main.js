/*
 * What `npm start` runs: the one file in JavaScript, so that a Node that can't read TypeScript
 * says a sentence instead of failing on the next file.
 */

const { LC_ALL, LC_MESSAGES, LANG } = process.env;
const isEnglish = /^en/i.test(LC_ALL || LC_MESSAGES || LANG || "");

if (process.features.typescript) {
  await import("./start.ts");
} else {
  console.error(
    isEnglish
      ? `Epaule needs Node 22.18 or later; this is ${process.version}. "npm install --include=dev" brings the right one, also where NODE_ENV is production; then "npm start".`
      : `Epaule a besoin de Node 22.18 ou plus récent\u00a0; celui-ci est ${process.version}. «\u00a0npm install --include=dev\u00a0» apporte le bon, même si NODE_ENV vaut production\u00a0; ensuite «\u00a0npm start\u00a0».`,
  );
  process.exitCode = 1;
}

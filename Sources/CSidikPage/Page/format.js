// Numbers and times as people read them.

const LOCALES = ["en-GB", "id-ID"];

function count(number) {
  return number.toLocaleString(LOCALES[language]);
}

function percent(part, whole) {
  if (!whole) return "0 %";
  const value = (100 * part) / whole;
  const digits = value > 0 && value < 10 ? 1 : 0;
  return value.toLocaleString(LOCALES[language], {
    minimumFractionDigits: digits, maximumFractionDigits: digits,
  }) + " %";
}

// A score kept as ten-thousandths; -1 where it is not known. Never rounded up to 1.
function score(value) {
  if (value < 0) return "–";
  const hundredths = value === 10000 ? 100 : Math.min(99, Math.round(value / 100));
  return (hundredths / 100).toLocaleString(LOCALES[language], {
    minimumFractionDigits: 2, maximumFractionDigits: 2,
  });
}

// A moment in UTC, given in seconds since 1970.
function moment(seconds, withTime = true) {
  const text = new Date(seconds * 1000).toISOString();
  return withTime ? text.slice(0, 16).replace("T", " ") : text.slice(0, 10);
}

// A record's time, near to how it says it: numbers become dates, ISO forms lose their noise.
function recordTime(text, seconds) {
  if (!text) return "";
  if (/^[\d.]+$/.test(text) && seconds !== null) return moment(seconds) + " UTC";
  const iso = text.match(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?([.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/);
  if (!iso) return shown(text);
  return `${iso[1]} ${iso[2]}${iso[5] ? (iso[5] === "Z" ? " UTC" : " " + iso[5]) : ""}`;
}

// How long something took, in the largest unit that says it.
function duration(seconds) {
  if (seconds < 120) return say("unit.seconds", { n: count(Math.round(seconds)) });
  if (seconds < 7200) return say("unit.minutes", { n: count(Math.round(seconds / 60)) });
  if (seconds < 172800) return say("unit.hours", { n: count(Math.round(seconds / 3600)) });
  return say("unit.days", { n: count(Math.round(seconds / 86400)) });
}

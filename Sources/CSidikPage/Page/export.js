// What is shown, as files.

function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
  const link = el("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

// A field of a table. Cells that a spreadsheet would run as a formula begin with an apostrophe.
function cell(value) {
  let text = String(value);
  if (/^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) text = "'" + text;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const plainScore = (value) => (value < 0 ? "" : String(value / 10000));

function csvOfShown() {
  const { families, documents, members } = run;
  const lines = ["family,size,family_level,representative,id,level,similarity,containment,source,author,time,template"];
  for (const family of matching) {
    const first = families.first[family];
    for (let i = first; i < first + families.size[family]; i++) {
      lines.push([
        families.id[family], families.size[family], run.levels[families.level[family]],
        documents.id[first], documents.id[i], run.levels[members.level[i]],
        plainScore(members.similarity[i]), plainScore(members.containment[i]),
        sourceName(i), authorName(i), documents.time[i], families.template[family],
      ].map(cell).join(","));
    }
  }
  return "\ufeff" + lines.join("\r\n") + "\r\n";
}

function jsonlOfShown() {
  const { families, documents, members } = run;
  return matching.map((family) => {
    const first = families.first[family];
    const early = families.earliest[family];
    const member = (_, n) => {
      const i = first + n;
      const entry = { id: documents.id[i], level: run.levels[members.level[i]] };
      if (members.similarity[i] >= 0) {
        entry.similarity = members.similarity[i] / 10000;
        entry.containment = members.containment[i] / 10000;
      }
      if (documents.source[i] >= 0) entry.source = sourceName(i);
      if (documents.author[i] >= 0) entry.author = authorName(i);
      if (documents.time[i]) entry.time = documents.time[i];
      return entry;
    };
    return JSON.stringify({
      family: families.id[family], size: families.size[family],
      level: run.levels[families.level[family]], template: families.template[family] || undefined, representative: documents.id[first],
      first_seen: early >= 0 ? documents.time[early] : undefined,
      cohesion: { min: families.min[family] / 10000, median: families.median[family] / 10000 },
      members: Array.from({ length: families.size[family] }, member), sidik: run.sidik,
    }) + "\n";
  }).join("");
}

function exportCSV() { download("families.csv", csvOfShown(), "text/csv"); }

function exportJSONL() { download("families.jsonl", jsonlOfShown(), "application/x-ndjson"); }

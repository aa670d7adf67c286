#!/usr/bin/env bash
# Makes the man pages and shell completions from the commands' own help.
#
#   Scripts/make-docs.sh [FOLDER]     default: out
#
# writes FOLDER/man/*.1 and FOLDER/completions/. SIDIK names the binary to ask; the release build
# is made where it is missing. Needs only awk: swift-argument-parser's generate-manual plugin
# would build the whole program a second time.
set -euo pipefail
cd "$(dirname "$0")/.."

sidik=${SIDIK:-.build/release/sidik}
folder=${1:-out}
[ -x "$sidik" ] || swift build -c release --product sidik >&2
mkdir -p "$folder/man" "$folder/completions"

# One line an option: the help is laid out for a terminal this wide.
export COLUMNS=2000
version=$("$sidik" --version)

# Turns the help of one command on standard input into a man page.
#   $1 the page's name, $2 the other pages, separated by blanks
manual() {
  awk -v page="$1" -v others="$2" -v version="$version" '
    function escape(text) {
      gsub(/\\/, "\\e", text)
      gsub(/-/, "\\-", text)
      if (text ~ /^[.\x27]/) text = "\\\\&" text
      return text
    }
    function section(title) { closeExample(); print ".SH " title }
    function closeExample() { if (example) print ".EE"; example = 0 }
    function option(line,   label, rest) {
      match(line, /^  ((-., )?--[a-z-]+( <[^>]*>)?|<[^>]*>|[a-z]+)/)
      label = substr(line, 3, RLENGTH - 2)
      rest = substr(line, RLENGTH + 1)
      sub(/^ +/, "", rest)
      print ".TP\n.B " escape(label)
      if (rest != "") print escape(rest)
    }
    /^OVERVIEW: / {
      summary = substr($0, 11)
      print ".TH " toupper(escape(page)) " 1 \"\" \"sidik " version "\" \"Sidik\""
      print ".SH NAME"
      brief = tolower(substr(summary, 1, 1)) substr(summary, 2)
      sub(/\.$/, "", brief)
      print escape(page) " \\- " escape(brief)
      state = "overview"
      next
    }
    /^USAGE: / { usage = substr($0, 8); next }
    /^[A-Z]+:$/ { state = "options"; pending = substr($0, 1, length($0) - 1); flush(); next }
    function flush(   i) {
      if (!begun) {
        begun = 1
        section("SYNOPSIS")
        print ".ad l\n.nh\n" escape(usage) "\n.hy\n.ad b"
        section("DESCRIPTION")
        for (i = 1; i <= lines; i++) describe(text[i])
      }
      section(pending)
    }
    # What a blank line becomes depends on what follows it, so it waits.
    function describe(line) {
      if (line == "") { blank = 1; return }
      if (line == "Examples:") { section("EXAMPLES"); print ".EX"; example = 1; blank = 0; return }
      if (blank && example) section("NOTES")
      else if (blank && described) print ".PP"
      blank = 0
      described = 1
      print escape(line)
    }
    state == "overview" { text[++lines] = $0; next }
    /^  See / { next }
    /^   / { sub(/^ +/, ""); print escape($0); next }
    /^  / { option($0) }
    END {
      section("SEE ALSO")
      n = split(others, names, " ")
      for (i = 1; i <= n; i++) print ".BR " escape(names[i]) " (1)" (i < n ? "," : "")
    }
  '
}

# The commands that the help of a command names; none is the program itself.
subcommands() {
  "$sidik" help "$@" | awk '/^SUBCOMMANDS:/ { inside = 1; next }
    inside && /^  [a-z]/ { print $1 }'
}

# The words of every command, one command a line: "", "cluster", "index add".
commands=("")
for command in $(subcommands); do
  commands+=("$command")
  for nested in $(subcommands "$command"); do commands+=("$command $nested"); done
done
page_of() { local name="sidik $1" && name=${name% } && echo "${name// /-}"; }
pages=""
for command in "${commands[@]}"; do pages+=" $(page_of "$command")"; done
for command in "${commands[@]}"; do
  page=$(page_of "$command")
  others="$pages "
  others=${others/ $page / }
  # shellcheck disable=SC2086
  "$sidik" help $command | manual "$page" "$others" >"$folder/man/$page.1"
done

"$sidik" --generate-completion-script bash >"$folder/completions/sidik.bash"
"$sidik" --generate-completion-script zsh >"$folder/completions/_sidik"
"$sidik" --generate-completion-script fish >"$folder/completions/sidik.fish"
echo "$folder/man: $(ls "$folder/man" | tr '\n' ' ')" >&2
echo "$folder/completions: $(ls "$folder/completions" | tr '\n' ' ')" >&2

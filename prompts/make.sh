#!/usr/bin/env bash
# Makes the spoken prompts anew from the catalogue: prompts/make.sh
# Needs pico2wave (Debian package libttspico-utils, section non-free) and sox.
# Each becomes a 16 kHz mono WAV of even loudness with a short silence around it.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
while IFS=$'\t' read -r name text; do
  case "$name" in '' | '#'*) continue ;; esac
  pico2wave -l en-US -w "$work/raw.wav" "$text"
  sox "$work/raw.wav" -r 16000 -c 1 -b 16 "en/$name.wav" norm -6 compand 0.02,0.2 6:-40,-20 -3 -90 0.05 norm -4 pad 0.15 0.2
  soxi -D "en/$name.wav" | xargs printf '%-24s %s s\n' "$name"
done <en.tsv

#!/usr/bin/env bash
# Makes the spoken prompts anew from the catalogue: prompts/make.sh
# Needs pico2wave (Debian package libttspico-utils, section non-free), sox and ffmpeg.
# Each becomes a 16 kHz mono WAV of -20 LUFS with a short silence around it.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
# -R everywhere: the same words give the same bytes.
trap 'rm -rf "$work"' EXIT

# Loudness of a file in LUFS (EBU R128); looped, since the measure needs some seconds.
loudness() {
  ffmpeg -nostdin -hide_banner -stream_loop 30 -t 12 -i "$1" -af ebur128 -f null - 2>&1 |
    sed -n 's/^ *I: *\(-[0-9.]*\) LUFS$/\1/p' | tail -1
}

# speak <voice> <folder> <clip> <text>
speak() {
  local pad='0.08 0.12' speed=112
  # Single words: spoken slower, and closer together.
  case "$3" in number-* | hundred | thousand | and | star | hash) pad='0.03 0.04' speed=98 ;; esac
  case "$4" in *,) pad='0.08 0.05' ;; esac
  pico2wave -l "$1" -w "$work/raw.wav" "<speed level='$speed'>$4</speed>"
  sox -R "$work/raw.wav" -r 16000 -c 1 -b 16 "$work/cut.wav" gain -3 highpass 80 \
    silence 1 0.003 0.1% reverse silence 1 0.003 0.1% reverse gain -n -6
  # shellcheck disable=SC2086 # two numbers
  sox -R "$work/cut.wav" "$work/padded.wav" fade 0.005 -0 0.01 pad $pad
  louder "$work/padded.wav" "$work/once.wav" -l
  louder "$work/once.wav" "$2/$3.wav"
}

# louder <in> <out> [-l]: at the wanted loudness; -l limits peaks, which costs a little, so it is done twice.
louder() {
  sox -R "$1" -b 16 "$2" gain "${@:3}" \
    "$(awk -v lufs="$(loudness "$1")" 'BEGIN { print -20 - lufs }')"
}

mkdir -p en de
rm -f en/*.wav de/*.wav
while IFS=$'\t' read -r clip english german _; do
  case "$clip" in '' | '#'*) continue ;; esac
  [ "$english" = - ] || speak en-US en "$clip" "$english"
  [ "$german" = - ] || speak de-DE de "$clip" "$german"
done <catalogue.tsv
du -sh en de

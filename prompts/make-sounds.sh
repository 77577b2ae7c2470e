#!/usr/bin/env bash
# Makes the tones and the music on hold anew: prompts/make-sounds.sh
# Needs sox and ffmpeg. Everything is computed from sine waves here: nobody else's work is in it.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p sounds

# note <hz> <seconds> <file>: a soft bell: three partials that die away, the higher ones sooner.
note() {
  local partial files=()
  for partial in 1:0.60:1 2:0.22:2 3:0.08:3; do
    IFS=: read -r times level faster <<<"$partial"
    local hz seconds file="$work/partial-$times.wav"
    hz=$(awk -v hz="$1" -v n="$times" 'BEGIN { print hz * n }')
    seconds=$(awk -v s="$2" -v f="$faster" 'BEGIN { print s / f }')
    sox -R -n -r 16000 -c 1 -b 16 "$file" synth "$seconds" sine "$hz" vol "$level" fade l 0.015 "$seconds" "$seconds"
    files+=("$file")
  done
  sox -R -m "${files[@]}" "$3"
}

# loud <lufs> <in> <out>: at this loudness (EBU R128); looped, since the measure needs some seconds.
loud() {
  local is
  is=$(ffmpeg -nostdin -hide_banner -stream_loop 30 -t 30 -i "$2" -af ebur128 -f null - 2>&1 |
    sed -n 's/^ *I: *\(-[0-9.]*\) LUFS$/\1/p' | tail -1)
  sox -R "$2" -b 16 "$3" gain "$(awk -v want="$1" -v is="$is" 'BEGIN { print want - is }')"
}

# tones <name> <hz>…: a bell each 0.14 s.
tones() {
  local name=$1 at=0 files=()
  shift
  for hz in "$@"; do
    note "$hz" 0.5 "$work/bell.wav"
    sox -R "$work/bell.wav" "$work/tone-$at.wav" pad "0.$(printf '%02d' $((8 + 14 * at)))"
    files+=(-v 1 "$work/tone-$at.wav")
    at=$((at + 1))
  done
  sox -R -m "${files[@]}" "$work/tones.wav" gain -6
  loud -26 "$work/tones.wav" "sounds/$name.wav"
}

tones join 587.33 880
tones leave 880 587.33
sox -R -n -r 16000 -c 1 -b 16 "$work/beep.wav" synth 0.35 sine 950 vol 0.3 fade 0.01 0 0.02 pad 0.08 0.12
loud -24 "$work/beep.wav" sounds/beep.wav
sox -R -n -r 16000 -c 1 -b 16 sounds/silence.wav trim 0 0.1

# Music on hold: eight bars of four seconds, eight bells a bar. The tune is laid out twice and its
# second half is kept, so that what dies away at the end is there at the beginning.
bars=(
  '261.63 329.63 392.00 493.88'
  '220.00 261.63 329.63 392.00'
  '349.23 440.00 523.25 659.26'
  '392.00 493.88 587.33 659.26'
  '329.63 392.00 493.88 587.33'
  '220.00 329.63 392.00 523.25'
  '293.66 349.23 440.00 523.25'
  '392.00 440.00 587.33 698.46'
)
order=(0 2 1 3 2 3 1 2)
files=()
for bar in "${!bars[@]}"; do
  read -ra pitches <<<"${bars[bar]}"
  bells=()
  for beat in "${!order[@]}"; do
    note "${pitches[order[beat]]}" 2.6 "$work/bell.wav"
    sox -R "$work/bell.wav" "$work/beat-$beat.wav" pad "$(awk -v n="$beat" 'BEGIN { print n / 2 }')"
    bells+=(-v 1 "$work/beat-$beat.wav")
  done
  sox -R -m "${bells[@]}" -b 32 "$work/bar.wav" gain -12
  for round in 0 1; do
    file="$work/bar-$bar-$round.wav"
    sox -R "$work/bar.wav" "$file" pad $((4 * (bar + 8 * round)))
    files+=(-v 1 "$file")
  done
done
sox -R -m "${files[@]}" -b 32 "$work/twice.wav" trim 32 32
loud -26 "$work/twice.wav" sounds/hold-music.wav
du -sh sounds

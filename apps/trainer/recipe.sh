#!/usr/bin/env bash
# Everything that made the embedded model and its recorded samples, from nothing: about two hours on two CPU cores.
#   apps/trainer/recipe.sh WORK_FOLDER [step…]     steps: language questions confidence release traces measure seeds
# A step that is repeated goes on or starts over in the same folder; the seeds below make it come out the same on the
# same machine (sums on another machine may round differently).
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="${1:?a folder to work in}"
shift
package="$here/../../packages/embedded-model"
python="${PYTHON:-python3}"
export PYTHONPATH="$here"
trainer() { "$python" -m quorate_trainer "$@"; }

language() {
  # Small numbers first, then all; then the model's own slips.
  trainer pretrain --out "$work/base" --stages 500:0.5,2000:0.75,9999:1 --tokens 18000000 --seed 1
  trainer pretrain --start-from "$work/base" --out "$work/longer" --stages 999:1 --tokens 8000000 --learning-rate 1.5e-3 \
    --warm-up-steps 100 --error-weight 0.5 --wrong-share 0.4 --seed 2
  trainer notice --model "$work/longer" --out "$work/noticed" --rounds 4 --problems 1500 --samples 4
}

questions() {
  trainer problems --split grace --count 3000 --seed 1 --out "$work/grace.jsonl"
  trainer problems --split calibration --count 1000 --seed 1 --out "$work/calibration.jsonl"
  trainer problems --split test --count 1000 --seed 1 --out "$work/test.jsonl"
  trainer problems --split test --count 40 --seed 2 --out "$work/tokens.jsonl"
}

confidence() {
  trainer grace --model "$work/noticed" --questions "$work/grace.jsonl" --out "$work/grace-1" --samples 6 --seed 1 \
    --responses "$work/responses.pt"
}

release() {
  trainer export --model "$work/grace-1" --name quorate-grade-school --out "$package/weights/quorate-grade-school.gguf"
  trainer agreement --model "$work/grace-1" --gguf "$package/weights/quorate-grade-school.gguf" --out "$package/traces/agreement.json"
}

traces() {
  for split in calibration test; do
    trainer traces --model "$work/grace-1" --questions "$work/$split.jsonl" --out "$package/traces/$split.jsonl.gz" --samples 32
  done
  trainer traces --form samples --model "$work/grace-1" --questions "$work/tokens.jsonl" --samples 16 \
    --out "$package/traces/tokens.jsonl.gz"
}

# Further samples of the test problems, to see how much of a table is luck. They stay in the work folder.
seeds() {
  for seed in 2 3; do
    trainer traces --model "$work/grace-1" --questions "$work/test.jsonl" --out "$work/test-seed$seed.jsonl.gz" --samples 16 --seed "$seed"
  done
}

measure() {
  trainer evaluate --traces "$package/traces/test.jsonl.gz"
}

for step in "${@:-language questions confidence release traces measure}"; do
  for one in $step; do "$one"; done
done

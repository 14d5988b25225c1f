"""Adaptive-Consistency's own package (PyPI: AdaptiveConsistency 1.0.0, with scipy) on votes read from standard input, one
question a line: {"answers": […]}. Prints how many samples it used and the CPU seconds it took."""

import json
import sys
import time

from adaptive_consistency import AC

criterion = AC(max_gens=40, stop_criteria="beta")
questions = [json.loads(line)["answers"] for line in sys.stdin]
started_at = time.process_time()
samples = 0
for answers in questions:
    used = next((n for n in range(1, len(answers)) if criterion.should_stop(answers[:n])), len(answers))
    samples += used
print(json.dumps({"replays": len(questions), "samples": samples, "cpuSeconds": time.process_time() - started_at}))

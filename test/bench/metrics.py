"""The metrics of graded scores, plainly with NumPy and, where it is installed, scikit-learn.

python metrics.py FOLDER   FOLDER/scores: little-endian doubles, FOLDER/is-right: bytes

Prints {"cpuSeconds", "values"}. metrics.mjs holds the values against its own.
"""

import json
import pathlib
import sys
import time

import numpy as np
from scipy.stats import rankdata

try:
    from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
except ImportError:
    roc_auc_score = None

place = pathlib.Path(sys.argv[1])
scores = np.fromfile(place / "scores", dtype="<f8")
right = np.fromfile(place / "is-right", dtype=np.uint8)
started = time.process_time()
count = len(scores)
values = {}

edges = np.arange(1, 10) / 10
bins = np.digitize(scores, edges, right=True)
sizes = np.bincount(bins, minlength=10)
gaps = np.abs(np.bincount(bins, right, 10) - np.bincount(bins, scores, 10))
values["ece"] = gaps.sum() / count
values["mce"] = (gaps[sizes > 0] / sizes[sizes > 0]).max()
shares = sizes[sizes > 0] / count
values["ce"] = -(shares * np.log(shares)).sum() / np.log(10)

order = np.argsort(-scores, kind="stable")
_, block, block_sizes = np.unique(-scores[order], return_inverse=True, return_counts=True)
wrong_share = np.bincount(block, 1 - right[order]) / block_sizes
risks = np.cumsum(wrong_share[block]) / np.arange(1, count + 1)
values["aurc"] = risks.mean()
values["auarc"] = (1 - risks).mean()
kept = int(np.ceil(0.8 * count))
values["selective-accuracy"] = 1 - risks[kept - 1]
wrong = count - int(right.sum())
k = np.arange(1, count + 1)
values["e-aurc"] = values["aurc"] - (np.maximum(0, k - (count - wrong)) / k).mean()

if roc_auc_score is None:
    ranks = rankdata(scores)
    positive = int(right.sum())
    values["auroc"] = (ranks[right == 1].sum() - positive * (positive + 1) / 2) / (positive * wrong)
    values["brier"] = ((scores - right) ** 2).mean()
else:
    values["auroc"] = roc_auc_score(right, scores)
    values["auprc-positive"] = average_precision_score(right, scores)
    values["auprc-negative"] = average_precision_score(1 - right, -scores)
    values["brier"] = brier_score_loss(right, scores)
    values["nll"] = log_loss(right, np.clip(scores, 1e-12, 1 - 1e-12))

print(json.dumps({"cpuSeconds": time.process_time() - started, "values": {k: float(v) for k, v in values.items()}}))

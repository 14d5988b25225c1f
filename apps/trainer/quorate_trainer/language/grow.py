"""More layers for a model that has learnt already: it starts out saying exactly what it said.

A layer can only judge what an earlier one has finished. The last layer of a small model is busy predicting the next token;
layers above it see that prediction complete, can hold it against the token that came, and can carry the verdict to the end.
"""

from __future__ import annotations

from copy import deepcopy

import torch
from torch import nn
from transformers import LlamaForCausalLM


@torch.no_grad()
def with_more_layers(model: LlamaForCausalLM, count: int) -> LlamaForCausalLM:
    """`count` further layers on top whose outputs are 0: the residual stream passes them unchanged until they learn."""
    config = deepcopy(model.config)
    config.num_hidden_layers += count
    if getattr(config, "layer_types", None):
        config.layer_types = [config.layer_types[0]] * config.num_hidden_layers
    grown = LlamaForCausalLM(config).to(model.device)
    grown.load_state_dict(model.state_dict(), strict=False)
    for layer in grown.model.layers[model.config.num_hidden_layers :]:
        nn.init.zeros_(layer.self_attn.o_proj.weight)
        nn.init.zeros_(layer.mlp.down_proj.weight)
    return grown.eval()

"""One thread and no forks: the models here are so small that anything else only waits."""

from __future__ import annotations

import os

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from quorate_trainer.language.tokens import train_tokenizer
from quorate_trainer.problems.generate import problems_of

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tokenizer() -> PreTrainedTokenizerFast:
    problems = zip(problems_of("train", 1), range(1500), strict=False)
    return train_tokenizer((f"{problem.question}\n{problem.solution.text}" for problem, _ in problems), 400)


@pytest.fixture(scope="session")
def random_model(tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    """Large random weights: with the small ones of a fresh model a wrong rotation would hardly move a logit. Fewer key
    heads than query heads, so that both orders of rows are tried."""
    torch.manual_seed(1)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=64,
            intermediate_size=80,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            max_position_embeddings=512,
            initializer_range=0.3,
            tie_word_embeddings=False,
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    return model.eval()


@pytest.fixture(scope="session")
def model_folder(
    tmp_path_factory: pytest.TempPathFactory, random_model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast
) -> str:
    folder = tmp_path_factory.mktemp("model")
    random_model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)

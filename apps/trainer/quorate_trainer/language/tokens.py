"""The small vocabulary: byte-level BPE with single digits, and control tokens that no text can spell."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

USER, ASSISTANT, END, PAD, CONFIDENCE = "<|user|>", "<|assistant|>", "<|end|>", "<|pad|>", "<CNF>"
CONTROL_TOKENS = (USER, ASSISTANT, END, PAD, CONFIDENCE)

# The split of llama.cpp's pre-tokenizer `qwen2`: single digits, letters with one leading character, runs of marks.
# Both sides must cut alike, or the exported model reads other tokens than it was trained on.
QWEN2_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

PROMPT_TEMPLATE = f"{USER}{{{{question}}}}{ASSISTANT}"


# The same for whoever speaks in messages: one user turn, then the assistant's.
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'user' %}"
    f"{USER}"
    "{{ message['content'] }}{% endif %}{% endfor %}{% if add_generation_prompt %}"
    f"{ASSISTANT}"
    "{% endif %}"
)


def train_tokenizer(texts: Iterable[str], vocabulary_size: int) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(QWEN2_SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary_size - len(CONTROL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
        min_frequency=50,
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in CONTROL_TOKENS])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        chat_template=CHAT_TEMPLATE,
        eos_token=END,
        pad_token=PAD,
        additional_special_tokens=[USER, ASSISTANT, CONFIDENCE],
        clean_up_tokenization_spaces=False,
        # Questions are text: a question that spells a control token must not become one.
        split_special_tokens=True,
    )

from __future__ import annotations

import json
import shutil
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from quorate_trainer.errors import TrainerError
from quorate_trainer.language.prompts import prompt_with
from quorate_trainer.language.tokens import CONFIDENCE, CONTROL_TOKENS, END, PAD, PROMPT_TEMPLATE, QWEN2_SPLIT
from quorate_trainer.publish import export as export_module
from quorate_trainer.publish.agreement import AgreementOptions, write_agreement
from quorate_trainer.publish.export import ExportOptions, export
from quorate_trainer.publish.gguf_model import read_gguf

TEXTS = ["Tom has 12 apples.", "It says <CNF>, <|end|> and 3½ €.\r\n\n 日本"]


@pytest.fixture(scope="module")
def exported(model_folder: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export(ExportOptions(model=model_folder, out=str(tmp_path_factory.mktemp("gguf") / "model.gguf")))


def test_the_file_gives_the_logits_of_the_model(
    exported: Path, random_model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast
) -> None:
    rounded = LlamaForCausalLM(random_model.config).eval()
    rounded.load_state_dict({k: v.half().float() if v.ndim > 1 else v for k, v in random_model.state_dict().items()})
    read = read_gguf(exported)
    for text in TEXTS:
        tokens = prompt_with(tokenizer, PROMPT_TEMPLATE, text)
        with torch.no_grad():
            expected = rounded(torch.tensor([tokens])).logits[0]
        assert torch.allclose(read.logits(tokens), expected, atol=1e-3)


def test_the_vocabulary_comes_along(exported: Path, tokenizer: PreTrainedTokenizerFast) -> None:
    read = read_gguf(exported)
    data = read.metadata
    vocabulary = tokenizer.get_vocab()
    assert data["tokenizer.ggml.tokens"] == sorted(vocabulary, key=vocabulary.__getitem__)
    control = {vocabulary[token] for token in CONTROL_TOKENS}
    kinds = data["tokenizer.ggml.token_type"]
    assert [kind == gguf.TokenType.CONTROL for kind in kinds] == [index in control for index in range(len(kinds))]
    assert {kind for index, kind in enumerate(kinds) if index not in control} == {gguf.TokenType.NORMAL}
    for text in TEXTS:
        expected = tokenizer(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
        assert read.tokenizer().encode(text, add_special_tokens=False).ids == expected


def test_what_quorate_and_llama_cpp_need_is_written(exported: Path, tokenizer: PreTrainedTokenizerFast) -> None:
    data = read_gguf(exported).metadata
    end, pad = tokenizer.convert_tokens_to_ids([END, PAD])
    expected = {
        "general.architecture": "llama",
        "general.name": "quorate-embedded",
        "general.license": "apache-2.0",
        "quorate.prompt_template": PROMPT_TEMPLATE,
        "quorate.confidence_token": CONFIDENCE,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "qwen2",
        "tokenizer.ggml.eos_token_id": end,
        "tokenizer.ggml.eot_token_id": end,
        "tokenizer.ggml.padding_token_id": pad,
        "tokenizer.ggml.add_bos_token": False,
        "llama.attention.head_count": 4,
        "llama.attention.head_count_kv": 2,
    }
    assert {key: data[key] for key in expected} == expected
    kinds = {tensor.name: tensor.tensor_type.name for tensor in gguf.GGUFReader(exported).tensors}
    assert {kind for name, kind in kinds.items() if name.endswith("norm.weight")} == {"F32"}
    assert {kind for name, kind in kinds.items() if not name.endswith("norm.weight")} == {"F16"}


def test_q8_0_is_taken_where_rows_divide_into_its_blocks(model_folder: str, tmp_path: Path) -> None:
    path = export(ExportOptions(model=model_folder, out=str(tmp_path / "model.gguf"), precision="q8_0"))
    kinds = {tensor.name: tensor.tensor_type.name for tensor in gguf.GGUFReader(path).tensors}
    assert kinds["blk.0.attn_q.weight"] == kinds["output.weight"] == "Q8_0"
    # 80 columns are two and a half blocks of 32.
    assert kinds["blk.0.ffn_down.weight"] == "F16"


def test_the_same_model_gives_the_same_bytes(model_folder: str, exported: Path, tmp_path: Path) -> None:
    again = export(ExportOptions(model=model_folder, out=str(tmp_path / "again.gguf")))
    assert again.read_bytes() == exported.read_bytes()


def test_a_wrong_order_of_rows_is_found_and_no_file_is_left(
    model_folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = export_module.gguf_tensors

    def wrong(source: object) -> dict[str, torch.Tensor]:
        return {name: t.flip(0) if name == "blk.1.attn_k.weight" else t for name, t in right(source).items()}

    monkeypatch.setattr(export_module, "gguf_tensors", wrong)
    with pytest.raises(TrainerError, match="other logits"):
        export(ExportOptions(model=model_folder, out=str(tmp_path / "model.gguf")))
    assert list(tmp_path.iterdir()) == []


def test_agreement_holds_the_models_own_log_probabilities(
    model_folder: str, exported: Path, tmp_path: Path, tokenizer: PreTrainedTokenizerFast
) -> None:
    path = write_agreement(AgreementOptions(model=model_folder, gguf=str(exported), out=str(tmp_path / "a.json"), texts=7))
    content = json.loads(path.read_text(encoding="utf-8"))
    confidence = content["confidenceToken"]["id"]
    assert tokenizer.convert_ids_to_tokens(confidence) == content["confidenceToken"]["text"] == CONFIDENCE
    assert len(content["texts"]) == 7
    assert any(text["isEnd"] for text in content["texts"]) and any(text["response"] == "" for text in content["texts"])
    read = read_gguf(exported)
    for text in content["texts"]:
        ids = tokenizer(text["response"], add_special_tokens=False, split_special_tokens=True)["input_ids"]
        assert text["tokens"] == [*prompt_with(tokenizer, PROMPT_TEMPLATE, text["question"]), *ids]
        logprobs = read.logits(text["tokens"])[-1].log_softmax(-1).numpy()
        found = [entry["logprob"] for entry in text["top"]]
        assert len(found) == 20 and found == sorted(found, reverse=True)
        assert np.allclose(found, [logprobs[entry["token"]] for entry in text["top"]], atol=1e-3)
        assert np.isclose(text["confidence"], np.exp(logprobs[confidence]), rtol=1e-3)


def changed(model_folder: str, folder: Path, name: str, change: object) -> str:
    shutil.copytree(model_folder, folder)
    content = json.loads((folder / name).read_text(encoding="utf-8"))
    change(content)
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return str(folder)


def without_confidence(content: dict) -> None:
    content["added_tokens"] = [token for token in content["added_tokens"] if token["content"] != CONFIDENCE]


def test_what_cannot_be_exported_is_named(model_folder: str, tmp_path: Path) -> None:
    def refusal(folder: str) -> str:
        with pytest.raises(TrainerError) as caught:
            export(ExportOptions(model=folder, out=str(tmp_path / "model.gguf")))
        return str(caught.value)

    assert "There is no folder" in refusal(str(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    assert "config.json is missing" in refusal(str(tmp_path / "empty"))
    other = changed(model_folder, tmp_path / "gpt", "config.json", lambda config: config.update(model_type="gpt2"))
    assert "'gpt2'; only 'llama'" in refusal(other)

    def no_confidence(config: dict) -> None:
        config["extra_special_tokens"].remove(CONFIDENCE)

    bare = changed(model_folder, tmp_path / "bare", "tokenizer_config.json", no_confidence)
    tokenizer_file = Path(bare) / "tokenizer.json"
    content = json.loads(tokenizer_file.read_text(encoding="utf-8"))
    without_confidence(content)
    tokenizer_file.write_text(json.dumps(content), encoding="utf-8")
    assert "no control token <CNF>" in refusal(bare)

    def other_split(content: dict) -> None:
        assert content["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] == QWEN2_SPLIT
        content["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = r"\p{N}{1,3}"

    assert "'qwen2'" in refusal(changed(model_folder, tmp_path / "split", "tokenizer.json", other_split))
    shutil.copytree(model_folder, tmp_path / "weightless")
    (tmp_path / "weightless" / "model.safetensors").unlink()
    assert "holds no weights" in refusal(str(tmp_path / "weightless"))
    with pytest.raises(TrainerError, match="f16, q8_0"):
        export(ExportOptions(model=model_folder, out=str(tmp_path / "model.gguf"), precision="q4"))

"""The training configuration: the chapter's defaults, and an error that names the key for anything else."""

import pytest

from engine.config import RunConfig
from engine.errors import ConfigError

CHAPTER = {
    "dataset": "mnist",
    "hidden": [50],
    "activation": "relu",
    "init": 0.01,
    "optimizer": {"name": "sgd", "learning_rate": 0.1},
    "batch_size": 100,
    "iterations": 10000,
    "seed": 0,
    "weight_decay": 0,
    "dropout": 0,
    "batch_norm": False,
    "gradient": "backprop",
    "train_limit": None,
    "architecture": None,
}


def test_empty_config_is_the_chapters_script():
    assert RunConfig.from_document({}).to_document() == CHAPTER
    assert RunConfig.from_document({}) == RunConfig()


def test_document_survives_the_round_trip():
    document = {"hidden": [100, 100], "init": "he", "optimizer": {"name": "adam"}, "train_limit": 500, "save_every": 50}
    document |= {"cores": 2}
    config = RunConfig.from_document(document)
    assert config.hidden == (100, 100)
    assert config.optimizer.learning_rate == 0.001
    assert RunConfig.from_document(config.to_document()) == config


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"hiden": [50]}, "no key 'hiden'"),
        ({"hidden": 50}, "hidden is a list"),
        ({"hidden": [50, 0]}, r"hidden\[1\]"),
        ({"hidden": [50.5]}, r"hidden\[0\] is a whole number"),
        ({"activation": "reluu"}, "activation is relu or"),
        ({"activation": ["relu"]}, "activation is relu or"),
        ({"init": "random"}, "init is a number, xavier or he"),
        ({"init": -1}, "init is a number from 0"),
        ({"init": None}, "init is a number"),
        ({"optimizer": {"learning_rate": 1e7}}, "optimizer.learning_rate is a number from 0 to 1,000,000, not"),
        ({"optimizer": "sgd"}, "optimizer is an object"),
        ({"optimizer": {"name": "sdg"}}, "optimizer.name is sgd or"),
        ({"optimizer": {"learning_rate": "fast"}}, "optimizer.learning_rate is a number"),
        ({"optimizer": {"learning_rate": float("nan")}}, "optimizer.learning_rate is a number"),
        ({"optimizer": {"rate": 1}}, "optimizer has no key 'rate'"),
        ({"batch_size": 0}, "batch_size is a whole number from 1"),
        ({"batch_size": True}, "batch_size is a whole number"),
        ({"iterations": float("inf")}, "iterations"),
        ({"iterations": 1.5}, "iterations is a whole number"),
        ({"seed": -1}, "seed"),
        ({"weight_decay": -0.1}, "weight_decay"),
        ({"dropout": 1}, "dropout is below 1"),
        ({"batch_norm": 1}, "batch_norm is true or false"),
        ({"gradient": "guess"}, "gradient is backprop or numerical"),
        ({"train_limit": 0}, "train_limit"),
        ({"architecture": "resnet"}, "architecture is simple_convnet"),
        ({"dataset": ""}, "dataset is the name"),
        ({"cores": 3}, "cores is a whole number from 1 to 2"),
        ({"graph": []}, "graph is a graph document"),
        ([], "config is an object"),
    ],
)
def test_wrong_value_names_its_key(document: object, said: str):
    with pytest.raises(ConfigError, match=said):
        RunConfig.from_document(document)  # type: ignore[arg-type]

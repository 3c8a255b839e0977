"""What a training takes over from the model that it starts from."""

from typing import Any, Dict, Mapping

from ..card import ModelCard
from ..errors import JobError
from .presets import PRESETS
from .texts import whole_numbers

_STEPS = {"schedule_steps": "steps", "beta_start": "beta_start", "beta_end": "beta_end"}


def fields_from_card(card: ModelCard, model: str, given: Mapping[str, Any]) -> Dict[str, Any]:
    """The fields of a training job that the card of INIT_MODEL decides, among them those that may be set otherwise.

    given: the fields that are set, by name. Raises JobError where one of them asks for another network.
    """
    network, schedule = card.network, card.schedule
    # Another network would have no place for the weights, and another prediction would give them another meaning.
    fixed = {
        "network": network.get("kind"),
        "base_channels": network.get("base_channels"),
        "channel_multipliers": ",".join(map(str, network.get("channel_multipliers", ()))),
        "res_blocks": network.get("res_blocks", 2 if network.get("kind") == "sr3" else 1),
        "patch_px": network.get("patch_px", 1),
        "self_conditioning": bool(network.get("self_conditioning", False)),
        "prediction": card.prediction,
    }
    for name, wanted in fixed.items():
        value = given.get(name)
        if value is not None and _plain(name, value) != _plain(name, wanted):
            raise JobError(
                f"{name.upper()} is {value}, but INIT_MODEL {model} has {wanted}. Leave {name.upper()} empty, or "
                "train without INIT_MODEL."
            )
    if given.get("attention_at_px") is not None:
        raise JobError(
            f"ATTENTION_AT_PX is {given['attention_at_px']}, but the network of INIT_MODEL {model} attends where it "
            "was trained to. Leave ATTENTION_AT_PX empty, or train without INIT_MODEL."
        )
    steps = {name: schedule[key] for name, key in _STEPS.items() if key in schedule}
    before = card.training.get("job", {})
    shift = before.get("log_sigma_shift", 0.0)
    kept = {"attention_at_px": None, "tile_px": card.tile_px, "schedule": schedule["name"], "log_sigma_shift": shift}
    # What may be turned is what was turned. Cards of before December 2026 say it by their preset alone.
    augment = before.get("augment") or PRESETS.get(before.get("preset", ""), {}).get("augment")
    return {**fixed, **kept, **steps, **({"augment": augment} if augment else {})}


def _plain(name: str, value: Any) -> Any:
    if name == "channel_multipliers":
        return whole_numbers(name.upper(), value if isinstance(value, str) else ",".join(map(str, value)))
    return value

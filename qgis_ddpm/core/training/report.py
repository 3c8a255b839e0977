"""The report of a training: its losses, sample tiles beside real ones, and the settings."""

from ...card import ModelCard
from ...jobs import TrainModel
from ..outputs.page import Report
from .loop import TrainingLoop


def training_report(job: TrainModel, loop: TrainingLoop, card: ModelCard, summary: str) -> Report:
    """The page for a training that is done, with its last samples."""
    trainer, evaluation = loop.trainer, loop.evaluation
    report = Report("Training report", summary)
    figures = [
        ("tiles seen", trainer.tiles_seen),
        ("training loss", card.training["training_loss"]),
        ("validation loss", card.training["validation_loss"]),
    ]
    # A run that found all tiles seen has trained at no speed.
    if speed := loop.budget.tiles_per_second(trainer.tiles_seen):
        figures.append(("tiles per second", speed))
    report.figures(figures)
    report.heading("What the network saw")
    report.text(trainer.tiles.treatment)
    report.pictures([(evaluation.seen(), "The first eight training tiles, as the network saw them")])
    report.heading("Losses")
    # A tuning is judged by what it learns, which has units of its own.
    units = "of the averaged weights" if job.few_calls else "of the averaged weights, in edm's units"
    plots = [(loop.loss_plot(), f"Training: the loss that is minimised. Validation: {units}.")]
    if loop.by_level:
        plots.append(
            (loop.level_plot(), "Validation loss by noise level: left little noise, right almost nothing else.")
        )
    report.pictures(plots)
    if loop.by_level:
        rows = zip(evaluation.sigmas, loop.by_level, strict=True)
        report.table(("sigma", "loss"), rows, "Validation by noise level (noise over signal)")
    report.heading("Tiles")
    real, told = evaluation.shown.pixels[: len(loop.samples)], card.condition is not None
    report.pictures(
        [
            (evaluation.sheet(loop.samples), f"Sample tiles of the model{', asked for those beside' if told else ''}"),
            (evaluation.sheet(real), f"{'Real' if told else 'Training'} tiles, in the same colours"),
        ]
    )
    report.pictures([(evaluation.strip(), "One sample from call to call: the network's estimate of it")])
    report.heading("Settings")
    report.table(("field", "value"), [(name, str(value)) for name, value in job.provenance().items()])
    report.table(
        ("band", "type", "lowest", "highest"),
        [(band.name, band.dtype, band.low, band.high) for band in card.bands],
        "Scaling: lowest is -1 and highest 1 for the network",
    )
    return report

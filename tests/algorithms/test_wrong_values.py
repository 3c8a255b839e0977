"""Values that are none of their field's: refused with the command line's sentence, never taken for 0 or a default."""

import re
import subprocess

import numpy as np
import pytest
from qgis.core import (
    QgsProcessingException,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
    QgsProperty,
)

from qgis_ddpm.algorithms.values import read_values
from qgis_ddpm.errors import JobError
from qgis_ddpm.events import Result
from qgis_ddpm.jobs import JOBS
from qgis_ddpm.jobs.convert import convert
from qgis_ddpm.jobs.job import check_value
from tools import qgis_process

FIELDS = [(name, option) for name, job in JOBS.items() for option in job.options()]
NUMBERS = [(name, option) for name, option in FIELDS if option.type in (int, float)]
SWITCHES = [(name, option) for name, option in FIELDS if option.type is bool]
CHOICES = [(name, option) for name, option in FIELDS if option.choices]
NO_NUMBER = ["0,5", "50%", "abc", "nan", "inf", "-Infinity", " ", "1_5", "0x10", "5 px", "1e", "None", "1;2"]
NO_NUMBER += [float("nan"), float("inf"), True, False, [], [1], {"a": 1}]
NOT_WHOLE = [1.5, "1.5", "2.000001"]
NO_SWITCH = ["maybe", "ja", "2", 2, 0.5, [True], " "]
NO_CHOICE = ["magic", 0, 1, True, ["cva"], "cva,irmad", " "]


def cases(fields, values):
    return [pytest.param(name, option, value, id=f"{name}-{option.name}-{value!r}")
            for name, option in fields for value in values]  # fmt: skip


ALL = [
    *cases(NUMBERS, NO_NUMBER),
    *cases([(name, option) for name, option in NUMBERS if option.type is int], NOT_WHOLE),
    *cases(SWITCHES, NO_SWITCH),
    *cases(CHOICES, NO_CHOICE),
]


def sentence_of_the_command_line(option, value):
    with pytest.raises(JobError) as refused:
        check_value(option, convert(option, value))
    return str(refused.value)


def test_there_are_as_many_cases_as_fields_and_values():
    whole = sum(option.type is int for _, option in NUMBERS)
    assert len(ALL) == 20 * len(NUMBERS) + 3 * whole + 7 * len(SWITCHES) + 7 * len(CHOICES)
    assert len(NUMBERS) > 70
    assert len(ALL) > 1500


@pytest.mark.parametrize(("name", "option", "value"), ALL)
def test_a_wrong_value_is_refused_as_on_the_command_line(provider, context, name, option, value):
    wanted = sentence_of_the_command_line(option, value)
    assert option.parameter in wanted
    algorithm = provider.algorithm(name).create()
    good, message = algorithm.checkParameterValues({option.parameter: value}, context)
    assert not good
    assert message == wanted
    # What a run reads, which inside a model is all that is asked.
    if not option.choices:
        with pytest.raises(JobError, match=re.escape(wanted[:60])):
            read_values(algorithm, [option], {option.parameter: value}, context)
    if isinstance(value, str):
        computed = QgsProperty.fromExpression(f"'{value}'")
        good, _ = algorithm.checkParameterValues({option.parameter: computed}, context)
        assert not good


@pytest.mark.parametrize("expression", ["@no_such_variable", "1/0", "NULL", "(((", "to_int('a')"])
@pytest.mark.parametrize("field", ["THRESHOLD", "DRAWS", "METHOD", "EXTENT", "MASK_BEFORE", "BANDS_BEFORE", "MODEL"])
def test_an_expression_that_gives_nothing_is_refused(provider, context, two_dates, field, expression):
    given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    algorithm = provider.algorithm("detectchanges").create()
    value = QgsProperty.fromExpression(expression)
    good, message = algorithm.checkParameterValues({**given, field: value}, context)
    assert not good
    assert field in message
    assert "gives no value" in message


def test_a_field_of_no_feature_and_an_empty_property(provider, context, two_dates):
    given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT"}
    algorithm = provider.algorithm("detectchanges").create()
    good, message = algorithm.checkParameterValues({**given, "DRAWS": QgsProperty.fromField("draws")}, context)
    assert (good, "gives no value" in message) == (False, True)
    assert algorithm.checkParameterValues({**given, "DRAWS": QgsProperty()}, context) == (True, "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("THRESHOLD", value) for value in ("0,5", "50%", "abc", True, [0.5], float("nan"), {"a": 1})],
        *[("DRAWS", value) for value in (1.5, "1.5", True)],
        ("EXTENT", 5),
        ("EXTENT", [1, 2]),
        ("EXTENT", QgsProperty.fromExpression("'here'")),
        ("BANDS_BEFORE", True),
        ("BANDS_BEFORE", {"a": 1}),
        ("MODEL", {"a": 1}),
        ("MASK_BEFORE", True),
        ("MASK_BEFORE", 5),
        ("MASK_BEFORE", QgsProperty.fromExpression("'nowhere.tif'")),
    ],
)
def test_a_run_with_a_wrong_value_never_begins(run, fake_run, two_dates, field, value):
    jobs = fake_run(Result({}))
    with pytest.raises(QgsProcessingException, match=field):
        run(
            "ddpm:detectchanges",
            {"BEFORE": two_dates[0], "AFTER": two_dates[1], "OUTPUT": "TEMPORARY_OUTPUT", field: value},
        )
    assert jobs == []


@pytest.mark.parametrize("value", ["EPSG:nothing", "here", 5, True, QgsProperty.fromExpression("'here'")])
def test_a_crs_that_is_none_is_refused(provider, context, make_model, value):
    given = {"MODEL": make_model("m.safetensors", 3), "OUTPUT": "TEMPORARY_OUTPUT", "CRS": value}
    good, message = provider.algorithm("sampletiles").create().checkParameterValues(given, context)
    assert not good
    assert message.startswith("CRS is ")


def test_one_raster_of_a_list_that_cannot_be_read_is_missed(provider, context, two_dates, log):
    # As a model asks, which does not check the values of its steps.
    algorithm = provider.algorithm("trainmodel").create()
    given = {"INPUT": [two_dates[0], "/nowhere/b.tif"], "MODEL": "TEMPORARY_OUTPUT"}
    with pytest.raises(QgsProcessingException, match=r"INPUT: .*/nowhere/b.tif"):
        algorithm.prepareAlgorithm(given, context, log)


def model_of_one_step(source):
    """A model whose only step takes its THRESHOLD from a source."""
    model = QgsProcessingModelAlgorithm("m", "m")
    for name in ("BEFORE", "AFTER", "LIMIT"):
        model.addModelParameter(QgsProcessingParameterString(name, name), QgsProcessingModelParameter(name))
    step = QgsProcessingModelChildAlgorithm("ddpm:detectchanges")
    step.setChildId("detect")
    for name in ("BEFORE", "AFTER"):
        step.addParameterSources(name, [QgsProcessingModelChildParameterSource.fromModelParameter(name)])
    step.addParameterSources("THRESHOLD", [source])
    step.addParameterSources("OUTPUT", [QgsProcessingModelChildParameterSource.fromStaticValue("TEMPORARY_OUTPUT")])
    model.addChildAlgorithm(step)
    return model


@pytest.mark.parametrize(
    "source",
    [
        QgsProcessingModelChildParameterSource.fromModelParameter("LIMIT"),
        QgsProcessingModelChildParameterSource.fromExpression("@LIMIT"),
        QgsProcessingModelChildParameterSource.fromStaticValue("0,5"),
        QgsProcessingModelChildParameterSource.fromExpression("'50%'"),
    ],
    ids=["input", "expression", "static", "text"],
)
def test_a_step_of_a_model_refuses_too(fake_run, context, log, two_dates, source):
    jobs = fake_run(Result({}))
    model = model_of_one_step(source).create()
    given = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "LIMIT": "0,5"}
    _, good = model.run(given, context, log)
    assert not good
    assert jobs == []
    assert any("THRESHOLD is" in words and "has to be a number" in words for words in log.errors)


def test_a_step_of_a_model_takes_numbers(fake_run, context, log, two_dates):
    jobs = fake_run(Result({}))
    source = QgsProcessingModelChildParameterSource.fromExpression("to_real(@LIMIT) / 2")
    model = model_of_one_step(source).create()
    model.run({"BEFORE": two_dates[0], "AFTER": two_dates[1], "LIMIT": "0.5"}, context, log)
    assert jobs[0].threshold == 0.25


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("0.5", 0.5), (" 0.5 ", 0.5), ("5e-1", 0.5), (1, 1.0), (np.float32(0.5), 0.5), (np.int64(1), 1.0)],
)
def test_numbers_of_all_spellings_are_read(provider, context, value, wanted):
    algorithm = provider.algorithm("detectchanges").create()
    option = JOBS["detectchanges"].option("threshold")
    assert read_values(algorithm, [option], {"THRESHOLD": value}, context) == {"threshold": wanted}


@pytest.mark.parametrize(("value", "wanted"), [("no", False), ("off", False), ("yes", True), (0, False), (True, True)])
def test_words_for_yes_and_no_mean_what_they_say(provider, context, value, wanted):
    name, option = SWITCHES[0]
    assert read_values(provider.algorithm(name).create(), [option], {option.parameter: value}, context) == {
        option.name: wanted
    }


@pytest.mark.parametrize("value", ["0,5", "abc"])
def test_qgis_process_refuses_with_the_sentence(two_dates, tmp_path, value):
    qgis_process.enable_plugin()
    words = {"BEFORE": two_dates[0], "AFTER": two_dates[1], "METHOD": "cva", "THRESHOLD": value}
    output = tmp_path / "change.tif"
    done = subprocess.run(
        [qgis_process.executable(), "run", "ddpm:detectchanges", f"--OUTPUT={output}"]
        + [f"--{name}={word}" for name, word in words.items()],
        env=qgis_process.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert f"THRESHOLD is '{value}', but has to be a number." in done.stdout + done.stderr
    assert not output.exists()

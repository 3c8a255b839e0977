"""Rules by which code for Qt 5 also runs on Qt 6, checked on the source, since no QGIS on Qt 6 is at hand."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "qgis_ddpm"
FILES = [PACKAGE / "plugin.py", *sorted((PACKAGE / "algorithms").glob("*.py"))]
# Gone from Qt 6, or only there as a leftover of Qt 5.
GONE = {"exec_", "print_", "QRegExp", "QDesktopWidget", "QVariant", "pyrcc5", "setMargin", "toTime_t"}


def parsed(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node
    return tree


def is_unscoped_member(node):
    """Whether an attribute is a member of an enumeration that is named by its class alone, as in `Qgis.Info`."""
    is_of_class = isinstance(node.value, ast.Name) and node.value.id.startswith("Q") and node.attr[:1].isupper()
    if not is_of_class or node.value.id.isupper():
        return False
    called = isinstance(node.parent, ast.Call) and node.parent.func is node
    # `Class.Enum.Member`, or `kinds = Class.Enum` for use below.
    return not called and not isinstance(node.parent, (ast.Attribute, ast.Assign))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_keeps_to_what_both_have(path):
    tree = parsed(path)
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 0]
    modules += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert [name for name in modules if name.startswith(("PyQt", "PySide", "sip"))] == []
    names = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    names += [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    assert sorted(GONE & set(names)) == []
    unscoped = [
        ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_unscoped_member(node)
    ]
    assert unscoped == []


def test_the_rule_finds_what_it_is_for():
    tree = ast.parse("a = f(Qgis.Info)\nb = QgsWriter.Error.No\nc = QgsContext.Details(1)\nkinds = QgsNumber.Type")
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node
    found = [
        ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_unscoped_member(node)
    ]
    assert found == ["Qgis.Info"]
